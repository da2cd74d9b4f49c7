import { type Circumstances, underReading } from './circumstances.ts';
import { evaluate, type Truth, truthIf } from './condition.ts';
import { onFirstUse } from './kept-for.ts';
import { type Graded, rankOf } from './levels.ts';
import { mentionedIn } from './mentions.ts';
import type { Criterion, OpenQuestion, Regime, Touch } from './regime.ts';
import type { Level, Warning } from './types.ts';
import { type Finding, highest } from './verdict.ts';

export interface Case {
  readonly circumstances: Circumstances;
  readonly criteria: readonly Criterion[];
  /** Results of the criteria, in their order. */
  readonly findings: readonly Finding[];
  readonly floor: Level;
  readonly ceiling: Level;
  /** Day (`YYYY-MM-DD`) whose rules were used; null while no time is known. */
  readonly date: string | null;
}

/**
 * Open legal questions that this case touches, settled or not. Questions that decide the level come first. A case
 * touches a question if another reading changes whether a criterion is met, or if the question's `touchedBy` fits.
 */
export function warningsOf(regime: Regime, of: Case): readonly Warning[] {
  const { questions, facts } = mentionedIn(of.criteria);
  const added = severalStated(of.circumstances);
  return regime.openQuestions
    .flatMap((question) => {
      const onFacts = added.flatMap((one) => (one.question === question.id ? (facts.get(one.fact) ?? []) : []));
      const affected = [...(questions.get(question.id) ?? []), ...onFacts].flatMap((index) => of.findings[index] ?? []);
      // A sum of durations is no truth of a leaf, so nothing is kept of it.
      const others =
        affected.length === 0 ? [] : floorsOtherwise(regime, question, { affected, isKept: onFacts.length === 0 }, of);
      return warningOf(regime, question, others, of) ?? [];
    })
    .toSorted((a, b) => weightOf(regime, b, of.floor) - weightOf(regime, a, of.floor));
}

/** Facts of which several durations were stated, with the question that decides about adding them up. */
function severalStated({ facts, definitions }: Circumstances): readonly { fact: string; question: string }[] {
  return Object.entries(facts).flatMap(([fact, value]) => {
    const question = typeof value === 'object' && 'spans' in value ? definitions.get(fact)?.several : undefined;
    return question === undefined ? [] : { fact, question };
  });
}

function weightOf(regime: Graded, { levelIfReadOtherwise: other }: Warning, floor: Level): number {
  return other === undefined ? -1 : distance(regime, other, floor);
}

function warningOf(regime: Graded, question: OpenQuestion, others: readonly Level[], of: Case): Warning | null {
  const { floor } = of;
  const reading = of.circumstances.readings[question.id] ?? '';
  if (others.length === 0 && !isTouched(regime, question.touchedBy, of)) return null;
  const [farthest] = others.toSorted((a, b) => distance(regime, b, floor) - distance(regime, a, floor));
  return { question: question.id, reading, ...(farthest === undefined ? {} : { levelIfReadOtherwise: farthest }) };
}

function distance(regime: Graded, level: Level, floor: Level): number {
  return Math.abs(rankOf(regime, level) - rankOf(regime, floor));
}

/** Returns the floor under each other reading that changes an affected criterion between met and ruled out. */
function floorsOtherwise(
  regime: Graded,
  { id, readings }: OpenQuestion,
  { affected, isKept }: { readonly affected: readonly Finding[]; readonly isKept: boolean },
  { circumstances, findings }: Case,
): readonly Level[] {
  return readings.flatMap((reading) => {
    if (reading.id === circumstances.readings[id]) return [];
    const other = onFirstUse(() => underReading(circumstances, id, reading.id));
    const truthOf = ({ criterion, evaluation }: Finding): Truth =>
      isKept
        ? truthIf(criterion.when, evaluation, `${id} ${reading.id}`, other)
        : evaluate(criterion.when, other()).truth;
    if (!affected.some((one) => isTurned(one.evaluation.truth, truthOf(one)))) return [];
    const isMet = (one: Finding) => (affected.includes(one) ? truthOf(one) : one.evaluation.truth) === 'yes';
    return highest(regime, findings, isMet);
  });
}

function isTurned(before: Truth, after: Truth): boolean {
  return (before === 'yes' && after === 'no') || (before === 'no' && after === 'yes');
}

function isTouched(regime: Graded, touch: Touch | undefined, { circumstances, ceiling, date }: Case): boolean {
  if (touch === undefined) return false;
  if (touch.learntBefore !== undefined && date !== null && date < touch.learntBefore) return true;
  if (touch.when !== undefined && evaluate(touch.when, circumstances).truth === 'yes') return true;
  return touch.ceiling !== undefined && rankOf(regime, ceiling) <= rankOf(regime, touch.ceiling);
}
