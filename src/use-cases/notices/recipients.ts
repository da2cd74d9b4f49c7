import type { Card } from '../../conversation/cards/card.ts';
import type { Situation } from '../../conversation/cards/situation.ts';
import { offeredTo, readerOf, readersOf } from '../../conversation/rooms/offered.ts';
import { type Account, isOfRoom, type RoomId } from '../../incident/identity.ts';
import { languageOf } from '../../incident/people/people.ts';
import type { IncidentState, Participant } from '../../incident/state.ts';
import { revealsClocks, type Visibility, visibility } from '../../incident/visibility.ts';
import type { Destination, Mention, NewNotice } from '../ports.ts';
import { type Entry, formatKey } from './notice-key.ts';

/** Situation with the accounts needed to notify people. */
export interface NoticeContext extends Situation {
  /** Every account for messages to a person. */
  readonly accountsOf: (person: Participant) => readonly Account[];
}

interface Said {
  readonly card: Card;
  /** Card for the room when nobody can be reached directly; null if the room already received it. */
  readonly inRoom: Card | null;
}

/** Notice to a person; a person without an account is notified in the room, which receives each thing once. */
export function direct(
  situation: NoticeContext,
  person: Participant,
  { card: whole, inRoom }: Said,
  entry: Entry,
  dueAt: number,
): NewNotice[] {
  const { state, accountsOf } = situation;
  const language = languageOf(state, person);
  const card = offeredTo(whole, situation, { people: [readerOf(state, person)], aloud: false });
  const [account, ...others] = accountsOf(person);
  const about = { incident: state.id, lane: 'reminder', dueAt } as const;
  if (account) {
    const more = others.length > 0 ? { others } : {};
    const to: Destination = { kind: 'person', account, ...more, language, otherwise: state.homeRoom };
    const key = formatKey({ kind: 'told', ...entry, to: person.actor });
    return [{ ...about, key, to, content: { kind: 'card', card, inRoom } }];
  }
  if (!inRoom) return [];
  const room = state.homeRoom ?? '';
  return [
    {
      ...about,
      key: formatKey({ kind: 'told', ...entry, to: room }),
      to: { kind: 'room', room, ring: false },
      content: { kind: 'card', card: inRoom },
    },
  ];
}

/** Recipients: each room that shows the content; if there is none, the lead. */
export function inThread(situation: NoticeContext, card: Card, entry: Entry, dueAt: number, ring = false): NewNotice[] {
  const rooms = roomsWithContent(situation.state);
  const { lead: leader, people, homeRoom } = situation.state;
  const lead = people[leader];
  const call = ring && lead ? situation.accountsOf(lead) : [];
  if (rooms.length > 0) return toRooms(situation, rooms, card, { entry, dueAt, ring, call });
  const isHeard = lead && (homeRoom !== null || situation.accountsOf(lead).length > 0);
  return isHeard ? direct(situation, lead, { card, inRoom: card }, entry, dueAt) : [];
}

/** Rooms of an incident that show more than its head: the places for messages about it. */
export function roomsWithContent(state: IncidentState): readonly RoomId[] {
  return roomsShowing(state, ({ show }) => show !== 'head');
}

/** Rooms for a reminder: those that show the content, otherwise those that show the clocks. */
export function remindedRooms(state: IncidentState): readonly RoomId[] {
  const rooms = roomsWithContent(state);
  return rooms.length > 0 ? rooms : roomsWithClocks(state);
}

/** Rooms for reminders: all except rooms abroad without the right to see clocks. */
function roomsWithClocks(state: IncidentState): readonly RoomId[] {
  return roomsShowing(state, revealsClocks);
}

function roomsShowing(state: IncidentState, enough: (shown: Visibility) => boolean): readonly RoomId[] {
  const rooms = Object.entries(state.rooms);
  return rooms.flatMap(([id, room]) => (enough(visibility(state, { kind: 'room', room })) ? [id] : []));
}

/** Message to a room: the entry of the record it is about, its due time (epoch ms), and the people it calls by name. */
interface Posting {
  readonly entry: Entry;
  readonly dueAt: number;
  readonly ring: boolean;
  readonly call?: Mention;
}

/** One notice for each of the rooms, each in its own thread. */
export function toRooms(
  situation: Situation,
  rooms: readonly RoomId[],
  card: Card,
  { entry, dueAt, ring, call = [] }: Posting,
): NewNotice[] {
  const { state } = situation;
  const mention = (room: RoomId): { readonly mention?: Mention } => {
    const found = call === 'everybody' ? call : call.filter((account) => isOfRoom(account, room));
    return found.length > 0 ? { mention: found } : {};
  };
  return rooms.map((room) => ({
    key: formatKey({ kind: 'told', ...entry, to: room }),
    incident: state.id,
    lane: 'reminder',
    to: { kind: 'room', room, ring, ...mention(room) },
    content: { kind: 'card', card: offeredTo(card, situation, readersOf(state, state.rooms[room] ?? null)) },
    dueAt,
  }));
}
