import type { MessageLanguage } from '../../i18n/translate.ts';
import type { Card, Text } from '../cards/card.ts';
import { localise } from '../cards/localise.ts';
import { actionsOf, noteBlock } from '../cards/sentence.ts';
import { joined, t } from '../cards/situation.ts';
import { isCommand } from '../text/commands/commands.ts';

/** Delivery of a message: its delay, and whether it may be a repetition. */
interface Delivered {
  readonly late?: { readonly seconds: number } | undefined;
  readonly possiblyRepeated?: boolean | undefined;
}

/** Notes that precede a message that is late or possibly repeated. */
export function deliveryNotes({ late, possiblyRepeated }: Delivered): readonly Text[] {
  const minutes = Math.floor((late?.seconds ?? 0) / 60);
  return [
    ...(minutes > 0 ? [t('remind.late', { minutes: { minutes } })] : []),
    ...(possiblyRepeated ? [t('remind.repeated')] : []),
  ];
}

/**
 * Sentence with the commands that can be typed instead of a card's buttons, for a text without buttons: "@ the bot and
 * send …". Null if there are none.
 */
export function waysOn(card: Card, language: MessageLanguage): string | null {
  const labels = card.blocks.flatMap(actionsOf).map(({ label }) => localise(label, language));
  const typed = labels.map((label) => label.replace(/…$/, '')).filter(isCommand);
  const commands = [...new Set(typed)]
    .slice(0, MOST_COMMANDS)
    .map((one) => t('remind.command', { command: { raw: one } }));
  return commands.length > 0 ? localise(t('remind.ways_on', { commands: joined(commands) }), language) : null;
}
const MOST_COMMANDS = 3;

export function withDelivery({ card, ...delivered }: Delivered & { readonly card: Card }): Card {
  const notes = deliveryNotes(delivered).map(noteBlock);
  return notes.length > 0 ? { ...card, blocks: [...notes, ...card.blocks] } : card;
}
