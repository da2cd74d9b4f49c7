import type { LocalField, LocalForm } from '../../../../conversation/cards/localise.ts';
import { parseCommand } from '../../../../conversation/text/commands/commands.ts';
import { translate } from '../../../../i18n/translate.ts';
import type { Language } from '../../../../incident/identity.ts';

/**
 * A form as lines, "label: what", and what was sent back. Whatever may be sent back as it came stands on the line of its
 * label; examples and options have lines of their own, which mean nothing when they come back with the rest.
 */
export type Values = Record<string, string | readonly string[]>;
/**
 * Openness of a form to text. `asked`: all text is meant for it, as nothing was asked since; `behind`: text that
 * answers nothing asked since; `aside`: only text that names a field, because the person gave another command.
 */
export const OPENNESS = ['asked', 'behind', 'aside'] as const;
export type Openness = (typeof OPENNESS)[number];

/** The fields as lines. How certain a text is stands at its end and has no line. */
export function linesOf(form: LocalForm, language: Language): readonly string[] {
  return form.fields
    .filter((field) => field.kind !== 'file' && !isCertainty(field))
    .flatMap((field) => [fieldLine(form, field, language), ...helpOf(field, language)]);
}

/** Instructions for answering a form. */
export function howTo(form: LocalForm, language: Language): readonly string[] {
  const only = onlyField(form);
  const certainty = form.fields.find(isCertainty);
  const words = (certainty?.options ?? []).map(({ value, label }) => [value, shortOf(label)] as const);
  const how = only ? howToOne(only) : 'wecom.form_lines';
  return [
    translate(language, how),
    ...(certainty ? [translate(language, 'wecom.form_certainty', Object.fromEntries(words))] : []),
  ];
}

function howToOne(field: LocalField) {
  if (field.kind === 'one') return 'wecom.form_choice';
  if (field.kind !== 'many') return 'wecom.form_one';
  return field.required ? 'wecom.form_choices' : 'wecom.form_choices_none';
}

function fieldLine(form: LocalForm, field: LocalField, language: Language): string {
  const colon = /[？?]$/.test(field.label) ? ' ' : colonOf(language);
  const value = 'options' in field || field.kind === 'file' ? '' : withCertainty(form, field.id, field.value, language);
  return `${field.required ? '* ' : ''}${field.label}${colon}${value}`;
}

function helpOf(field: LocalField, language: Language): readonly string[] {
  const isEmpty = 'value' in field && field.value === '';
  const options = 'options' in field ? field.options.map(({ label }, index) => `${index + 1}. ${label}`) : [];
  return [
    ...(options.length > 0 ? [translate(language, 'wecom.form_options', { options: options.join('  ') })] : []),
    ...(field.example !== undefined && isEmpty
      ? [translate(language, 'wecom.form_example', { example: field.example })]
      : []),
  ];
}

/** The one field that a line without a label fills; null where labels are needed. */
function onlyField({ fields }: LocalForm): LocalField | null {
  const asked = fields.filter((field) => field.required && field.kind !== 'file');
  const [only, more] = asked.length > 0 ? asked : fields.filter((field) => field.kind !== 'file');
  return only && !more ? only : null;
}

/** Values entered, merged over the earlier ones; null when the text is no answer to this form. */
export function valuesOf(form: LocalForm, text: string, language: Language, open: Openness = 'asked'): Values | null {
  const entered = labelled(form, text, language);
  const only = onlyField(form);
  if (entered.size === 0) {
    if (!only || !takes(only, text, open)) return null;
    entered.set(only.id, text.trim());
  }
  const values: Values = {};
  for (const field of form.fields) {
    if (field.kind === 'file') continue;
    const given = entered.get(field.id);
    values[field.id] ??= given === undefined ? field.value : 'options' in field ? chosen(field, given) : given;
    const certainty = given === undefined ? undefined : certaintyOf(form, field.id);
    if (!certainty || given === undefined || entered.has(certainty.id)) continue;
    const { text: bare, value } = certainOf(certainty, given);
    values[field.id] = bare;
    values[certainty.id] = value;
  }
  return values;
}

/** Returns true if the field accepts the text. Commands stay commands, and an answer goes to the latest question. */
function takes(field: LocalField, text: string, open: Openness): boolean {
  const command = parseCommand(text);
  if (open === 'aside') return false;
  if (command.type === 'unknown') return true;
  if (open === 'behind' || !isReply(command.type)) return false;
  // A number of an option is no text.
  return !(field.kind === 'text' && command.type === 'answer' && command.choices);
}

/** Returns true if the command answers a question rather than asking for something else. */
export function isReply(type: ReturnType<typeof parseCommand>['type']): boolean {
  return type === 'answer' || type === 'yes' || type === 'no' || type === 'dont_know';
}

function labelled(form: LocalForm, text: string, language: Language): Map<string, string> {
  const entered = new Map<string, string>();
  const help = new Set(form.fields.flatMap((field) => helpOf(field, language).map(squeezed)));
  const heads = [
    translate(language, 'wecom.form_options', { options: '' }),
    translate(language, 'wecom.form_example', { example: '' }),
  ].map((head) => head.trim());
  let last: string | null = null;
  for (const row of text.split('\n')) {
    const bare = row.replace(/^[\s*＊]+/, '').trimEnd();
    const found = namedField(form, bare);
    if (found) {
      last = found.field.id;
      entered.set(last, found.rest.replace(/^\s*[:：]\s*/, '').trim());
    } else if (last !== null && bare !== '' && !help.has(squeezed(bare))) {
      const before = entered.get(last) ?? '';
      // An example that was written over is what was meant.
      const head = before === '' ? heads.find((one) => bare.startsWith(one)) : undefined;
      entered.set(last, `${before}\n${bare.slice(head?.length ?? 0).trim()}`.trim());
    }
  }
  return entered;
}

/** The field a row names: by its label, the longest first, or by a part of it that no other label has ("receipt: …"). */
function namedField({ fields }: LocalForm, row: string): { readonly field: LocalField; readonly rest: string } | null {
  const exact = fields
    .toSorted((one, other) => other.label.length - one.label.length)
    .find(
      ({ label }) =>
        fold(row).startsWith(fold(label)) &&
        /^\s*[:：]/.test(`${/[？?]$/.test(label) ? ':' : ''}${row.slice(label.length)}`),
    );
  if (exact) return { field: exact, rest: row.slice(exact.label.length) };
  const [, name = '', rest = ''] = /^([^:：]{2,30})([:：].*)$/.exec(row) ?? [];
  const named = fields.filter((field) => !isCertainty(field) && fold(field.label).includes(fold(name.trim())));
  const [part, other] = name === '' ? [] : named;
  return part && !other ? { field: part, rest } : null;
}

/**
 * Options chosen by number or by name; "none" is no option. Any other text is passed on, so that the form reports it.
 */
function chosen(
  field: Extract<LocalField, { options: readonly unknown[] }>,
  given: string,
): string | readonly string[] {
  if (field.kind === 'many' && !field.required && parseCommand(given).type === 'no') return [];
  const parts = given.split(/[、,，;；\s]+/).filter((part) => part !== '');
  const whole = field.options.find((option) => fold(option.label) === fold(given));
  const values = (whole ? [whole.label] : parts).flatMap((part) => {
    const byNumber = /^\d{1,3}$/.test(part) ? field.options[Number(part) - 1] : undefined;
    const found = byNumber ?? field.options.find((option) => fold(option.label) === fold(part));
    return [found ? found.value : part];
  });
  if (field.kind === 'many') return values;
  return values.length === 1 ? (values[0] ?? given) : given;
}

/** Ticks about the text of another field: estimated, not yet known. */
type Certainty = Extract<LocalField, { kind: 'many' }>;
function isCertainty(field: LocalField): field is Certainty {
  return field.kind === 'many' && field.of !== undefined;
}
function certaintyOf({ fields }: LocalForm, of: string): Certainty | undefined {
  return fields.filter(isCertainty).find((field) => field.of === of);
}

/** A text as it stands, with how certain it is: "about 1.2 million (estimate)". */
function withCertainty(form: LocalForm, id: string, text: string, language: Language): string {
  const certainty = certaintyOf(form, id);
  const ticked = certainty?.options.find(({ value }) => certainty.value.includes(value));
  if (!ticked) return text;
  const short = shortOf(ticked.label);
  return text === '' ? short : language === 'en' ? `${text} (${short})` : `${text}（${short}）`;
}

/** Value with its certainty. "Not known" is one only on its own: behind other words it belongs to them. */
function certainOf({ options }: Certainty, given: string): { readonly text: string; readonly value: string[] } {
  for (const { value, label } of options) {
    const words = [fold(label), fold(shortOf(label))];
    if (words.includes(fold(given))) return { text: '', value: [value] };
    const end = /^(.*\S)\s*[（(，,；;]\s*([^（(，,；;]+?)\s*[)）]?$/s.exec(given);
    if (end && value !== 'unknown' && words.includes(fold(end[2] ?? ''))) return { text: end[1] ?? '', value: [value] };
  }
  return { text: given, value: [] };
}

/** 初步统计（估算） is typed as 估算. */
function shortOf(label: string): string {
  return /[（(]([^（()）]+)[)）]$/.exec(label)?.[1] ?? label;
}

export function colonOf(language: Language): string {
  return language === 'en' ? ': ' : '：';
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** Without spaces and what is added to make a text plain in markdown. */
function squeezed(text: string): string {
  return fold(text).replace(/[\s\u200b]/g, '');
}
