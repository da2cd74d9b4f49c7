import { type Circumstances, circumstancesOf } from './circumstances.ts';
import { type Graded, grade, undeterminedIn as undeterminedOn } from './grade.ts';
import { higherOf } from './levels.ts';
import { obligationsOf, ruleDate, startedBy } from './obligations.ts';
import type { Regime } from './regime.ts';
import type { Assessment, AssessmentInput } from './types.ts';
import { isRunning } from './value.ts';

/**
 * Assesses a case under a regime: level, reasons, missing facts, obligations with due times, open legal questions.
 * Pure; due times are written in the zone of the regime.
 * @throws NowIsMissing if a duration is running and `now` is not given.
 */
export function assess(regime: Regime, input: AssessmentInput): Assessment {
  const started = startedBy(regime, input);
  const circumstances = circumstancesOf(regime, input);
  const graded = grade(regime, started.day(regime.zone), circumstances, input);
  const { floor, ceiling } = graded;
  const certain = input.decidedLevel === undefined ? floor : higherOf(regime, floor, input.decidedLevel);
  const obligations = obligationsOf(regime, circumstances, started, { floor: certain, ceiling });
  return {
    ...graded,
    obligations,
    warnings: [...graded.warnings, ...readingsOfLimits(graded, obligations, circumstances)],
  };
}

/** Facts that could still raise the level, as in `Assessment.undetermined`, without the rest of an assessment. */
export function undeterminedIn(regime: Regime, input: AssessmentInput): readonly string[] {
  return undeterminedOn(regime, ruleDate(regime, input), input);
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

/** Returns true if the assessment changes with time: a duration is running, or the law's date is taken from `now`. */
export function dependsOnNow(regime: Regime, { facts, anchors }: AssessmentInput): boolean {
  return anchors[regime.lawOf] === undefined || Object.values(facts).some(isRunning);
}
