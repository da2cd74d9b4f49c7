import { keptFor } from '../../law/kept-for.ts';
import { type Account, accountKey, addedActor, type Language, type Room, roomId } from '../identity.ts';
import { type IncidentState, type Participant, withoutInherited } from '../state.ts';
import type { Organisation, Person } from './profile.ts';

/** Participants of an incident: their language, open requests to join, later changes of name and language. */

/**
 * Language of messages to a person: chosen in words, by the profile in force, or as on the person's platform; while it is
 * unknown, the language of the room of declaration.
 */
export function languageOf(state: IncidentState, person: Participant): Language {
  const { organisation, rooms, homeRoom } = state;
  const home = homeRoom === null ? undefined : rooms[homeRoom];
  const listed = person.choseLanguage ? undefined : listedNow(state, person.person)?.language;
  return listed ?? person.language ?? organisation?.languages.people ?? home?.language ?? 'zh-CN';
}

/** Participants who asked to take part and are not admitted yet, whichever of their accounts they used. */
export function waitingToJoin({ asked, people }: Pick<IncidentState, 'asked' | 'people'>): readonly Participant[] {
  const joined = new Set(Object.values(people).flatMap(({ person }) => person ?? []));
  return Object.values(asked).filter(
    ({ actor, person }) => people[actor] === undefined && (person === null || !joined.has(person)),
  );
}

/** Returns true for a participant with an account or an entry in the profile; false for the API's token. */
export function isPerson({ account, person, removed }: Pick<Participant, 'account' | 'person' | 'removed'>): boolean {
  return removed !== true && (account !== null || person !== null);
}

/** Returns true if the person was removed from an incident, whichever of their accounts is given. */
export function isTakenOut({ people }: IncidentState, account: Account | null, person: string | null): boolean {
  const key = account && accountKey(account);
  return Object.values(people).some(
    (one) =>
      one.removed === true &&
      ((one.account !== null && accountKey(one.account) === key) || (person !== null && one.person === person)),
  );
}

/** Participant by actor id or by the id of their profile entry; null if neither fits. */
export function participantOf(state: IncidentState, person: string): string | null {
  if (state.people[person]) return person;
  return Object.values(state.people).find((p) => p.person === person)?.actor ?? null;
}

/**
 * Returns true for somebody who gets no messages about the incident any more: removed from it, or an entry of a profile
 * that the one in force lacks.
 */
export function isGone(
  state: Pick<IncidentState, 'people' | 'inForce'>,
  { person, removed }: Pick<Participant, 'person' | 'removed'>,
): boolean {
  if (person === null) return removed === true;
  return removed === true || isOut(state, person) || hasLeftProfile(state, person);
}

/** Returns true for a person of a profile whom the one in force lacks. */
export function hasLeftProfile({ inForce }: Pick<IncidentState, 'inForce'>, person: string | null): boolean {
  return person !== null && inForce?.people.every(({ id }) => id !== person) === true;
}

function isOut({ people }: Pick<IncidentState, 'people'>, person: string): boolean {
  return Object.values(people).some((one) => one.person === person && one.removed === true);
}

/**
 * The incident's profile with the people who can be called on now: those of the profile in force, with the roles they
 * have there, without people removed from the incident. Null without a profile.
 */
export const peopleNow = keptFor((state: IncidentState): Organisation | null => {
  const { organisation } = state;
  if (!organisation) return null;
  const { people, roster } = state.inForce ?? organisation;
  return { ...organisation, roster, people: people.filter(({ id }) => !isOut(state, id)) };
});

/** Entry of a person in the profile in force, also of one removed from the incident. */
export function listedNow(
  { organisation, inForce }: Pick<IncidentState, 'organisation' | 'inForce'>,
  person: string | null,
): Person | undefined {
  return (inForce ?? organisation)?.people.find(({ id }) => id === person);
}

const views = new WeakMap<IncidentState, IncidentState>();
/**
 * State in which the people of `profile`, the one in force, count, and in which a room that it has abroad is abroad; the
 * same object as long as both are the same. A room that it has at home again stays abroad: a person releases content.
 */
export function asOf(state: IncidentState, profile: Organisation | null): IncidentState {
  if (profile === null || state.organisation === null || state.inForce === profile) return state;
  const known = views.get(state);
  if (known?.inForce === profile) return known;
  const abroad = profile.rooms.filter(({ location }) => location === 'abroad').map(roomId);
  const turnedAbroad = abroad.filter((id) => state.rooms[id]?.location === 'home');
  const rooms = Object.entries(state.rooms).map(([id, room]): readonly [string, Room] => [
    id,
    turnedAbroad.includes(id) ? { ...room, location: 'abroad' } : room,
  ]);
  const view = withoutInherited({ ...state, inForce: profile, turnedAbroad, rooms: Object.fromEntries(rooms) });
  views.set(state, view);
  return view;
}

export function fromProfile({ id, name, accounts, roles, language }: Person): Participant {
  return { actor: addedActor(id), name, account: accounts[0] ?? null, person: id, roles, language: language ?? null };
}

/** Participant entry of a person of the profile: the recorded one, or one made from the profile. */
export function inIncident({ people }: Pick<IncidentState, 'people'>, person: Person): Participant {
  return Object.values(people).find((one) => one.person === person.id) ?? fromProfile(person);
}
