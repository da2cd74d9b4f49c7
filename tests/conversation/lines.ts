import type { Card } from '../../src/conversation/cards/card.ts';
import { localiseCard } from '../../src/conversation/cards/localise.ts';
import type { Language } from '../../src/incident/identity.ts';

/** Every text of a card, one a line. */
export function linesOf(card: Card, language: Language): string {
  return localiseCard(card, language)
    .blocks.flatMap((block) => ('text' in block ? [block.text] : []))
    .join('\n');
}
