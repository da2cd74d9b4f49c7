import type { Card } from '../conversation/cards/card.ts';
import { sentenceCard } from '../conversation/cards/sentence.ts';
import { platformText, t } from '../conversation/cards/situation.ts';
import { SURFACE_KEYS } from '../conversation/cards/surfaces.ts';
import { movedCard, withheldCard } from '../conversation/rooms/abroad.ts';
import { type RoomId, roomId } from '../incident/identity.ts';
import { hasLeft, leftRooms, roomFromId } from '../incident/rooms.ts';
import type { IncidentState } from '../incident/state.ts';
import { visibility } from '../incident/visibility.ts';
import { parseKey } from '../use-cases/notices/notice-key.ts';
import { type Arrived, arrivedAbout, isMadeAfterStop, replacing } from '../use-cases/notices/sent-messages.ts';
import { settledBy, settledCard } from '../use-cases/notices/settled.ts';
import type { Messenger, NewNotice, Notice, NoticeContent, SendOutcome, Store } from '../use-cases/ports.ts';
import type { OutboxDependencies } from './outbox.ts';
import { placeOf, type Whereabouts } from './places.ts';

type There = Extract<Whereabouts, { kind: 'there' }>;
type TakeBack = Extract<NoticeContent, { kind: 'take_back' }>;
type Replaced =
  | { readonly kind: 'replaced'; readonly outcome: SendOutcome; readonly there: There }
  | { readonly kind: 'waits'; readonly until: number }
  | typeof DONE;
const DONE = { kind: 'done' } as const;

const notPossible: SendOutcome = { kind: 'refused', reason: 'invalid', detail: 'neither edited nor removed' };

/** Visibility of content that belongs to no incident. */
const EVERYTHING = { show: 'all' } as const;

/** Audience for replacing content that nobody may see any more: only the API's view remains. */
const API = { kind: 'api' } as const;

/**
 * Replaces a message that was sent before a state-secret stop, within the edit budget; for a whole scope, adds a notice
 * per message. `done`: nothing is left to do, also if the platform cannot edit the message.
 */
export async function replaceSent(
  notice: Notice,
  { card, of }: Pick<TakeBack, 'card' | 'of'>,
  deps: Pick<
    OutboxDependencies,
    'store' | 'messengers' | 'outages' | 'budgets' | 'clock' | 'situation' | 'profile' | 'links'
  >,
): Promise<Replaced> {
  const { store, messengers, outages, budgets, clock } = deps;
  if (of === null || typeof of === 'string' || 'room' in of) {
    if (notice.incident === null) return DONE;
    const each = await toReplace(notice, notice.incident, card, of, deps);
    await store.outbox.add(each);
    return of === 'settled' ? DONE : await untilDone(notice, each, deps);
  }
  if ('message' in of) {
    const told = await store.outbox.get(of.message);
    if (told?.ref) return replaceSent(notice, { card, of: { place: of.place, ref: told.ref } }, deps);
    const isOpen = told !== null && told.state !== 'dead';
    return isOpen ? { kind: 'waits', until: nextLook(clock.now(), notice.dueAt) } : DONE;
  }
  const at = of.place === null ? await roomOfPerson(notice, deps) : of.place;
  if (at === null) return DONE;
  const { platform, tenant, address, language } = roomFromId(at);
  const messenger = messengers.get(platform);
  // A message on a report that was set aside belongs to no incident.
  const state = notice.incident === null ? null : await store.incident(notice.incident);
  const way = wayTo(messenger, { isFile: of.isFile === true, ref: of.ref }, clock.now());
  if ((notice.incident !== null && !state) || !messenger || !way) return DONE;
  const incident = state?.id ?? '';
  const edit = { key: notice.key, incident, room: at };
  const shown = state ? visibility(state, API) : EVERYTHING;
  const isStopped = state !== null && state.stopped !== null;
  const until = budgets.takeBack(edit, clock.now(), isStopped);
  if (until !== null) return { kind: 'waits', until };
  const place = { tenant, address, thread: null };
  const own = notice.to.kind === 'room' ? (state?.rooms[at]?.language ?? language) : notice.to.language;
  // After a stop, or where chat was left, the replacement names nobody.
  const left = isStopped ? withheldCard(state, shown) : state && hasLeft(state, platform) ? movedCard(state) : card;
  const about = { incident, revision: state?.version ?? 0, surface: null };
  const body = messenger.render({ ...about, card: left, language: own, ring: false });
  const outcome =
    (await (way === 'edit'
      ? messenger.canEdit?.edit(place, of.ref, body)
      : messenger.canRemove?.remove(place, of.ref))) ?? notPossible;
  outages.heard(messenger, outcome);
  if (outcome.kind === 'refused' && outcome.retryAt !== undefined) budgets.pauseUntil(at, outcome.retryAt);
  // A deleted message is visible to nobody.
  const isGone = outcome.kind === 'refused' && outcome.reason === 'gone';
  const there: There = { kind: 'there', messenger, place, language: own, ring: false, state, shown };
  return { kind: 'replaced', outcome: isGone ? { kind: 'sent', ref: of.ref } : outcome, there };
}

/** Direct conversation with the recipient of a notice; null if the recipient cannot be reached directly. */
async function roomOfPerson(notice: Notice, deps: Parameters<typeof placeOf>[1]): Promise<RoomId | null> {
  const found = await placeOf(notice, deps);
  return found.kind === 'there' ? roomId({ platform: found.messenger.platform, ...found.place }) : null;
}

/**
 * Creates a notice for each message to be replaced: for `settled` those to people with nothing left to do, otherwise
 * all messages about the incident. One more notice reports how many no platform can change or remove.
 */
async function toReplace(
  notice: Notice,
  incident: string,
  card: Card,
  of: Scope,
  deps: Pick<OutboxDependencies, 'store' | 'situation' | 'messengers' | 'clock' | 'links'>,
): Promise<readonly NewNotice[]> {
  const { store, situation, messengers, clock } = deps;
  const state = await store.incident(incident);
  if (!state) return [];
  const arrived = (await arrivedAbout({ store }, incident)).filter(
    // Notices about the replacement itself stay.
    (one) => !one.notice.key.startsWith(`${notice.key}:`) && isMeant(state, one, of, deps),
  );
  if (of === 'settled') {
    const events = await store.events(incident);
    const seen = situation(state);
    return arrived.flatMap((one) => {
      const { key, to } = one.notice;
      const version = parseKey(key)?.version ?? 0;
      const cause = events[version - 1]?.event;
      // Cards in a room stay: they state the past, and the surfaces state the present. A card that can only be removed stays.
      const isOurs = to.kind === 'person' && messengers.get(platformOf(one))?.canEdit !== undefined;
      const end = isOurs && cause ? settledBy(seen, cause, version) : null;
      return end ? [replacing(one.notice, one, settledCard(seen, end), 'settled')] : [];
    });
  }
  const ways = arrived.map((one) => ({
    ...one,
    platform: platformOf(one),
    isFile: one.notice.content.kind === 'file',
  }));
  const isLeft = (one: (typeof ways)[number]): boolean => !wayTo(messengers.get(one.platform), one, clock.now());
  const cards = await cardsLeft(state, of, { store, messengers });
  return [
    ...ways.flatMap((one) => (isLeft(one) ? [] : [replacing(one.notice, one, card, 'back')])),
    ...saidLeft(notice, 'left', [...ways.filter(isLeft).map(({ platform }) => platform), ...cards]),
  ];
}

/** Scope of messages: all, those on left platforms, or those in a room read from abroad. */
type Scope = Exclude<TakeBack['of'], { readonly place: RoomId | null }>;

function isMeant(state: IncidentState, one: Arrived, of: Scope, { links }: Pick<OutboxDependencies, 'links'>): boolean {
  const { notice, place } = one;
  if (of === 'settled') return true;
  if (of === null) return !isMadeAfterStop(state, notice);
  if (of === 'left') {
    // Final messages and calls without content, sent when the incident left chat, stay.
    const isLater = (parseKey(notice.key)?.version ?? 0) >= (state.chatLeft?.version ?? 0);
    return !isLater && hasLeft(state, platformOf(one));
  }
  if (place === of.room) return true;
  const { to } = notice;
  if (to.kind !== 'person') return false;
  const { account } = to;
  return visibility(state, { kind: 'account', account, person: links?.personOf(account) ?? null }).show !== 'all';
}

/** Waits until every message is replaced or removed, then reports how many a platform refused. */
async function untilDone(
  notice: Notice,
  each: readonly NewNotice[],
  { store, clock }: Pick<OutboxDependencies, 'store' | 'clock'>,
): Promise<Replaced> {
  const taking = each.filter(({ content }) => content.kind === 'take_back');
  const now = await Promise.all(taking.map(({ key }) => store.outbox.get(key)));
  if (now.some((one) => one !== null && one.state !== 'sent' && one.state !== 'dead')) {
    return { kind: 'waits', until: nextLook(clock.now(), notice.dueAt) };
  }
  const refused = now.flatMap((one) => {
    const { content } = one ?? {};
    if (one?.state !== 'dead' || content?.kind !== 'take_back') return [];
    const { of } = content;
    const at = of !== null && typeof of === 'object' && 'place' in of ? of.place : null;
    return [at === null ? platformOfPerson(one) : roomFromId(at).platform];
  });
  await store.outbox.add(saidLeft(notice, 'refused', refused));
  return DONE;
}
const SHORTEST_WAIT = 5_000;
const LONGEST_WAIT = 10 * 60_000;

/** Time (whole epoch ms) of the next look at the messages of a notice due at `dueAt`: after a quarter of its age. */
export function nextLook(now: number, dueAt: number): number {
  return now + Math.min(LONGEST_WAIT, Math.max(SHORTEST_WAIT, Math.ceil((now - dueAt) / 4)));
}

/** Platforms of cards that cannot be replaced, one entry per card. */
async function cardsLeft(
  state: IncidentState,
  of: Scope,
  { store, messengers }: Pick<OutboxDependencies, 'store' | 'messengers'>,
): Promise<readonly string[]> {
  const { id } = state;
  const rooms = of === null ? Object.values(state.rooms) : of === 'left' ? leftRooms(state) : [];
  const still = rooms.filter(({ platform }) => {
    const messenger = messengers.get(platform);
    // Cards that can only be removed have notices of their own.
    return !messenger?.canEdit && !messenger?.canRemove;
  });
  const rows = await Promise.all(
    still.flatMap((room) => SURFACE_KEYS.map((key) => store.surfaces.get(id, roomId(room), key))),
  );
  return rows.flatMap((row) => (row?.ref ? [roomFromId(row.room).platform] : []));
}

function platformOf({ place, notice }: Arrived): string {
  return place === null ? platformOfPerson(notice) : roomFromId(place).platform;
}

function platformOfPerson({ to }: NewNotice): string {
  return to.kind === 'person' ? to.account.platform : '';
}

/** Way to replace a message: a file can only be removed, a card is preferably edited. */
function wayTo(
  messenger: Messenger | undefined,
  { isFile, ref }: { readonly isFile: boolean; readonly ref: string },
  now: number,
): 'edit' | 'remove' | null {
  if (messenger?.canEdit && !isFile) return 'edit';
  const { canRemove } = messenger ?? {};
  return canRemove && canRemove.reaches?.(ref, now) !== false ? 'remove' : null;
}

/** Notices to lead and room with the number of remaining messages per platform, for people to delete. */
function saidLeft(
  { key, incident, to, dueAt }: Notice,
  why: 'left' | 'refused',
  platforms: readonly string[],
): readonly NewNotice[] {
  const counts = Map.groupBy(platforms, (platform) => platform);
  if (counts.size === 0) return [];
  const list = [...counts].map(([platform, { length: n }]) => t('back.place', { platform: platformText(platform), n }));
  const places = { list, joiner: 'comma' } as const;
  const card = sentenceCard(t(`back.${why}`, { n: platforms.length, places }), [], 'urgent');
  const rest = { incident, lane: 'answer', content: { kind: 'card', card }, dueAt } as const;
  const room = to.kind === 'person' ? to.otherwise : null;
  return [
    { ...rest, key: `${key}:${why}`, to },
    ...(room === null
      ? []
      : [{ ...rest, key: `${key}:${why}:room`, to: { kind: 'room', room, ring: false } as const }]),
  ];
}

/** Replaces a message that was in flight when collection was stopped, once it has arrived. */
export async function sentAcrossStop(notice: Notice, ref: string, there: There, store: Store): Promise<void> {
  if (notice.incident === null || there.state?.stopped) return;
  const state = await store.incident(notice.incident);
  if (!state?.stopped) return;
  const place = roomId({ platform: there.messenger.platform, ...there.place });
  await store.outbox.add([replacing(notice, { place, ref }, withheldCard(state, visibility(state, API)), 'back')]);
}
