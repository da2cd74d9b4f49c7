import type { Command } from '../../incident/commands.ts';
import { itemsNow } from '../../report/items.ts';
import type { Action, FormRef, Text, ViewRef } from '../cards/card.ts';
import { type Situation, t } from '../cards/situation.ts';

/** Meaning of a line of text: commands, a form to fill in, a card to show, or a sentence that asks back. */
export type Meaning =
  | { readonly kind: 'commands'; readonly commands: readonly Command[] }
  | { readonly kind: 'form'; readonly ref: FormRef; readonly label: Text }
  | { readonly kind: 'view'; readonly ref: ViewRef }
  | { readonly kind: 'say'; readonly text: Text; readonly actions?: readonly Action[] };

export const commands = (...list: readonly Command[]): Meaning => ({ kind: 'commands', commands: list });
export const say = (text: Text): Meaning => ({ kind: 'say', text });

/** The item of that number. */
export function withItem(n: number | undefined, situation: Situation, then: (item: string) => Meaning): Meaning {
  const items = itemsNow(situation);
  const item = items.find((one) => one.n === n);
  return item ? then(item.id) : say(t('text.which_item', { n: items.length }));
}
