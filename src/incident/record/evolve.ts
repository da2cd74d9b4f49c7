import { actsAfter } from '../acts.ts';
import { kept } from '../commands/decisions.ts';
import { type Payloads, reducers } from '../commands.ts';
import { isoOf, toIncidentTime } from '../drill-clock.ts';
import { type ActorId, CLOCK_ACTOR, roomId } from '../identity.ts';
import { evolveProposals } from '../proposals.ts';
import { type IncidentState, type Stamp, withoutInherited } from '../state.ts';
import type { EventOf, EventType, IncidentEvent, RecordedEvent } from './events.ts';
import { NOTHING_SAID } from './without-words.ts';

/**
 * State after one more event. Pure; `state` is null only before `declared`. Throws if the first event is not `declared`
 * or a version is missing: the record is broken and unusable. `passes`: the state is only a step to the next one and
 * changes in place, and no event names what objects inherit, so its new tables may inherit: end with `withoutInherited`.
 */
export function evolve(state: IncidentState | null, recorded: RecordedEvent, passes = false): IncidentState {
  if (recorded.event.type === 'declared') {
    const first = declared(recorded, recorded.event.payload);
    return withoutInherited({ ...first, acts: actsAfter(first, recorded.event, first.declared) });
  }
  if (recorded.event.type === 'erased') return withoutInherited(tombstone(recorded, recorded.event.payload));
  if (!state || recorded.version !== state.version + 1) {
    throw new Error(`record of ${recorded.incident} is broken at version ${recorded.version}`);
  }
  const at = Date.parse(recorded.at);
  const incidentTime = toIncidentTime(state.segments, at);
  const stamp: Stamp = {
    by: recorded.actor,
    at: incidentTime === at ? recorded.at : isoOf(incidentTime),
    version: recorded.version,
  };
  const isClock = recorded.actor === CLOCK_ACTOR;
  const changed = apply(state, recorded.event, stamp);
  const acts = isClock ? state.acts : actsAfter(state, recorded.event, stamp);
  if (!passes) {
    withoutInherited(changed);
    Object.setPrototypeOf(acts, null);
  }
  const next: Draft = Object.assign(passes ? state : { ...state }, changed);
  next.version = recorded.version;
  next.latestAt = Math.max(state.latestAt, at);
  if (!isClock) next.lastAct = recorded.version;
  next.acts = acts;
  const proposals = evolveProposals.overtaken(next.proposals, recorded.event, stamp);
  return proposals === next.proposals ? next : { ...next, proposals };
}

type Draft = { -readonly [Part in keyof IncidentState]: IncidentState[Part] };

/** The state of a whole record; null for an empty one. */
export function replay(events: Iterable<RecordedEvent>): IncidentState | null {
  let state: IncidentState | null = null;
  for (const event of events) state = evolve(state, event);
  return state;
}

interface Applied {
  readonly before: IncidentState | null;
  readonly at: number;
  readonly actor: ActorId;
  readonly after: IncidentState;
}
const applied = new WeakMap<IncidentEvent, Applied>();

/**
 * State as if these events happened now. Cached by the events: the guard assesses the same object that is later
 * committed, so it is assessed once.
 */
export function folded<Before extends IncidentState | null>(
  state: Before,
  events: readonly IncidentEvent[],
  { id, at, actor }: { readonly id: string; readonly at: number; readonly actor: ActorId },
): IncidentState | Before {
  return events.reduce((before: IncidentState | Before, event) => {
    const known = applied.get(event);
    if (known && known.before === before && known.at === at && known.actor === actor) return known.after;
    const version = (before?.version ?? 0) + 1;
    const after = evolve(before, { incident: id, version, at: isoOf(at), actor, command: '', event });
    applied.set(event, { before, at, actor, after });
    return after;
  }, state);
}

function declared(recorded: RecordedEvent, payload: EventOf<'declared'>['payload']): IncidentState {
  const stamp = { by: recorded.actor, at: payload.segment.incidentTime, version: recorded.version };
  const { room, imported = null } = payload;
  return {
    ...NOTHING_SAID,
    id: payload.id,
    title: payload.title,
    drill: payload.drill,
    version: recorded.version,
    latestAt: Date.parse(recorded.at),
    regimes: payload.regimes,
    law: payload.law ?? null,
    organisation: payload.organisation,
    packs: (payload.packs ?? []).map(kept),
    declared: stamp,
    imported,
    lead: recorded.actor,
    leadTaken: false,
    people: {},
    rooms: room ? { [roomId(room)]: room } : {},
    homeRoom: room ? roomId(room) : null,
    owners: {},
    stopped: null,
    closed: imported && { ...stamp, reason: '' },
    hold: null,
    erased: null,
    snoozes: {},
    segments: [payload.segment],
    scenario: payload.scenario ?? null,
    injects: [],
    calls: [],
    stamps: [],
    lastAct: recorded.version,
    reminders: [],
    undeliverable: [],
  };
}

/** State of an erased incident, from its last event alone: eraser, time and reason. Closed and otherwise empty. */
function tombstone(recorded: RecordedEvent, payload: EventOf<'erased'>['payload']): IncidentState {
  const segment = { wall: recorded.at, incidentTime: recorded.at, rate: 1 };
  const { reason, drill, regimes, by, declaredAt, closedAt = recorded.at, imported } = payload;
  const empty = declared(recorded, {
    id: recorded.incident,
    title: ERASED_TITLE,
    drill,
    regimes,
    segment,
    room: null,
    organisation: null,
    ...(imported ? { imported } : {}),
  });
  const stamp = { by: recorded.actor, at: recorded.at, version: recorded.version };
  const people = by ? { [by.actor]: by } : {};
  const declaration = { ...empty.declared, at: declaredAt ?? recorded.at };
  const closed = { ...stamp, at: closedAt, reason: reason ?? '' };
  return { ...empty, declared: declaration, people, lead: '', closed, erased: { ...stamp, reason } };
}
/** Placeholder for the title of an erased incident. */
const ERASED_TITLE = '—';

/** Returns true for a type of event that this program knows. */
export function isEventType(type: string): type is EventType {
  return Object.hasOwn(reducers, type);
}

function apply<T extends EventType>(
  state: IncidentState,
  event: { type: T; payload: Payloads[T] },
  stamp: Stamp,
): Partial<IncidentState> {
  return reducers[event.type](state, event.payload, stamp);
}
