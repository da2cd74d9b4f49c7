import { closingNeeds } from '../closing.ts';
import { isDrillSpeed, isoOf, toIncidentTime } from '../drill-clock.ts';
import { fromProfile } from '../people/people.ts';
import type { Person } from '../people/profile.ts';
import type { IncidentEvent } from '../record/events.ts';
import { injectsAhead } from '../scenario.ts';
import { NO_SNOOZE, snoozeEnd } from '../snooze.ts';
import type { IncidentState } from '../state.ts';
import { formatStep, seriesOf } from '../steps.ts';
import {
  type Decider,
  type DecisionContext,
  type DueStep,
  futureRefusal,
  happened,
  nothing,
  nowOf,
  refused,
} from './context.ts';
import { callerAsParticipant } from './declare.ts';

export const stopStateSecret: Decider<'stop_state_secret'> = (state, command) => {
  if (state.stopped) return nothing;
  return happened({
    type: 'state_secret_stopped',
    payload: command.reason === undefined ? {} : { reason: command.reason },
  });
};

/** Takes back a stop; two people decide that. */
export const liftStop: Decider<'lift_stop'> = (state, { reason }) =>
  state.stopped ? happened({ type: 'stop_lifted', payload: { reason } }) : refused('not_stopped');

export const endHandling: Decider<'end_handling'> = (state, command, context) => {
  const future = futureRefusal(state, context, 'at', [command.at]);
  if (future) return future;
  if (state.handlingEnded?.instant === command.at && state.handlingEnded.reason === command.reason) return nothing;
  const start = startOf(state);
  if (start && Date.parse(command.at) < Date.parse(start)) {
    return refused('before_awareness', { field: 'at', params: { value: command.at, start } });
  }
  const regime = context.assess(state).regime.id;
  return happened({ type: 'handling_ended', payload: { regime, at: command.at, reason: command.reason } });
};

/** The confirmed start; until one is, the earliest moment the company may have known. */
function startOf({ awareness, candidates }: IncidentState): string | undefined {
  const instants = candidates.filter((c) => c.reachedUs).map((c) => c.instant);
  return awareness?.instant ?? instants.sort((a, b) => Date.parse(a) - Date.parse(b))[0];
}

/** Closes the incident; refused while anything is owed. */
export const close: Decider<'close'> = (state, command, context) => {
  if (state.closed) return nothing;
  const owed = closingNeeds(state, context.assess(state), context.owedReports(state));
  if (owed.length > 0) return refused('owed', { params: { obligations: owed } });
  const unsealed = state.tasks.some((task) => task.kind === 'seal' && !task.finished);
  if (unsealed && !state.drill) return refused('owed_tasks');
  return happened({ type: 'closed', payload: { reason: command.reason } });
};

/** Takes back a declaration by mistake: nothing is owed any more, so nothing may have been filed yet. */
export const withdrawDeclaration: Decider<'withdraw_declaration'> = (state, { reason }) => {
  if (state.filings.some(({ practised }) => !practised)) return refused('filed_so_not_mistaken');
  return happened({ type: 'declaration_withdrawn', payload: reason === undefined ? {} : { reason } });
};

export const reopen: Decider<'reopen'> = (state, command) =>
  state.closed ? happened({ type: 'reopened', payload: { reason: command.reason } }) : nothing;

export const snooze: Decider<'snooze'> = (state, command, context) => {
  const now = toIncidentTime(state.segments, context.at);
  const until = snoozeEnd(context.assess(state).clocks, now, command.minutes);
  if (until === null) return refused('too_late_to_snooze', { params: { minutes: NO_SNOOZE } });
  const of = context.onBehalf === undefined ? {} : { of: context.onBehalf };
  return happened({ type: 'snoozed', payload: { until: isoOf(until), ...of } });
};

export const setDrillSpeed: Decider<'set_drill_speed'> = (state, command, context) => {
  if (!state.drill) return refused('not_a_drill');
  if (command.speed !== 0 && !isDrillSpeed(command.speed)) return refused('drill_speed', { field: 'speed' });
  if (state.segments.at(-1)?.rate === command.speed) return nothing;
  const segment = { wall: isoOf(context.at), incidentTime: nowOf(state, context), rate: command.speed };
  return happened({ type: 'drill_speed_changed', payload: { segment } });
};

/** Records the request only; the person does not take part until they are let in. */
export const askToJoin: Decider<'ask_to_join'> = (state, _command, context) => {
  if (state.people[context.actor]) return refused('takes_part');
  if (state.asked[context.actor]) return refused('asked_already');
  const payload = callerAsParticipant({ ...context, organisation: state.organisation });
  return happened({ type: 'join_asked', payload });
};

/**
 * Adds a person of the profile before they ever acted: they can own items and are reminded. Or lets in somebody who asked.
 */
export const addPerson: Decider<'add_person'> = (state, command) => {
  const removed = Object.values(state.people).find(
    (one) => one.removed === true && [one.actor, one.person].includes(command.person),
  );
  if (removed) {
    const { removed: _, ...entry } = removed;
    return happened({ type: 'person_joined', payload: entry });
  }
  const asked = state.asked[command.person];
  if (asked) return state.people[asked.actor] ? nothing : happened({ type: 'person_joined', payload: asked });
  if (Object.values(state.people).some((p) => p.person === command.person)) return nothing;
  const person = state.organisation?.people.find((p) => p.id === command.person);
  if (!person) return refused('unknown_person', { field: 'person' });
  return happened(addedPerson(person));
};

/** Event that adds a person of the profile, before they ever acted. */
export function addedPerson(person: Person): IncidentEvent {
  return { type: 'person_joined', payload: fromProfile(person) };
}

export const setLanguage: Decider<'set_language'> = (state, command, context) =>
  state.people[context.actor]?.language === command.language
    ? nothing
    : happened({ type: 'language_set', payload: { language: command.language } });

/**
 * Handles due timers. All that are due by now are taken together: one event names the latest step of the clocks, every
 * obligation it is about and the steps it supersedes, so a bot that was stopped sends one message, not ten. Steps
 * beside the clocks (a threshold ahead, a review) get events of their own and supersede nothing.
 */
export const tick: Decider<'tick'> = (state, _command, context) => {
  const now = toIncidentTime(state.segments, context.at);
  const kinds = new Map<string, DueStep[]>();
  for (const step of context.dueSteps(state)) {
    const series = seriesOf(step.step);
    kinds.set(series, [...(kinds.get(series) ?? []), step]);
  }
  const reminders = [...kinds.values()].flatMap((steps) => remind(steps, now));
  return { ok: true, events: [...givenNow(state, now), ...crossed(state, context, now), ...reminders] };
};

/** One reminder of steps of one series, oldest first: it is about the last. */
function remind(steps: readonly DueStep[], now: number): IncidentEvent[] {
  const latest = steps.at(-1);
  if (!latest) return [];
  const payload = {
    step: formatStep(latest.step),
    obligations: [...new Set(steps.map((s) => s.obligation))],
    dueAt: latest.at,
    lateSeconds: Math.max(0, Math.round((now - Date.parse(latest.at)) / 1000)),
    collapsed: [...new Set(steps.filter((s) => s.at !== latest.at).map((s) => formatStep(s.step)))],
  };
  return [{ type: 'reminder_due', payload }];
}

/** News of a drill's scenario whose time has come, oldest first. */
function givenNow(state: IncidentState, now: number): IncidentEvent[] {
  return injectsAhead(state)
    .filter(({ at }) => at <= now)
    .map(({ inject }) => ({ type: 'inject_given', payload: { inject } }));
}

/** Thresholds that running durations have passed; the event carries the instant of crossing, not of noticing. */
function crossed(state: IncidentState, context: DecisionContext, now: number): IncidentEvent[] {
  return context.assess(state).crossings.flatMap((c): IncidentEvent[] => {
    const known = state.crossings.some((k) => k.fact === c.fact && k.criterion === c.criterion && k.crossedAt === c.at);
    if (known || Date.parse(c.at) > now) return [];
    return [{ type: 'threshold_crossed', payload: c }];
  });
}

/** Keeps the answer of a time-stamping authority about an entry; a second one about the same entry proves nothing more. */
export const recordStamp: Decider<'record_stamp'> = (state, { type: _, ...payload }) =>
  state.stamps.some(({ entry }) => entry === payload.version) ? nothing : happened({ type: 'head_stamped', payload });

export const recordDelivery: Decider<'record_delivery'> = (_state, command) => {
  const { type: _, ...payload } = command;
  return happened({ type: 'notice_delivered', payload });
};
