import type { Card, Text } from '../../../conversation/card.ts';
import { localise } from '../../../conversation/localise.ts';
import type { OutgoingMessage } from '../../../use-cases/ports.ts';
import { plainInMarkdown } from '../text/markdown.ts';
import { type ComposeOptions, compose } from './compose.ts';

/** What would raise the level is part of the verdict, in words of its own. */
const IN_THE_VERDICT: readonly string[] = ['said.would'];

/**
 * Whether the question that comes next begins with all of what an answer changed, so that it need not be said before it.
 * On a small card there may be no place for it.
 */
export function saysWhatChanged(
  said: Card,
  next: Pick<OutgoingMessage, 'incident' | 'card' | 'language' | 'revision' | 'surface'>,
  options: ComposeOptions,
): boolean {
  const [first] = next.card.blocks;
  if (first?.kind !== 'note') return false;
  const { card, markdown } = compose(next, options);
  const onCard = JSON.stringify(card);
  const isShown = (text: Text): boolean => {
    const words = localise(text, next.language);
    return markdown?.includes(plainInMarkdown(words)) || onCard.includes(JSON.stringify(words).slice(1, -1));
  };
  const missing = sentencesOf(said.summary).filter((one) => !('key' in one && IN_THE_VERDICT.includes(one.key)));
  return missing.length > 0 && missing.every(isShown);
}

function sentencesOf(text: Text): readonly Text[] {
  return 'list' in text ? text.list.flatMap(sentencesOf) : [text];
}
