import type {
  HeaderBlock,
  PlainTextElement,
  PlainTextOption,
  RichTextBlock,
  RichTextElement,
  SectionBlock,
} from '@slack/types';
import { cut, pieces } from '../../shared/card-text.ts';
import { LIMITS } from '../limits.ts';
import { hashOf, orSpace } from './text.ts';

/**
 * The few blocks our messages are made of. Texts are `plain_text` or `rich_text`, which Slack does not read as markup:
 * nothing a person wrote can mention, link or format. `emoji: false` leaves `:x:` as it was written.
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

/** Text as rich text: bold with the elements after it, or quoted. */
export function rich(text: string, after: readonly RichTextElement[] | 'quoted'): RichTextBlock {
  const words = orSpace(text);
  if (after === 'quoted')
    return { type: 'rich_text', elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text: words }] }] };
  const elements = [{ type: 'text' as const, text: words, style: { bold: true } }, ...after];
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

/** Splits a list into parts of at most `size`, each with the index of its first entry. */
export function batches<T>(all: readonly T[], size: number): readonly { readonly first: number; readonly some: T[] }[] {
  const starts = Array.from({ length: Math.ceil(all.length / size) }, (_, n) => n * size);
  return starts.map((first) => ({ first, some: all.slice(first, first + size) }));
}

/** List of all labels in full, numbered by position, if any was cut; else empty. */
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

/** Preselected options; Slack refuses an empty list of them. */
export function initially(options: readonly Option[], chosen: readonly string[]) {
  const initial = options.filter(({ value }) => chosen.includes(value)).map(plainOption);
  return initial.length > 0 ? { initial_options: initial } : {};
}

/** Returns the value, or its hash if it is longer than Slack allows; the form it belongs to resolves the hash. */
export function optionValue(value: string): string {
  if (value !== '' && value.length <= LIMITS.option.value && !value.startsWith('#')) return value;
  return `#${hashOf(value)}`;
}
