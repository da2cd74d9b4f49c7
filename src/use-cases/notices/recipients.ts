import type { Card } from '../../conversation/cards/card.ts';
import type { Situation } from '../../conversation/cards/situation.ts';
import { type FailedWay, fallbackCard } from '../../conversation/reminding/fallback-cards.ts';
import { offeredTo, readerOf, readersOf } from '../../conversation/rooms/abroad.ts';
import { type Account, isOfRoom, type RoomId } from '../../incident/identity.ts';
import { inIncident, languageOf, peopleNow } from '../../incident/people/people.ts';
import type { EventOf } from '../../incident/record/events.ts';
import type { IncidentState, Participant } from '../../incident/state.ts';
import { revealsClocks, type Visibility, visibility } from '../../incident/visibility.ts';
import type { Destination, Mention, NewNotice } from '../ports.ts';
import { type Entry, formatKey, parseKey, placeText, type ToldKey } from './notice-key.ts';
import { NUMBERS, type Platforms, platformOf, rankOf, routes, wayOf } from './routes.ts';
import { wakes } from './telephone.ts';

export interface NoticeContext extends Situation {
  readonly accountsOf: (person: Participant) => readonly Account[];
}

interface Said {
  readonly card: Card;
  /** Card for the room if nobody can be reached directly; null if the room has it already. */
  readonly inRoom: Card | null;
}

/** Notices to a person; without an account the room gets the notice, once per matter. */
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

/** Notices to each room that shows the content; without one, to the lead. `ring` also mentions `call`, or the lead. */
export function inThread(
  situation: NoticeContext,
  card: Card,
  entry: Entry,
  dueAt: number,
  { ring = false, call }: { readonly ring?: boolean; readonly call?: Mention } = {},
): NewNotice[] {
  const rooms = roomsWithContent(situation.state);
  const { lead: leader, people, homeRoom } = situation.state;
  const lead = people[leader];
  const called = call ?? (ring && lead ? orNobody(situation.accountsOf(lead)) : undefined);
  const said = called === undefined ? {} : { call: called };
  if (rooms.length > 0) return toRooms(situation, rooms, card, { entry, dueAt, ring, ...said });
  const isHeard = lead && (homeRoom !== null || situation.accountsOf(lead).length > 0);
  return isHeard ? direct(situation, lead, { card, inRoom: card }, entry, dueAt) : [];
}

/**
 * Accounts to mention in a room beside direct messages to the same people: only of those whom no direct message is
 * known to reach, so that one reminder notifies each person once.
 */
export function calledBeside(
  { reaches, accountsOf }: NoticeContext,
  people: readonly Participant[],
): readonly Account[] {
  return people.filter((person) => reaches?.(person) !== true).flatMap(accountsOf);
}

/** Rooms that show more than the head of an incident; messages about the incident go there. */
export function roomsWithContent(state: IncidentState): readonly RoomId[] {
  return roomsShowing(state, ({ show }) => show !== 'head');
}

/** Rooms for a reminder: those that show the content, otherwise those that show the clocks. */
export function remindedRooms(state: IncidentState): readonly RoomId[] {
  const rooms = roomsWithContent(state);
  return rooms.length > 0 ? rooms : roomsShowing(state, revealsClocks);
}

function orNobody(accounts: readonly Account[]): readonly Account[] | undefined {
  return accounts.length > 0 ? accounts : undefined;
}

function roomsShowing(state: IncidentState, enough: (shown: Visibility) => boolean): readonly RoomId[] {
  const rooms = Object.entries(state.rooms);
  return rooms.flatMap(([id, room]) => (enough(visibility(state, { kind: 'room', room })) ? [id] : []));
}

/**
 * Message to a room: its entry, due time (epoch ms), and `call`: the people to mention. Empty: all people concerned get
 * it directly, so the room is notified without a mention; absent: it concerns nobody in particular.
 */
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
  { entry, dueAt, ring, call }: Posting,
): NewNotice[] {
  const { state } = situation;
  const mention = (room: RoomId): { readonly mention?: Mention } => {
    if (call === undefined) return {};
    if (call.length === 0) return ring ? { mention: [] } : {};
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

interface Reached extends Situation {
  readonly accountsOf: (person: Participant) => readonly Account[];
}
/** Failed route; `places`: the failed rooms of the platform, null: the whole platform. */
interface Failed extends FailedWay {
  readonly places: readonly string[] | null;
}

/**
 * Next route for a notice that was refused or not accepted in time: the first in the order of `routes` on a platform
 * that has not failed. If it fails too, this function is called again. `recipients`: people who have to act.
 */
export function anotherWay(
  scene: Reached,
  { notice }: EventOf<'notice_delivered'>['payload'],
  recipients: readonly Participant[],
  platforms: Platforms,
  at: number,
): NewNotice[] {
  const key = parseKey(notice);
  if (key?.kind !== 'told') return [];
  const { state } = scene;
  const person = personTold(state, key.to);
  const failed = failedWays(state, key);
  const isOpen = (to: Destination): boolean =>
    platforms.isOn(platformOf(to)) &&
    !failed.some(
      ({ platform, places }) => platform === platformOf(to) && (places === null || places.includes(placeText(to))),
    );
  const due = state.reminders.find(({ version }) => version === key.version) ?? null;
  const to = person ? [person] : recipients;
  // A failed phone call beside a message is replaced only by another way to the telephone.
  const calls = new Set(platforms.telephones);
  const isBeside = failed.every(({ platform }) => calls.has(platform));
  const open = routes(state, to, scene.accountsOf, platforms, wakes(state, key.version))
    .filter(isOpen)
    .filter((one) => !isBeside || calls.has(platformOf(one)));
  const [first] = open;
  if (!first || (!person && isTold(open, due !== null))) return [];
  // All accounts of a person get a message at once; of rooms and telephones one is enough.
  const isAlike = (one: Destination): boolean => rankOf(one, platforms) === rankOf(first, platforms);
  const isOne = first.kind === 'room' || (person !== null && wayOf(first) === 'telephone');
  const taken = isOne ? [first] : open.filter(isAlike);
  return taken.map((to) => ({
    key: formatKey({ ...key, by: { way: NUMBERS[wayOf(to)], place: placeText(to) } }),
    incident: state.id,
    lane: 'reminder',
    to,
    content: {
      kind: 'card',
      card: fallbackCard(scene, failed, due, to.kind === 'room' ? null : (person?.actor ?? null)),
    },
    dueAt: at,
  }));
}

/** Recipient of a notice: a participant, or a person of the profile who has not acted; null for a room. */
function personTold(state: IncidentState, actor: string): Participant | null {
  const listed = (peopleNow(state)?.people ?? []).map((one) => inIncident(state, one));
  return state.people[actor] ?? listed.find((one) => one.actor === actor) ?? null;
}

/** Returns true if a room's notice is sent elsewhere anyway: to another room or, as a reminder, to owners. */
function isTold(open: readonly Destination[], isReminder: boolean): boolean {
  return open.some(({ kind }) => kind === 'room' || (isReminder && kind === 'person'));
}

/** Failed routes of this notice, and of the same notice to other rooms. */
function failedWays(state: IncidentState, { to, version }: ToldKey): readonly Failed[] {
  const personal = personTold(state, to) !== null;
  const found = new Map<string, Failed>();
  for (const { notice, outcome, room, at, refused } of state.undeliverable) {
    const other = parseKey(notice);
    if (other?.kind !== 'told' || other.version !== version || outcome === 'repeated') continue;
    if (personal ? other.to !== to : personTold(state, other.to)) continue;
    const platform = room.split('/')[0] ?? '';
    const before = found.get(platform);
    const ofRoom = !personal && !other.by && (refused === true || outcome === 'undeliverable');
    const places = ofRoom && before?.places !== null ? [...(before?.places ?? []), room] : null;
    found.set(platform, {
      platform,
      since: before?.since ?? at,
      givenUp: outcome === 'undeliverable' || ofRoom,
      places,
    });
  }
  return [...found.values()];
}
