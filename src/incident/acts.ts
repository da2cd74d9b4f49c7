import type { Command } from './commands.ts';
import { CIRCUMSTANCES } from './facts/circumstances.ts';
import { type ActorId, CLOCK_ACTOR, roomId } from './identity.ts';
import { leadOf } from './people/acting.ts';
import type { EventOf, EventType, IncidentEvent } from './record/events.ts';
import type { IncidentState, Stamp } from './state.ts';

/** Last act of each person, and the command that restores the value before it. */

/** One act of a person: its main entry of the record with its version and time. */
export interface Act extends Stamp {
  readonly event: IncidentEvent;
  /** Command that restores the value before the act; null where no command does, or a person has to give more input. */
  readonly back: Command | null;
}

type Backs = {
  readonly [T in EventType]?: (before: IncidentState, payload: EventOf<T>['payload'], stamp: Stamp) => Command | null;
};

/** Commands that take an entry back, from the state before it. An entry that is not listed is not taken back by a command. */
const backs: Backs = {
  renamed: ({ title }) => ({ type: 'rename', title }),
  relation_set: ({ relations }, { incident }) => ({
    type: 'relate',
    incident,
    how: relations[incident]?.how ?? 'none',
  }),
  fact_stated: ({ facts }, { fact }) =>
    fact === CIRCUMSTANCES ? null : { type: 'answer', fact, value: facts[fact]?.value ?? 'unknown' },
  awareness_candidate_added: (_, { candidate }) => ({ type: 'withdraw_awareness', candidate }),
  awareness_confirmed: ({ awareness }) =>
    awareness
      ? { type: 'confirm_awareness', candidate: awareness.candidate, reason: awareness.reason }
      : { type: 'withdraw_decision', about: 'awareness' },
  question_settled: ({ readings }, { question }) => {
    const before = readings[question];
    return before
      ? { type: 'settle_question', question, reading: before.reading, reason: before.reason }
      : { type: 'withdraw_decision', about: question };
  },
  level_decided: ({ levelDecision, notReportable }) =>
    levelDecision || notReportable ? null : { type: 'withdraw_decision', about: 'level' },
  not_reportable_decided: ({ levelDecision }) => (levelDecision ? null : { type: 'withdraw_decision', about: 'level' }),
  proposal_made: (_, { proposal }) => ({ type: 'second', proposal, agree: false }),
  stop_lifted: () => ({ type: 'stop_state_secret' }),
  person_joined: (_, { actor }) => ({ type: 'remove_person', person: actor }),
  person_removed: (_, { actor, person }) => ({ type: 'add_person', person: person ?? actor }),
  lead_taken: (state, { lead }) => handedTo(leadOf(state)?.actor, lead),
  handover_taken: (_, { from }) => ({ type: 'hand_over', person: from }),
  language_set: ({ people }, _, { by }) => {
    const before = people[by]?.language ?? null;
    return before && { type: 'set_language', language: before };
  },
  item_assigned: ({ owners }, { item }) => ({ type: 'assign_item', item, person: owners[item]?.owner ?? null }),
  field_filled: ({ fields }, { field }) => {
    const before = fields[field]?.current;
    return before
      ? { type: 'choose_version', field, version: before.version }
      : { type: 'fill_field', field, value: { state: 'unknown' } };
  },
  wording_confirmed: ({ fields }, { field }) => {
    const before = fields[field]?.wording;
    return before ? { type: 'confirm_wording', field, wording: before.text } : null;
  },
  version_chosen: ({ fields }, { field }) => {
    const before = fields[field]?.current;
    return before ? { type: 'choose_version', field, version: before.version } : null;
  },
  point_assessed: ({ points }, { point }) => {
    const before = points[point];
    return before ? { type: 'assess_point', point, finding: before.finding, note: before.note } : null;
  },
  delay_explained: ({ delays }, { obligation }) => {
    const before = delays[obligation];
    return before ? { type: 'explain_delay', obligation, reason: before.reason } : null;
  },
  request_dropped: (_, { request }) => ({ type: 'withdraw_decision', about: request }),
  duty_not_owed: (_, { obligation }) => ({ type: 'withdraw_decision', about: obligation }),
  task_changed: ({ tasks }, { task }) => {
    const before = tasks.find(({ id }) => id === task);
    return before ? { type: 'change_task', task, person: before.owner, due: before.due } : null;
  },
  handling_ended: ({ handlingEnded }) =>
    handlingEnded
      ? { type: 'end_handling', at: handlingEnded.instant, reason: handlingEnded.reason }
      : { type: 'withdraw_decision', about: 'handling' },
  room_added: (_, { room }) => ({ type: 'remove_room', room: roomId(room) }),
  room_removed: ({ rooms }, { room }) => {
    const before = rooms[room];
    return before ? { type: 'add_room', room: before } : null;
  },
  drill_speed_changed: ({ segments }) => ({ type: 'set_drill_speed', speed: segments.at(-1)?.rate ?? 1 }),
};

/** Entries that belong to the act before them, if that is of the same person and instant. */
const PARTS: { readonly [T in EventType]?: readonly EventType[] } = {
  // Rooms added from the profile are part of the declaration.
  declared: ['room_added'],
  fact_stated: ['room_added', 'proposal_made'],
  filing_recorded: ['delay_explained', 'task_added', 'proposal_made'],
  filing_corrected: ['task_added', 'proposal_made'],
  person_removed: ['item_assigned', 'lead_taken'],
  draft_sent_back: ['task_added'],
};

/** Last acts after one more entry; what the bot does by itself, and the entry that introduces who acts, are no acts. */
export function actsAfter(before: IncidentState, event: IncidentEvent, stamp: Stamp): IncidentState['acts'] {
  if (stamp.by === CLOCK_ACTOR || isNoAct(event, stamp)) return before.acts;
  const last = before.acts[stamp.by];
  if (last?.at === stamp.at && PARTS[last.event.type]?.includes(event.type)) return before.acts;
  return { ...before.acts, [stamp.by]: { ...stamp, event, back: backOf(event.type, before, event, stamp) } };
}

/** Returns true for entries beside an act: who acts joins, an approval becomes void, the start of a declaration. */
function isNoAct(event: IncidentEvent, { by }: Stamp): boolean {
  if (event.type === 'person_joined') return event.payload.actor === by;
  if (event.type === 'awareness_candidate_added') return event.payload.source === 'declaration';
  return event.type === 'approval_voided';
}

/** Returns true if nothing but the act is on the record since it was made, at most ten seconds ago. */
export function isSlip({
  act,
  now,
  state,
}: {
  readonly act: Act;
  readonly now: string;
  readonly state: IncidentState;
}) {
  return act.version === state.version && Date.parse(now) - Date.parse(act.at) <= SLIP;
}
const SLIP = 10_000;

/** Returns true if the result of the act still holds: nobody changed the same value after it. */
export function stillStands(state: IncidentState, { event, version }: Act): boolean {
  const is = (stamp: Pick<Stamp, 'version'> | null | undefined): boolean => stamp?.version === version;
  switch (event.type) {
    case 'renamed':
      return state.title === event.payload.title;
    case 'relation_set':
      return is(state.relations[event.payload.incident]) || event.payload.how === 'none';
    case 'fact_stated':
      return is(state.facts[event.payload.fact]);
    case 'awareness_candidate_added':
      return state.candidates.some(is);
    case 'awareness_confirmed':
      return is(state.awareness);
    case 'question_settled':
      return is(state.readings[event.payload.question]);
    case 'level_decided':
      return is(state.levelDecision);
    case 'not_reportable_decided':
      return is(state.notReportable);
    case 'proposal_made':
      return state.proposals.some(({ id, settled }) => id === event.payload.proposal && settled === null);
    case 'stop_lifted':
      return state.stopped === null;
    case 'person_joined':
      return state.people[event.payload.actor]?.removed !== true;
    case 'person_removed':
      return state.people[event.payload.actor]?.removed === true;
    case 'lead_taken':
      return state.lead === event.payload.lead;
    case 'item_assigned':
      return is(state.owners[event.payload.item]);
    case 'field_filled':
      return is(state.fields[event.payload.field]?.current);
    case 'wording_confirmed':
      return is(state.fields[event.payload.field]?.wording);
    case 'version_chosen':
      return state.fields[event.payload.field]?.current?.version === event.payload.version;
    case 'point_assessed':
      return is(state.points[event.payload.point]);
    case 'delay_explained':
      return is(state.delays[event.payload.obligation]);
    case 'request_dropped':
      return state.requests.some(({ dropped }) => is(dropped));
    case 'duty_not_owed':
      return is(state.notOwed[event.payload.obligation]);
    case 'handling_ended':
      return is(state.handlingEnded);
    case 'room_added':
      return state.rooms[roomId(event.payload.room)] !== undefined;
    case 'room_removed':
      return state.rooms[event.payload.room] === undefined;
    default:
      return true;
  }
}

function handedTo(person: ActorId | undefined, by: ActorId): Command | null {
  return person === undefined || person === by ? null : { type: 'hand_over', person };
}

function backOf<T extends EventType>(
  type: T,
  before: IncidentState,
  event: { readonly type: T; readonly payload: EventOf<T>['payload'] },
  stamp: Stamp,
): Command | null {
  return backs[type]?.(before, event.payload, stamp) ?? null;
}
