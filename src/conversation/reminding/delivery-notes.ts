import type { Block, Card, Text } from '../cards/card.ts';
import { t } from '../cards/situation.ts';

/** Facts about the delivery of a message. */
interface Delivered {
  readonly late?: { readonly seconds: number };
  readonly possiblyRepeated?: boolean;
}

/** Notes on a message that is late or possibly repeated, to stand in front of its content. */
export function deliveryNotes({ late, possiblyRepeated }: Delivered): readonly Text[] {
  const minutes = Math.floor((late?.seconds ?? 0) / 60);
  return [
    ...(minutes > 0 ? [t('remind.late', { minutes: { minutes } })] : []),
    ...(possiblyRepeated ? [t('remind.repeated')] : []),
  ];
}

/** Card with these notes. */
export function withDelivery({ card, ...delivered }: Delivered & { readonly card: Card }): Card {
  const notes = deliveryNotes(delivered).map((text): Block => ({ kind: 'note', text }));
  return notes.length > 0 ? { ...card, blocks: [...notes, ...card.blocks] } : card;
}
