import type { Card } from '../conversation/cards/card.ts';
import { withheldCard } from '../conversation/rooms/abroad.ts';
import { type RoomId, roomId } from '../incident/identity.ts';
import { roomFromId } from '../incident/rooms.ts';
import { visibility } from '../incident/visibility.ts';
import { formatKey, parseKey } from '../use-cases/notices/notice-key.ts';
import { isSettled } from '../use-cases/notices/settled.ts';
import type { NewNotice, Notice, NoticeContent, SendOutcome, Store } from '../use-cases/ports.ts';
import type { OutboxDependencies } from './outbox.ts';
import { placeOf, type Whereabouts } from './places.ts';

type There = Extract<Whereabouts, { kind: 'there' }>;
type TakeBack = Extract<NoticeContent, { kind: 'take_back' }>;
type Replaced =
  | { readonly kind: 'replaced'; readonly outcome: SendOutcome; readonly there: There }
  | { readonly kind: 'waits'; readonly until: number }
  | typeof DONE;
const DONE = { kind: 'done' } as const;

/** The whole incident may be shown to nobody any more: what the API sees is what is left. */
const API = { kind: 'api' } as const;

/**
 * Replaces a message that was sent before a state-secret stop, within the budget of edits; without one, adds a notice for
 * each of them. `done`: there is nothing more to do, also where a platform cannot edit what was sent.
 */
export async function replaceSent(
  notice: Notice,
  { card, of }: TakeBack,
  deps: Pick<
    OutboxDependencies,
    'store' | 'messengers' | 'isElsewhere' | 'outages' | 'budgets' | 'clock' | 'situation'
  >,
): Promise<Replaced> {
  const { store, messengers, outages, budgets, clock } = deps;
  if (notice.incident === null) return DONE;
  if (of === null || of === 'settled') {
    await store.outbox.add(await toReplace(notice.incident, card, of, deps));
    return DONE;
  }
  const at = of.place === null ? await roomOfPerson(notice, deps) : of.place;
  if (at === null) return DONE;
  const { platform, tenant, address, language } = roomFromId(at);
  const messenger = messengers.get(platform);
  const state = await store.incident(notice.incident);
  if (!state || !messenger?.canEdit) return DONE;
  const edit = { key: notice.key, incident: state.id, room: at };
  const shown = visibility(state, API);
  const until = budgets.takeBack(edit, clock.now(), state.stopped !== null);
  if (until !== null) return { kind: 'waits', until };
  const place = { tenant, address, thread: null };
  const own = notice.to.kind === 'room' ? (state.rooms[at]?.language ?? language) : notice.to.language;
  // Settled messages that are edited after a stop name nobody either.
  const left = state.stopped ? withheldCard(state, shown) : card;
  const about = { incident: state.id, revision: state.version, surface: null };
  const body = messenger.render({ ...about, card: left, language: own, ring: false });
  const outcome = await messenger.canEdit.edit(place, of.ref, body);
  outages.heard(platform, outcome);
  if (outcome.kind === 'refused' && outcome.retryAt !== undefined) budgets.pauseUntil(at, outcome.retryAt);
  // Nobody sees what was deleted.
  const isGone = outcome.kind === 'refused' && outcome.reason === 'gone';
  const there: There = { kind: 'there', messenger, place, language: own, ring: false, state, shown };
  return { kind: 'replaced', outcome: isGone ? { kind: 'sent', ref: of.ref } : outcome, there };
}

/** Direct conversation of whom the notice goes to; null if nothing reaches them there. */
async function roomOfPerson(notice: Notice, deps: Parameters<typeof placeOf>[1]): Promise<RoomId | null> {
  const found = await placeOf(notice, deps);
  return found.kind === 'there' ? roomId({ platform: found.messenger.platform, ...found.place }) : null;
}

/** Reminders and answers that arrived are on the record, with the place. */
async function toReplace(
  incident: string,
  card: Card,
  of: 'settled' | null,
  { store, situation }: Pick<OutboxDependencies, 'store' | 'situation'>,
): Promise<readonly NewNotice[]> {
  const events = await store.events(incident);
  const state = await store.incident(incident);
  if (!state) return [];
  const seen = of === 'settled' ? situation(state) : null;
  const isWanted = (notice: string): boolean => {
    const version = parseKey(notice)?.version ?? 0;
    const cause = events[version - 1]?.event;
    return seen === null || (cause !== undefined && isSettled(seen, cause, version));
  };
  const delivered = events.flatMap(({ event }, index) => {
    if (event.type === 'notice_delivered') {
      const arrived = ['sent', 'repeated'].includes(event.payload.outcome);
      return arrived && isWanted(event.payload.notice) ? [event.payload] : [];
    }
    // A filing told to the rooms holds the receipt; that it arrived is not on the record.
    if (event.type !== 'filing_recorded' || of === 'settled') return [];
    return Object.keys(state.rooms).map((room) => ({
      notice: formatKey({ kind: 'anchor', incident, version: index + 1, to: room }),
      room,
    }));
  });
  const found = await Promise.all(
    delivered.map(async ({ notice, room }) => ({ place: room, sent: await store.outbox.get(notice) })),
  );
  return found.flatMap(({ place, sent }) => {
    // Cards of a room stay: they say what was, and the cards beside them what is.
    if (!sent?.ref || (of === 'settled' && sent.to.kind !== 'person')) return [];
    return [replacing(sent, { place, ref: sent.ref }, card, of ?? 'back')];
  });
}

function replacing({ key, incident, to }: Notice, of: TakeBack['of'], card: Card, kind: 'back' | 'settled'): NewNotice {
  return {
    key: formatKey({ kind, of: key }),
    incident,
    lane: 'answer',
    to,
    content: { kind: 'take_back', card, of },
    dueAt: 0,
  };
}

/** A message that was under way when collection was stopped is replaced as soon as it has arrived. */
export async function sentAcrossStop(notice: Notice, ref: string, there: There, store: Store): Promise<void> {
  if (notice.incident === null || there.state?.stopped) return;
  const state = await store.incident(notice.incident);
  if (!state?.stopped) return;
  const place = roomId({ platform: there.messenger.platform, ...there.place });
  await store.outbox.add([replacing(notice, { place, ref }, withheldCard(state, visibility(state, API)), 'back')]);
}
