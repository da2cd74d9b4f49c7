import type { Action, Block, Card, Text, Tone } from './card.ts';

/** A card of one sentence that belongs to no incident, with what follows it. */
export function sentenceCard(text: Text, blocks: readonly Block[] = [], tone: Tone = 'calm'): Card {
  return { tone, drill: false, title: text, summary: text, blocks };
}

/** Buttons, if there are any. */
export function buttons(actions: readonly Action[]): readonly Block[] {
  return actions.length > 0 ? [{ kind: 'actions', actions }] : [];
}
