import type { Block } from '../../../conversation/cards/card.ts';
import type { LocalAction, LocalBlock, LocalCard, LocalSplit } from '../../../conversation/cards/localise.ts';
import { translate } from '../../../i18n/translate.ts';
import { webLinks } from '../../shared/web-links.ts';
import { bytes, cutBytes, oneLine } from '../text/cut.ts';
import { bold, plainInMarkdown, quoted } from '../text/markdown.ts';
import type { About } from './compose.ts';
import { tagOf } from './head.ts';

/** One line of a message; lines of a higher rank are left out first where space is short. */
export interface Line {
  readonly rank: 0 | 1 | 2 | 3 | 4;
  readonly plain: string;
  readonly markdown: string;
  /** The line as a sentence and rows of a card, up to five rows of 26 characters each. */
  readonly split?: LocalSplit | undefined;
}

function isAnswer({ does }: LocalAction): boolean {
  return does.kind === 'intent' && does.intent.type === 'answer';
}

/** State of a row, in front of its text. */
export const ROW_MARKS = { done: '✅', partly: '◐', open: '○', urgent: '🔴' } as const;

interface Origin {
  /** The blocks of the card before they were put into words. */
  readonly blocks: readonly Block[];
  /** Number of blocks at the start that are about the delivery itself and are never left out. */
  readonly first: number;
  readonly surface: string | null;
}

/** The readable part of a card. */
export function linesOf(card: LocalCard, { blocks, first, surface }: Origin): readonly Line[] {
  const isQuestion = surface === 'question';
  return card.blocks.flatMap((block, index): readonly Line[] => {
    const line = lineWithRows(block, card.blocks[index + 1]);
    if (!line) return [];
    if (index < first) return [{ ...line, rank: 0 }];
    // The sentence on the next step is less important than the deadlines, unless it is a question.
    const made = blocks[index];
    const isNext = surface === 'status' && made?.kind === 'text' && made.next === true;
    if (isNext && !asks(card.blocks[index + 1])) return [{ ...line, rank: 3 }];
    // The note in front of a question states the effect of the answer: the writer waits for it.
    if (isQuestion && index === first && block.kind === 'note') return [{ ...line, rank: 1 }];
    // Below a verdict with its own buttons a mark shows the line of the answers.
    if (isQuestion && asks(card.blocks[index + 1]) && decides(card.blocks.slice(0, index))) return [marked(line)];
    // The note below a proposal says who has to agree.
    if (line.rank === 3 && isProposal(card.blocks[index + 1])) return [{ ...line, rank: 1 }];
    if (isReason(made)) return [{ ...line, rank: 3 }];
    // The view "why" lists everything that follows from a verdict.
    return isQuestion && line.rank === 1 ? [{ ...line, rank: 2 }] : [line];
  });
}

function decides(blocks: readonly LocalBlock[]): boolean {
  return blocks.some((block) => block.kind === 'actions' && block.actions.some(({ does }) => does.kind === 'intent'));
}

const marked = (line: Line): Line => ({ ...line, plain: `◆ ${line.plain}`, markdown: `◆ ${line.markdown}` });

function isProposal(next: LocalBlock | undefined): boolean {
  return (
    next?.kind === 'actions' && next.actions.some(({ does }) => does.kind === 'intent' && does.intent.type === 'second')
  );
}

/** The reasons of a verdict can be asked for. */
function isReason(block: Block | undefined): boolean {
  const text = block?.kind === 'text' ? block.text : null;
  const first = text && 'list' in text ? text.list[0] : text;
  return first != null && 'key' in first && first.key === 'verdict.because';
}

function lineWithRows(block: LocalBlock, next: LocalBlock | undefined): Line | null {
  const line = lineOf(block, next);
  const split = 'split' in block ? block.split : undefined;
  if (!line || !split) return line;
  return split.pairs.length > 0 ? { ...line, rank: line.rank === 0 ? 0 : 1, split } : { ...line, split };
}

function asks(next: LocalBlock | undefined): boolean {
  return next?.kind === 'choices' || (next?.kind === 'actions' && next.actions.some(isAnswer));
}

function lineOf(block: LocalBlock, next: LocalBlock | undefined): Line | null {
  switch (block.kind) {
    case 'text': {
      // Lines right above answers are their question.
      if (block.strong || asks(next)) return { rank: 0, plain: block.text, markdown: bold(block.text) };
      return { rank: 1, plain: block.text, markdown: plainInMarkdown(block.text) };
    }
    case 'clock':
      return { rank: 0, plain: block.text, markdown: bold(block.text) };
    case 'row': {
      const text = `${ROW_MARKS[block.mark]} ${block.text}`;
      return { rank: 2, plain: text, markdown: plainInMarkdown(text) };
    }
    case 'note':
      return { rank: 3, plain: block.text, markdown: plainInMarkdown(block.text) };
    case 'quote': {
      const text = `${block.text}（${block.source.replaceAll('。 · ', '；')}）`;
      return { rank: 4, plain: text, markdown: quoted(text) };
    }
    case 'choices':
    case 'actions':
      return null;
  }
}

/** The message as text, with its answers numbered. `end`: a last line that is never cut off. */
export function markdownOf(about: About, labels: readonly string[], end = ''): string {
  const { limits, message, local, lines, heading } = about;
  const rest = [
    ...lines.map((line) => line.markdown),
    ...labels.map((label, index) => `${index + 1}. ${plainInMarkdown(oneLine(label))}`),
    ...webLinks(local).map(({ label, url }) => `[${plainInMarkdown(label)}](${url})`),
  ].filter((part) => part !== '');
  // A single sentence needs no heading.
  const first = rest.length === 0 ? plainInMarkdown(heading) : bold(heading);
  const tag = heading.includes(message.incident) ? '' : tagOf(message.incident);
  const text = [`${tag}${first}`, ...rest].join('\n');
  const last = end === '' ? '' : `\n${end}`;
  const room = limits.markdown - bytes(last);
  return `${cutBytes(text || translate(message.language, 'wecom.nothing'), room)}${last}`;
}
