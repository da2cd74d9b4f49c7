import type { Action, Block, Card, Pair, RowMark, SurfaceKey, Text, Tone } from './card.ts';

/** Builders of the usual blocks of a card. */
export const textBlock = (text: Text): Block => ({ kind: 'text', text });
export const strongBlock = (text: Text): Block => ({ kind: 'text', text, strong: true });
export const noteBlock = (text: Text): Block => ({ kind: 'note', text });
export const actionBlock = (actions: readonly Action[]): Block => ({ kind: 'actions', actions });
/** Text block for a platform with rows: these label-value pairs, preceded by `sentence` if it is given. */
export const pairedBlock = (text: Text, pairs: readonly Pair[], sentence?: Text): Block => ({
  kind: 'text',
  text,
  split: sentence ? { sentence, pairs } : { pairs },
});
/** Entries of a list without absent ones (false, null, undefined). */
export function present<Entry>(...all: readonly (Entry | false | null | undefined)[]): readonly Entry[] {
  return all.filter((one): one is Entry => one !== false && one !== null && one !== undefined);
}
export const rowBlock = (mark: RowMark, text: Text, actions: readonly Action[] = []): Block => ({
  kind: 'row',
  mark,
  text,
  actions,
});

/** Card of one sentence that belongs to no incident, with the blocks below it. */
export function sentenceCard(text: Text, blocks: readonly Block[] = [], tone: Tone = 'calm'): Card {
  return { tone, drill: false, title: text, summary: text, blocks };
}

/** Text that another surface also shows: `key` names that surface, so that the text is not sent twice. */
export function shownBy(key: SurfaceKey, text: Text): Text {
  if ('list' in text) return { ...text, list: text.list.map((one) => shownBy(key, one)) };
  return 'key' in text ? { ...text, shownBy: key } : text;
}

/** Surface whose text contains the whole confirmation; null if none does, or if it is spread over several. */
export function surfaceSaying({ summary, blocks }: Pick<Card, 'summary' | 'blocks'>): SurfaceKey | null {
  const [first, ...others] = new Set(surfacesOf(summary));
  return blocks.length === 0 && others.length === 0 ? (first ?? null) : null;
}

function surfacesOf(text: Text): readonly (SurfaceKey | null)[] {
  if ('list' in text) return text.list.flatMap(surfacesOf);
  return ['key' in text ? (text.shownBy ?? null) : null];
}

/** Buttons of a block: on lines of their own, or in its row. */
export const actionsOf = (block: Block): readonly Action[] =>
  block.kind === 'actions' || block.kind === 'row' ? block.actions : [];

/** Block with other buttons in place of its own. */
export function withActions(block: Block, change: (actions: readonly Action[]) => readonly Action[]): Block {
  return block.kind === 'actions' || block.kind === 'row' ? { ...block, actions: change(block.actions) } : block;
}

export function buttons(actions: readonly Action[]): readonly Block[] {
  return actions.length > 0 ? [actionBlock(actions)] : [];
}
