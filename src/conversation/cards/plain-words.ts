import type { MessageLanguage } from '../../i18n/translate.ts';
import type { Card } from './card.ts';
import { localiseCard } from './localise.ts';

/** A card in words only, for places without buttons or markup: the title first, each sentence once. */
export function plainWords(card: Card, language: MessageLanguage): string {
  const { title, summary, blocks } = localiseCard(card, language);
  // The summary is for notifications: a clock or a strong line says the same.
  const isSaid = blocks.some((block) => block.kind === 'clock' || (block.kind === 'text' && block.strong === true));
  const lines = blocks.flatMap((block) => {
    if (block.kind === 'actions' || block.kind === 'choices') return [];
    return [block.kind === 'quote' ? `${block.text}（${block.source}）` : block.text];
  });
  const below = [...(isSaid ? [] : [summary]), ...lines].map((line) => line.trim());
  const isNew = (line: string): boolean => line !== '' && !title.endsWith(line);
  return [...new Set([title, ...below.filter(isNew)])].join('\n');
}
