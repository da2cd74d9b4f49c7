import { z } from 'zod';
import type { CommandOf } from '../commands.ts';
import { type Deciders, type Decision, type DecisionContext, happened, nothing, refused } from '../decide/context.ts';
import { entityOf } from '../facts/law-facts.ts';
import { ABROAD_PARTS, type AbroadPart, CLOCK_ACTOR, type Room, roomId, roomSchema } from '../identity.ts';
import type { IncidentEvent, Reducers } from '../record/events.ts';
import { hasLeft, isRestricted, roomOf, roomOfProfile } from '../rooms.ts';
import type { IncidentState, Release } from '../state.ts';
import { address, command, reason } from './parts.ts';

/** Rooms of an incident, chat that was left, and releases to rooms abroad. */

export const schemas = {
  add_room: command('add_room', { room: roomSchema }),
  remove_room: command('remove_room', { room: address }),
  /** Lets a room that the profile does not list show the content. */
  confirm_room: command('confirm_room', { room: address }),
  /** Moves the incident out of a possibly compromised chat. */
  leave_chat: command('leave_chat', {
    reason: reason.optional(),
    /** True if people on a platform that was left get no messages, not even the number and the remaining time. */
    quiet: z.literal(true).optional(),
  }),
  return_to_chat: command('return_to_chat', { reason }),
  release_abroad: command('release_abroad', {
    room: address,
    what: z.array(z.enum(ABROAD_PARTS)).min(1),
    reason,
    /** Ground on which the data may leave, in the words of the person who releases it. */
    legalBasis: reason,
  }),
  withdraw_release: command('withdraw_release', { room: address, reason }),
};

export interface Events {
  room_added: { room: Room };
  /** `shared`: people of another company read the room; `entity`: it is a room of another legal entity. */
  room_removed: { room: string; why?: 'shared' | 'entity' };
  room_confirmed: { room: string };
  chat_left: ChatLeft;
  chat_returned: { reason: string };
  released_abroad: { room: string; what: readonly AbroadPart[]; reason: string; legalBasis: string };
  release_withdrawn: { room: string; what: readonly AbroadPart[]; reason: string };
}

export interface ChatLeft {
  readonly reason?: string;
  /** True if people on a platform that was left get no messages, not even the number and the remaining time. */
  readonly quiet?: true;
  /** True if chat is down in the story of a drill only. */
  readonly played?: true;
  /** Removed rooms of the incident, and the rooms added in their place. */
  readonly left: readonly Room[];
  readonly added: readonly Room[];
  /** Platforms on which the incident continues; on any other platform nobody gets messages and nothing can be read. */
  readonly platforms: readonly string[];
}

export const deciders: Deciders<keyof typeof schemas> = {
  /**
   * Adds a room. Its location comes from the profile, otherwise from the incident, otherwise from the platform of the
   * actor's room. A room other than the actor's is added only by the bot itself: a statement about it by a person or a
   * token is not trusted.
   */
  add_room: (state, command, context) => {
    const id = roomId(command.room);
    if (hasLeft(state, command.room.platform)) return refused('chat_left');
    const before = state.rooms[id];
    // An assumed language does not replace what is known of the room.
    if (before && command.room.assumed) return nothing;
    const listed = (state.inForce ?? state.organisation)?.rooms.find((room) => roomId(room) === id);
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
    const isSame = before && JSON.stringify(before) === JSON.stringify(room);
    if (isSame && !state.turnedAbroad?.includes(id)) return nothing;
    return happened('room_added', { room });
  },
  /** Removes a room. The bot itself removes rooms that another company reads, also those left earlier. */
  remove_room: (state, { room }, { actor }) => {
    const isShared = actor === CLOCK_ACTOR;
    if (!(isShared ? roomOf(state, room) : state.rooms[room])) return refused('unknown_room', { field: 'room' });
    return happened('room_removed', { room, ...(isShared ? { why: 'shared' } : {}) });
  },
  /** Confirms a room that the profile does not list; from then on it shows the content. */
  confirm_room: (state, command) => {
    const room = state.rooms[command.room];
    if (!room) return refused('unknown_room', { field: 'room' });
    return room.unconfirmed ? happened('room_confirmed', { room: command.room }) : nothing;
  },
  /** Moves the incident out of every chat except the refuge, which must not be on the compromised platform. */
  leave_chat: leaveChat,
  return_to_chat: (state, command) =>
    state.chatLeft ? happened('chat_returned', { reason: command.reason }) : refused('chat_not_left'),
  release_abroad: (state, { type: _, ...command }) => {
    // A release needs a named person who is responsible; without a profile no person is named.
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
    return what.length === 0 ? nothing : happened('released_abroad', { ...command, what });
  },
  /** Withdraws all releases to a room: content shown earlier cannot be unseen, new content is withheld. */
  withdraw_release: (state, { room, reason }) => {
    const what = Object.keys(state.releases[room] ?? {}).filter((part): part is AbroadPart => part !== '');
    return what.length === 0
      ? refused('nothing_released', { field: 'room' })
      : happened('release_withdrawn', { room, what, reason });
  },
};

/**
 * Moves the incident out of every chat except the refuge. A refuge on the compromised platform itself does not count.
 * `played`: the chat fails only in a drill's story, so only the bot's own rooms remain.
 */
export function leaveChat(
  state: IncidentState,
  command: CommandOf<'leave_chat'>,
  { caller, elsewhere, onBehalf, played }: LeavingContext,
): Decision {
  const { chatLeft } = state;
  if (chatLeft && (played || chatLeft.quiet || !command.quiet)) return nothing;
  const quiet = command.quiet ? { quiet: true as const } : {};
  if (chatLeft) return happened('chat_left', { ...quiet, left: [], added: [], platforms: chatLeft.platforms });
  const own = elsewhere.own.map((room) => room.platform);
  const doubted = (onBehalf === undefined ? caller : state.people[onBehalf])?.account?.platform;
  const refuge = elsewhere.refuge.filter((room) => own.includes(room.platform) || room.platform !== doubted);
  const target = refuge.length > 0 && !played ? refuge : elsewhere.own;
  if (target.length === 0) return refused('no_refuge');
  const platforms = [...new Set([...own, ...target.map((room) => room.platform)])];
  return happened('chat_left', {
    ...(command.reason === undefined ? {} : { reason: command.reason }),
    ...quiet,
    ...(played ? { played } : {}),
    left: Object.values(state.rooms).filter((room) => !platforms.includes(room.platform)),
    added: target.filter((room) => !state.rooms[roomId(room)]),
    platforms,
  });
}
type LeavingContext = Pick<DecisionContext, 'caller' | 'elsewhere' | 'onBehalf'> & { readonly played?: true };

export const reducers: Reducers<keyof Events> = {
  room_added: (s, p) => ({
    rooms: { ...s.rooms, [roomId(p.room)]: p.room },
    homeRoom: s.homeRoom === null || s.homeRoom === p.room.insteadOf ? roomId(p.room) : s.homeRoom,
  }),
  room_removed: (state, payload) => {
    const room = state.rooms[payload.room];
    return {
      rooms: Object.fromEntries(Object.entries(state.rooms).filter(([id]) => id !== payload.room)),
      homeRoom: state.homeRoom === payload.room ? null : state.homeRoom,
      ...(room ? { takenOff: { ...state.takenOff, [payload.room]: room } } : {}),
    };
  },
  room_confirmed: (state, payload) => {
    const room = state.rooms[payload.room];
    if (!room) return {};
    const { unconfirmed: _, ...known } = room;
    return { rooms: { ...state.rooms, [payload.room]: known } };
  },
  chat_left: (state, payload, stamp) => {
    if (state.chatLeft) return { chatLeft: { ...state.chatLeft, ...(payload.quiet ? { quiet: true } : {}) } };
    const gone = payload.left.map(roomId);
    const rooms = {
      ...Object.fromEntries(Object.entries(state.rooms).filter(([id]) => !gone.includes(id))),
      ...Object.fromEntries(payload.added.map((room) => [roomId(room), room])),
    };
    const home = state.homeRoom;
    const stays = home !== null && home in rooms;
    return {
      rooms,
      homeRoom: stays ? home : (Object.keys(rooms)[0] ?? null),
      chatLeft: { ...stamp, ...payload, home },
    };
  },
  chat_returned: (state) => {
    const { chatLeft } = state;
    if (!chatLeft) return {};
    const rooms = { ...state.rooms, ...Object.fromEntries(chatLeft.left.map((room) => [roomId(room), room])) };
    const home = chatLeft.home;
    return { rooms, homeRoom: home !== null && home in rooms ? home : state.homeRoom, chatLeft: null };
  },
  released_abroad: (state, { room, what, ...why }, stamp) => {
    const entry: Release = { ...stamp, ...why };
    const added = Object.fromEntries(what.map((part) => [part, entry]));
    return { releases: { ...state.releases, [room]: { ...state.releases[room], ...added } } };
  },
  release_withdrawn: (state, { room, what }) => {
    const kept = Object.entries(state.releases[room] ?? {}).filter(([part]) => !what.some((one) => one === part));
    return { releases: { ...state.releases, [room]: Object.fromEntries(kept) } };
  },
};

/** Parts that a draft contains. Releasing drafts requires each of them to be released by name. */
const IN_A_DRAFT = ['title', 'answers', 'texts', 'files', 'personal', 'tracing'] as const;

/**
 * Changes of rooms once the reporting entity changes. Its rooms in the profile are added; one removed by hand stays
 * removed until then. Rooms of an entity that no answer names any more, confirmed or not, are removed, except the room
 * of the declaration.
 */
export function roomsOfEntity(before: IncidentState | null, after: IncidentState): readonly IncidentEvent[] {
  const entity = entityOf(after)?.id;
  const { organisation, homeRoom } = after;
  if (!organisation || entity === undefined) return [];
  const earlier = before ? entitiesOf(before) : [];
  const now = entitiesOf(after);
  const left = earlier.filter((id) => !now.includes(id));
  return organisation.rooms.flatMap((room): readonly IncidentEvent[] => {
    const id = roomId(room);
    const isOwn = room.entities.includes(entity) && (!before || entityOf(before)?.id !== entity);
    if (isOwn && !after.rooms[id] && !hasLeft(after, room.platform))
      return [{ type: 'room_added', payload: { room: roomOfProfile(organisation, room) } }];
    const isOthers = room.entities.some((one) => left.includes(one)) && !room.entities.some((one) => now.includes(one));
    return isOthers && id in after.rooms && id !== homeRoom
      ? [{ type: 'room_removed', payload: { room: id, why: 'entity' } }]
      : [];
  });
}

/** Entities that the answers name, including those of answers that a second person has not replaced yet. */
function entitiesOf(state: IncidentState): readonly string[] {
  const all = [state, ...state.standing.map(({ facts }) => ({ ...state, facts }))];
  return all.flatMap((one) => entityOf(one)?.id ?? []);
}
