import { type Account, type Language, type Room, type RoomId, roomId } from '../incident/identity.ts';
import { isTakenOut } from '../incident/people/people.ts';
import { hasLeft, isCalledFrom, isTakenOff, roomFromId, roomOf } from '../incident/rooms.ts';
import type { IncidentState } from '../incident/state.ts';
import { type Audience, type Visibility, visibility } from '../incident/visibility.ts';
import { isStillTheirs } from '../use-cases/directory/accounts.ts';
import type { EngineDependencies } from '../use-cases/engine.ts';
import { parseKey } from '../use-cases/notices/notice-key.ts';
import { inOrder, MAIL, platformsOf, TELEPHONE } from '../use-cases/notices/routes.ts';
import type { Destination, Mention, Messenger, Notice, Place, Store } from '../use-cases/ports.ts';

/** Destination of a notice now. */
export type Whereabouts =
  | {
      readonly kind: 'there';
      readonly messenger: Messenger;
      readonly place: Place;
      readonly language: Language;
      readonly ring: boolean;
      readonly mention?: Mention;
      readonly state: IncidentState | null;
      /** Visibility of the incident in that place. */
      readonly shown: Visibility;
    }
  /** Result for a person without a reachable account: a room gets the notice instead. */
  | { readonly kind: 'in_room'; readonly room: RoomId }
  /** Result while the incident's root message is not posted. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'nowhere'; readonly reason: string };

interface Needs extends Pick<EngineDependencies, 'profile' | 'links'> {
  readonly store: Store;
  readonly messengers: ReadonlyMap<string, Messenger>;
}
type ToPerson = Extract<Destination, { kind: 'person' }>;

/** Finds the place of a notice; one that cannot reach its person directly goes to the thread. */
export async function placeOf(notice: Notice, needs: Needs): Promise<Whereabouts> {
  const state = notice.incident === null ? null : await needs.store.incident(notice.incident);
  const to = notice.to;
  if (to.kind === 'room') return inRoom(to, notice, state, needs);
  if (to.kind === 'outside') return outside(to, state, needs);
  return toPerson(to, notice, state, needs);
}

/**
 * Place of the first available way to a person. Accounts of somebody who left the profile or the incident since the notice
 * was made get nothing but the replacement of earlier messages.
 */
async function toPerson(to: ToPerson, notice: Notice, state: IncidentState | null, needs: Needs): Promise<Whereabouts> {
  const isFile = notice.content.kind === 'file';
  const isLeft = ({ platform }: Account): boolean => state !== null && hasLeft(state, platform);
  const actor = parseKey(notice.key)?.to ?? null;
  const isBack = notice.content.kind === 'take_back';
  const accounts = [to.account, ...(to.others ?? [])]
    .filter((one) => isBack || isStillTheirs(state, actor, one, needs))
    .filter((one) => !isLeft(one) || (!isFile && state !== null && isCalledFrom(state, one.platform)))
    .toSorted((a, b) => Number(isLeft(a)) - Number(isLeft(b)));
  const gone = state !== null && hasLeft(state, to.account.platform);
  const room = gone ? state.homeRoom : to.otherwise;
  const ways: readonly Destination[] = [
    ...accounts.map((account) => ({ ...to, account })),
    ...(room === null ? [] : [{ kind: 'room', room, ring: false } as const]),
  ];
  for (const way of inOrder(ways, platformsOf(needs.messengers))) {
    const found =
      way.kind === 'person' ? await direct(way, state, needs) : await inTheirStead(way, notice, state, needs);
    if (found) return found;
  }
  return { kind: 'nowhere', reason: 'person_unreachable' };
}

/** Room that gets the notice of an unreachable person; a card made for rooms is sent once for all such persons. */
async function inTheirStead(
  way: Destination,
  notice: Notice,
  state: IncidentState | null,
  needs: Needs,
): Promise<Whereabouts | null> {
  if (way.kind !== 'room') return null;
  const { content } = notice;
  if (content.kind === 'card' && content.inRoom !== undefined) return { kind: 'in_room', room: way.room };
  return inRoom(way, notice, state, needs);
}

async function direct(
  { account, language }: ToPerson,
  state: IncidentState | null,
  { messengers, links }: Needs,
): Promise<Whereabouts | null> {
  const messenger = messengers.get(account.platform);
  if (!messenger?.canMessagePeople) return null;
  const place = await messenger.canMessagePeople.direct(account);
  if (!place) return null;
  const shown = shownTo(state, { kind: 'account', account, person: links?.personOf(account) ?? null });
  return { kind: 'there', messenger, place, language, ring: false, state, shown };
}

/** Restricts a notice for a place outside to content that may be read anywhere. */
function outside(
  { platform, tenant, address, language, mention }: Extract<Destination, { kind: 'outside' }>,
  state: IncidentState | null,
  needs: Needs,
): Whereabouts {
  const messenger = needs.messengers.get(platform);
  // A group robot posts in a chat, so it is excluded too when chat was left; only mail and the alarm remain.
  const chat = platform.replace(/-webhook$/, '');
  const gone = state !== null && chat !== platform && hasLeft(state, chat);
  if (!messenger || gone) return { kind: 'nowhere', reason: 'platform_off' };
  const now = addressNow(state, { platform, tenant, address }, needs);
  if (now === null) return { kind: 'nowhere', reason: 'person_unreachable' };
  return {
    kind: 'there',
    messenger,
    place: { tenant, address: now, thread: null },
    language,
    ring: true,
    ...(mention ? { mention } : {}),
    state,
    shown: shownTo(state, { kind: 'mail', address: now }),
  };
}

/**
 * Address outside as the profile has it now: a letter was addressed by the incident's copy of the profile. Null if its
 * person has none any more, or left the profile or the incident.
 */
function addressNow(
  state: IncidentState | null,
  { platform, tenant, address }: Pick<Extract<Destination, { kind: 'outside' }>, 'platform' | 'tenant' | 'address'>,
  { profile }: Pick<Needs, 'profile'>,
): string | null {
  if (platform !== MAIL && tenant !== TELEPHONE) return address;
  const before = state?.organisation?.people ?? [];
  const people = profile()?.people ?? before;
  const listed = [...people, ...before].find(({ id, email }) => [id, email].includes(address));
  const person = people.find(({ id }) => id === listed?.id);
  if (!person || (state !== null && isTakenOut(state, null, person.id))) return null;
  return platform === MAIL ? (person.email ?? null) : address;
}

/** Visibility for the audience of a notice; a notice without an incident is shown whole. */
function shownTo(state: IncidentState | null, audience: Audience): Visibility {
  return state ? visibility(state, audience) : { show: 'all' };
}

async function inRoom(
  to: Extract<Destination, { kind: 'room' }>,
  notice: Notice,
  state: IncidentState | null,
  needs: Needs,
): Promise<Whereabouts> {
  const room = (state && roomOf(state, to.room)) ?? roomFromId(to.room);
  const gone = state !== null && hasLeft(state, room.platform);
  // A left room gets only the final message, which replaces its card.
  if (gone && parseKey(notice.key)?.kind !== 'moved') return { kind: 'nowhere', reason: 'chat_left' };
  if (state && isTakenOff(state, room)) return { kind: 'nowhere', reason: 'room_removed' };
  const messenger = needs.messengers.get(room.platform);
  if (!messenger) return { kind: 'nowhere', reason: 'platform_off' };
  const shown = shownTo(state, { kind: 'room', room });
  const calls = { ring: to.ring, ...(to.mention ? { mention: to.mention } : {}) };
  const base = { messenger, language: to.language ?? room.language, ...calls, state, shown };
  if (notice.incident === null) return { kind: 'there', ...base, place: { ...addressOf(room), thread: null } };
  const root = await needs.store.surfaces.get(notice.incident, roomId(room), 'status');
  if (!root) return { kind: 'nowhere', reason: 'room_removed' };
  if (root.ref === null) return gone ? { kind: 'nowhere', reason: 'chat_left' } : { kind: 'waiting' };
  return { kind: 'there', ...base, place: { ...addressOf(room), thread: root.ref } };
}

function addressOf(room: Pick<Room, 'tenant' | 'address'>): { tenant: string; address: string } {
  return { tenant: room.tenant, address: room.address };
}
