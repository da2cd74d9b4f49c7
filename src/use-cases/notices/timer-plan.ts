import { minutesBefore, reminderSteps } from '../../conversation/reminding/ladder.ts';
import { isAwaited } from '../../incident/approvals.ts';
import { endsTasks } from '../../incident/closing.ts';
import type { DueStep } from '../../incident/decide/context.ts';
import { isoOf, toWallTime } from '../../incident/drill-clock.ts';
import { type IncidentAssessment, workingStart } from '../../incident/facts/assessment.ts';
import type { Clock } from '../../incident/facts/owed.ts';
import { injectsAhead } from '../../incident/scenario.ts';
import type { IncidentState } from '../../incident/state.ts';
import { isOfClock, isSameStep, type Step } from '../../incident/steps.ts';
import { formOf } from '../../law/regime.ts';
import { CALL_WAIT, callingOf, callsMade } from '../directory/escalation.ts';
import type { WantedTimer } from '../ports.ts';

/**
 * Pending step, at an instant in epoch ms. `key` is stable and names its timer, which steps of clocks may share.
 * `dueAt`: the recorded instant, if there is one.
 */
interface PlannedStep extends Omit<DueStep, 'at'> {
  readonly key: string;
  readonly at: number;
  readonly dueAt?: string;
}

/** Number of timers armed at a time. Each that fires causes a change that plans again, so later ones can wait. */
const ARMED = 12;

/**
 * Timers that an incident needs, a pure function of its record: the `ARMED` earliest, one per instant at which a
 * message or entry is due. `dueAt` of a timer is wall time, converted from the incident time of a drill.
 */
export function wantedTimers(state: IncidentState, assessment: IncidentAssessment): WantedTimer[] {
  const instants = new Map<string, number>();
  for (const step of unsaidSteps(state, assessment)) instants.set(step.key, step.at);
  for (const crossing of state.closed ? [] : assessment.crossings) {
    if (isKnown(state, crossing)) continue;
    const at = Date.parse(crossing.at);
    instants.set(`x:${crossing.fact}:${at}`, at);
  }
  for (const { inject, at } of injectsAhead(state)) instants.set(`i:${inject.id}`, at);
  const timers: WantedTimer[] = [];
  for (const [key, at] of [...instants].sort((a, b) => a[1] - b[1])) {
    const dueAt = toWallTime(state.segments, at);
    // A clock paused before an instant is also paused before all later ones.
    if (dueAt === null || timers.length === ARMED) break;
    const kind = key.startsWith('x:') ? 'crossing' : key.startsWith('i:') ? 'inject' : 'reminder';
    timers.push({ key: `${state.id}:${key}`, kind, dueAt });
  }
  return timers;
}

/** Steps that are due and not sent, oldest first; of simultaneous ones the most urgent comes last. */
export function dueSteps(state: IncidentState, assessment: IncidentAssessment): DueStep[] {
  const now = Date.parse(assessment.now);
  return unsaidSteps(state, assessment)
    .filter((step) => step.at <= now)
    .toSorted((a, b) => a.at - b.at || gravity(a.step) - gravity(b.step))
    .map(({ step, obligation, at, dueAt }) => ({ step, obligation, at: dueAt ?? isoOf(at) }));
}

function unsaidSteps(state: IncidentState, assessment: IncidentAssessment): PlannedStep[] {
  return [
    ...clockSteps(state, assessment),
    ...(state.closed ? [] : [...warnings(state, assessment), ...review(state)]),
    ...filingSteps(state, assessment).map((step) => ({ ...step, at: Date.parse(step.at), dueAt: step.at })),
  ];
}

/** Number of reminders after which a drill gets no more as long as nobody acts in it. */
const UNPLAYED = 8;

/** Ladder steps of open clocks after the last one sent. */
function clockSteps(state: IncidentState, assessment: IncidentAssessment): PlannedStep[] {
  const { drill, reminders, lastAct } = state;
  if (drill && reminders.filter(({ version }) => version > lastAct).length >= UNPLAYED) return [];
  const ladder = state.organisation?.ladder ?? [60];
  const said = state.reminders.filter(({ step }) => isOfClock(step)).map(({ dueAt }) => Date.parse(dueAt));
  // Steps after the last reminder sent, or after the declaration, still need one.
  const watermark = Math.max(Date.parse(state.declared.at), ...said);
  return clocksToMind(state, assessment).flatMap((clock) => {
    const steps = reminderSteps(clock, ladder, assessment.anchors[clock.anchor] ?? null).map((step) => ({
      ...step,
      obligation: clock.id,
      key: `r:${step.at}`,
    }));
    const ahead = steps.filter((step) => step.at > watermark);
    return [...missedByCorrection(state, clock, steps, watermark), ...ahead];
  });
}

/** Clocks that need reminders: in a closed incident only those that are still owed, in a closed drill none. */
export function clocksToMind(state: IncidentState, { clocks, owed }: IncidentAssessment): readonly Clock[] {
  const open = clocks.filter((clock) => !clock.filing && clock.status !== 'void');
  if (!state.closed) return open;
  return state.drill ? [] : open.filter((clock) => owed.includes(clock.id) && !clock.provisional);
}

/**
 * Step missed because a correction moved a due time before the last reminder. The end of the clock must still be
 * announced once, so the last passed step is used.
 */
function missedByCorrection(
  state: IncidentState,
  clock: Clock,
  steps: readonly PlannedStep[],
  watermark: number,
): PlannedStep[] {
  const due = Date.parse(clock.due);
  if (due > watermark || (state.reminders.length === 0 && !isAnswered(state))) return [];
  const said = state.reminders.some(
    (r) => r.obligations.includes(clock.id) && gravity(r.step) >= OVERDUE && Date.parse(r.dueAt) >= due,
  );
  const last = steps.findLast((step) => step.at <= watermark);
  return said || !last ? [] : [{ ...last, key: `o:${clock.id}:${due}` }];
}

/** Returns true if the clock's start was stated after the declaration: its author then got the deadline at once. */
function isAnswered(state: IncidentState): boolean {
  const start = state.awareness ?? state.candidates.find(({ id }) => id === workingStart(state)?.candidate);
  return start !== undefined && start.version > (state.candidates[0]?.version ?? 0);
}

/** Instant (epoch ms) at which the clocks' start was last stated; no earlier reminder was possible. */
export function clocksToldAt(state: IncidentState): number {
  const counted = state.awareness?.candidate ?? workingStart(state)?.candidate;
  const start = state.candidates.find(({ id }) => id === counted);
  return Math.max(0, ...[start, state.facts['operator']].flatMap((told) => (told ? [Date.parse(told.at)] : [])));
}

/** Order of urgency: shares of the time, then fewer minutes left, then overdue; the due time is the most urgent. */
function gravity(step: Step): number {
  if (step.kind === 'due') return Number.POSITIVE_INFINITY;
  const minutes = minutesBefore(step);
  return minutes === null ? Number.NEGATIVE_INFINITY : OVERDUE - minutes;
}
const OVERDUE = 0;

/** Lead time (ms) of the warning before a threshold is crossed, so that people can still act. */
const WARN_AHEAD = 30 * 60_000;

/** Warnings, one per coming threshold; at once for an outage that was reported late. */
function warnings(state: IncidentState, assessment: IncidentAssessment): PlannedStep[] {
  const now = Date.parse(assessment.now);
  return assessment.crossings.flatMap((crossing) => {
    const crossedAt = Date.parse(crossing.at);
    if (crossedAt <= now || isKnown(state, crossing)) return [];
    const stated = state.facts[crossing.fact];
    const at = Math.max(crossedAt - WARN_AHEAD, stated ? Date.parse(stated.at) : 0);
    const step: Step = { kind: 'crossing', fact: crossing.fact, level: crossing.level };
    // The same outage stated again must not cause a second warning of the same instant.
    const said = state.reminders.some(
      (r) => isSameStep(r.step, step) && r.obligations.includes(crossing.criterion) && isWarningOf(r.dueAt, crossedAt),
    );
    return said ? [] : [{ step, obligation: crossing.criterion, at, key: `w:${crossing.fact}:${crossedAt}` }];
  });
}

function isWarningOf(dueAt: string, crossedAt: number): boolean {
  const at = Date.parse(dueAt);
  return at >= crossedAt - WARN_AHEAD && at <= crossedAt;
}

function review(state: IncidentState): PlannedStep[] {
  const at = state.notReportable?.reviewAt;
  if (at === undefined || state.reminders.some((r) => r.step.kind === 'review' && r.dueAt === at)) return [];
  const instant = Date.parse(at);
  return [{ step: { kind: 'review' }, obligation: 'review', at: instant, dueAt: at, key: `v:${instant}` }];
}

function isKnown(state: IncidentState, crossing: { fact: string; criterion: string; at: string }): boolean {
  return state.crossings.some(
    (k) => k.fact === crossing.fact && k.criterion === crossing.criterion && k.crossedAt === crossing.at,
  );
}

type Planned = DueStep & { readonly key: string };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Steps besides those of clocks: pending approvals, missing items, tasks with a date, calls without response. */
function filingSteps(state: IncidentState, assessment: IncidentAssessment): readonly Planned[] {
  const steps = [approvalSteps(state, assessment), followSteps(state, assessment), taskSteps(state), callSteps(state)];
  return steps
    .flat()
    .filter(
      ({ step, obligation, at }) =>
        !state.reminders.some(
          (said) =>
            [said.step, ...said.collapsed].some((one) => isSameStep(one, step)) &&
            said.obligations.includes(obligation) &&
            Date.parse(said.dueAt) >= Date.parse(at),
        ),
    );
}

/** Shares of the time left at a request for approval after which it is sent again; without a clock fixed intervals. */
const SHARES = [0.5, 0.75, 0.9] as const;
const OVERDUE_WAITS = [5 * MINUTE, 10 * MINUTE, 15 * MINUTE] as const;
const FREE_WAITS = [HOUR, 4 * HOUR, DAY] as const;

function approvalSteps(state: IncidentState, { clocks }: IncidentAssessment): readonly Planned[] {
  const latest = state.approvals.at(-1);
  if (!latest || state.closed || !isAwaited(state, latest)) return [];
  const form = formOf(state.drafts.find(({ draft }) => draft === latest.draft)?.role ?? 'first');
  const dues = clocks
    .filter((clock) => clock.form === form && !clock.filing && clock.status !== 'void')
    .map(({ due }) => Date.parse(due));
  const asked = Date.parse(latest.at);
  const left = dues.length > 0 ? Math.min(...dues) - asked : null;
  const waits =
    left === null ? FREE_WAITS : left <= 0 ? OVERDUE_WAITS : SHARES.map((share) => Math.round(left * share));
  return waits.map((wait, index) => {
    const at = new Date(asked + wait).toISOString();
    return {
      step: { kind: 'approval', round: index + 1 },
      obligation: `approval.${latest.version}`,
      at,
      key: `a:${latest.version}:${index + 1}`,
    };
  });
}

/** Days after the first filing on which people are reminded of items to follow: 1, 3, then weekly for five weeks. */
const FOLLOW_DAYS = [1, 3, 7, 14, 21, 28, 35] as const;

function followSteps(state: IncidentState, { obligations }: IncidentAssessment): readonly Planned[] {
  const first = obligations.find(({ form, filing }) => form === 'first' && filing)?.filing;
  if (!first || state.handlingEnded || state.closed) return [];
  const filed = Date.parse(first.filedAt);
  return FOLLOW_DAYS.map((days) => {
    const at = new Date(filed + days * DAY).toISOString();
    return { step: { kind: 'follow', days }, obligation: 'follow', at, key: `f:${Date.parse(at)}` };
  });
}

/** Steps of due tasks, also after closing, because corrective actions continue. */
function taskSteps(state: IncidentState): readonly Planned[] {
  if (endsTasks(state)) return [];
  return state.tasks.flatMap(({ id, due, finished }) =>
    due === null || finished
      ? []
      : [{ step: { kind: 'task', task: id }, obligation: id, at: due, key: `t:${id}:${Date.parse(due)}` }],
  );
}

/** Steps of calls in turn, the last one to the room, until a person responds or the limit is reached. */
function callSteps(state: IncidentState): readonly Planned[] {
  const calling = callingOf(state);
  if (!calling || calling.asked.length + calling.next.length === 0) return [];
  const { version, at: askedAt, until } = calling;
  const { last, people, room } = callsMade(state, calling);
  const left = calling.next.filter((one) => !people.includes(one));
  return [...left, ...(room ? [] : [null])].flatMap((one, index) => {
    const round = last + index + 1;
    const instant = askedAt + round * CALL_WAIT;
    const at = new Date(instant).toISOString();
    const to = one === null ? { to: null } : one.person ? { to: one.person } : {};
    return instant < until
      ? [{ step: { kind: 'call', round, ...to }, obligation: `call.${version}`, at, key: `c:${version}:${round}` }]
      : [];
  });
}
