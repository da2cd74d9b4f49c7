import { assessAt } from '../../law/assess.ts';
import { type Condition, leavesOf } from '../../law/condition.ts';
import { type Crossing, crossingsOf } from '../../law/escalations.ts';
import { keptFor, last } from '../../law/kept-for.ts';
import { isReported, rankOf, reportedFrom } from '../../law/levels.ts';
import { dutyOfAnchor, instantOf } from '../../law/limits.ts';
import type { Regime } from '../../law/regime.ts';
import type { AnchorName, Anchors, Assessment, Facts, Iso, Level, Operator } from '../../law/types.ts';
import { isTimed } from '../../law/value.ts';
import type { Imported } from '../imported.ts';
import type { Filing, IncidentState } from '../state.ts';
import { lawCircumstances } from './law-facts.ts';
import { lawOf, lawOfFilings } from './law-set.ts';
import {
  type Clock,
  endsReporting,
  filedBefore,
  hasReported,
  isDecidedBelow,
  judgedFilings,
  type OwedObligation,
  requested,
  withStatus,
} from './owed.ts';
import { strictest } from './strictest.ts';
import { isVoided, renewedDuties } from './waivers.ts';

export const PHASES = ['classifying', 'reporting', 'handling', 'ended', 'closed'] as const;
export type Phase = (typeof PHASES)[number];

/** Instants that the record knows; a regime names those its duties run from, packs add their own. */
export interface RecordedAnchors extends Anchors {
  readonly occurrence?: Iso;
  readonly awareness?: Iso;
  readonly level_decision?: Iso;
  readonly handling_end?: Iso;
}

/** Legal assessment of the record at one instant. Computed, never stored. */
export interface IncidentAssessment {
  /** Law of the incident as a whole: the base regime, clock packs and contracts. */
  readonly regime: Regime;
  readonly assessment: Assessment;
  readonly operator: Operator;
  readonly facts: Facts;
  readonly anchors: RecordedAnchors;
  /** Level that a person decided, otherwise the level the engine computed. */
  readonly level: Level;
  readonly levelDecided: boolean;
  readonly obligations: readonly OwedObligation[];
  readonly clocks: readonly Clock[];
  /** Filings of the record, each with the limit by which it is judged now and its lateness. */
  readonly filings: readonly Filing[];
  /** Ids of every duty that is open, provisional ones and those without a time limit included. */
  readonly owed: readonly string[];
  readonly phase: Phase;
  /** Thresholds that running durations have reached, or will reach if they continue. */
  readonly crossings: readonly Crossing[];
  /** Incident time of this assessment. */
  readonly now: Iso;
}

/**
 * Assesses the record at `now` (incident time). While an answer is not confirmed, the earlier answers are assessed as
 * well, and the strictest result of both counts.
 */
export function assessIncident(state: IncidentState, base: Regime, now: Iso): IncidentAssessment {
  const stated = assessAnswers(state, base, now);
  if (state.erased) return withoutDuties(stated);
  if (state.imported) return recordedAfterwards(stated, state.imported);
  const others = state.standing.map(({ facts }) => assessAnswers({ ...state, facts }, base, now));
  return others.length === 0 ? stated : strictest(stated, others);
}

function assessAnswers(state: IncidentState, base: Regime, now: Iso): IncidentAssessment {
  const regime = lawOf(state, base);
  const known = lawCircumstances(state, regime, now);
  const { operator, facts } = known;
  const anchors = anchorsOf(state, regime);
  const filings = filingsOf(state.filings);
  const decidedLevel = state.levelDecision ? asLevel(regime, state.levelDecision.level) : null;
  const levelOfDuties = levelReported(state, regime, decidedLevel);
  const assessment = assessAt(regime, known, {
    anchors,
    ...(regime.packs ? { filings, notAfter: latestStarts(state, regime) } : {}),
    now,
    ...(levelOfDuties ? { decidedLevel: levelOfDuties } : {}),
  });
  const crossings = crossingsOf(regime, known, assessment);
  const crossed = firstCrossing(regime, assessment, crossings, { anchors, now });
  const filedUnder = () => lawOfFilings(state, base, regime);
  const duties = dutiesOf(state, regime, assessment, { anchors, crossed, now, filedUnder });
  return {
    regime,
    assessment,
    operator,
    facts,
    anchors: { ...anchors, ...filingAnchors(regime, filings) },
    level: decidedLevel ?? assessment.level,
    levelDecided: decidedLevel !== null,
    ...duties,
    phase: phaseOf(state, regime, assessment, duties.obligations),
    crossings,
    now,
  };
}

type Duties = Pick<IncidentAssessment, 'obligations' | 'clocks' | 'filings' | 'owed'>;

/**
 * Results of a list of duties, kept as long as nothing that decides them changes; `limits`: its due times (epoch ms). For
 * equal instants a list of the law is one object, so that all records in which nothing is filed share its results.
 */
const resultsOf = keptFor((obligations: Assessment['obligations']) => ({
  limits: obligations.flatMap(({ due, latestDue = null }) => {
    const limit = due ?? latestDue;
    return limit === null ? [] : Date.parse(limit);
  }),
  kept: last<Duties>(),
}));

function dutiesOf(
  state: IncidentState,
  regime: Regime,
  assessment: Assessment,
  of: {
    readonly anchors: Anchors;
    readonly crossed: Iso | null;
    readonly now: Iso;
    readonly filedUnder: () => Regime;
  },
): Duties {
  const { filings, voidedFilings, requests, notOwed, closed, awareness, candidates } = state;
  const { limits, kept } = resultsOf(assessment.obligations);
  const isReportingOver = endsReporting(state, regime, assessment);
  const renewed = renewedDuties(state, regime, of.now);
  const now = Date.parse(of.now);
  const parts = [
    ...[regime, filings, voidedFilings, requests, notOwed, closed, isReportingOver, of.crossed],
    // Until the next limit is reached, the time changes no status.
    requests.length === 0 ? limits.reduce((passed, limit) => (limit < now ? passed + 1 : passed), 0) : now,
    // The level and the kind of harm decide only whether a waiver holds, the start whether a filing was in time.
    ...(Object.keys(notOwed).length === 0 ? [] : [assessment.floor, renewed.join()]),
    ...(filings.length === 0 ? [] : [awareness, candidates]),
  ];
  return kept(parts, () => {
    const circumstances = {
      ...of,
      regime,
      now,
      voided: isVoided(state, regime, { isReportingOver, floor: assessment.floor, renewed }),
    };
    const obligations = [
      ...assessment.obligations.map((o) => withStatus(o, state, circumstances)),
      ...filedBefore(state, of.filedUnder(), assessment),
      ...requests.map((request) => requested(request, state, now)),
    ];
    return {
      obligations,
      clocks: obligations.filter((o): o is Clock => o.due !== null),
      filings: judgedFilings(state.filings, obligations),
      owed: obligations.filter((o) => !o.filing && o.status !== 'void').map((o) => o.id),
    };
  });
}

const limitsOf = keptFor((clocks: readonly Clock[]) => clocks.map(({ due }) => Date.parse(due)));

/**
 * Last instant (epoch ms of incident time) at which an assessment is still the same but for `now`: its next limit. Its
 * own instant while a duration has times, while an earlier answer that may have them stands, or while the law in force
 * is chosen by the time itself.
 */
export function holdsUntil(
  { standing }: Pick<IncidentState, 'standing'>,
  { facts, anchors, regime, clocks, ...ia }: IncidentAssessment,
): number {
  const now = Date.parse(ia.now);
  const isMoving = standing.length > 0 || Object.values(facts).some(isTimed);
  if (isMoving || anchors[regime.lawOf] === undefined) return now;
  return Math.min(...limitsOf(clocks).filter((limit) => limit >= now));
}

/** Assessment of a record whose clocks no longer run or never did: nothing is owed or asked. */
function withoutDuties({ assessment, ...ia }: IncidentAssessment): IncidentAssessment {
  return {
    ...ia,
    assessment: { ...assessment, obligations: [], undetermined: [], warnings: [] },
    ...{ obligations: [], clocks: [], owed: [], crossings: [], phase: 'closed' },
  };
}

/** Assessment of an incident that was recorded afterwards: the level its list states, and nothing owed. */
function recordedAfterwards(
  ia: IncidentAssessment,
  { level, awareAt, occurredAt, handlingEndedAt }: Imported,
): IncidentAssessment {
  const stated = level === undefined ? null : asLevel(ia.regime, level);
  return {
    ...withoutDuties(ia),
    anchors: {
      awareness: awareAt,
      ...(occurredAt === undefined ? {} : { occurrence: occurredAt }),
      ...(handlingEndedAt === undefined ? {} : { handling_end: handlingEndedAt }),
    },
    level: stated ?? 'undetermined',
    levelDecided: stated !== null,
  };
}

/** Candidate from which the clock runs while no person confirmed one: the earliest that reached the company. */
export function workingStart(
  state: Pick<IncidentState, 'candidates'>,
): { readonly candidate: string; readonly instant: Iso } | null {
  const reached = state.candidates.filter((c) => c.reachedUs);
  const first = reached.toSorted((a, b) => Date.parse(a.instant) - Date.parse(b.instant))[0];
  return first ? { candidate: first.id, instant: first.instant } : null;
}

export function awarenessOf(state: IncidentState): Iso | null {
  return state.awareness?.instant ?? workingStart(state)?.instant ?? null;
}

/** Filings of each duty, earliest first. */
const filingsOf = keptFor((filings: IncidentState['filings']): Readonly<Record<string, readonly Iso[]>> => {
  const groups = Map.groupBy(filings, ({ obligation }) => obligation);
  const inOrder = (of: IncidentState['filings']) =>
    of.map(({ filedAt }) => filedAt).sort((a, b) => Date.parse(a) - Date.parse(b));
  return Object.fromEntries([...groups].map(([duty, of]) => [duty, inOrder(of)]));
});

/** Filings of named duties as anchors, for the duties that run from them. */
function filingAnchors(regime: Regime, filings: ReturnType<typeof filingsOf>): Anchors {
  const named = anchorsByFiling(regime).flatMap((anchor) => {
    const at = instantOf(anchor, { anchors: {}, filings });
    return at === undefined ? [] : [[anchor, at] as const];
  });
  return Object.fromEntries(named);
}

const anchorsByFiling = keptFor(({ obligations }: Regime): readonly AnchorName[] => [
  ...new Set(obligations.flatMap(({ anchor }) => (dutyOfAnchor(anchor) === null ? [] : anchor))),
]);

function packAnchors(state: IncidentState, regime: Regime): Anchors {
  const known = (regime.packAnchors ?? []).flatMap(({ id }) => {
    const stated = state.facts[id]?.value;
    return typeof stated === 'string' && stated !== 'unknown' ? [[id, stated] as const] : [];
  });
  return Object.fromEntries(known);
}

/** Latest possible instants of unstated anchors of packs: an answer implies that the event had already happened. */
function latestStarts(state: IncidentState, regime: Regime): Anchors {
  const answered = (regime.packAnchors ?? []).flatMap(({ id, when }) => {
    const met = when === undefined ? [] : leavesOf(when).flatMap((leaf) => metAt(leaf, state) ?? []);
    const last = met.toSorted((a, b) => Date.parse(a) - Date.parse(b)).at(-1);
    return last === undefined ? [] : [[id, last] as const];
  });
  return Object.fromEntries(answered);
}

function metAt(leaf: Condition, { facts }: IncidentState): Iso | null {
  const entry = 'fact' in leaf ? facts[leaf.fact] : undefined;
  if (entry === undefined) return null;
  const { value } = entry;
  const isMet =
    'is' in leaf
      ? value === leaf.is
      : 'in' in leaf && [value].flat().some((one) => typeof one === 'string' && leaf.in.includes(one));
  return isMet ? entry.at : null;
}

function anchorsOf(state: IncidentState, regime: Regime): RecordedAnchors {
  const occurrence = state.facts['occurrence']?.value;
  const awareness = awarenessOf(state);
  return {
    ...(typeof occurrence === 'string' && occurrence !== 'unknown' ? { occurrence } : {}),
    ...(awareness ? { awareness } : {}),
    ...(state.levelDecision ? { level_decision: state.levelDecision.at } : {}),
    ...(state.handlingEnded ? { handling_end: state.handlingEnded.instant } : {}),
    ...(regime.packs ? packAnchors(state, regime) : {}),
  };
}

/** Level of the final report: once a reportable level was reported it stays reportable, despite later decisions. */
function levelReported(state: IncidentState, regime: Regime, decided: Level | null): Level | null {
  if (!hasReported(state)) return decided;
  return decided === null || isDecidedBelow(state, regime) ? reportedFrom(regime) : decided;
}

/** Instant of the first crossing; null if it was before awareness, or if another reason applied from the start. */
function firstCrossing(
  regime: Regime,
  assessment: Assessment,
  crossings: readonly Crossing[],
  { anchors, now }: { readonly anchors: RecordedAnchors; readonly now: Iso },
): Iso | null {
  const passed = crossings.filter((c) => Date.parse(c.at) <= Date.parse(now));
  const first = passed[0];
  if (!first || !anchors.awareness || Date.parse(first.at) <= Date.parse(anchors.awareness)) return null;
  const reportable = assessment.matched.filter(({ level }) => isReported(regime, level));
  return reportable.every((m) => passed.some((c) => c.criterion === m.criterion)) ? first.at : null;
}

function phaseOf(
  state: IncidentState,
  regime: Regime,
  assessment: Assessment,
  obligations: readonly OwedObligation[],
): Phase {
  if (state.closed) return 'closed';
  if (state.handlingEnded) return 'ended';
  const initial = obligations.filter((o) => o.form === 'first' && o.status !== 'void');
  if (initial.some((o) => o.filing) && initial.every((o) => o.filing || o.provisional)) return 'handling';
  if (endsReporting(state, regime, assessment)) return 'handling';
  const known = state.levelDecision !== null || assessment.level !== 'undetermined';
  return known && isReported(regime, assessment.floor)
    ? 'reporting'
    : state.levelDecision
      ? 'reporting'
      : 'classifying';
}

/** The higher of the decided level and the level by the figures: the level known to be reached. */
export function levelReached({
  regime,
  level,
  assessment: { floor },
}: Pick<IncidentAssessment, 'regime' | 'level' | 'assessment'>): Level {
  return rankOf(regime, level) > rankOf(regime, floor) ? level : floor;
}

function asLevel(regime: Regime, level: string): Level | null {
  return rankOf(regime, level) < 0 ? null : level;
}
