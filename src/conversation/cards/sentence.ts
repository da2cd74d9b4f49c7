import { actionBlock } from './blocks.ts';
import type { Action, Block, Card, SurfaceKey, Text, Tone } from './card.ts';

/** Card of one sentence that belongs to no incident, with the blocks below it. */
export function sentenceCard(text: Text, blocks: readonly Block[] = [], tone: Tone = 'calm'): Card {
  return { tone, drill: false, title: text, summary: text, blocks };
}

/** Text that another surface also shows: `key` names that surface, so that the text is not sent twice. */
export function shownBy(key: SurfaceKey, text: Text): Text {
  if ('list' in text) return { ...text, list: text.list.map((one) => shownBy(key, one)) };
  return 'key' in text ? { ...text, shownBy: key } : text;
}

/**
 * Surface whose text contains the whole confirmation; null if a part is on no surface, or different parts are on
 * different surfaces.
 */
export function surfaceSaying({ summary, blocks }: Pick<Card, 'summary' | 'blocks'>): SurfaceKey | null {
  const [first, ...others] = new Set(surfacesOf(summary));
  return blocks.length === 0 && others.length === 0 ? (first ?? null) : null;
}

function surfacesOf(text: Text): readonly (SurfaceKey | null)[] {
  if ('list' in text) return text.list.flatMap(surfacesOf);
  return ['key' in text ? (text.shownBy ?? null) : null];
}

/** Buttons, if there are any. */
export function buttons(actions: readonly Action[]): readonly Block[] {
  return actions.length > 0 ? [actionBlock(actions)] : [];
}
