import type { MessageLanguage } from '../../i18n/translate.ts';
import type { Card } from './card.ts';
import { localiseCard } from './localise.ts';

/** A card in words only, for places without buttons or markup: title and summary first, each line once. */
export function plainWords(card: Card, language: MessageLanguage): string {
  const { title, summary, blocks } = localiseCard(card, language);
  const lines = blocks.flatMap((block) => {
    if (block.kind === 'actions' || block.kind === 'choices') return [];
    return [block.kind === 'quote' ? `${block.text}（${block.source}）` : block.text];
  });
  return [...new Set([title, summary, ...lines].map((line) => line.trim()))].filter((line) => line !== '').join('\n');
}
