import type { Block } from '../../../conversation/cards/card.ts';
import type { LocalAction, LocalBlock, LocalCard, LocalSplit } from '../../../conversation/cards/localise.ts';
import { tagOf } from '../../../conversation/text/commands/command-lead.ts';
import { translate } from '../../../i18n/translate.ts';
import type { Language } from '../../../incident/identity.ts';
import { entryOf } from '../../../law/lookup.ts';
import { webLinks } from '../../shared/does.ts';
import { CARD_COUNTS } from '../limits.ts';
import { bold, bytes, cut, cutBytes, fits, oneLine, plainInMarkdown, quoted, widthOf } from '../text.ts';
import type { About } from './compose.ts';
import type { ButtonCard, HorizontalRow } from './template.ts';

/** Line of a message; lines of higher rank are omitted first if space is short. */
export interface Line {
  readonly rank: 0 | 1 | 2 | 3 | 4;
  readonly plain: string;
  readonly markdown: string;
  /** Line as a sentence and rows of a card, up to five rows of 26 characters each. */
  readonly split?: LocalSplit | undefined;
}

function isAnswer({ does }: LocalAction): boolean {
  return does.kind === 'intent' && does.intent.type === 'answer';
}

/** State of a row, before its text. */
export const ROW_MARKS = { done: '✅', partly: '◐', open: '○', urgent: '🔴' } as const;

interface Origin {
  /** Blocks of the card before localisation. */
  readonly blocks: readonly Block[];
  /** Number of leading blocks about the delivery itself, which are never omitted. */
  readonly first: number;
  readonly surface: string | null;
}

/** Returns the readable part of a card as lines with ranks. */
export function linesOf(card: LocalCard, { blocks, first, surface }: Origin): readonly Line[] {
  const isQuestion = surface === 'question';
  return card.blocks.flatMap((block, index): readonly Line[] => {
    const line = lineOf(block, card.blocks[index + 1]);
    if (!line) return [];
    if (index < first) return [{ ...line, rank: 0 }];
    // Sentences on the next step are less important than the deadlines, unless they are a question.
    const made = blocks[index];
    const isNext = surface === 'status' && made?.kind === 'text' && made.next === true;
    if (isNext && !asks(card.blocks[index + 1])) return [{ ...line, rank: 3 }];
    // The note before a question states the effect of the answer, for which the writer waits.
    if (isQuestion && index === first && block.kind === 'note') return [{ ...line, rank: 1 }];
    // The note below a proposal says who has to agree.
    if (line.rank === 3 && isProposal(card.blocks[index + 1])) return [{ ...line, rank: 1 }];
    if (isReason(made)) return [{ ...line, rank: 3 }];
    // The view "why" lists everything that follows from a verdict.
    return isQuestion && line.rank === 1 ? [{ ...line, rank: 2 }] : [line];
  });
}

function isProposal(next: LocalBlock | undefined): boolean {
  return (
    next?.kind === 'actions' && next.actions.some(({ does }) => does.kind === 'intent' && does.intent.type === 'second')
  );
}

/** Returns true for the reasons of a verdict, which people can request. */
function isReason(block: Block | undefined): boolean {
  const text = block?.kind === 'text' ? block.text : null;
  const first = text && 'list' in text ? text.list[0] : text;
  return first != null && 'key' in first && first.key === 'verdict.because';
}

function asks(next: LocalBlock | undefined): boolean {
  return next?.kind === 'choices' || (next?.kind === 'actions' && next.actions.some(isAnswer));
}

const RANKS = { clock: 0, text: 1, row: 2, note: 3, quote: 4 } as const;

function lineOf(block: LocalBlock, next: LocalBlock | undefined): Line | null {
  if (block.kind === 'choices' || block.kind === 'actions') return null;
  // Lines right above answers are their question.
  const isStrong = block.kind === 'text' && (block.strong || asks(next));
  const rank = isStrong ? 0 : RANKS[block.kind];
  const split = 'split' in block ? block.split : undefined;
  const plain = plainOf(block);
  const markdown = rank === 0 ? bold(plain) : block.kind === 'quote' ? quoted(plain) : plainInMarkdown(plain);
  return { rank: split && split.pairs.length > 0 && rank > 0 ? 1 : rank, plain, markdown, split };
}

function plainOf(block: Extract<LocalBlock, { readonly text: string }>): string {
  if (block.kind === 'row') return `${ROW_MARKS[block.mark]} ${block.text}`;
  if (block.kind !== 'quote') return block.text;
  return block.copy ? `${block.source}\n${block.text}` : `${block.text}（${block.source.replaceAll('。 · ', '；')}）`;
}

/** Returns the message as text, with its answers numbered. `end`: a last line that is never cut. */
export function markdownOf(about: About, labels: readonly string[], end = ''): string {
  const { limits, message, local, lines, heading } = about;
  const rest = [
    ...lines.map((line) => line.markdown),
    ...labels.map((label, index) => `${index + 1}. ${plainInMarkdown(oneLine(label))}`),
    ...webLinks(local).map(({ label, url }) => `[${plainInMarkdown(label)}](${url})`),
  ].filter((part) => part !== '');
  // Single sentences need no heading.
  const first = rest.length === 0 ? plainInMarkdown(heading) : bold(heading);
  const tag = heading.includes(message.incident) ? '' : tagOf(message.incident);
  const text = [`${tag}${first}`, ...rest].join('\n');
  const last = end === '' ? '' : `\n${end}`;
  const room = limits.markdown - bytes(last);
  return `${cutBytes(text || translate(message.language, 'wecom.nothing'), room)}${last}`;
}

/** Readable part of a card with buttons. */
export type BodyText = Pick<ButtonCard, 'main_title' | 'sub_title_text' | 'horizontal_content_list'>;

/**
 * Returns title, text and rows of a card, `fixed` rows last; null if they do not all fit, so that a text must precede
 * the card. A card that is updated may shorten a list with a reference to the rest.
 */
export function bodyOf(about: About, fixed: readonly HorizontalRow[]): BodyText | null {
  const { message, head, limits, lines, full, inPlace } = about;
  const { main_title, left } = head;
  const { rows, text } = placed(lines, CARD_COUNTS.rows - fixed.length, full);
  const [first] = text;
  const asDescription =
    first && first.rank < 2 && left === '' && main_title.desc === undefined && fits(first.plain, limits.description);
  const below = asDescription ? text.slice(1) : text;
  const all: readonly Line[] = left === '' ? below : [{ rank: 0, plain: left, markdown: left }, ...below];
  const more = full ? null : moreOf(message.surface, message.language);
  const vital = cut(all.flatMap(({ rank, plain }) => (rank === 0 ? [plain] : [])).join('\n'), limits.subtitle);
  const words =
    wordsWithin(all, limits.subtitle, more, full) ??
    // A question is one message, without a text before the card: a button beside the question opens the rest.
    (message.surface === 'question' && more ? (askedWithin(all, limits.subtitle) ?? vital) : null) ??
    // Cards that replace the pressed one cannot have a message before them.
    (inPlace ? vital : null);
  if (words === null) return null;
  const horizontal_content_list = [...rows, ...fixed];
  return {
    main_title: asDescription ? { ...main_title, desc: first.plain } : main_title,
    ...(words === '' ? {} : { sub_title_text: words }),
    ...(horizontal_content_list.length > 0 ? { horizontal_content_list } : {}),
  };
}

/** Commands that show a whole list, by the card that shortens it. */
const LISTS: Readonly<Record<string, 'checklist' | 'tasks' | 'owed' | 'why'>> = {
  status: 'owed',
  tasks: 'tasks',
  checklist: 'checklist',
  question: 'why',
};

/** Line in place of `n` list entries; null if nothing may be omitted. */
type More = ((n: number) => string) | null;
function moreOf(surface: string | null, language: Language): More {
  const list = surface === null ? undefined : entryOf(LISTS, surface);
  return list ? (n) => translate(language, `wecom.rest.${list}`, { n }) : null;
}

/** Returns a body with a title only, for a card below the text that contains everything. */
export function bareBody({ message, limits, heading }: About): BodyText {
  const title = fits(heading, limits.title) ? heading : '';
  return { main_title: { title: title || translate(message.language, 'wecom.actions') } };
}

/** Places lines in the card's rows until none is free; the other lines stay text. `full`: without shorter wording. */
function placed(lines: readonly Line[], room: number, full: boolean) {
  const rows: HorizontalRow[] = [];
  const text = lines.flatMap((line): readonly Line[] => {
    const { split } = line;
    const own = split?.pairs.map(rowOf) ?? [];
    const isShort = own.every(
      ({ keyname, value }) => isFilled(keyname, CARD_COUNTS.rowKey) && isFilled(value, CARD_COUNTS.rowValue),
    );
    const isLess = full && own.length === 0;
    if (!split || isLess || !isShort || rows.length + own.length > room)
      return [{ ...line, plain: oneLine(line.plain) }];
    rows.push(...own);
    return split.sentence === undefined ? [] : [{ ...line, plain: oneLine(split.sentence) }];
  });
  return { rows, text };
}

function rowOf({ label, value, isName }: LocalSplit['pairs'][number]): HorizontalRow {
  const text = oneLine(value);
  return { keyname: oneLine(label), value: isName ? cut(text, CARD_COUNTS.rowValue) : text };
}

function isFilled(text: string, max: number): boolean {
  return text !== '' && fits(text, max);
}

/** Rank of list entries; lines of higher rank are explanations, available on request. */
const ENTRY = 2;

/**
 * Shortens the lines to `max` characters in their order: as many list entries as fit, with a line for the others, then
 * explanations. Null if that does not fit; `isAll`: nothing may be omitted.
 */
function wordsWithin(all: readonly Line[], max: number, more: More, isAll: boolean): string | null {
  const entries = all.filter(({ rank }) => rank === ENTRY);
  const kept = new Set(all.filter(({ rank }) => rank < ENTRY));
  // Each line but the last ends with a line feed.
  let used = sizeOf([...kept].map(({ plain }) => plain)) - 1;
  let best = -1;
  for (let n = 0, size = used; n <= entries.length && size <= max; n += 1) {
    const left = entries.length - n;
    if (left === 0 || (more && size + sizeOf(restOf(more, left)) <= max)) [best, used] = [n, size];
    size += sizeOf([entries[n]?.plain ?? '']);
  }
  if (best < 0) return null;
  for (const entry of entries.slice(0, best)) kept.add(entry);
  const end = restOf(more, entries.length - best);
  used += sizeOf(end);
  for (const line of all) {
    const size = sizeOf([line.plain]);
    if (line.rank <= ENTRY || used + size > max) continue;
    kept.add(line);
    used += size;
  }
  const words = [...all.flatMap((line) => (kept.has(line) ? [line.plain] : [])), ...end];
  return isAll && kept.size < all.length ? null : words.join('\n');
}

/** Returns a question's lines within `max` characters: all important ones, else question and last answer. */
function askedWithin(all: readonly Line[], max: number): string | null {
  const asked = all.findLast(({ rank }) => rank === 0);
  const fewer = all.map((line): Line => (line.rank === 0 && line !== asked ? { ...line, rank: ENTRY } : line));
  return wordsWithin(all, max, () => '', false) ?? wordsWithin(fewer, max, () => '', false);
}

/** Returns the line in place of entries without room. */
function restOf(more: More, left: number): readonly string[] {
  return left > 0 && more ? [more(left)].filter((line) => line !== '') : [];
}

/** Returns the width of lines with their line feeds. */
function sizeOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + widthOf(line) + 1, 0);
}
