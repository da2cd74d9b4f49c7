import type { KnownBlock, RichTextElement } from '@slack/types';
import { type LocalBlock, type LocalCard, MARKS } from '../../../conversation/cards/localise.ts';
import { formatInstant } from '../../../i18n/format.ts';
import { type MessageLanguage, translate } from '../../../i18n/translate.ts';
import type { ClockSegment } from '../../../incident/record/events.ts';
import { LIMITS } from '../limits.ts';
import { isUsable } from './bind.ts';
import { bold, button, buttons, choiceBlocks, header, notes, quote, sections, type Where } from './blocks.ts';

export interface CardContext extends Omit<Where, 'id'> {
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
      return row(block, { ...context, id });
    case 'choices':
      return choiceBlocks(block.choice, { ...context, id });
    case 'actions':
      return buttons(block.actions, { ...context, id });
  }
}

/** One button stands beside its row, where a thumb finds it; several stand below. */
function row(block: Extract<LocalBlock, { kind: 'row' }>, where: Where): readonly KnownBlock[] {
  const text = sections(`${ROW_MARKS[block.mark]} ${block.text}`);
  const [only, ...others] = block.actions.filter(isUsable);
  const [first, ...rest] = text;
  const isBeside = others.length === 0 && rest.length === 0;
  if (first && only && isBeside && only.label.length <= LIMITS.button.text) {
    return [{ ...first, block_id: where.id, accessory: button(only, { ...where, id: `${where.id}.0` }) }];
  }
  return [...text, ...buttons(block.actions, where)];
}

const BEIJING_OFFSET = 8 * 3_600_000;
/** A place in a sentence for what is no text. */
const HOLE = '\u0000';

/**
 * The deadline once more, in the reader's own zone (Slack fills it in) and in UTC; the sentence before it has Beijing
 * time. Nothing while a drill is paused: there is no such instant then.
 */
export function dueLine(
  { due: at, segment }: Extract<LocalBlock, { kind: 'clock' }>,
  language: MessageLanguage,
): readonly RichTextElement[] {
  const due = wallTime(Date.parse(at), segment);
  if (due === null) return [];
  const rate = segment?.rate ?? 1;
  const key = rate === 1 ? 'slack.due_line' : 'slack.due_line_drill';
  // `formatInstant` writes Beijing time, so an instant eight hours earlier reads as UTC.
  const utc = formatInstant(new Date(due - BEIJING_OFFSET).toISOString(), language, 'short');
  const [before = '', after = ''] = translate(language, key, { yours: HOLE, utc, rate }).split(HOLE);
  return [
    { type: 'text', text: `\n${before}` },
    {
      type: 'date',
      timestamp: Math.floor(due / 1_000),
      format: '{date_short_pretty} {time}',
      fallback: formatInstant(new Date(due).toISOString(), language, 'full'),
    },
    ...(after === '' ? [] : [{ type: 'text' as const, text: after }]),
  ];
}

/** Wall time of an instant of incident time. */
function wallTime(incidentTime: number, segment: ClockSegment | undefined): number | null {
  if (!segment) return incidentTime;
  if (segment.rate === 0) return null;
  return Date.parse(segment.wall) + (incidentTime - Date.parse(segment.incidentTime)) / segment.rate;
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
