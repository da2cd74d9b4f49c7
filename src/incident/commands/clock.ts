import { z } from 'zod';
import type { CommandOf } from '../commands.ts';
import {
  type Deciders,
  type DecisionContext,
  type DueStep,
  happened,
  nothing,
  nowOf,
  refused,
} from '../decide/context.ts';
import { type CallEnd, type CallTurn, type DrillCall, runningCall } from '../drill-call.ts';
import { DRILL_SPEEDS, isDrillSpeed, isoOf, toIncidentTime, toWallTime } from '../drill-clock.ts';
import type { ActorId } from '../identity.ts';
import type { IncidentEvent, Reducers } from '../record/events.ts';
import { injectsAhead, injectsOf } from '../scenario.ts';
import { NO_SNOOZE, snoozeEnd } from '../snooze.ts';
import type { IncidentState } from '../state.ts';
import { formatStep, parseStep, seriesOf } from '../steps.ts';
import { address, command, id, iso, prose, sha256 } from './parts.ts';
import { leaveChat } from './rooms.ts';

/** Commands on time: due reminders, snoozing, speed of a drill, and results of delivery and time-stamping. */

export const schemas = {
  snooze: command('snooze', { minutes: z.number().int().min(1).max(240) }),
  set_drill_speed: command('set_drill_speed', { speed: z.number().min(0).max(DRILL_SPEEDS.fastest) }),
  /**
   * Practised call to 12387. Without `says` the call begins. `line`: the proposed words were read out; `later`: not
   * known yet; `skip`: no answer; `end`: hung up; `words`: an answer in other words.
   */
  call_officer: command('call_officer', {
    says: z.enum(['line', 'later', 'skip', 'end']).optional(),
    words: prose.optional(),
  }),
  /** Command reserved to the clock: a timer of the incident is due. */
  tick: command('tick', { timer: id, dueAt: iso }),
  /** Command reserved to delivery: result of a notice. */
  record_delivery: command('record_delivery', {
    notice: z.string().min(1).max(1_000),
    /**
     * `delayed`: not accepted within the time after which another way is tried; it may still arrive. `superseded`: not
     * sent, as a newer notice in the same place covers it; `settled`: not sent, as nothing it was about is open.
     */
    outcome: z.enum(['sent', 'repeated', 'undeliverable', 'delayed', 'superseded', 'settled']),
    /** True with `superseded` and `settled` if an earlier attempt with an unknown outcome may have arrived. */
    mayHaveArrived: z.literal(true).optional(),
    room: address,
    lateSeconds: z.number().int().nonnegative(),
    failed: z.array(id).max(20).optional(),
    /** True if the room refused the notice while its platform works: people there can still be reached individually. */
    refused: z.literal(true).optional(),
  }),
  /** Answer of a time-stamping authority about the hash of an entry of the record. */
  record_stamp: command('record_stamp', {
    version: z.number().int().positive(),
    hash: sha256,
    /** Time in the stamp, ISO 8601 UTC. */
    at: iso,
    /** Host of the authority. */
    authority: z.string().min(1).max(300),
    /** TimeStampResp (DER) in Base64. */
    response: z
      .string()
      .regex(/^[A-Za-z0-9+/]+={0,2}$/)
      .max(70_000),
  }),
  /**
   * Command reserved to the clock: the record was restored from a backup and ends with `upTo`. `missing`: number of
   * entries lost by the restore; `due`: the next deadline as known before it.
   */
  note_restored: command('note_restored', {
    upTo: iso,
    missing: z.number().int().positive().optional(),
    due: iso.optional(),
  }),
};

export interface Events {
  /** `of`: owner of the snoozed reminders; absent: the actor. */
  snoozed: { until: string; of?: ActorId };
  drill_speed_changed: { segment: ClockSegment };
  /** Practised call to 12387: its beginning, a turn, its end, or a turn that ends it. */
  call_practised: { turn?: CallTurn; ended?: CallEnd };
  /** News of the scenario, given at its time to the people who play. */
  inject_given: { inject: string };
  /** A running duration reached a threshold at `at`, even if the bot noticed later. */
  threshold_crossed: { fact: string; criterion: string; level: string; at: string };
  reminder_due: {
    step: string;
    obligations: readonly string[];
    dueAt: string;
    lateSeconds: number;
    collapsed: readonly string[];
  };
  head_stamped: Omit<CommandOf<'record_stamp'>, 'type'>;
  /** `missing`: number of entries lost by the restore; `due`: the next deadline as known before the restore. */
  record_restored: { upTo: string; missing?: number; due?: string };
  notice_delivered: Omit<CommandOf<'record_delivery'>, 'type'>;
}

/**
 * Segment of incident time: from `wall` on it is `incidentTime` + (wall clock − `wall`) × `rate`. The rate is 1 outside
 * drills, 0 while paused.
 */
export interface ClockSegment {
  readonly wall: string;
  readonly incidentTime: string;
  readonly rate: number;
}

export const deciders: Deciders<keyof typeof schemas> = {
  snooze: (state, command, context) => {
    const now = toIncidentTime(state.segments, context.at);
    const until = snoozeEnd(context.assess(state).clocks, now, command.minutes);
    if (until === null) return refused('too_late_to_snooze', { params: { minutes: NO_SNOOZE } });
    const of = context.onBehalf === undefined ? {} : { of: context.onBehalf };
    return happened('snoozed', { until: isoOf(until), ...of });
  },
  set_drill_speed: (state, command, context) => {
    if (!state.drill) return refused('not_a_drill');
    if (command.speed !== 0 && !isDrillSpeed(command.speed)) return refused('drill_speed', { field: 'speed' });
    if (state.segments.at(-1)?.rate === command.speed) return nothing;
    const segment = { wall: isoOf(context.at), incidentTime: nowOf(state, context), rate: command.speed };
    return happened('drill_speed_changed', { segment });
  },
  call_officer: (state, { says, words }, context) => {
    if (!state.drill) return refused('not_a_drill');
    const call = runningCall(state);
    if (!call) return says === undefined && words === undefined ? happened('call_practised', {}) : nothing;
    if (says === 'end') return happened('call_practised', { ended: endOf(state, call, null, context) });
    const prompt = context.officer(state).prompt(call);
    if (!prompt || (says === undefined && words === undefined)) return nothing;
    const { item, asks, fields, open } = prompt;
    const said = says === 'skip' ? [] : says === 'later' ? open : fields;
    const spoken = { line: prompt.says.zh, later: context.officer(state).notKnown, skip: null };
    const text = words ?? spoken[says ?? 'skip'];
    const turn = { item, asks: asks?.zh ?? null, text, said };
    const after = { ...call, turns: [...call.turns, turn] };
    const receipt = `${state.id}-12387-${state.calls.length}`;
    const isDone = context.officer(state).prompt(after) === null;
    const ended = isDone ? { ended: endOf(state, after, receipt, context) } : {};
    return happened('call_practised', { turn, ...ended });
  },
  /**
   * Handles due timers. All timers due by now give one event: it names the latest step of the clocks, every obligation
   * concerned and the steps it supersedes, so a bot that was stopped sends one message, not ten. Steps beside the
   * clocks (a threshold ahead, a review) get events of their own and supersede nothing.
   */
  tick: (state, _command, context) => {
    const now = toIncidentTime(state.segments, context.at);
    const kinds = new Map<string, DueStep[]>();
    for (const step of context.dueSteps(state)) {
      const series = seriesOf(step.step);
      kinds.set(series, [...(kinds.get(series) ?? []), step]);
    }
    const reminders = [...kinds.values()].flatMap((steps) => remind(steps, now));
    return { ok: true, events: [...givenNow(state, now, context), ...crossed(state, context, now), ...reminders] };
  },
  record_delivery: (_state, { type: _, ...payload }) => happened('notice_delivered', payload),
  /** Records the answer of a time-stamping authority about an entry; a second one about the same entry is ignored. */
  record_stamp: (state, { type: _, ...payload }) =>
    state.stamps.some(({ entry }) => entry === payload.version) ? nothing : happened('head_stamped', payload),
  note_restored: (_state, { upTo, missing, due }) =>
    happened('record_restored', {
      upTo,
      ...(missing === undefined ? {} : { missing }),
      ...(due === undefined ? {} : { due }),
    }),
};

export const reducers: Reducers<keyof Events> = {
  snoozed: (s, p, stamp) => ({ snoozes: { ...s.snoozes, [p.of ?? stamp.by]: p.until } }),
  drill_speed_changed: (s, p) => ({ segments: [...s.segments, p.segment] }),
  inject_given: (s, { inject }, stamp) => ({ injects: [...s.injects, { ...stamp, inject }] }),
  threshold_crossed: (s, p, stamp) => ({ crossings: [...s.crossings, { ...p, ...stamp, crossedAt: p.at }] }),
  reminder_due: (s, p, stamp) => {
    const steps = { step: parseStep(p.step), collapsed: p.collapsed.map(parseStep) };
    return { reminders: [...s.reminders, { ...stamp, ...p, ...steps }] };
  },
  call_practised: (s, { turn, ended }, stamp) => {
    const call = runningCall(s);
    const prepared = s.calls.some((one) => one.ended?.receipt);
    if (!call) return { calls: [...s.calls, { ...stamp, prepared, turns: [], firstAfter: null, ended: null }] };
    const turns = turn ? [...call.turns, turn] : call.turns;
    const wall = (at: string): number => toWallTime(s.segments, Date.parse(at)) ?? 0;
    const spoken = turn?.text ? Math.round((wall(stamp.at) - wall(call.at)) / 1000) : null;
    const firstAfter = call.firstAfter ?? spoken;
    return { calls: s.calls.with(-1, { ...call, turns, firstAfter, ended: ended ? { ...stamp, ...ended } : null }) };
  },
  head_stamped: (s, { version, at, authority, response }, stamp) => ({
    stamps: [...s.stamps, { ...stamp, entry: version, stampedAt: at, authority, response }],
  }),
  record_restored: () => ({}),
  notice_delivered: (s, p, stamp) =>
    ['sent', 'superseded', 'settled'].includes(p.outcome)
      ? {}
      : { undeliverable: [...s.undeliverable, { ...stamp, ...p }] },
};

/** End of a practised call; with a receipt the officer calls back once, unless the scenario has a request already. */
function endOf(state: IncidentState, call: DrillCall, receipt: string | null, context: DecisionContext): CallEnd {
  const { items, left, callBack } = context.officer(state).end(call);
  const isCalled = injectsOf(state).some(({ request }) => request !== undefined);
  return { receipt, items, left, ...(receipt === null || isCalled || !callBack ? {} : { callBack }) };
}

/** One reminder for several steps of one series, oldest first: its text is about the last step. */
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

/** News of a drill's scenario whose time has come, oldest first, with the request or chat failure each causes. */
function givenNow(state: IncidentState, now: number, context: DecisionContext): IncidentEvent[] {
  const given = injectsAhead(state).filter(({ at }) => at <= now);
  let requests = state.requests.length;
  return given.flatMap(({ inject, at }): IncidentEvent[] => {
    const { id: news, from, text, request, chat } = inject;
    if (request) requests += 1;
    return [
      { type: 'inject_given', payload: { inject: news } },
      ...(request
        ? [
            {
              type: 'request_received' as const,
              payload: {
                request: `request.${requests}`,
                from: from.zh,
                recipient: request.recipient,
                what: text.zh,
                receivedAt: isoOf(at),
                due: isoOf(at + request.within * 60_000),
              },
            },
          ]
        : []),
      ...(chat === undefined ? [] : chatPlayed(state, chat, from.zh, context)),
    ];
  });
}

/** Events of a chat failure or recovery in a drill's story; in between only the bot's own rooms remain. */
function chatPlayed(
  state: IncidentState,
  chat: 'down' | 'back',
  reason: string,
  context: DecisionContext,
): readonly IncidentEvent[] {
  const command =
    chat === 'down'
      ? leaveChat(state, { type: 'leave_chat', reason, quiet: true }, { ...context, played: true })
      : state.chatLeft?.played
        ? happened('chat_returned', { reason })
        : nothing;
  return command.ok ? command.events : [];
}

/** Thresholds that running durations have passed; the event carries the instant of crossing, not of noticing. */
function crossed(state: IncidentState, context: DecisionContext, now: number): IncidentEvent[] {
  return context.assess(state).crossings.flatMap((c): IncidentEvent[] => {
    const known = state.crossings.some((k) => k.fact === c.fact && k.criterion === c.criterion && k.crossedAt === c.at);
    if (known || Date.parse(c.at) > now) return [];
    return [{ type: 'threshold_crossed', payload: c }];
  });
}
