import { assess, dependsOnNow } from '../../law/assess.ts';
import type { Regime } from '../../law/regime.ts';
import type {
  AnchorName,
  Anchors,
  Assessment,
  AssessmentInput,
  Facts,
  Flags,
  Iso,
  Level,
  Obligation,
  Operator,
  Recipient,
  Source,
} from '../../law/types.ts';
import { FLAGS, LEVELS } from '../../law/types.ts';
import { readingsOf } from '../readings.ts';
import type { AuthorityRequest, Filing, IncidentState } from '../state.ts';
import { type Crossing, crossingsOf } from './crossings.ts';
import { entityOf, lawFacts, operatorOf, raisedFacts, typeOf } from './law-facts.ts';

export type ClockStatus = 'running' | 'met' | 'late' | 'void';

/** Something owed, with what became of it. One with a due time is a clock. */
export interface OwedObligation {
  readonly id: string;
  readonly recipient: Recipient;
  readonly due: Iso | null;
  readonly dueMinutes: number | null;
  readonly anchor: AnchorName;
  readonly provisional: boolean;
  readonly status: ClockStatus;
  readonly content: Obligation['content'] | 'authority_request';
  readonly source: Source;
  readonly filing: Filing | null;
  /** From the crossing of a threshold rather than from awareness: a person names the reading that is used. */
  readonly fromCrossing: { readonly at: Iso; readonly due: Iso } | null;
}
export type Clock = OwedObligation & { readonly due: Iso };

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
 * A decision of people that nothing need be reported under the Measures stops their clocks, visibly; other laws' duties
 * stay, and so does the summary report of what was reported. What people decided is not owed is not.
 */
function isVoided(state: IncidentState, assessment: Assessment): (o: Obligation) => boolean {
  const general = state.levelDecision?.level === 'general';
  const stopped = general || state.notReportable !== null;
  const reached = !general && LEVELS.indexOf(assessment.floor) >= LEVELS.indexOf('major');
  const voided: ReadonlySet<string> = new Set([
    'initial_report',
    'sector_report',
    ...(isReported(state) ? [] : ['summary_report']),
  ]);
  return (o) => state.notOwed[o.id] !== undefined || (stopped && !reached && voided.has(o.content));
}

/** Returns true if a first report was filed. */
function isReported({ filings }: IncidentState): boolean {
  return filings.some(({ content }) => content === undefined || content === 'initial_report');
}

/**
 * Level of the summary report: an incident that was reported is summarised (Art. 8) as at least `major`, whatever level
 * is decided afterwards.
 */
function levelReported(state: IncidentState, decided: Level | null): Level | null {
  if (!isReported(state)) return decided;
  return decided === null || decided === 'general' ? 'major' : decided;
}

/** Duties that were met and that the facts no longer ask for: what was filed stays in evidence. */
function filedBefore(state: IncidentState, regime: Regime, { obligations }: Assessment): readonly OwedObligation[] {
  const listed = new Set(obligations.map(({ id }) => id));
  const filings = new Map(state.filings.toReversed().map((filing) => [filing.obligation, filing]));
  return [...filings.values()].flatMap((filing): readonly OwedObligation[] => {
    const rule = regime.obligations.findLast(({ id }) => id === filing.obligation && !listed.has(id));
    if (!rule) return [];
    const { id, recipient, anchor, content, source, period } = rule;
    const dueMinutes = period.kind === 'minutes' ? period.minutes : null;
    const duty = { id, recipient, anchor, content, source, due: filing.due, dueMinutes };
    return [{ ...duty, provisional: false, filing, status: statusOf(duty, filing, '', false), fromCrossing: null }];
  });
}

interface Circumstances {
  readonly regime: Regime;
  readonly now: Iso;
  readonly voided: (o: Obligation) => boolean;
  /** Instant at which the level that must be reported was first reached, if later than awareness. */
  readonly crossed: Iso | null;
}

function withStatus(
  o: Obligation,
  state: IncidentState,
  { regime, now, voided, crossed }: Circumstances,
): OwedObligation {
  const filing = filingOf(o.id, state, regime);
  return {
    id: o.id,
    recipient: o.recipient,
    due: o.due,
    dueMinutes: o.dueMinutes,
    anchor: o.anchor,
    provisional: o.provisional ?? false,
    content: o.content,
    source: o.source,
    filing,
    status: statusOf(o, filing, now, voided(o)),
    fromCrossing: crossingDue(o, crossed),
  };
}

/** Obligation from an authority's request, treated like one from the law; the authority's words are its source. */
function requested(request: AuthorityRequest, state: IncidentState, now: Iso): OwedObligation {
  const { id, recipient, from, what, receivedAt, due = null } = request;
  const filing = state.filings.find((f) => f.obligation === id) ?? null;
  return {
    id,
    recipient,
    due,
    dueMinutes: due === null ? null : Math.round((Date.parse(due) - Date.parse(receivedAt)) / 60_000),
    anchor: 'request',
    provisional: false,
    content: 'authority_request',
    source: {
      instrument: from,
      article: '',
      quote: what,
      url: '',
      effective: receivedAt,
      checked: receivedAt,
      verification: 'primary',
    },
    filing,
    status: statusOf({ due }, filing, now, request.dropped !== null),
    fromCrossing: null,
  };
}

/** The filing that discharged a duty: its own, or that of a duty the same report serves. */
function filingOf(id: string, state: IncidentState, regime: Regime): Filing | null {
  const together = regime.obligations.find((rule) => rule.id === id)?.together;
  const served = together === undefined ? [] : regime.obligations.filter((rule) => rule.together === together);
  const by = (obligation: string) => state.filings.find((filing) => filing.obligation === obligation);
  return by(id) ?? served.map((rule) => by(rule.id)).find((filing) => filing !== undefined) ?? null;
}

function statusOf(o: Pick<Obligation, 'due'>, filing: Filing | null, now: Iso, voided: boolean): ClockStatus {
  if (filing) return o.due !== null && Date.parse(filing.filedAt) > Date.parse(o.due) ? 'late' : 'met';
  if (voided) return 'void';
  return o.due !== null && Date.parse(now) > Date.parse(o.due) ? 'late' : 'running';
}

/** The cautious clock runs from awareness; a person may name the reading that counts from the crossing instead. */
function crossingDue(o: Obligation, crossed: Iso | null): OwedObligation['fromCrossing'] {
  if (crossed === null || o.content !== 'initial_report' || o.dueMinutes === null || o.due === null) return null;
  return { at: crossed, due: new Date(Date.parse(crossed) + o.dueMinutes * 60_000).toISOString() };
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
