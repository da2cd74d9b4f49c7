import { type Sight, sightAbroad, sightOf, sightOfAccount } from '../conversation/abroad.ts';
import { type Language, type Room, roomId } from '../incident/identity.ts';
import { hasLeft, roomOf } from '../incident/rooms.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Destination, Messenger, Notice, Place, Store } from '../use-cases/ports.ts';

/** Where a notice goes right now. */
export type Whereabouts =
  | {
      readonly kind: 'there';
      readonly messenger: Messenger;
      readonly place: Place;
      readonly language: Language;
      readonly ring: boolean;
      readonly state: IncidentState | null;
      /** What of the card may be shown there. */
      readonly sight: Sight;
    }
  /** The incident's root message is not posted yet. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'nowhere'; readonly reason: string };

interface Needs {
  readonly store: Store;
  readonly messengers: ReadonlyMap<string, Messenger>;
}

/** Finds the place for a notice; a person who cannot be reached directly is written to in the thread instead. */
export async function placeOf(notice: Notice, needs: Needs): Promise<Whereabouts> {
  const state = notice.incident === null ? null : await needs.store.incident(notice.incident);
  const to = notice.to;
  if (to.kind === 'room') return inRoom(to, notice, state, needs);
  if (to.kind === 'outside') return outside(to, state, needs);
  const gone = state !== null && hasLeft(state, to.account.platform);
  const messenger = gone ? undefined : needs.messengers.get(to.account.platform);
  const direct = await messenger?.canMessagePeople?.direct(to.account);
  if (messenger && direct) {
    const sight = state ? sightOfAccount(state, to.account) : 'all';
    return { kind: 'there', messenger, place: direct, language: to.language, ring: false, state, sight };
  }
  const otherwise = gone ? state.homeRoom : to.otherwise;
  if (otherwise === null) return { kind: 'nowhere', reason: 'person_unreachable' };
  return inRoom({ kind: 'room', room: otherwise, ring: false }, notice, state, needs);
}

/** Nothing but what may be read anywhere goes to a place outside. */
function outside(
  { platform, tenant, address, language }: Extract<Destination, { kind: 'outside' }>,
  state: IncidentState | null,
  needs: Needs,
): Whereabouts {
  const messenger = needs.messengers.get(platform);
  // A group robot writes into a chat like any other; mail and the alarm are what remains when chat is left.
  const chat = platform.replace(/-webhook$/, '');
  const gone = state !== null && chat !== platform && hasLeft(state, chat);
  if (!messenger || gone) return { kind: 'nowhere', reason: 'platform_off' };
  return {
    kind: 'there',
    messenger,
    place: { tenant, address, thread: null },
    language,
    ring: true,
    state,
    sight: state?.organisation?.people.some((p) => p.email === address && p.location === 'abroad')
      ? sightAbroad(state)
      : 'all',
  };
}

async function inRoom(
  to: Extract<Destination, { kind: 'room' }>,
  notice: Notice,
  state: IncidentState | null,
  needs: Needs,
): Promise<Whereabouts> {
  const room = (state && roomOf(state, to.room)) ?? roomFromId(to.room);
  const gone = state !== null && hasLeft(state, room.platform);
  // In a room that was left only the last words are said, which replace what is there.
  if (gone && notice.key.split(':')[2] !== 'moved') return { kind: 'nowhere', reason: 'chat_left' };
  const messenger = needs.messengers.get(room.platform);
  if (!messenger) return { kind: 'nowhere', reason: 'platform_off' };
  const sight = state ? sightOf(state, room) : 'all';
  const base = { messenger, language: to.language ?? room.language, ring: to.ring, state, sight };
  if (notice.incident === null) return { kind: 'there', ...base, place: { ...addressOf(room), thread: null } };
  const root = await needs.store.surfaces.get(notice.incident, roomId(room), 'status');
  if (!root) return { kind: 'nowhere', reason: 'room_removed' };
  if (root.ref === null) return gone ? { kind: 'nowhere', reason: 'chat_left' } : { kind: 'waiting' };
  return { kind: 'there', ...base, place: { ...addressOf(room), thread: root.ref } };
}

function addressOf(room: Pick<Room, 'tenant' | 'address'>): { tenant: string; address: string } {
  return { tenant: room.tenant, address: room.address };
}

/** A room no incident knows (any more): only its address is left. */
function roomFromId(id: string): Room {
  const [platform = '', tenant = '', ...rest] = id.split('/');
  return { platform, tenant, address: rest.join('/'), location: 'home', language: 'zh-CN', open: false };
}
