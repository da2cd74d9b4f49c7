import { cardFor } from '../conversation/abroad.ts';
import { withAnchor } from '../conversation/anchor.ts';
import type { Card } from '../conversation/card.ts';
import type { Notice, Store } from '../use-cases/ports.ts';
import type { Whereabouts } from './places.ts';

type There = Extract<Whereabouts, { kind: 'there' }>;

/** The card of a notice as far as it may be shown in a place. */
export async function shownThere(notice: Notice, card: Card, there: There, store: Store): Promise<Card> {
  const shown = cardFor(await completed(notice, card, store), there.shown);
  // The hash of an anchor tells nothing and is for everybody.
  const isAnchor = notice.content.kind === 'card' && notice.content.anchor !== undefined;
  return there.shown.show === 'head' && !isAnchor ? { ...shown, blocks: [] } : shown;
}

/** With the hash of the entry of the record it anchors. */
async function completed({ incident, content }: Notice, card: Card, store: Store): Promise<Card> {
  if (content.kind !== 'card' || content.anchor === undefined || incident === null) return card;
  for await (const row of store.record(incident)) {
    if (row.version === content.anchor) return withAnchor(card, row.hash);
  }
  return card;
}
