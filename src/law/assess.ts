import { dateOf } from './calendar.ts';
import { type Circumstances, isRaised } from './condition.ts';
import { inForce } from './dated.ts';
import { escalationsOf } from './escalations.ts';
import { higherOf, isReported, rankOf } from './levels.ts';
import { obligationsOf } from './obligations.ts';
import { readingsInUse, warningsOf } from './questions.ts';
import type { Note, ObligationRule, Regime } from './regime.ts';
import type { Assessment, AssessmentInput, Level } from './types.ts';
import { isRunning } from './value.ts';
import { ceilingByNumbers, ceilingOf, findingsOf, floorOf, matchesOf, undeterminedOf } from './verdict.ts';

/**
 * Assesses a case under a regime: level, reasons, missing facts, obligations with due times, open legal questions.
 * Pure; due times are written in the zone of the regime.
 * @throws NowIsMissing if a duration is running and `now` is not given.
 */
export function assess(regime: Regime, input: AssessmentInput): Assessment {
  const date = ruleDate(regime, input);
  const circumstances = circumstancesOf(regime, input);
  const graded = gradedAlready(regime, date, circumstances, input);
  const { floor, ceiling } = graded;
  const certain = input.decidedLevel === undefined ? floor : higherOf(regime, floor, input.decidedLevel);
  const rules = dutiesInForce(regime, input);
  const obligations = obligationsOf(regime, rules, circumstances, input, { floor: certain, ceiling });
  return {
    ...graded,
    obligations,
    warnings: [...graded.warnings, ...readingsOfLimits(graded, obligations, circumstances)],
  };
}

/** Facts that could still raise the level, as in `Assessment.undetermined`, without the rest of an assessment. */
export function undeterminedIn(regime: Regime, input: AssessmentInput): readonly string[] {
  const circumstances = circumstancesOf(regime, input);
  const findings = findingsOf(inForce(regime.criteria, ruleDate(regime, input)), circumstances);
  return undeterminedOf(regime, findings, circumstances);
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

type Graded = Omit<Assessment, 'obligations'>;

/** Grading of the facts, regardless of when they became known. */
function grade(
  regime: Regime,
  date: string | null,
  circumstances: Circumstances,
  { readings }: AssessmentInput,
): Graded {
  const criteria = inForce(regime.criteria, date);
  const findings = findingsOf(criteria, circumstances);
  const floor = floorOf(regime, findings);
  const ceiling = ceilingOf(regime, findings);
  const isOpen = !isReported(regime, floor) && rankOf(regime, ceiling) > rankOf(regime, floor);
  return {
    level: isOpen ? 'undetermined' : floor,
    floor,
    ceiling,
    ceilingByNumbers: ceilingByNumbers(regime, findings, circumstances),
    matched: matchesOf(regime, findings, circumstances),
    undetermined: undeterminedOf(regime, findings, circumstances),
    warnings: warningsOf(regime, { circumstances, findings, date }, readings),
    escalations: escalationsOf(regime, criteria, circumstances, floor),
    notes: inForce(regime.notes, date).flatMap((note) =>
      concerns(regime, note, circumstances, ceiling) ? note.id : [],
    ),
  };
}

function concerns(regime: Regime, { minLevel, when }: Note, circumstances: Circumstances, ceiling: Level): boolean {
  if (minLevel !== undefined && rankOf(regime, minLevel) > rankOf(regime, ceiling)) return false;
  return when === undefined || isRaised(when, circumstances);
}

/**
 * Number of gradings that are remembered. Incidents begin alike and answers come one by one: most of them were graded a moment
 * ago, for another incident.
 */
const KEPT = 64;
const known = new WeakMap<Regime, Map<string, Graded>>();

function gradedAlready(
  regime: Regime,
  date: string | null,
  circumstances: Circumstances,
  input: AssessmentInput,
): Graded {
  const kept = known.get(regime) ?? new Map<string, Graded>();
  known.set(regime, kept);
  const { operator, facts, flags, readings, now, openEnded, raised } = input;
  const running = Object.values(facts).some(isRunning) ? now : null;
  const key = JSON.stringify([date, operator, Object.entries(facts), flags, readings, running, openEnded, raised]);
  const graded = kept.get(key) ?? grade(regime, date, circumstances, input);
  kept.delete(key);
  kept.set(key, graded);
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return graded;
}

/** Returns true if the assessment changes with time: a duration is running, or the day whose law applies is unknown. */
export function dependsOnNow(regime: Regime, { facts, anchors }: AssessmentInput): boolean {
  return anchors[regime.lawOf] === undefined || Object.values(facts).some(isRunning);
}

/** The law of the day of the anchor from which the regime's duties arise. */
function ruleDate(regime: Regime, { anchors, now }: AssessmentInput, zone = regime.zone): string | null {
  const instant = anchors[regime.lawOf] ?? now;
  return instant === undefined ? null : dateOf(instant, zone);
}

/** The duties that are law on that day; each law begins and ends by the dates of its own time zone. */
function dutiesInForce(regime: Regime, input: AssessmentInput): readonly ObligationRule[] {
  const zones = Map.groupBy(regime.obligations, ({ zone }) => zone ?? regime.zone);
  const kept = new Set([...zones].flatMap(([zone, rules]) => inForce(rules, ruleDate(regime, input, zone))));
  return regime.obligations.filter((rule) => kept.has(rule));
}

function circumstancesOf(regime: Regime, input: AssessmentInput): Circumstances {
  return {
    definitions: new Map(
      [...regime.factDefinitions, ...(regime.packFacts ?? [])].map((definition) => [definition.id, definition]),
    ),
    operatorKinds: regime.operators.map(({ id }) => id),
    operator: input.operator,
    facts: input.facts,
    flags: input.flags,
    readings: readingsInUse(regime, input.readings),
    now: input.now,
    openEnded: input.openEnded ?? false,
    raised: input.raised && new Set(input.raised),
  };
}
