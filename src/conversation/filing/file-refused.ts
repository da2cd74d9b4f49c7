import type { Card, ViewRef } from '../cards/card.ts';
import { buttons, sentenceCard } from '../cards/sentence.ts';
import { plain, t, view } from '../cards/situation.ts';

/** Answer where a chat did not accept a file, e.g. a draft: why, and the text to be read instead. */
export function fileRefusedCard(name: string, reason: string, { args }: ViewRef): Card {
  const { incident = '', draft } = args;
  const read = view('read', t('act.read'), 'text', { incident, ...(draft === undefined ? {} : { draft }) });
  return sentenceCard(t('text.file_refused', { name: plain(name), reason: plain(reason) }), buttons([read]));
}
