import { type Circumstances, type Evaluation, evaluate } from './condition.ts';
import type { Criterion, Regime } from './regime.ts';
import { type FactValue, LEVELS, type Level, type Match } from './types.ts';

export interface Finding {
  readonly criterion: Criterion;
  readonly evaluation: Evaluation;
}

/** How high a level is; 0 is the lowest. */
export function rankOf(level: Level): number {
  return LEVELS.indexOf(level);
}

export function higherOf(a: Level, b: Level): Level {
  return rankOf(a) >= rankOf(b) ? a : b;
}

export function findingsOf(criteria: readonly Criterion[], circumstances: Circumstances): readonly Finding[] {
  return criteria.map((criterion) => ({ criterion, evaluation: evaluate(criterion.when, circumstances) }));
}

/** The highest level that is certain: what is not known counts as not reached. */
export function floorOf(findings: readonly Finding[]): Level {
  return highest(findings.filter(({ evaluation }) => evaluation.truth === 'yes'));
}

/** The highest level that is possible: what is not known counts as reached. */
export function ceilingOf(findings: readonly Finding[]): Level {
  return highest(findings.filter(({ evaluation }) => evaluation.truth !== 'no'));
}

function highest(findings: readonly Finding[]): Level {
  return findings.reduce<Level>((level, { criterion }) => higherOf(level, criterion.level), 'general');
}

/** The ceiling when every judgement nobody has made yet is taken for "none". */
export function ceilingByNumbers(criteria: readonly Criterion[], circumstances: Circumstances): Level {
  const assume: Circumstances['assume'] = (fact) =>
    circumstances.definitions.get(fact)?.kind === 'judgement' ? 'no' : 'maybe';
  return ceilingOf(findingsOf(criteria, { ...circumstances, assume }));
}

/** The criteria that are met, the highest level first. */
export function matchesOf(findings: readonly Finding[], circumstances: Circumstances): readonly Match[] {
  return findings
    .filter(({ evaluation }) => evaluation.truth === 'yes')
    .toSorted((a, b) => rankOf(b.criterion.level) - rankOf(a.criterion.level))
    .map(({ criterion, evaluation }) => ({
      criterion: criterion.id,
      level: criterion.level,
      source: criterion.source,
      facts: valuesOf(evaluation.because, circumstances),
    }));
}

function valuesOf(facts: readonly string[], circumstances: Circumstances): Record<string, FactValue> {
  return Object.fromEntries(facts.map((fact) => [fact, circumstances.facts[fact] ?? 'unknown']));
}

/**
 * Facts that could still raise the floor. First those that reach the highest level by themselves, then those that
 * reach the highest level together with others, then the order of the regime.
 */
export function undeterminedOf(
  regime: Regime,
  findings: readonly Finding[],
  circumstances: Circumstances,
): readonly string[] {
  const floor = rankOf(floorOf(findings));
  const open = findings.filter(
    ({ criterion, evaluation }) => evaluation.truth === 'maybe' && rankOf(criterion.level) > floor,
  );
  const reach = (fact: string) => ({
    fact,
    alone: rankOf(
      floorOf(findingsOf(criteriaOf(open), { ...circumstances, assume: (f) => (f === fact ? 'yes' : 'maybe') })),
    ),
    together: rankOf(ceilingOf(open.filter(({ evaluation }) => evaluation.because.includes(fact)))),
  });
  return regime.factDefinitions
    .map(({ id }) => id)
    .filter((id) => open.some(({ evaluation }) => evaluation.because.includes(id)))
    .map(reach)
    .toSorted((a, b) => b.alone - a.alone || b.together - a.together)
    .map(({ fact }) => fact);
}

function criteriaOf(findings: readonly Finding[]): readonly Criterion[] {
  return findings.map(({ criterion }) => criterion);
}
