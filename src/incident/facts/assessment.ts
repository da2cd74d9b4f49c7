import { assess, dependsOnNow } from '../../law/assess.ts';
import type { Regime } from '../../law/regime.ts';
import type { Anchors, Assessment, AssessmentInput, Facts, Flags, Iso, Level, Operator } from '../../law/types.ts';
import { FLAGS, LEVELS } from '../../law/types.ts';
import { readingsOf } from '../readings.ts';
import type { IncidentState } from '../state.ts';
import { type Crossing, crossingsOf } from './crossings.ts';
import { entityOf, lawFacts, operatorOf, raisedFacts, typeOf } from './law-facts.ts';

import { type Clock, filedBefore, isReported, isVoided, type OwedObligation, requested, withStatus } from './owed.ts';

export type { Clock, OwedObligation } from './owed.ts';

export const PHASES = ['classifying', 'reporting', 'handling', 'ended', 'closed'] as const;
export type Phase = (typeof PHASES)[number];

/** Legal assessment of the record at one instant. Computed, never stored. */
export interface IncidentAssessment {
  readonly assessment: Assessment;
  readonly operator: Operator;
  readonly facts: Facts;
  readonly anchors: Anchors;
  /** The level a person decided, otherwise the engine's. */
  readonly level: Level | 'undetermined';
  readonly levelDecided: boolean;
  readonly obligations: readonly OwedObligation[];
  readonly clocks: readonly Clock[];
  /** Ids of every duty that is open, provisional ones and those without a time limit included. */
  readonly owed: readonly string[];
  readonly phase: Phase;
  /** Thresholds that running durations reach if they go on, or have reached. */
  readonly crossings: readonly Crossing[];
  /** Incident time of this assessment. */
  readonly now: Iso;
}

/** Assesses the record at `now` (incident time). */
export function assessIncident(state: IncidentState, regime: Regime, now: Iso): IncidentAssessment {
  const facts = lawFacts(state, regime);
  const operator = operatorOf(state);
  const anchors = anchorsOf(state);
  const decidedLevel = state.levelDecision ? asLevel(state.levelDecision.level) : null;
  const levelOfDuties = levelReported(state, decidedLevel);
  const assessment = lawOn(state, regime, {
    operator,
    facts,
    flags: flagsOf(state, regime),
    anchors,
    now,
    openEnded: true,
    raised: raisedFacts(state, regime),
    readings: readingsOf(state),
    ...(levelOfDuties ? { decidedLevel: levelOfDuties } : {}),
  });
  const crossings = crossingsOf(regime, facts, assessment);
  const voided = isVoided(state, assessment);
  const obligations = [
    ...assessment.obligations.map((o) =>
      withStatus(o, state, { regime, now, voided, crossed: firstCrossing(assessment, crossings, anchors, now) }),
    ),
    ...filedBefore(state, regime, assessment),
    ...state.requests.map((request) => requested(request, state, now)),
  ];
  const clocks = obligations.filter((o): o is Clock => o.due !== null);
  const owed = obligations.filter((o) => !o.filing && o.status !== 'void').map((o) => o.id);
  return {
    assessment,
    operator,
    facts,
    anchors,
    level: decidedLevel ?? assessment.level,
    levelDecided: decidedLevel !== null,
    obligations,
    clocks,
    owed,
    phase: phaseOf(state, assessment, obligations),
    crossings,
    now,
  };
}

/** Cache of assessments for records without a running duration: their assessment does not depend on the time. */
const said = new WeakMap<IncidentState, { readonly regime: Regime; readonly assessment: Assessment }>();

function lawOn(state: IncidentState, regime: Regime, input: AssessmentInput): Assessment {
  const before = said.get(state);
  if (before?.regime === regime) return before.assessment;
  const assessment = assess(regime, input);
  if (!dependsOnNow(input)) said.set(state, { regime, assessment });
  return assessment;
}

/** The candidate the clock runs from while no person confirmed one: the earliest that reached the company. */
export function workingStart(state: IncidentState): { readonly candidate: string; readonly instant: Iso } | null {
  const reached = state.candidates.filter((c) => c.reachedUs);
  const first = reached.toSorted((a, b) => Date.parse(a.instant) - Date.parse(b.instant))[0];
  return first ? { candidate: first.id, instant: first.instant } : null;
}

export function awarenessOf(state: IncidentState): Iso | null {
  return state.awareness?.instant ?? workingStart(state)?.instant ?? null;
}

function anchorsOf(state: IncidentState): Anchors {
  const occurrence = state.facts['occurrence']?.value;
  const awareness = awarenessOf(state);
  const filed = state.filings
    .map((f) => f.filedAt)
    .sort()
    .at(-1);
  return {
    ...(typeof occurrence === 'string' && occurrence !== 'unknown' ? { occurrence } : {}),
    ...(awareness ? { awareness } : {}),
    ...(state.levelDecision ? { level_decision: state.levelDecision.at } : {}),
    ...(filed ? { previous_filing: filed } : {}),
    ...(state.handlingEnded ? { handling_end: state.handlingEnded.instant } : {}),
  };
}

/** Flags as answered, otherwise as the type of the incident suggests; `sector_rules` if the profile names some. */
function flagsOf(state: IncidentState, regime: Regime): Flags {
  const { category, type } = typeOf(state, regime);
  const suggested: Flags = { ...category?.suggests, ...type?.suggests };
  const entries = FLAGS.flatMap((flag) => {
    const value = state.facts[flag]?.value ?? suggested[flag];
    return typeof value === 'boolean' || value === 'unknown' ? [[flag, value] as const] : [];
  });
  const rules = entityOf(state)?.sectorRules;
  return { ...Object.fromEntries(entries), ...(rules === undefined ? {} : { sector_rules: true }) };
}

/**
 * Level of the summary report: an incident that was reported is summarised (Art. 8) as at least `major`, whatever level
 * is decided afterwards.
 */
function levelReported(state: IncidentState, decided: Level | null): Level | null {
  if (!isReported(state)) return decided;
  return decided === null || decided === 'general' ? 'major' : decided;
}

/** A crossing before awareness never starts a clock, nor does one beside another reason that stood from the start. */
function firstCrossing(assessment: Assessment, crossings: readonly Crossing[], anchors: Anchors, now: Iso): Iso | null {
  const reportable = assessment.matched.filter((m) => LEVELS.indexOf(m.level) >= LEVELS.indexOf('major'));
  const passed = crossings.filter((c) => Date.parse(c.at) <= Date.parse(now));
  const first = passed[0];
  if (!first || !anchors.awareness || Date.parse(first.at) <= Date.parse(anchors.awareness)) return null;
  return reportable.every((m) => passed.some((c) => c.criterion === m.criterion)) ? first.at : null;
}

function phaseOf(state: IncidentState, assessment: Assessment, obligations: readonly OwedObligation[]): Phase {
  if (state.closed) return 'closed';
  if (state.handlingEnded) return 'ended';
  const initial = obligations.filter((o) => o.content === 'initial_report' && o.status !== 'void');
  if (initial.some((o) => o.filing) && initial.every((o) => o.filing || o.provisional)) return 'handling';
  if (state.notReportable || state.levelDecision?.level === 'general') return 'handling';
  const known = state.levelDecision !== null || assessment.level !== 'undetermined';
  return known && assessment.floor !== 'general' ? 'reporting' : state.levelDecision ? 'reporting' : 'classifying';
}

/** The higher of the level a person decided and the one the figures give: what is known to be reached. */
export function levelReached({ level, assessment }: Pick<IncidentAssessment, 'level' | 'assessment'>): Level {
  const decided = level === 'undetermined' ? 'general' : level;
  return LEVELS.indexOf(decided) > LEVELS.indexOf(assessment.floor) ? decided : assessment.floor;
}

function asLevel(level: string): Level | null {
  return LEVELS.find((l) => l === level) ?? null;
}
