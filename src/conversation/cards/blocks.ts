import type { Action, Block, Pair, RowMark, Text } from './card.ts';

/** Builders of the usual blocks of a card. */
export const textBlock = (text: Text): Block => ({ kind: 'text', text });
export const strongBlock = (text: Text): Block => ({ kind: 'text', text, strong: true });
export const noteBlock = (text: Text): Block => ({ kind: 'note', text });
export const actionBlock = (actions: readonly Action[]): Block => ({ kind: 'actions', actions });
/** Text that a platform with rows shows as these pairs, below a sentence if it needs one. */
export const pairedBlock = (text: Text, pairs: readonly Pair[], sentence?: Text): Block => ({
  kind: 'text',
  text,
  split: sentence ? { sentence, pairs } : { pairs },
});
/** Entries of a list without the absent ones. */
export function present<Entry>(...all: readonly (Entry | false | null | undefined)[]): readonly Entry[] {
  return all.filter((one): one is Entry => one !== false && one !== null && one !== undefined);
}
export const rowBlock = (mark: RowMark, text: Text, actions: readonly Action[] = []): Block => ({
  kind: 'row',
  mark,
  text,
  actions,
});
