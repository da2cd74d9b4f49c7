import type { Pack } from '../../law/pack.ts';
import { evolveApproval } from '../approvals.ts';
import { isoOf, toIncidentTime } from '../drill-clock.ts';
import { CIRCUMSTANCES, factsOfTicks } from '../facts/circumstances.ts';
import { evolveField } from '../facts/fields.ts';
import { stated } from '../facts/standing.ts';
import { CLOCK_ACTOR, roomId } from '../identity.ts';
import { evolvePeople } from '../people/people.ts';
import { evolveProposals } from '../proposals.ts';
import { evolveRooms } from '../rooms.ts';
import { type Filing, type IncidentState, type Stamp, withoutInherited } from '../state.ts';
import { parseStep } from '../steps.ts';
import type { EventOf, EventType, RecordedEvent } from './events.ts';
import { NOTHING_SAID } from './without-words.ts';

/**
 * The state after one more event. Pure; `state` is null only before `declared`.
 * Throws if the first event is not `declared` or a version is missing: the record is broken, nothing must build on it.
 */
export function evolve(state: IncidentState | null, recorded: RecordedEvent): IncidentState {
  if (recorded.event.type === 'declared') return withoutInherited(declared(recorded, recorded.event.payload));
  if (recorded.event.type === 'erased') return withoutInherited(tombstone(recorded, recorded.event.payload));
  if (!state || recorded.version !== state.version + 1) {
    throw new Error(`record of ${recorded.incident} is broken at version ${recorded.version}`);
  }
  const at = Date.parse(recorded.at);
  const stamp: Stamp = {
    by: recorded.actor,
    at: isoOf(toIncidentTime(state.segments, at)),
    version: recorded.version,
  };
  const next = {
    ...state,
    ...withoutInherited(apply(state, recorded.event, stamp)),
    version: recorded.version,
    latestAt: Math.max(state.latestAt, at),
    ...(recorded.actor === CLOCK_ACTOR
      ? {}
      : { lastAct: recorded.version, acts: { ...state.acts, [recorded.actor]: recorded.version } }),
  };
  const proposals = evolveProposals.overtaken(next.proposals, recorded.event, stamp);
  return proposals === next.proposals ? next : { ...next, proposals };
}

/** The state of a whole record; null for an empty one. */
export function replay(events: Iterable<RecordedEvent>): IncidentState | null {
  let state: IncidentState | null = null;
  for (const event of events) state = evolve(state, event);
  return state;
}

function declared(recorded: RecordedEvent, payload: EventOf<'declared'>['payload']): IncidentState {
  const stamp = { by: recorded.actor, at: payload.segment.incidentTime, version: recorded.version };
  const room = payload.room;
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
    lead: recorded.actor,
    leadTaken: false,
    people: {},
    rooms: room ? { [roomId(room)]: room } : {},
    homeRoom: room ? roomId(room) : null,
    owners: {},
    stopped: null,
    closed: null,
    hold: null,
    erased: null,
    snoozes: {},
    segments: [payload.segment],
    scenario: payload.scenario ?? null,
    injects: [],
    stamps: [],
    lastAct: recorded.version,
    reminders: [],
    undeliverable: [],
  };
}

const packsKept = new Map<string, Pack>();

/** One object for every incident that keeps the same version of a pack: they are many and large. */
function kept(pack: Pack): Pack {
  const before = packsKept.get(pack.version) ?? pack;
  packsKept.set(pack.version, before);
  return before;
}

/** State of an erased incident: who erased it, when and why. Closed and otherwise empty; made from this event alone. */
function tombstone(recorded: RecordedEvent, payload: EventOf<'erased'>['payload']): IncidentState {
  const segment = { wall: recorded.at, incidentTime: recorded.at, rate: 1 };
  const { reason, drill, regimes, by, declaredAt, closedAt = recorded.at } = payload;
  const empty = declared(recorded, {
    id: recorded.incident,
    title: ERASED_TITLE,
    drill,
    regimes,
    segment,
    room: null,
    organisation: null,
  });
  const stamp = { by: recorded.actor, at: recorded.at, version: recorded.version };
  const people = by ? { [by.actor]: by } : {};
  const declaration = { ...empty.declared, at: declaredAt ?? recorded.at };
  const closed = { ...stamp, at: closedAt, reason: reason ?? '' };
  return { ...empty, declared: declaration, people, closed, erased: { ...stamp, reason } };
}
/** Placeholder for the title of an erased incident. */
const ERASED_TITLE = '—';

type Patch = Partial<IncidentState>;

/** "Don't know" takes nothing back that somebody knew. */
function circumstancesStated(s: IncidentState, p: EventOf<'fact_stated'>['payload'], stamp: Stamp): Patch {
  const told = Object.entries(factsOfTicks(p.value) ?? {}).filter(
    ([fact, value]) => value !== 'unknown' || s.facts[fact] === undefined,
  );
  const facts = told.map(([fact, value]) => [fact, { ...stamp, value, basis: p.basis }] as const);
  return {
    ...stated(s, Object.fromEntries(facts), p.unconfirmed),
    circumstancesTold: s.circumstancesTold || p.value !== 'unknown',
  };
}

function filingCorrected(
  s: IncidentState,
  { filing, mistaken, sentTo, at, reason: _, ...given }: EventOf<'filing_corrected'>['payload'],
  stamp: Stamp,
): Patch {
  const known = s.filings.find(({ version }) => version === filing);
  if (!known) return {};
  if (mistaken !== undefined) {
    const voided = { ...known, voided: { ...stamp, reason: mistaken, sentTo: sentTo ?? null } };
    const left = s.filings.filter((one) => one !== known);
    return { filings: left.map((one) => metInstead(one, known)), voidedFilings: [...s.voidedFilings, voided] };
  }
  const { channel = known.channel, due = known.due, lateSeconds = known.lateSeconds, ...more } = given;
  const corrected = { ...known, ...more, channel, due, lateSeconds, filedAt: at ?? known.filedAt };
  return { filings: s.filings.map((one) => (one === known ? corrected : one)) };
}

/** A later filing of the duty whose first filing is taken back: now it is the one that met the clock, in time or late. */
function metInstead(filing: Filing, { obligation, due }: Filing): Filing {
  if (filing.obligation !== obligation || filing.due !== null || due === null) return filing;
  const late = Math.max(0, Date.parse(filing.filedAt) - Date.parse(due));
  return { ...filing, due, lateSeconds: Math.round(late / 1000) };
}

function withdrawn(s: IncidentState, { about }: EventOf<'decision_withdrawn'>['payload']): Patch {
  if (about === 'level') return { levelDecision: null, notReportable: null };
  const { [about]: _reading, ...readings } = s.readings;
  const { [about]: _duty, ...notOwed } = s.notOwed;
  const requests = s.requests.map((one) => (one.id === about ? { ...one, dropped: null } : one));
  return { readings, notOwed, requests };
}

type Reducers = { [T in EventType]: (state: IncidentState, payload: EventOf<T>['payload'], stamp: Stamp) => Patch };

const reducers: Reducers = {
  declared: () => ({}),
  person_joined: evolvePeople.joined,
  person_removed: evolvePeople.removed,
  right_asked: (s, p, stamp) => ({ askedFor: { ...s.askedFor, [p.right]: { ...stamp, people: p.people } } }),
  join_asked: (s, p) => ({ asked: { ...s.asked, [p.actor]: p } }),
  person_named: evolvePeople.named,
  relation_set: (s, { incident, how }, stamp) => {
    const { [incident]: _, ...others } = s.relations;
    return { relations: how === 'none' ? others : { ...others, [incident]: { ...stamp, how } } };
  },
  renamed: (_, p) => ({ title: p.title }),
  declaration_withdrawn: (_, p, stamp) => ({ closed: { ...stamp, reason: p.reason ?? '', mistaken: true } }),
  fact_stated: (s, p, stamp) => {
    if (p.fact === CIRCUMSTANCES) return circumstancesStated(s, p, stamp);
    const previous = s.facts[p.fact]?.value;
    const before = previous === undefined ? {} : { previous };
    return stated(s, { [p.fact]: { ...stamp, value: p.value, basis: p.basis, ...before } }, p.unconfirmed);
  },
  awareness_candidate_added: (s, p, stamp) => {
    const { candidate, at, reopens, ...rest } = p;
    const candidates = [...s.candidates, { ...stamp, ...rest, id: candidate, instant: at }];
    return reopens ? { candidates, awareness: null } : { candidates };
  },
  awareness_confirmed: (_, p, stamp) => ({
    awareness: { ...stamp, candidate: p.candidate, instant: p.at, reason: p.reason },
  }),
  level_decided: (s, p, stamp) => {
    const levelDecision = { ...stamp, ...p };
    return { levelDecision, gradings: [...s.gradings, levelDecision], notReportable: null };
  },
  proposal_made: evolveProposals.made,
  proposal_settled: evolveProposals.settled,
  level_override_proposed: evolveProposals.ofLevel,
  level_override_refused: () => ({}),
  not_reportable_decided: (_, p, stamp) => ({
    notReportable: {
      ...stamp,
      regime: p.regime,
      reason: p.reason,
      floor: p.floor,
      reviewAt: p.reviewAt,
      considered: p.considered ?? [],
    },
  }),
  question_settled: (s, p, stamp) => ({
    readings: { ...s.readings, [p.question]: { ...stamp, reading: p.reading, reason: p.reason, regime: p.regime } },
  }),
  state_secret_stopped: (_, p, stamp) => ({ stopped: { ...stamp, ...p } }),
  stop_lifted: () => ({ stopped: null }),
  law_taken: (s, { pack, reason }, stamp) => ({
    packs: [...s.packs.filter(({ id }) => id !== pack.id), kept(pack)],
    taken: { ...s.taken, [pack.id]: { ...stamp, reason } },
  }),
  decision_withdrawn: withdrawn,
  lead_taken: (_, p) => ({ lead: p.lead, leadTaken: true }),
  charge_taken: (_s, _p, stamp) => ({ charge: stamp }),
  handover_offered: (_, p, stamp) => ({ handover: { ...stamp, to: p.to } }),
  handover_taken: () => ({ handover: null }),
  item_assigned: (s, p, stamp) => ({ owners: { ...s.owners, [p.item]: { ...stamp, owner: p.owner } } }),
  field_filled: (s, p, stamp) => ({
    fields: { ...s.fields, [p.field]: evolveField.filled(s.fields[p.field], p, stamp) },
  }),
  wording_confirmed: (s, p, stamp) => ({
    fields: { ...s.fields, [p.field]: evolveField.worded(s.fields[p.field], p.wording, stamp) },
  }),
  version_chosen: (s, p) => ({
    fields: { ...s.fields, [p.field]: evolveField.chosen(s.fields[p.field], p.version) },
  }),
  note_added: (s, { note, ...rest }, stamp) => ({ notes: [...s.notes, { ...stamp, ...rest, id: note }] }),
  evidence_added: (s, { evidence, item = null, uploaded = false }, stamp) => ({
    evidence: [...s.evidence, { ...stamp, ...evidence, item, uploaded }],
  }),
  draft_compiled: (s, p, stamp) => ({ drafts: [...s.drafts, { ...stamp, ...p }] }),
  filing_recorded: (s, p, stamp) => ({ filings: [...s.filings, { ...p, ...stamp, filedAt: p.at }] }),
  filing_corrected: filingCorrected,
  filing_practised: (s, p, stamp) => ({
    filings: [...s.filings, { ...p, ...stamp, filedAt: p.at, practised: true }],
  }),
  approval_requested: (s, p, stamp) => ({ approvals: [...s.approvals, evolveApproval.asked(p, stamp)] }),
  draft_approved: (s, p, stamp) => ({ approvals: evolveApproval.approved(s.approvals, p, stamp) }),
  draft_sent_back: (s, p, stamp) => ({ approvals: evolveApproval.sentBack(s.approvals, p, stamp) }),
  approval_voided: (s, p, stamp) => ({ approvals: evolveApproval.voided(s.approvals, p, stamp) }),
  point_assessed: (s, { point, ...p }, stamp) => ({ points: { ...s.points, [point]: { ...stamp, ...p } } }),
  delay_explained: (s, p, stamp) => ({ delays: { ...s.delays, [p.obligation]: { ...stamp, reason: p.reason } } }),
  request_received: (s, { request, ...p }, stamp) => ({
    requests: [...s.requests, { ...stamp, ...p, id: request, dropped: null }],
  }),
  duty_not_owed: (s, p, stamp) => ({ notOwed: { ...s.notOwed, [p.obligation]: { ...stamp, reason: p.reason } } }),
  request_dropped: (s, p, stamp) => ({
    requests: s.requests.map((r) => (r.id === p.request ? { ...r, dropped: { ...stamp, reason: p.reason } } : r)),
  }),
  task_added: (s, { task, ...p }, stamp) => ({ tasks: [...s.tasks, { ...stamp, ...p, id: task, finished: null }] }),
  task_changed: (s, p) => ({
    tasks: s.tasks.map((task) =>
      task.id === p.task
        ? { ...task, owner: p.owner === undefined ? task.owner : p.owner, due: p.due === undefined ? task.due : p.due }
        : task,
    ),
  }),
  task_finished: (s, p, stamp) => ({
    tasks: s.tasks.map((task) =>
      task.id === p.task ? { ...task, finished: { ...stamp, note: p.note ?? null } } : task,
    ),
  }),
  handling_ended: (_, p, stamp) => ({ handlingEnded: { ...stamp, regime: p.regime, instant: p.at, reason: p.reason } }),
  closed: (_, p, stamp) => ({ closed: { ...stamp, reason: p.reason } }),
  held: (_, p, stamp) => ({ hold: { ...stamp, reason: p.reason } }),
  hold_released: () => ({ hold: null }),
  erased: () => ({}),
  reopened: () => ({ closed: null, handlingEnded: null }),
  snoozed: (s, p, stamp) => ({ snoozes: { ...s.snoozes, [p.of ?? stamp.by]: p.until } }),
  drill_speed_changed: (s, p) => ({ segments: [...s.segments, p.segment] }),
  inject_given: (s, { inject }, stamp) => ({ injects: [...s.injects, { ...stamp, inject }] }),
  room_added: (s, p) => ({
    rooms: { ...s.rooms, [roomId(p.room)]: p.room },
    homeRoom: s.homeRoom === null || s.homeRoom === p.room.insteadOf ? roomId(p.room) : s.homeRoom,
  }),
  room_removed: evolveRooms.removed,
  room_confirmed: evolveRooms.confirmed,
  chat_left: evolveRooms.left,
  chat_returned: evolveRooms.returned,
  released_abroad: evolveRooms.released,
  release_withdrawn: evolveRooms.withdrawn,
  language_set: evolvePeople.languageSet,
  threshold_crossed: (s, p, stamp) => ({ crossings: [...s.crossings, { ...p, ...stamp, crossedAt: p.at }] }),
  head_stamped: (s, { version, at, authority, response }, stamp) => ({
    stamps: [...s.stamps, { ...stamp, entry: version, stampedAt: at, authority, response }],
  }),
  record_restored: () => ({}),
  reminder_due: (s, p, stamp) => {
    const steps = { step: parseStep(p.step), collapsed: p.collapsed.map(parseStep) };
    return { reminders: [...s.reminders, { ...stamp, ...p, ...steps }] };
  },
  notice_delivered: (s, p, stamp) =>
    ['sent', 'superseded', 'settled'].includes(p.outcome)
      ? {}
      : { undeliverable: [...s.undeliverable, { ...stamp, ...p }] },
};

/** Returns true for a type of event that this program knows. */
export function isEventType(type: string): type is EventType {
  return Object.hasOwn(reducers, type);
}

function apply<T extends EventType>(
  state: IncidentState,
  event: { type: T; payload: EventOf<T>['payload'] },
  stamp: Stamp,
): Patch {
  return reducers[event.type](state, event.payload, stamp);
}
