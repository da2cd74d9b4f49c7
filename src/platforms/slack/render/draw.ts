import type {
  ActionsBlock,
  Button,
  ConfirmationDialog,
  HeaderBlock,
  KnownBlock,
  PlainTextElement,
  PlainTextOption,
  RichTextBlock,
  RichTextElement,
  SectionBlock,
} from '@slack/types';
import { z } from 'zod';
import { formatInstant } from '../../../i18n/format.ts';
import { translate } from '../../../i18n/translate.ts';
import type { Language } from '../../../incident/identity.ts';
import { digest } from '../../../ops/digest.ts';
import { cut, pieces } from '../../shared/card-text.ts';
import type { Body, CardView, Drawing, Part, ViewButton } from '../../shared/card-view.ts';
import { LIMITS } from '../limits.ts';
import { callText, orSpace, plainTwin } from './text.ts';
import { encode } from './values.ts';

/**
 * Blocks used in our messages. Texts are `plain_text` or `rich_text`, which Slack does not parse as markup, so people's
 * text cannot mention, link or format. `emoji: false` keeps `:x:` as typed.
 */
export function plain(text: string, max: number): PlainTextElement {
  return { type: 'plain_text', text: cut(orSpace(text), max), emoji: false };
}

export function header(text: string): HeaderBlock {
  return { type: 'header', text: plain(text, LIMITS.header) };
}

export function sections(text: string): readonly SectionBlock[] {
  return pieces(text, LIMITS.section.text).map((part) => ({ type: 'section', text: plain(part, LIMITS.section.text) }));
}

/** Returns rich text: bold before the elements `after`, or quoted. */
function rich(text: string, after: readonly RichTextElement[] | 'quoted'): RichTextBlock {
  const own = { type: 'text', text: orSpace(text) } as const;
  if (after === 'quoted') return { type: 'rich_text', elements: [{ type: 'rich_text_quote', elements: [own] }] };
  const elements = [{ ...own, style: { bold: true } }, ...after];
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

/** Splits a list into parts of at most `size`, each with the index of its first entry. */
export function batches<T>(all: readonly T[], size: number): readonly { readonly first: number; readonly some: T[] }[] {
  const starts = Array.from({ length: Math.ceil(all.length / size) }, (_, n) => n * size);
  return starts.map((first) => ({ first, some: all.slice(first, first + size) }));
}

/** Returns a numbered list of all full labels if any was cut; else empty. */
export function fullLabels(labelled: readonly { readonly label: string }[], max: number): readonly SectionBlock[] {
  if (labelled.every(({ label }) => label.length <= max)) return [];
  return sections(labelled.map(({ label }, index) => `${index + 1}. ${label}`).join('\n'));
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

export function plainOption({ label, value }: Option): PlainTextOption {
  return { text: plain(label, LIMITS.option.text), value: optionValue(value) };
}

/** Returns preselected options; Slack refuses an empty list of them. */
export function initially(options: readonly Option[], chosen: readonly string[]) {
  const initial = options.filter(({ value }) => chosen.includes(value)).map(plainOption);
  return initial.length > 0 ? { initial_options: initial } : {};
}

/** Returns the value, or its hash if it is too long for Slack; the form resolves the hash. */
export function optionValue(value: string): string {
  if (value !== '' && value.length <= LIMITS.option.value && !value.startsWith('#')) return value;
  return `#${digest(value)}`;
}

/** Rendered message as stored for delivery: its wire body, and its button values. */
const bodySchema = z.object({
  text: z.string(),
  blocks: z.array(z.custom<KnownBlock>((value) => typeof value === 'object' && value !== null && 'type' in value)),
  /** True if the room is notified, not only the thread. */
  ring: z.boolean(),
  /** Values too long for a button, by hash. */
  kept: z.record(z.string(), z.string()),
});
export type MessageBody = z.infer<typeof bodySchema>;
export const readBody = (body: unknown): MessageBody => bodySchema.parse(body);

/** Drawing of cards as messages. Modals and the Home tab have twice as many blocks. */
export const drawing = drawingOf(LIMITS.message.blocks);
export const viewDrawing = drawingOf(LIMITS.view.blocks);

function drawingOf(most: number): Drawing {
  const { header: title, input, placeholder: example, section } = LIMITS;
  return {
    // More mentions would push the text off a phone's screen.
    limits: { title, inputText: input.text, example, called: 20, piece: section.text },
    rings: true,
    draw,
    fits: ({ blocks }: Body) => Array.isArray(blocks) && blocks.length <= most,
  };
}

/** State of drawing a card: its language, and values too long for a button, by hash. */
interface Pen {
  readonly language: Language;
  readonly kept: Record<string, string>;
}

function draw({ title, lines, rings, calls, language, parts }: CardView): Body {
  const kept: Record<string, string> = {};
  const call = callText(calls);
  const called: readonly KnownBlock[] = call === '' ? [] : [{ type: 'section', text: { type: 'mrkdwn', text: call } }];
  const shown = parts.flatMap((part, n) => {
    const [before, after] = [parts[n - 1], parts[n + 1]];
    // Single buttons are drawn beside their row, several below it.
    if (before && besideOf(before, part)) return [];
    const beside = after ? besideOf(part, after) : null;
    return blocksOf(part, `b${n}`, { language, kept }, beside);
  });
  const text = [call, plainTwin(lines)].filter(Boolean).join(' ');
  return { text, blocks: [header(title), ...shown, ...called], ring: rings, kept } satisfies MessageBody;
}

function besideOf(row: Part, part: Part): ViewButton | null {
  const isRow = row.kind === 'text' && row.isRow === true;
  const [only, ...others] = isRow && part.kind === 'buttons' ? part.buttons : [];
  return only && others.length === 0 && only.label.length <= LIMITS.button.text ? only : null;
}

function blocksOf(part: Part, id: string, pen: Pen, beside: ViewButton | null): readonly KnownBlock[] {
  if (part.kind === 'form') return ticks(part, id, pen);
  if (part.kind === 'buttons') return buttons(part.buttons, id, pen);
  const { text, size, clock } = part;
  if (size === 'heading') return [rich(text, clock ? dueLine(clock, pen.language) : [])];
  if (size === 'quote') return [rich(text, 'quoted')];
  if (size === 'small') return [{ type: 'context', elements: [plain(text, LIMITS.context.text)] }];
  const section = { type: 'section', text: plain(text, LIMITS.section.text) } as const;
  return [beside ? { ...section, block_id: id, accessory: button(beside, `${id}.0`, pen) } : section];
}

/** Draws buttons, 25 per block, below a list of labels that had to be cut. */
function buttons(given: readonly ViewButton[], id: string, pen: Pen): readonly KnownBlock[] {
  // Addresses too long for Slack are left out.
  const all = given.filter(({ does }) => !('url' in does) || does.url.length <= LIMITS.button.url);
  return [
    ...fullLabels(all, LIMITS.button.text),
    ...batches(all, LIMITS.actions.elements).map(({ first, some }): ActionsBlock => {
      const elements = some.map((one, index) => button(one, `${id}.${first + index}`, pen));
      return { type: 'actions', block_id: `${id}.${first}`, elements };
    }),
  ];
}

function button({ label, style, confirm, does }: ViewButton, action_id: string, { language, kept }: Pen): Button {
  const { title, text, button: most } = LIMITS.confirm;
  const sure = (question: string): ConfirmationDialog => ({
    title: plain(label, title),
    text: plain(question, text),
    confirm: plain(translate(language, 'slack.yes'), most),
    deny: plain(translate(language, 'act.cancel'), most),
    ...(style === 'danger' ? { style } : {}),
  });
  return {
    ...{ type: 'button', action_id, text: plain(label, LIMITS.button.text) },
    ...('url' in does ? { url: does.url } : { value: encode(does.value, kept) }),
    ...(style === undefined ? {} : { style }),
    ...(confirm === undefined ? {} : { confirm: sure(confirm) }),
  };
}

/** Returns the prefix of the block ids of one choice, by which its submit button finds the ticks. */
export function choiceBlockPrefix(fact: string): string {
  return `pick:${fact}:`;
}

/** Draws checkboxes, ten per block, then their submit button. */
function ticks(part: Extract<Part, { kind: 'form' }>, id: string, pen: Pen): readonly KnownBlock[] {
  const { fields, submit, value } = part;
  const fact = value.d.kind === 'ticks' ? value.d.fact : '';
  const boxes = fields.flatMap((field): readonly KnownBlock[] => {
    if (field.kind !== 'many') return [];
    const blocks = batches(field.options, LIMITS.option.checkboxes).map(({ first, some }): ActionsBlock => {
      const action_id = cut(`tick:${fact}:${first}`, LIMITS.id);
      const element = { type: 'checkboxes', action_id, options: some.map(plainOption) } as const;
      const elements = [{ ...element, ...initially(some, field.chosen) }];
      return { type: 'actions', block_id: cut(`${choiceBlockPrefix(fact)}${first}`, LIMITS.id), elements };
    });
    return [...fullLabels(field.options, LIMITS.option.text), ...blocks];
  });
  return [...boxes, ...buttons([{ label: submit, style: 'primary', does: { value } }], `${id}.submit`, pen)];
}

const BEIJING_OFFSET = 8 * 3_600_000;
/** Placeholder of the date in its sentence. */
const HOLE = '\u0000';

/**
 * Returns the deadline in the reader's time zone (filled in by Slack) and in UTC; the sentence before has Beijing time.
 * Empty while a drill is paused, which has no such instant.
 */
export function dueLine(
  { due: at, segment }: NonNullable<Extract<Part, { kind: 'text' }>['clock']>,
  language: Language,
): readonly RichTextElement[] {
  const rate = segment?.rate ?? 1;
  if (rate === 0) return [];
  // The clock of a drill is converted to wall time.
  const [wall, from] = segment ? [segment.wall, segment.incidentTime] : [at, at];
  const due = Date.parse(wall) + (Date.parse(at) - Date.parse(from)) / rate;
  const key = rate === 1 ? 'slack.due_line' : 'slack.due_line_drill';
  // The instant is moved by eight hours, because `formatInstant` writes Beijing time and UTC is needed.
  const utc = formatInstant(new Date(due - BEIJING_OFFSET).toISOString(), language, 'short');
  const [before = '', after = ''] = translate(language, key, { yours: HOLE, utc, rate }).split(HOLE);
  const fallback = formatInstant(new Date(due).toISOString(), language, 'full');
  return [
    { type: 'text', text: `\n${before}` },
    { type: 'date', timestamp: Math.floor(due / 1_000), format: '{date_short_pretty} {time}', fallback },
    ...(after === '' ? [] : [{ type: 'text' as const, text: after }]),
  ];
}
