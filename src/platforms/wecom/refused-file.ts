import type { Card } from '../../conversation/cards/card.ts';
import { sentenceCard } from '../../conversation/cards/sentence.ts';

/** A file that arrived and was refused: which one, and the reason there was. */
export function notKept(name: string, why: Card): Card {
  const actions = why.blocks.filter(({ kind }) => kind === 'actions');
  return sentenceCard({ key: 'wecom.file_refused', params: { name: { raw: name }, why: why.summary } }, actions);
}
