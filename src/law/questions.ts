import { type Circumstances, type Truths, underReading } from './circumstances.ts';
import { evaluate } from './condition.ts';
import { type Graded, rankOf } from './levels.ts';
import { mentionedIn } from './mentions.ts';
import type { Criterion, OpenQuestion, Regime, Touch } from './regime.ts';
import type { Level, Warning } from './types.ts';
import { type Finding, findingsOf, floorOf } from './verdict.ts';

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
 * Open legal questions that this case touches and nobody has settled. Questions that decide the level come first. A
 * case touches a question if another reading changes whether a criterion is met, or if the question's `touchedBy` fits.
 */
export function warningsOf(regime: Regime, of: Case): readonly Warning[] {
  const { questions, facts } = mentionedIn(of.criteria);
  const added = severalStated(of.circumstances);
  return regime.openQuestions
    .filter(({ id }) => of.circumstances.settled[id] === undefined)
    .flatMap((question) => {
      const onFacts = added.flatMap((one) => (one.question === question.id ? (facts.get(one.fact) ?? []) : []));
      const affected = [...(questions.get(question.id) ?? []), ...onFacts].flatMap((index) => of.findings[index] ?? []);
      return warningOf(regime, question, affected, of) ?? [];
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

function warningOf(regime: Graded, question: OpenQuestion, affected: readonly Finding[], of: Case): Warning | null {
  const { floor } = of;
  const reading = of.circumstances.readings[question.id] ?? '';
  const others = affected.length === 0 ? [] : floorsOtherwise(regime, question, affected, of);
  if (others.length === 0 && !isTouched(regime, question.touchedBy, of)) return null;
  const [farthest] = others.toSorted((a, b) => distance(regime, b, floor) - distance(regime, a, floor));
  return { question: question.id, reading, ...(farthest === undefined ? {} : { levelIfReadOtherwise: farthest }) };
}

function distance(regime: Graded, level: Level, floor: Level): number {
  return Math.abs(rankOf(regime, level) - rankOf(regime, floor));
}

/** Returns the floor under each other reading that changes a criterion between met and ruled out. */
function floorsOtherwise(
  regime: Graded,
  { id, readings }: OpenQuestion,
  affected: readonly Finding[],
  { circumstances, findings }: Case,
): readonly Level[] {
  const criteria = affected.map(({ criterion }) => criterion);
  return readings.flatMap((reading) => {
    if (reading.id === circumstances.readings[id]) return [];
    const other = underReading(circumstances, id, reading.id);
    if (!affected.some((finding) => isTurned(finding, other))) return [];
    return floorOf(regime, [...findings.filter((one) => !affected.includes(one)), ...findingsOf(criteria, other)]);
  });
}

/** Returns true for a criterion that is met and would be ruled out, or the other way round. */
function isTurned({ criterion, evaluation: { truth } }: Finding, other: Truths): boolean {
  return truth !== 'maybe' && evaluate(criterion.when, other).truth === (truth === 'yes' ? 'no' : 'yes');
}

function isTouched(regime: Graded, touch: Touch | undefined, { circumstances, ceiling, date }: Case): boolean {
  if (touch === undefined) return false;
  if (touch.learntBefore !== undefined && date !== null && date < touch.learntBefore) return true;
  if (touch.when !== undefined && evaluate(touch.when, circumstances).truth === 'yes') return true;
  return touch.ceiling !== undefined && rankOf(regime, ceiling) <= rankOf(regime, touch.ceiling);
}
