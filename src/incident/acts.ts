import { type ByEvent, forEvent } from './by-type.ts';
import type { Command } from './commands.ts';
import { CIRCUMSTANCES } from './facts/circumstances.ts';
import { type ActorId, CLOCK_ACTOR, roomId } from './identity.ts';
import { leadOf } from './people/rights.ts';
import type { EventType, IncidentEvent } from './record/events.ts';
import type { IncidentState, Stamp } from './state.ts';

/** Last act of each person, and the command that restores the value before it. */

/** One act of a person: its main entry of the record with its version and time. */
export interface Act extends Stamp {
  readonly event: IncidentEvent;
  /** Command that restores the value before the act; null where no command does, or a person has to give more input. */
  readonly back: Command | null;
}

/** Commands that take an entry back, computed from the state before it; null where no command can. */
const backs: ByEvent<Command | null, [before: IncidentState, stamp: Stamp]> = {
  renamed: (_, { title }) => ({ type: 'rename', title }),
  relation_set: ({ incident }, { relations }) => ({
    type: 'relate',
    incident,
    how: relations[incident]?.how ?? 'none',
  }),
  fact_stated: ({ fact }, { facts }) =>
    fact === CIRCUMSTANCES ? null : { type: 'answer', fact, value: facts[fact]?.value ?? 'unknown' },
  awareness_candidate_added: ({ candidate }) => ({ type: 'withdraw_awareness', candidate }),
  awareness_confirmed: (_, { awareness }) =>
    awareness
      ? { type: 'confirm_awareness', candidate: awareness.candidate, reason: awareness.reason }
      : { type: 'withdraw_decision', about: 'awareness' },
  question_settled: ({ question }, { readings }) => {
    const before = readings[question];
    return before
      ? { type: 'settle_question', question, reading: before.reading, reason: before.reason }
      : { type: 'withdraw_decision', about: question };
  },
  level_decided: (_, { levelDecision, notReportable }) =>
    levelDecision || notReportable ? null : { type: 'withdraw_decision', about: 'level' },
  not_reportable_decided: (_, { levelDecision }) =>
    levelDecision ? null : { type: 'withdraw_decision', about: 'level' },
  proposal_made: ({ proposal }) => ({ type: 'second', proposal, agree: false }),
  stop_lifted: () => ({ type: 'stop_state_secret' }),
  person_joined: ({ actor }) => ({ type: 'remove_person', person: actor }),
  person_removed: ({ actor, person }) => ({ type: 'add_person', person: person ?? actor }),
  lead_taken: ({ lead }, state) => handedTo(leadOf(state)?.actor, lead),
  handover_taken: ({ from }) => ({ type: 'hand_over', person: from }),
  language_set: (_, { people }, { by }) => {
    const before = people[by]?.language ?? null;
    return before && { type: 'set_language', language: before };
  },
  item_assigned: ({ item }, { owners }) => ({ type: 'assign_item', item, person: owners[item]?.owner ?? null }),
  field_filled: ({ field }, { fields }) => {
    const before = fields[field]?.current;
    return before
      ? { type: 'choose_version', field, version: before.version }
      : { type: 'fill_field', field, value: { state: 'unknown' } };
  },
  wording_confirmed: ({ field }, { fields }) => {
    const before = fields[field]?.wording;
    return before ? { type: 'confirm_wording', field, wording: before.text } : null;
  },
  version_chosen: ({ field }, { fields }) => {
    const before = fields[field]?.current;
    return before ? { type: 'choose_version', field, version: before.version } : null;
  },
  point_assessed: ({ point }, { points }) => {
    const before = points[point];
    return before ? { type: 'assess_point', point, finding: before.finding, note: before.note } : null;
  },
  delay_explained: ({ obligation }, { delays }) => {
    const before = delays[obligation];
    return before ? { type: 'explain_delay', obligation, reason: before.reason } : null;
  },
  request_dropped: ({ request }) => ({ type: 'withdraw_decision', about: request }),
  duty_not_owed: ({ obligation }) => ({ type: 'withdraw_decision', about: obligation }),
  task_changed: ({ task }, { tasks }) => {
    const before = tasks.find(({ id }) => id === task);
    return before ? { type: 'change_task', task, person: before.owner, due: before.due } : null;
  },
  handling_ended: (_, { handlingEnded }) =>
    handlingEnded
      ? { type: 'end_handling', at: handlingEnded.instant, reason: handlingEnded.reason }
      : { type: 'withdraw_decision', about: 'handling' },
  room_added: ({ room }) => ({ type: 'remove_room', room: roomId(room) }),
  room_removed: ({ room }, { rooms }) => {
    const before = rooms[room];
    return before ? { type: 'add_room', room: before } : null;
  },
  drill_speed_changed: (_, { segments }) => ({ type: 'set_drill_speed', speed: segments.at(-1)?.rate ?? 1 }),
};

/** Types of entries that belong to an act, by the type of its main entry; person and instant must be the same. */
const PARTS: { readonly [T in EventType]?: readonly EventType[] } = {
  // Rooms added from the profile are part of the declaration.
  declared: ['room_added'],
  fact_stated: ['room_added', 'room_removed', 'proposal_made'],
  filing_recorded: ['delay_explained', 'task_added', 'proposal_made'],
  filing_corrected: ['task_added', 'proposal_made'],
  person_removed: ['item_assigned', 'lead_taken'],
  draft_sent_back: ['task_added'],
};

/** Last acts after one more entry. Entries of the bot itself, and the entry that introduces the actor, are no acts. */
export function actsAfter(before: IncidentState, event: IncidentEvent, stamp: Stamp): IncidentState['acts'] {
  if (stamp.by === CLOCK_ACTOR || isNoAct(event, stamp)) return before.acts;
  const last = before.acts[stamp.by];
  if (last?.at === stamp.at && PARTS[last.event.type]?.includes(event.type)) return before.acts;
  return {
    ...before.acts,
    [stamp.by]: { ...stamp, event, back: forEvent(backs, event.type, event.payload, before, stamp) ?? null },
  };
}

/** Returns true for entries that are no acts: the actor's joining, a voided approval, a declaration's stated start. */
function isNoAct(event: IncidentEvent, { by }: Stamp): boolean {
  if (event.type === 'person_joined') return event.payload.actor === by;
  if (event.type === 'awareness_candidate_added') return event.payload.source === 'declaration';
  return event.type === 'approval_voided';
}

/** Returns true if the act is the last entry of the record and was made at most ten seconds ago. */
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

type IsOfAct = (stamp: Pick<Stamp, 'version'> | null | undefined) => boolean;
const standing: ByEvent<boolean, [state: IncidentState, is: IsOfAct]> = {
  renamed: (_, state, is) => is(state.renamed),
  relation_set: ({ incident }, state, is) => is(state.relations[incident]),
  fact_stated: ({ fact }, state, is) => is(state.facts[fact]),
  awareness_candidate_added: (_, state, is) => state.candidates.some(is),
  awareness_confirmed: (_, state, is) => is(state.awareness),
  question_settled: ({ question }, state, is) => is(state.readings[question]),
  level_decided: (_, state, is) => is(state.levelDecision),
  not_reportable_decided: (_, state, is) => is(state.notReportable),
  proposal_made: ({ proposal }, state) =>
    state.proposals.some(({ id, settled }) => id === proposal && settled === null),
  stop_lifted: (_, state) => state.stopped === null,
  person_joined: ({ actor }, state) => state.people[actor]?.removed !== true,
  person_removed: ({ actor }, state) => state.people[actor]?.removed === true,
  lead_taken: ({ lead }, state) => state.lead === lead,
  item_assigned: ({ item }, state, is) => is(state.owners[item]),
  field_filled: ({ field }, state, is) => is(state.fields[field]?.current),
  wording_confirmed: ({ field }, state, is) => is(state.fields[field]?.wording),
  version_chosen: ({ field, version }, state) => state.fields[field]?.current?.version === version,
  point_assessed: ({ point }, state, is) => is(state.points[point]),
  delay_explained: ({ obligation }, state, is) => is(state.delays[obligation]),
  request_dropped: (_, state, is) => state.requests.some(({ dropped }) => is(dropped)),
  duty_not_owed: ({ obligation }, state, is) => is(state.notOwed[obligation]),
  handling_ended: (_, state, is) => is(state.handlingEnded),
  room_added: ({ room }, state) => state.rooms[roomId(room)] !== undefined,
  room_removed: ({ room }, state) => state.rooms[room] === undefined,
};

/** Returns true if the result of the act still holds: nobody changed the same value after it. */
export function stillStands(state: IncidentState, { event, version }: Act): boolean {
  return forEvent(standing, event.type, event.payload, state, (stamp) => stamp?.version === version) ?? true;
}

function handedTo(person: ActorId | undefined, by: ActorId): Command | null {
  return person === undefined || person === by ? null : { type: 'hand_over', person };
}
