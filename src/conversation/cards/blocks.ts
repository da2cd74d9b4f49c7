import type { Action, Block, RowMark, Text } from './card.ts';

/** Builders of the usual blocks of a card. */
export const textBlock = (text: Text): Block => ({ kind: 'text', text });
export const strongBlock = (text: Text): Block => ({ kind: 'text', text, strong: true });
export const noteBlock = (text: Text): Block => ({ kind: 'note', text });
export const actionBlock = (actions: readonly Action[]): Block => ({ kind: 'actions', actions });
export const rowBlock = (mark: RowMark, text: Text, actions: readonly Action[] = []): Block => ({
  kind: 'row',
  mark,
  text,
  actions,
});
