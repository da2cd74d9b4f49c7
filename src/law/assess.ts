import { type Assessable, type Circumstances, circumstancesOf } from './circumstances.ts';
import { type Graded, grade } from './grade.ts';
import { higherOf } from './levels.ts';
import { type Instants, obligationsOf, startedBy } from './obligations.ts';
import type { Regime } from './regime.ts';
import type { Assessment, AssessmentInput } from './types.ts';

/**
 * Assesses a case under a regime: level, reasons, missing facts, obligations with due times, open legal questions.
 * Pure; due times are written in the zone of the regime.
 * @throws NowIsMissing if a duration is running and `now` is not given.
 */
export function assess(regime: Regime, input: AssessmentInput): Assessment {
  return assessAt(regime, circumstancesOf(regime, input), input);
}

/** Assesses known circumstances at the instants of a case; results for the same circumstances object are cached. */
export function assessAt(
  regime: Regime,
  known: Assessable,
  input: Instants & Pick<AssessmentInput, 'decidedLevel'>,
): Assessment {
  const started = startedBy(regime, input);
  const graded = grade(regime, started.day(regime.zone), known);
  const { floor, ceiling } = graded;
  const certain = input.decidedLevel === undefined ? floor : higherOf(regime, floor, input.decidedLevel);
  const obligations = obligationsOf(regime, known, started, { floor: certain, ceiling });
  const limits = obligations.filter(({ otherwise }) => otherwise !== undefined);
  if (limits.length === 0) return { ...graded, obligations };
  return { ...graded, obligations, warnings: [...graded.warnings, ...readingsOfLimits(graded, limits, known)] };
}

/** Open questions on which the due time of a duty depends. */
function readingsOfLimits(
  { warnings }: Graded,
  obligations: Assessment['obligations'],
  { readings }: Circumstances,
): Assessment['warnings'] {
  const asked = new Set(obligations.flatMap(({ otherwise = [] }) => otherwise.map(({ question }) => question)));
  return [...asked]
    .filter((question) => !warnings.some((warning) => warning.question === question))
    .map((question) => ({ question, reading: readings[question] ?? '' }));
}
