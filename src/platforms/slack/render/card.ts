import type { KnownBlock } from '@slack/types';
import { type LocalAction, type LocalBlock, type LocalCard, MARKS } from '../../../conversation/cards/localise.ts';
import { type MessageLanguage, translate } from '../../../i18n/translate.ts';
import { LIMITS } from '../limits.ts';
import { dueLine } from '../send/clock.ts';
import { type Binding, isUsable } from './bind.ts';
import { bold, button, buttons, header, notes, quote, sections } from './blocks.ts';
import { choiceBlocks } from './choice.ts';

export interface CardContext {
  readonly binding: Binding;
  readonly language: MessageLanguage;
  /** Address at which the rest of a text too long for Slack can be read; null if none. */
  readonly consoleUrl: string | null;
  /** Lines above the card's own content: that it is late, that it may be repeated. */
  readonly before?: readonly string[];
}

/** The hollow ring, not a box: a box looks as if it could be ticked. */
const ROW_MARKS = { done: '✅', partly: '🟡', open: '○', urgent: '🔴' } as const;

/** Blocks of a card; at most `max` of them, with a final sentence if some were left out. */
export function cardBlocks(card: LocalCard, context: CardContext, max: number): readonly KnownBlock[] {
  const title = titleOf(card);
  const blocks: KnownBlock[] = [
    // A title that a header has no room for stands in full, once.
    ...(title.length > LIMITS.header ? bold(title) : [header(title)]),
    ...(context.before ?? []).flatMap((line) => notes(line)),
    ...card.blocks.flatMap((block, index) => blockOf(block, `b${index}`, context)),
  ];
  return within(blocks, max, context);
}

/** Title of a card, with a mark for the tone that the summary describes in words. */
export function titleOf(card: LocalCard): string {
  return `${MARKS[card.tone]} ${card.title}`;
}

function blockOf(block: LocalBlock, id: string, context: CardContext): readonly KnownBlock[] {
  switch (block.kind) {
    case 'text':
      return block.strong ? bold(block.text) : sections(block.text);
    case 'quote':
      return [...quote(block.text), ...notes(block.source)];
    case 'clock':
      return bold(block.text, dueLine(block, context.language));
    case 'note':
      return notes(block.text);
    case 'row':
      return row(block, id, context);
    case 'choices':
      return choiceBlocks(block.choice, { ...context, id });
    case 'actions':
      return buttons(block.actions, { ...context, id });
  }
}

/** One button stands beside its row, where a thumb finds it; several stand below. */
function row(block: Extract<LocalBlock, { kind: 'row' }>, id: string, context: CardContext): readonly KnownBlock[] {
  const text = sections(`${ROW_MARKS[block.mark]} ${block.text}`);
  const [only, ...others] = block.actions.filter(isUsable);
  const [first] = text;
  if (!only) return text;
  if (others.length === 0 && text.length === 1 && first && fits(only)) {
    return [{ ...first, block_id: id, accessory: button(only, { ...context, id: `${id}.0` }) }];
  }
  return [...text, ...buttons(block.actions, { ...context, id })];
}

function fits(action: LocalAction): boolean {
  return action.label.length <= LIMITS.button.text;
}

function within(blocks: readonly KnownBlock[], max: number, context: CardContext): readonly KnownBlock[] {
  if (blocks.length <= max) return blocks;
  const last = blocks.at(-1);
  const end = last?.type === 'actions' ? [last] : [];
  const kept = blocks.slice(0, max - 1 - end.length);
  const params = { n: blocks.length - kept.length - end.length };
  const sign = context.consoleUrl
    ? translate(context.language, 'slack.more_linked', { ...params, url: context.consoleUrl })
    : translate(context.language, 'slack.more', params);
  return [...kept, ...notes(sign).slice(0, 1), ...end];
}
