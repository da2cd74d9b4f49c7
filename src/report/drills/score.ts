import { z } from 'zod';
import { iso, type StatedValue } from '../../incident/commands/parts.ts';
import { isoOf, toIncidentTime } from '../../incident/drill-clock.ts';
import type { Clock } from '../../incident/facts/owed.ts';
import type { EventType, RecordedEvent } from '../../incident/record/events.ts';
import { EXPECTED_ACTS, type Inject, injectSchema, injectsOf, type Scenario } from '../../incident/scenario.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { Immutable, Iso } from '../../law/types.ts';
import { itemStatuses } from '../items.ts';
import { sheetNow, type Written } from '../sheet.ts';
import { callPoints, callScoreSchema, callScores } from './call-score.ts';

/** Stages of an incident up to its first filing, in their order. */
const STAGES = ['awareness', 'level', 'draft', 'approval', 'filing'] as const;
type Stage = (typeof STAGES)[number];
const STAGE_EVENTS: Readonly<Record<Stage, readonly EventType[]>> = {
  awareness: ['awareness_confirmed'],
  level: ['level_decided', 'not_reportable_decided'],
  draft: ['draft_compiled'],
  approval: ['draft_approved'],
  filing: ['filing_practised', 'filing_recorded'],
};

/** Steps of a drill: the first awareness in the company, the declaration, and the stages. */
export const STEPS = ['first_word', 'declared', ...STAGES] as const;
export type Step = (typeof STEPS)[number];

/** Entry by which a stage was first reached; undefined if it was not. Of filings only those of a first report count. */
export function entryOfStage(events: readonly RecordedEvent[], stage: Stage): RecordedEvent | undefined {
  return events.find(
    ({ event }) =>
      STAGE_EVENTS[stage].includes(event.type) && (event.type !== 'filing_recorded' || event.payload.form === 'first'),
  );
}

/** Instant (incident time, epoch ms) at which a stage was reached first; null if it was not. */
function reachedAt({ segments }: IncidentState, events: readonly RecordedEvent[], stage: Stage): number | null {
  const found = entryOfStage(events, stage);
  if (!found) return null;
  // The time of a filing is when it was sent, not when it was recorded.
  if (found.event.type === 'filing_recorded') return Date.parse(found.event.payload.at);
  return toIncidentTime(segments, Date.parse(found.at));
}

/** Step with its time and the minutes since the latest earlier step; both are null if it was not reached. */
export interface StepMinutes {
  readonly step: Step;
  readonly at: Iso | null;
  readonly minutes: number | null;
}

/**
 * Minutes of each step until the first filing, from the record alone; their sum is the time from the first awareness to
 * the latest step. A step that came before an earlier one in the list has 0.
 */
export function stepMinutes(state: IncidentState, events: readonly RecordedEvent[]): readonly StepMinutes[] {
  const declared = Date.parse(state.declared.at);
  const known = state.candidates.flatMap(({ reachedUs, instant }) => (reachedUs ? [Date.parse(instant)] : []));
  const instants = [Math.min(declared, ...known), declared, ...STAGES.map((stage) => reachedAt(state, events, stage))];
  const gaps = gapsOf(instants.map((instant) => instant && instant / 60_000));
  return STEPS.map((step, index) => {
    const at = instants[index] ?? null;
    return { step, at: at === null ? null : isoOf(at), minutes: gaps[index] ?? null };
  });
}

/** Whole minutes between each time (in minutes) and the latest time before it. */
function gapsOf(times: readonly (number | null)[]): readonly (number | null)[] {
  let latest: number | null = null;
  return times.map((time) => {
    if (time === null) return null;
    const minutes = latest === null ? null : Math.max(0, Math.floor(time) - Math.floor(latest));
    latest = Math.max(time, latest ?? time);
    return minutes;
  });
}

/**
 * Median minutes of each step over the drills in which the step was reached. A drill begins with its declaration, so it
 * has no figure for the step before.
 */
export function medianMinutes(
  drills: readonly { readonly stages: readonly { readonly stage: Stage; readonly minutes: number | null }[] }[],
): Readonly<Partial<Record<Step, number>>> {
  const all = drills.map(({ stages }) => {
    const after = (stage: Stage) => stages.find((one) => one.stage === stage)?.minutes ?? null;
    return gapsOf([null, 0, ...STAGES.map(after)]);
  });
  const medians = STEPS.flatMap((step, index) => {
    const known = all.flatMap((gaps) => gaps[index] ?? []).toSorted((a, b) => a - b);
    const middle = known[Math.floor((known.length - 1) / 2)];
    return middle === undefined ? [] : [[step, middle] as const];
  });
  return Object.fromEntries(medians);
}

const timed = {
  minutes: z.number().nullable(),
  /** `missed`: the act did not happen, `late`: it happened after its time. */
  outcome: z.enum(['met', 'late', 'missed']),
};
/** Result of a drill, computed from its record alone. Minutes are incident time since the declaration. */
const scoreSchema = z.strictObject({
  stages: z.array(z.strictObject({ stage: z.enum(STAGES), ...timed })),
  /** Minutes until the first report was due; null if no clock ran. */
  limit: z.number().nullable(),
  /** Level a person decided, and the level of the scenario; `right` is null without a scenario. */
  level: z.strictObject({
    decided: z.string().nullable(),
    expected: z.string().nullable(),
    right: z.boolean().nullable(),
  }),
  /** Facts of the scenario's solution that nobody stated, or stated differently. */
  missedFacts: z.array(z.string()),
  /** Recipients of the scenario's solution to whom no report was practised. */
  forgottenRecipients: z.array(z.string()),
  /** Numbers of the items that the first report needs but that were incomplete. */
  openItems: z.array(z.number()),
  injects: z.array(z.strictObject({ inject: injectSchema, ...timed })),
  /** Practised calls to 12387 that have ended, oldest first. */
  calls: z.array(callScoreSchema),
  reminders: z.number(),
  /** Points reached; `of`: points possible. */
  points: z.number(),
  of: z.number(),
});
export type DrillScore = Immutable<z.infer<typeof scoreSchema>>;
export type Outcome = DrillScore['stages'][number]['outcome'];

export function scoreOf(from: Written, events: readonly RecordedEvent[]): DrillScore {
  const { state, ia } = from;
  const minutesOf = minutesSince(from);
  const limit = limitOf(ia.clocks, minutesOf);
  const stages = STAGES.map((stage) => {
    const reached = reachedAt(state, events, stage);
    const minutes = reached === null ? null : minutesOf(reached);
    return { stage, minutes, outcome: outcomeOf(minutes, limit) };
  });
  const { scenario } = state;
  const injects = injectsOf(state).flatMap((inject) => injectScore(from, events, inject) ?? []);
  const decided = state.levelDecision?.level ?? null;
  const right = scenario ? decided === scenario.answers.level : null;
  const result = {
    stages,
    limit,
    level: { decided, expected: scenario?.answers.level ?? null, right },
    missedFacts: missedFacts(from, scenario),
    forgottenRecipients: forgotten(from, scenario),
    openItems: itemStatuses(sheetNow(from, 'zh', 'first')).flatMap(({ required, state, n }) =>
      required === 'now' && state !== 'done' ? [n] : [],
    ),
    injects,
    calls: callScores(state.calls),
    reminders: state.reminders.length,
  };
  return { ...result, ...pointsOf(result, scenario) };
}

/** Minutes of incident time from the declaration to an instant (epoch ms). */
function minutesSince({ state }: Written): (instant: number) => number {
  const start = Date.parse(state.declared.at);
  return (instant) => Math.max(0, Math.floor((instant - start) / 60_000));
}

/** Returns the minutes until the earliest due time of a first report; null without one. */
function limitOf(clocks: readonly Clock[], minutesOf: (instant: number) => number): number | null {
  const due = clocks.flatMap(({ form, due: at, status }) =>
    form === 'first' && status !== 'void' ? [minutesOf(Date.parse(at))] : [],
  );
  return due.length === 0 ? null : Math.min(...due);
}

function outcomeOf(minutes: number | null, limit: number | null): Outcome {
  if (minutes === null) return 'missed';
  return limit !== null && minutes > limit ? 'late' : 'met';
}

/** Score of the act expected after a piece of news; null if none is expected or the drill ended before the news. */
function injectScore(
  { state }: Written,
  events: readonly RecordedEvent[],
  inject: Inject,
): DrillScore['injects'][number] | null {
  const given = state.injects.find((one) => one.inject === inject.id);
  const { expect } = inject;
  if (!given || !expect) return null;
  const kinds: readonly EventType[] = EXPECTED_ACTS[expect.act];
  const isExpected = ({ event }: RecordedEvent): boolean =>
    kinds.includes(event.type) &&
    (inject.chat !== 'back' || isOfOutage(state, event, given.at)) &&
    (expect.fact === undefined || event.type !== 'fact_stated' || event.payload.fact === expect.fact);
  const found = events.find((entry) => entry.version > given.version && isExpected(entry));
  if (!found) return { inject, minutes: null, outcome: 'missed' };
  const at = toIncidentTime(state.segments, Date.parse(found.at));
  const minutes = Math.max(0, Math.floor((at - Date.parse(given.at)) / 60_000));
  return { inject, minutes, outcome: outcomeOf(minutes, expect.within) };
}

/** Returns true for a note about a time within a drill's chat outage, which ended at `back`. */
function isOfOutage({ scenario, injects }: Written['state'], event: RecordedEvent['event'], back: Iso): boolean {
  const down = scenario?.injects.find(({ chat }) => chat === 'down')?.id;
  const from = injects.find(({ inject }) => inject === down)?.at;
  const at = event.type === 'note_added' ? event.payload.happenedAt : undefined;
  return (
    from !== undefined && at !== undefined && Date.parse(at) >= Date.parse(from) && Date.parse(at) <= Date.parse(back)
  );
}

function missedFacts({ state }: Written, scenario: Scenario | null): readonly string[] {
  const expected = Object.entries(scenario?.answers.facts ?? {});
  return expected.flatMap(([fact, value]) => (agrees(state.facts[fact]?.value, value) ? [] : [fact]));
}

/** Share by which a stated figure may differ from the scenario's, because estimates are accepted. */
const TOLERANCE = 0.2;

/** Returns true if a stated value matches the scenario's: about the same figure, or at least the same choices. */
function agrees(stated: StatedValue | undefined, expected: StatedValue): boolean {
  if (stated === undefined || stated === 'unknown') return false;
  if (typeof expected === 'number') return isAbout(stated, expected);
  if (Array.isArray(expected)) {
    const chosen = Array.isArray(stated) ? stated : [stated];
    return expected.every((one) => chosen.includes(one));
  }
  return Array.isArray(stated) ? stated.some((one) => one === expected) : stated === expected;
}

function isAbout(stated: StatedValue, expected: number): boolean {
  if (typeof stated === 'number') return Math.abs(stated - expected) <= expected * TOLERANCE;
  if (typeof stated !== 'object' || Array.isArray(stated)) return false;
  // Any running duration is right: its length depends on the moment.
  if ('since' in stated || 'spans' in stated) return true;
  if ('oneOf' in stated) return false;
  return (stated.min ?? 0) <= expected && (stated.max ?? Number.POSITIVE_INFINITY) >= expected;
}

function forgotten({ state }: Written, scenario: Scenario | null): readonly string[] {
  const told = new Set(state.filings.map(({ recipient }) => recipient));
  return (scenario?.answers.recipients ?? []).filter((recipient) => !told.has(recipient));
}

/** One point each: stages, expected acts (half if late), level, facts, recipients, complete first report, calls. */
function pointsOf(
  score: Pick<
    DrillScore,
    'stages' | 'injects' | 'calls' | 'level' | 'missedFacts' | 'forgottenRecipients' | 'openItems'
  >,
  scenario: Scenario | null,
): { readonly points: number; readonly of: number } {
  const worth = { met: 1, late: 0.5, missed: 0 } as const;
  const outcomes = [...score.stages, ...score.injects].map(({ outcome }) => worth[outcome]);
  const facts = Object.keys(scenario?.answers.facts ?? {}).length;
  const recipients = scenario?.answers.recipients.length ?? 0;
  const rest = [
    ...(score.level.right === null ? [] : [score.level.right ? 1 : 0]),
    score.openItems.length === 0 ? 1 : 0,
  ];
  const calls = callPoints(score.calls);
  const sum = [...outcomes, ...rest].reduce<number>((total, one) => total + one, 0);
  return {
    points: sum + calls.points + facts - score.missedFacts.length + recipients - score.forgottenRecipients.length,
    of: outcomes.length + calls.of + rest.length + facts + recipients,
  };
}

/** Result of one drill, to be compared with others of the organisation. */
export const drillResultSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  scenario: z.string().nullable(),
  /** Wall time at which the drill began. */
  at: iso,
  percent: z.number(),
  score: scoreSchema,
});
export type DrillResult = Immutable<z.infer<typeof drillResultSchema>>;

/** Scores a drill from its record; `percent` allows comparison of scenarios with different numbers of points. */
export function resultOf(from: Written, events: readonly RecordedEvent[]): DrillResult {
  const { id, title, scenario, segments, declared } = from.state;
  const score = scoreOf(from, events);
  const percent = Math.round((100 * score.points) / score.of);
  return { id, title, scenario: scenario?.id ?? null, at: segments[0]?.wall ?? declared.at, percent, score };
}

/** Drills side by side, oldest first, each with its minutes by step and its gain over the previous one. */
export function trendOf(results: readonly DrillResult[]) {
  const byAge = results.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return byAge.map((result, index) => {
    const before = byAge[index - 1];
    const after = (stage: Stage) => result.score.stages.find((one) => one.stage === stage)?.minutes ?? null;
    const minutes = { level: after('level'), draft: after('draft'), filing: after('filing') };
    return { result, minutes, gain: before ? result.percent - before.percent : null };
  });
}
