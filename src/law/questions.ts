import { type Circumstances, underReading } from './circumstances.ts';
import { evaluate } from './condition.ts';
import { type Graded, rankOf } from './levels.ts';
import { mentionedBy, mentionsOf } from './mentions.ts';
import type { OpenQuestion, Regime, Touch } from './regime.ts';
import type { Level, Warning } from './types.ts';
import { ceilingOf, type Finding, findingsOf, floorOf } from './verdict.ts';

export interface Case {
  readonly circumstances: Circumstances;
  readonly findings: readonly Finding[];
  /** Day (`YYYY-MM-DD`) whose rules were used; null while no time is known. */
  readonly date: string | null;
}

/**
 * Open legal questions that this case touches and nobody has settled. Questions that decide the level come first. A
 * case touches a question if another reading changes whether a criterion is met, or if the question's `touchedBy` fits.
 */
export function warningsOf(
  regime: Regime,
  of: Case,
  settled: Readonly<Record<string, string>> | undefined,
): readonly Warning[] {
  const floor = rankOf(regime, floorOf(regime, of.findings));
  const several = ofSeveral(of);
  const affected = mentionedBy(of.findings, 'questions', ({ criterion }) => criterion.when);
  return regime.openQuestions
    .filter(({ id }) => settled?.[id] === undefined)
    .flatMap((question) => {
      const others = [...(affected.get(question.id) ?? []), ...(several.get(question.id) ?? [])];
      return warningOf(regime, question, others, of) ?? [];
    })
    .toSorted((a, b) => weightOf(regime, b, floor) - weightOf(regime, a, floor));
}

/** Findings on facts of which several durations were stated, by the question that decides about adding them up. */
function ofSeveral({ circumstances: { facts, definitions }, findings }: Case): ReadonlyMap<string, readonly Finding[]> {
  const stated = Object.entries(facts).flatMap(([fact, value]) => {
    const question = typeof value === 'object' && 'spans' in value ? definitions.get(fact)?.several : undefined;
    return question === undefined ? [] : { fact, question };
  });
  const on = (some: typeof stated) =>
    findings.filter(({ criterion: { when } }) => some.some(({ fact }) => mentionsOf(when).facts.has(fact)));
  return new Map([...Map.groupBy(stated, ({ question }) => question)].map(([question, of]) => [question, on(of)]));
}

function weightOf(regime: Graded, { levelIfReadOtherwise: other }: Warning, floor: number): number {
  return other === undefined ? -1 : Math.abs(rankOf(regime, other) - floor);
}

function warningOf(regime: Graded, question: OpenQuestion, affected: readonly Finding[], of: Case): Warning | null {
  const reading = of.circumstances.readings[question.id] ?? '';
  const others = affected.length === 0 ? [] : otherwise(question, reading, affected, of);
  if (others.length === 0 && !isTouched(regime, question.touchedBy, of)) return null;
  const floors = others.map((findings) => floorOf(regime, findings));
  const level = farthest(regime, floors, floorOf(regime, of.findings));
  return { question: question.id, reading, ...(level === undefined ? {} : { levelIfReadOtherwise: level }) };
}

/** Returns the findings under each other reading that changes a criterion between met and not met. */
function otherwise(
  question: OpenQuestion,
  reading: string,
  affected: readonly Finding[],
  of: Case,
): readonly (readonly Finding[])[] {
  const unaffected = of.findings.filter((finding) => !affected.includes(finding));
  const criteria = affected.map(({ criterion }) => criterion);
  return question.readings
    .filter(({ id }) => id !== reading)
    .map(({ id }) => findingsOf(criteria, underReading(of.circumstances, question.id, id)))
    .filter((findings) => differ(affected, findings))
    .map((findings) => [...unaffected, ...findings]);
}

function differ(used: readonly Finding[], other: readonly Finding[]): boolean {
  return used.some(({ evaluation: { truth } }, index) => {
    const read = other[index]?.evaluation.truth;
    return (truth === 'yes' && read === 'no') || (truth === 'no' && read === 'yes');
  });
}

function farthest(regime: Graded, levels: readonly Level[], floor: Level): Level | undefined {
  const distance = (level: Level) => Math.abs(rankOf(regime, level) - rankOf(regime, floor));
  return levels.toSorted((a, b) => distance(b) - distance(a))[0];
}

function isTouched(regime: Graded, touch: Touch | undefined, { circumstances, findings, date }: Case): boolean {
  if (touch === undefined) return false;
  if (touch.learntBefore !== undefined && date !== null && date < touch.learntBefore) return true;
  if (touch.when !== undefined && evaluate(touch.when, circumstances).truth === 'yes') return true;
  return touch.ceiling !== undefined && rankOf(regime, ceilingOf(regime, findings)) <= rankOf(regime, touch.ceiling);
}
