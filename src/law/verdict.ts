import { assuming, type Circumstances, type Truths } from './circumstances.ts';
import { type Evaluation, evaluate, truthIf } from './condition.ts';
import { type Graded, rankOf } from './levels.ts';
import type { Criterion, Regime } from './regime.ts';
import type { Level } from './types.ts';

export interface Finding {
  readonly criterion: Criterion;
  readonly evaluation: Evaluation;
}

export function findingsOf(criteria: readonly Criterion[], circumstances: Truths): readonly Finding[] {
  return criteria.map((criterion) => ({ criterion, evaluation: evaluate(criterion.when, circumstances) }));
}

/** The highest level that is certain: unknown facts count as not reached. */
export function floorOf(regime: Graded, findings: readonly Finding[]): Level {
  return highest(regime, findings, ({ evaluation }) => evaluation.truth === 'yes');
}

/** The highest level that is possible: unknown facts count as reached. */
export function ceilingOf(regime: Graded, findings: readonly Finding[]): Level {
  return highest(regime, findings, ({ evaluation }) => evaluation.truth !== 'no');
}

/** Returns the highest level of the findings that count; the lowest level if none does. */
export function highest(regime: Graded, findings: readonly Finding[], counts: (finding: Finding) => boolean): Level {
  let rank = 0;
  for (const finding of findings) if (counts(finding)) rank = Math.max(rank, rankOf(regime, finding.criterion.level));
  return regime.levels[rank]?.id ?? '';
}

/**
 * Returns the ceiling with every judgement that is not made yet taken as "none". Assumptions cannot change decided
 * criteria, so only undecided ones are evaluated again.
 */
export function ceilingByNumbers(regime: Graded, findings: readonly Finding[], circumstances: Circumstances): Level {
  const isJudgement = (fact: string) => circumstances.definitions.get(fact)?.kind === 'judgement';
  const without = () => assuming(circumstances, (fact) => (isJudgement(fact) ? 'no' : 'maybe'));
  return highest(regime, findings, ({ criterion, evaluation }) => {
    const { truth, because } = evaluation;
    if (truth !== 'maybe' || !because.some(isJudgement)) return truth !== 'no';
    return truthIf(criterion.when, evaluation, 'no judgement', without) !== 'no';
  });
}

/** The criteria that are met, the highest level first. */
export function metOf(regime: Graded, findings: readonly Finding[]): readonly Finding[] {
  return findings
    .filter(({ evaluation }) => evaluation.truth === 'yes')
    .toSorted((a, b) => rankOf(regime, b.criterion.level) - rankOf(regime, a.criterion.level));
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
  const floor = rankOf(regime, floorOf(regime, findings));
  const open = findings
    .filter(({ criterion, evaluation }) => evaluation.truth === 'maybe' && rankOf(regime, criterion.level) > floor)
    .toSorted((a, b) => rankOf(regime, b.criterion.level) - rankOf(regime, a.criterion.level));
  const byFact = Map.groupBy(
    open.flatMap((finding) => finding.evaluation.because.map((fact) => ({ fact, finding }))),
    ({ fact }) => fact,
  );
  return regime.factDefinitions
    .flatMap(({ id }) => {
      const affected = byFact.get(id)?.map(({ finding }) => finding);
      return affected ? reachOf(regime, id, affected, circumstances) : [];
    })
    .toSorted((a, b) => b.alone - a.alone || b.together - a.together)
    .map(({ fact }) => fact);
}

/**
 * Highest rank to which a missing fact could lift the floor, alone or together with others. `affected`: the criteria
 * that it leaves undecided, the highest level first; they alone are evaluated again.
 */
function reachOf(
  regime: Graded,
  fact: string,
  affected: readonly Finding[],
  circumstances: Circumstances,
): { readonly fact: string; readonly alone: number; readonly together: number } {
  const met = () => assuming(circumstances, (other) => (other === fact ? 'yes' : 'maybe'));
  const reached = affected.find(
    ({ criterion, evaluation }) => truthIf(criterion.when, evaluation, fact, met) === 'yes',
  );
  const rank = (finding: Finding | undefined): number => (finding ? rankOf(regime, finding.criterion.level) : 0);
  return { fact, alone: rank(reached), together: rank(affected[0]) };
}
