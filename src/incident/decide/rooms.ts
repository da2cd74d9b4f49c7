import { entityOf } from '../facts/law-facts.ts';
import { type AbroadPart, CLOCK_ACTOR, type Room, roomId } from '../identity.ts';
import type { IncidentEvent } from '../record/events.ts';
import { hasLeft, isRestricted, roomOf, roomOfProfile } from '../rooms.ts';
import type { IncidentState } from '../state.ts';
import { type Decider, happened, nothing, refused } from './context.ts';

/**
 * Adds a room. Its location comes from the profile, then from the incident, then from the platform of the acting
 * person's room. Another room is added only by the bot itself: what a person or a token says of one is not trusted.
 */
export const addRoom: Decider<'add_room'> = (state, command, context) => {
  const id = roomId(command.room);
  if (hasLeft(state, command.room.platform)) return refused('chat_left');
  const before = state.rooms[id];
  // A guess is not put in the place of what is known.
  if (before && command.room.assumed) return nothing;
  const listed = state.organisation?.rooms.find((room) => roomId(room) === id);
  const earlier = before ?? state.takenOff[id];
  const own = context.elsewhere.own.find((one) => roomId(one) === id);
  const made = context.actor === CLOCK_ACTOR ? command.room : own;
  const acted = context.room && roomId(context.room) === id ? context.room : made;
  const known = earlier ?? acted;
  if (!listed && !known) return refused('room_not_listed', { field: 'room' });
  const location = listed ? (listed.location ?? 'home') : (known?.location ?? 'home');
  const open = listed?.open ?? (acted ?? known)?.open ?? command.room.open;
  const name = command.room.name ?? earlier?.name;
  const { unconfirmed: _, made: __, ...wanted } = command.room;
  const isKnown = !state.organisation || [listed, made, acted?.made].some((one) => one !== undefined);
  const room: Room = {
    ...wanted,
    ...{ location, open },
    ...(name === undefined ? {} : { name }),
    ...(isKnown || (earlier && !earlier.unconfirmed) ? {} : { unconfirmed: true }),
  };
  if (before && JSON.stringify(before) === JSON.stringify(room)) return nothing;
  return happened({ type: 'room_added', payload: { room } });
};

/** The bot itself removes a room that another company reads now; one that was left before is noted as well. */
export const removeRoom: Decider<'remove_room'> = (state, { room }, { actor }) => {
  const isShared = actor === CLOCK_ACTOR;
  if (!(isShared ? roomOf(state, room) : state.rooms[room])) return refused('unknown_room', { field: 'room' });
  return happened({ type: 'room_removed', payload: { room, ...(isShared ? { why: 'shared' } : {}) } });
};

/** Confirms a room that the profile does not list; from then on it shows the content. */
export const confirmRoom: Decider<'confirm_room'> = (state, command) => {
  const room = state.rooms[command.room];
  if (!room) return refused('unknown_room', { field: 'room' });
  return room.unconfirmed ? happened({ type: 'room_confirmed', payload: { room: command.room } }) : nothing;
};

/**
 * The profile's rooms of the reporting entity, once it is known which one that is. A room taken off by hand stays off,
 * because nothing is added again while the entity is the same.
 */
export function roomsOfEntity(before: IncidentState | null, after: IncidentState): readonly IncidentEvent[] {
  const entity = entityOf(after)?.id;
  const { organisation } = after;
  if (!organisation || entity === undefined || (before && entityOf(before)?.id === entity)) return [];
  return organisation.rooms
    .filter((room) => room.entities.includes(entity) && !after.rooms[roomId(room)] && !hasLeft(after, room.platform))
    .map((room) => ({ type: 'room_added', payload: { room: roomOfProfile(organisation, room) } }));
}

/**
 * The incident leaves every chat but the refuge. A refuge on the platform somebody calls compromised from is no refuge.
 */
export const leaveChat: Decider<'leave_chat'> = (state, command, { caller, elsewhere, onBehalf }) => {
  const { chatLeft } = state;
  if (chatLeft && (chatLeft.quiet || !command.quiet)) return nothing;
  const quiet = command.quiet ? { quiet: true as const } : {};
  if (chatLeft)
    return happened({ type: 'chat_left', payload: { ...quiet, left: [], added: [], platforms: chatLeft.platforms } });
  const own = elsewhere.own.map((room) => room.platform);
  const doubted = (onBehalf === undefined ? caller : state.people[onBehalf])?.account?.platform;
  const refuge = elsewhere.refuge.filter((room) => own.includes(room.platform) || room.platform !== doubted);
  const target = refuge.length > 0 ? refuge : elsewhere.own;
  if (target.length === 0) return refused('no_refuge');
  const platforms = [...new Set([...own, ...target.map((room) => room.platform)])];
  return happened({
    type: 'chat_left',
    payload: {
      ...(command.reason === undefined ? {} : { reason: command.reason }),
      ...quiet,
      left: Object.values(state.rooms).filter((room) => !platforms.includes(room.platform)),
      added: target.filter((room) => !state.rooms[roomId(room)]),
      platforms,
    },
  });
};

export const returnToChat: Decider<'return_to_chat'> = (state, command) =>
  state.chatLeft ? happened({ type: 'chat_returned', payload: { reason: command.reason } }) : refused('chat_not_left');

/** Parts that a draft contains. Releasing drafts requires each of them to be released by name. */
const IN_A_DRAFT = ['title', 'answers', 'texts', 'files', 'personal', 'tracing'] as const;

export const releaseAbroad: Decider<'release_abroad'> = (state, { type: _, ...command }) => {
  // A release is a named person's: without a profile nobody is named.
  if (!state.organisation) return refused('release_needs_profile');
  const room = state.rooms[command.room];
  if (!room) return refused('unknown_room', { field: 'room' });
  if (room.location !== 'abroad') return refused('not_abroad', { field: 'room' });
  const known = state.releases[command.room] ?? {};
  const named = new Set<AbroadPart>(command.what);
  const holds = (part: AbroadPart): boolean => named.has(part) || known[part] !== undefined;
  const missing = named.has('drafts') ? IN_A_DRAFT.filter((part) => !holds(part)) : [];
  if (missing.length > 0) return refused('release_draft_whole', { field: 'what', params: { parts: missing } });
  if (isRestricted(state) && !holds('overview')) {
    return refused('release_overview_first', { field: 'what' });
  }
  const what = [...named].filter((part) => known[part] === undefined);
  return what.length === 0 ? nothing : happened({ type: 'released_abroad', payload: { ...command, what } });
};

/** Withdraws everything that was released to a room: what was shown there cannot be unseen, what comes is withheld. */
export const withdrawRelease: Decider<'withdraw_release'> = (state, { room, reason }) => {
  const what = Object.keys(state.releases[room] ?? {}).filter((part): part is AbroadPart => part !== '');
  return what.length === 0
    ? refused('nothing_released', { field: 'room' })
    : happened({ type: 'release_withdrawn', payload: { room, what, reason } });
};
