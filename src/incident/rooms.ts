import { entityOf, systemOf } from './facts/law-facts.ts';
import { type Room, type RoomId, roomId } from './identity.ts';
import { isPerson } from './people/people.ts';
import type { Organisation } from './people/profile.ts';
import { mayAnswerCalls } from './people/rights.ts';
import type { IncidentState } from './state.ts';

/** Rooms of an incident: those it is shown in and those it left. `visibility.ts` decides how much each shows. */

/** Room the incident is shown in, has left or was removed from; null if it is none of these. */
export function roomOf(state: IncidentState, id: RoomId): Room | null {
  return state.rooms[id] ?? formerRooms(state).find((room) => roomId(room) === id) ?? null;
}

/** Room made from its id alone, for a room that no incident lists (any more). */
export function roomFromId(id: RoomId): Room {
  const [platform = '', tenant = '', ...rest] = id.split('/');
  return { platform, tenant, address: rest.join('/'), location: 'home', language: 'zh-CN', open: false };
}

/** Rooms that no longer show the incident, but may still have cards of it. */
export function formerRooms(state: IncidentState): readonly Room[] {
  return [...leftRooms(state), ...Object.values(state.takenOff).filter((room) => isTakenOff(state, room))];
}

/** Returns true if a person removed the room and nobody added it again. */
export function isTakenOff(state: IncidentState, room: Room): boolean {
  const id = roomId(room);
  const isElsewhere = id in state.rooms || leftRooms(state).some((one) => roomId(one) === id);
  return id in state.takenOff && !isElsewhere;
}

/** Rooms that the incident left because chat may be compromised. */
export function leftRooms(state: IncidentState): readonly Room[] {
  return state.chatLeft?.left ?? [];
}

/** Returns true if the content of a room has moved; removing the new room does not move it back. */
export function hasMoved(state: IncidentState, room: Room): boolean {
  const all = [...Object.values(state.rooms), ...formerRooms(state)];
  return all.some(({ insteadOf }) => insteadOf === roomId(room));
}

/** Returns true if the incident left a platform: nobody there may read it or be written to about it. */
export function hasLeft(state: IncidentState, platform: string): boolean {
  return state.chatLeft !== null && !state.chatLeft.platforms.includes(platform);
}

/**
 * Returns true while people are still messaged (number and remaining time only) on a platform that the incident left.
 * This ends once a person who may lead or file acts after the leaving, or two people silence these messages.
 */
export function isCalledFrom(state: IncidentState, platform: string): boolean {
  const { chatLeft, acts, people, organisation } = state;
  if (chatLeft === null || chatLeft.quiet || !hasLeft(state, platform)) return false;
  return Object.values(people).every(
    (one) =>
      (acts[one.actor]?.version ?? 0) <= chatLeft.version || !isPerson(one) || !mayAnswerCalls(organisation, one),
  );
}

/** Rooms of the profile in the form used by an incident. */
export function roomOfProfile(organisation: Organisation, room: Organisation['rooms'][number]): Room {
  return {
    platform: room.platform,
    tenant: room.tenant,
    address: room.address,
    location: room.location ?? 'home',
    language: room.language ?? organisation.languages.rooms,
    open: room.open ?? false,
    ...(room.zone === undefined ? {} : { zone: room.zone }),
  };
}

/** Refuge rooms of the profile, used when chat may be compromised. */
export function refugeOf(organisation: Organisation | null): readonly Room[] {
  const rooms = organisation?.rooms.filter((room) => room.refuge === true) ?? [];
  return organisation ? rooms.map((room) => roomOfProfile(organisation, room)) : [];
}

/** Option of the fact `operator` that restricts rooms abroad, whatever the law of the incident. */
const CII = 'cii_involved';

/**
 * Returns true if critical information infrastructure or important or core data is involved, as stated or in the
 * profile. A room abroad then shows only that an incident exists, until a person releases more.
 */
export function isRestricted(state: IncidentState): boolean {
  const operators = [state.facts['operator']?.value ?? entityOf(state)?.operator].flat();
  const involvesCii = operators.includes(CII) || systemOf(state)?.cii === true;
  const stated = state.facts['data_class']?.value;
  const classes = Array.isArray(stated) ? stated : [stated];
  return involvesCii || classes.includes('important') || classes.includes('core');
}

export function isReleased(state: IncidentState, room: Room): boolean {
  return Object.keys(state.releases[roomId(room)] ?? {}).length > 0;
}
