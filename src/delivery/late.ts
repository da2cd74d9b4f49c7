import type { Card } from '../conversation/cards/card.ts';
import type { Situation } from '../conversation/cards/situation.ts';
import { withAnchor } from '../conversation/filing/changes-since-filing.ts';
import { awayCard } from '../conversation/reminding/call-cards.ts';
import { cardFor } from '../conversation/rooms/abroad.ts';
import type { IncidentState } from '../incident/state.ts';
import { isStopped } from '../incident/visibility.ts';
import { isWithheld } from '../use-cases/events-out/events.ts';
import { type Reminding, reminderNow, reminderOf } from '../use-cases/notices/late-reminders.ts';
import { formatKey, parseKey } from '../use-cases/notices/notice-key.ts';
import { wakes } from '../use-cases/notices/telephone.ts';
import type { Clock, Mention, Notice, OutboxStore, OutgoingEvent, Store } from '../use-cases/ports.ts';
import type { Whereabouts } from './places.ts';

/** Delay (ms) below which a reminder is not called late. */
const LATE_FROM = 60_000;
const DAY = 86_400_000;

export interface LateDependencies {
  readonly store: { readonly outbox: Pick<OutboxStore, 'get'> };
  readonly clock: Clock;
  readonly situation: (state: IncidentState) => Situation;
}

/** Reason why a late reminder is no longer sent. */
export type Over = 'superseded' | 'settled';
export type Said =
  | { readonly kind: 'says'; readonly card: Card; readonly ring: boolean; readonly mention?: Mention }
  /** A newer notice for the same place is in flight and covers this one. */
  | { readonly kind: 'yields'; readonly to: Notice }
  | { readonly kind: 'over'; readonly outcome: Over };

/**
 * Content of a notice at the time it is sent. A late reminder states the current situation; it is dropped once a newer
 * reminder arrived in the same place, or nothing that it is about is open. A reminder therefore covers, and rings for,
 * all earlier unsent ones in the same place, which end only when it has arrived. On a platform that the incident left,
 * a notice has only the number of the incident and the time left.
 */
export async function saidNow(
  notice: Notice,
  there: Extract<Whereabouts, { kind: 'there' }>,
  deps: LateDependencies,
): Promise<Said> {
  const said = await currently(notice, there, deps);
  const { shown, state } = there;
  const isAway = shown.show === 'head' && shown.why === 'left';
  return said.kind === 'says' && isAway && state ? { ...said, card: awayCard(deps.situation(state)) } : said;
}

async function currently(
  notice: Notice,
  { state, ring, mention }: Extract<Whereabouts, { kind: 'there' }>,
  deps: LateDependencies,
): Promise<Said> {
  const asItIs: Said = { kind: 'says', card: notice.content.card, ring, ...(mention ? { mention } : {}) };
  const { content } = notice;
  if (isOldDigest(notice, deps)) return { kind: 'over', outcome: 'superseded' };
  if (content.kind === 'event' && state && isWithheld(state, content.event))
    return { kind: 'over', outcome: 'settled' };
  const reminder = notice.lane === 'reminder' && state ? reminderOf(state, notice) : null;
  if (!reminder || !state) return asItIs;
  const late = deps.clock.now() - notice.dueAt >= LATE_FROM;
  const unsaid = await unsaidBefore(reminder.earlier, deps);
  if (!late && unsaid.length === 0) return asItIs;
  const situation = deps.situation(state);
  const open = unsaid.filter((one) => reminderNow(situation, notice, one) !== null);
  const obligations = [reminder, ...open].flatMap(({ due }) => due.obligations);
  const card = reminderNow(situation, notice, reminder, obligations);
  if (!card) return late ? { kind: 'over', outcome: 'settled' } : asItIs;
  const newer = late ? await newerOf(reminder.later, deps) : null;
  if (newer === 'sent') return { kind: 'over', outcome: 'superseded' };
  if (newer) return { kind: 'yields', to: newer };
  const called = mention ?? open.findLast((one) => one.mention)?.mention;
  return { kind: 'says', card, ring: ring || open.some((one) => one.ring), ...(called ? { mention: called } : {}) };
}

/** Returns true for a digest older than a day: its deadlines are out of date, and a newer one says more. */
function isOldDigest({ incident, lane, dueAt }: Notice, { clock }: LateDependencies): boolean {
  return incident === null && lane === 'status' && clock.now() - dueAt >= DAY;
}

/** Returns true for a report from outside that somebody decided on before its notice was sent. */
export async function isDecided(
  { key, incident }: Pick<Notice, 'key' | 'incident'>,
  { store }: Pick<LateDependencies, 'store'>,
): Promise<boolean> {
  return incident === null && (await store.outbox.get(formatKey({ kind: 'settled', of: key }))) !== null;
}

/** Unsent reminders since the last delivered one, which covered all earlier ones. */
async function unsaidBefore(
  earlier: readonly Reminding[],
  { store }: LateDependencies,
): Promise<readonly (Reminding & { readonly ring: boolean; readonly mention?: Mention })[]> {
  const unsaid = [];
  for (const step of earlier.toReversed()) {
    const one = await store.outbox.get(step.key);
    if (one?.state === 'sent') break;
    if (!one) continue;
    const { ring = false, mention } = one.to.kind === 'room' ? one.to : {};
    unsaid.push({ ...step, ring, ...(mention ? { mention } : {}) });
  }
  return unsaid;
}

async function newerOf(later: readonly Reminding[], { store }: LateDependencies): Promise<Notice | 'sent' | null> {
  let waiting: Notice | null = null;
  for (const { key } of later.toReversed()) {
    const one = await store.outbox.get(key);
    if (one?.state === 'sent') return 'sent';
    if (one && one.state !== 'dead') waiting ??= one;
  }
  return waiting;
}

type There = Extract<Whereabouts, { kind: 'there' }>;

/**
 * Body for an attempt. A platform that drops duplicates gets the stored body byte for byte, so that it recognises it.
 * Otherwise a body that nobody has seen is rendered again, because it may be late by now or need the mark of a possible
 * repetition. Null if another process has claimed the notice.
 */
export async function bodyOf(
  notice: Notice,
  there: There,
  said: {
    readonly card: Card;
    readonly ring: boolean;
    readonly mention?: Mention;
    readonly repeated: boolean;
    readonly drops: boolean;
  },
  { clock, store }: { readonly clock: Pick<Clock, 'now'>; readonly store: Store },
): Promise<string | null> {
  if (notice.body !== null && said.drops) return notice.body;
  const late = clock.now() - notice.dueAt;
  const body = there.messenger.render({
    incident: notice.incident ?? '',
    card: await shownThere(notice, said.card, there, store),
    language: there.language,
    revision: there.state?.version ?? 0,
    surface: null,
    ring: said.ring,
    ...(notice.content.kind === 'event' ? { event: await eventOf(notice.content.event, notice, there, store) } : {}),
    ...(said.mention ? { mention: said.mention } : {}),
    ...(notice.to.kind === 'person' && isWaking(notice, there) ? { wakes: true } : {}),
    ...(notice.lane === 'reminder' && late >= LATE_FROM ? { late: { seconds: Math.round(late / 1000) } } : {}),
    ...(said.repeated ? { possiblyRepeated: true } : {}),
  });
  return (await store.outbox.keepBody(notice.key, notice.fence, body)) ? body : null;
}

function isWaking({ key }: Notice, { state }: There): boolean {
  const told = parseKey(key);
  return state !== null && told?.kind === 'told' && wakes(state, told.version);
}

/** Card of a notice, limited to content that the place may show. */
async function shownThere(notice: Notice, card: Card, there: There, store: Store): Promise<Card> {
  const shown = cardFor(await completed(notice, card, store), there.shown);
  // The hash of an anchor reveals nothing, so every place may show it.
  const isAnchor = notice.content.kind === 'card' && notice.content.anchor !== undefined;
  if (there.shown.show !== 'head' || isAnchor) return shown;
  // After a stop `cardFor` keeps the buttons that need no content, e.g. a second person's answer.
  const kept = shown.blocks.filter(({ kind }) => kind === 'actions' && isStopped(there.shown));
  return { ...shown, blocks: kept };
}

/** Card of an anchor with the hash of its entry; other cards are unchanged. */
async function completed({ incident, content }: Notice, card: Card, store: Store): Promise<Card> {
  if (content.kind !== 'card' || content.anchor === undefined || incident === null) return card;
  const hash = await hashOf(incident, content.anchor, store);
  return hash === null ? card : withAnchor(card, hash);
}

/** Event for a time-stamping authority, with the hash of the entry. */
async function eventOf(
  event: OutgoingEvent,
  { incident }: Notice,
  { messenger }: There,
  store: Store,
): Promise<OutgoingEvent> {
  const hash = messenger.stamps && incident !== null ? await hashOf(incident, event.revision, store) : null;
  return hash === null ? event : { ...event, hash };
}

async function hashOf(incident: string, version: number, store: Store): Promise<string | null> {
  for await (const row of store.record(incident)) if (row.version === version) return row.hash;
  return null;
}
