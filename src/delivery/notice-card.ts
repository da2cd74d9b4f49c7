import type { Card } from '../conversation/cards/card.ts';
import { withAnchor } from '../conversation/filing/changes-since-filing.ts';
import { cardFor } from '../conversation/rooms/abroad.ts';
import { parseKey } from '../use-cases/notices/notice-key.ts';
import { wakes } from '../use-cases/notices/telephone.ts';
import type { Clock, Mention, Notice, OutgoingEvent, Store } from '../use-cases/ports.ts';
import { LATE_FROM } from './late.ts';
import type { Whereabouts } from './places.ts';

type There = Extract<Whereabouts, { kind: 'there' }>;

/**
 * A platform that drops what it has already gets it byte for byte, so that it can tell it is the same. What nobody has
 * seen is rendered anew, for by now it may be late; so is what gets the mark of a possible repetition. Null if another
 * process has claimed it meanwhile.
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

/** The card of a notice as far as it may be shown in a place. */
async function shownThere(notice: Notice, card: Card, there: There, store: Store): Promise<Card> {
  const shown = cardFor(await completed(notice, card, store), there.shown);
  // The hash of an anchor reveals nothing and is for everybody.
  const isAnchor = notice.content.kind === 'card' && notice.content.anchor !== undefined;
  return there.shown.show === 'head' && !isAnchor ? { ...shown, blocks: [] } : shown;
}

/** Card completed with the hash of the entry of the record it anchors. */
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
