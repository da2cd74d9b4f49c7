import { optionsNamed, typedForms } from '../conversation/asking/named-options.ts';
import type { LocalField, LocalForm } from '../conversation/cards/localise.ts';
import { yesOrNoIn } from '../conversation/text/commands/command-words.ts';
import type { TextCommand } from '../conversation/text/commands/commands.ts';
import { byName, type FieldRow, readRows } from '../conversation/text/commands/field-rows.ts';
import { translate } from '../i18n/translate.ts';
import type { Language } from '../incident/identity.ts';
import { searchable } from '../use-cases/list-row.ts';

/**
 * Form as lines, "label: value", and the lines sent back. A line that may be sent back unchanged starts with its label;
 * examples and options have lines of their own, which are ignored when sent back.
 */
export type Values = Record<string, string | readonly string[]>;
/**
 * Openness of a form to lines. `asked`: any text, because no question was posted since; `behind`: text that does not
 * answer a later question; `aside`: only text that names a field, because the person gave another command.
 */
export const OPENNESS = ['asked', 'behind', 'aside'] as const;
export type Openness = (typeof OPENNESS)[number];

/** Returns fields as lines. The certainty of a text is printed at the end of its line, not in a line of its own. */
export function linesOf(form: LocalForm, language: Language): readonly string[] {
  return form.fields
    .filter((field) => field.kind !== 'file' && !isCertainty(field))
    .flatMap((field) => [fieldLine(form, field, language), ...helpOf(field, language)]);
}

/** Returns a form as text: instructions, introduction, fields. */
export function asLines(form: LocalForm, language: Language): readonly string[] {
  return [...howTo(form, language), ...form.intro, ...linesOf(form, language)];
}

/** Returns the instructions for answering a form. */
function howTo(form: LocalForm, language: Language): readonly string[] {
  const only = onlyField(form);
  const certainty = form.fields.filter(isCertainty).find(({ options }) => options.length > 1);
  const words = (certainty?.options ?? []).map(({ value, label }) => [value, shortOf(label)] as const);
  const how = only ? howToOne(only) : 'form_lines.lines';
  return [
    translate(language, how),
    ...(certainty ? [translate(language, 'form_lines.certainty', Object.fromEntries(words))] : []),
  ];
}

function howToOne(field: LocalField) {
  if (field.kind === 'one') return 'form_lines.choice';
  if (field.kind !== 'many') return 'form_lines.one';
  return field.required ? 'form_lines.choices' : 'form_lines.choices_none';
}

/** Returns a line with label and value; chosen options are given as their numbers. */
function fieldLine(form: LocalForm, field: LocalField, language: Language): string {
  const colon = /[？?]$/.test(field.label) ? ' ' : colonOf(language);
  const value =
    field.kind === 'file'
      ? ''
      : 'options' in field
        ? numbersOf(field, language)
        : withCertainty(form, field.id, field.value, language);
  return `${field.required ? '* ' : ''}${field.label}${colon}${value}`;
}

function numbersOf({ options, value }: Choice, language: Language): string {
  const numbers = options.flatMap((option, index) => (value.includes(option.value) ? [String(index + 1)] : []));
  return numbers.join(language === 'en' ? ', ' : '、');
}
type Choice = Extract<LocalField, { options: readonly unknown[] }>;

const MOST_OPTIONS = 12;

function helpOf(field: LocalField, language: Language): readonly string[] {
  const isEmpty = 'value' in field && field.value === '';
  const all = 'options' in field ? field.options : [];
  // A long list would fill the message, so its options are typed by name and not listed.
  if (all.length > MOST_OPTIONS) return [translate(language, 'form_lines.example', { example: all[0]?.label ?? '' })];
  const options = all.map(({ label }, index) => `${index + 1}. ${label}`);
  return [
    ...(options.length > 0 ? [translate(language, 'form_lines.options', { options: options.join('  ') })] : []),
    ...(field.example !== undefined && isEmpty
      ? [translate(language, 'form_lines.example', { example: field.example })]
      : []),
  ];
}

/** Returns the field that a line without a label fills; null if labels are needed. */
function onlyField({ fields }: LocalForm): LocalField | null {
  const asked = fields.filter((field) => field.required && field.kind !== 'file');
  const [only, more] = asked.length > 0 ? asked : fields.filter((field) => field.kind !== 'file');
  return only && !more ? only : null;
}

/** Entered values, and the rows that name no field of the form. */
export interface Entered {
  readonly values: Values;
  readonly left: readonly FieldRow[];
}

/**
 * Returns entered values, merged over the earlier ones; null if the text does not answer this form. `command`: the
 * parsed line, so that a command or a report field keeps its meaning. `asked`: fields to be corrected; if there is only
 * one, a line without a label fills it.
 */
export function valuesOf(
  form: LocalForm,
  text: string,
  command: TextCommand,
  language: Language,
  { open = 'asked', earlier = {}, asked = [] }: { open?: Openness; earlier?: Values; asked?: readonly string[] } = {},
): Entered | null {
  const { entered, left } = labelled(form, text, language);
  const wrong = form.fields.filter(({ id }) => asked.includes(id));
  const only = wrong.length === 1 ? (wrong[0] ?? null) : onlyField(form);
  if (entered.size === 0) {
    const numbered = open === 'asked' && wrong.length === 0 ? inOrder(form, text) : null;
    if (numbered) return { values: merged(form, numbered, earlier), left: [] };
    if (!only || !takes(only, text, command, open)) return null;
    return { values: merged(form, new Map([[only.id, text.trim()]]), earlier), left: [] };
  }
  return { values: merged(form, entered, earlier), left };
}

/** Returns entries from a text with one number per choice, in order: "1、5、5、1". */
function inOrder({ fields }: LocalForm, text: string): ReadonlyMap<string, string> | null {
  const choices = fields.filter(({ kind }) => kind === 'one');
  if (choices.length < 2 || fields.some(({ kind, required }) => required && kind !== 'one')) return null;
  const numbers = /^\s*\d{1,2}(?:[\s、,，;；]+\d{1,2})+\s*$/.test(text) ? (text.match(/\d+/g) ?? []) : [];
  if (numbers.length !== choices.length) return null;
  return new Map(choices.map(({ id }, index) => [id, numbers[index] ?? '']));
}

/** Returns entries by field, merged over earlier ones; a field without an entry keeps its current value. */
export function merged(form: LocalForm, entered: ReadonlyMap<string, string>, earlier: Values): Values {
  const values: Values = { ...earlier };
  for (const field of form.fields) {
    if (field.kind === 'file') continue;
    const given = entered.get(field.id);
    if (given !== undefined) values[field.id] = 'options' in field ? chosen(field, given) : given;
    else values[field.id] ??= field.value;
    const certainty = given === undefined ? undefined : certaintyOf(form, field.id);
    if (!certainty || given === undefined || entered.has(certainty.id)) continue;
    const { text: bare, value } = certainOf(certainty, given);
    values[field.id] = bare;
    values[certainty.id] = value;
  }
  return values;
}

/** Returns true if the field accepts the text. A command stays a command; an answer belongs to the latest question. */
function takes(field: LocalField, text: string, command: TextCommand, open: Openness): boolean {
  if (open === 'aside') return false;
  if ('options' in field && optionsNamed(text, optionsAs(field))) return true;
  if (command.type === 'unknown') return true;
  if (open === 'behind' || !isReply(command.type)) return false;
  // A line with only the number of an option is no text.
  return !(field.kind === 'text' && command.type === 'answer' && command.choices);
}

/** Returns true if the command answers a question rather than asking for something else. */
export function isReply(type: TextCommand['type']): boolean {
  return type === 'answer' || type === 'yes' || type === 'no' || type === 'dont_know';
}

/** Returns entries by field, read as rows; help lines that are sent back are ignored. */
function labelled(form: LocalForm, text: string, language: Language) {
  const help = new Set(form.fields.flatMap((field) => helpOf(field, language).map(squeezed)));
  const heads = [
    translate(language, 'form_lines.options', { options: '' }),
    translate(language, 'form_lines.example', { example: '' }),
  ].map((head) => head.trim());
  const lines = text.split('\n').filter((row) => !help.has(squeezed(row)));
  const rows = readRows(lines.map((row) => byId(form, row)).join('\n'), (name) => namedField(form, name) !== null);
  const entered = new Map<string, string>();
  const left: FieldRow[] = [];
  for (const row of rows) {
    const field = row.field === undefined || isOfOtherItem(form, row) ? null : namedField(form, row.field);
    // An example line that the person changed and sent back is read as the value.
    const head = heads.find((one) => row.text.startsWith(one));
    if (field) entered.set(field.id, row.text.slice(head?.length ?? 0).trim());
    else left.push(row);
  }
  return { entered, left };
}

/** Returns true for a row about another item: "2 地点：…" in the form of item 3. */
function isOfOtherItem({ ref }: LocalForm, { n }: FieldRow): boolean {
  const item = /(\d+)$/.exec(ref.args['item'] ?? '')?.[1];
  return n !== undefined && item !== undefined && Number(item) !== n;
}

/** Returns a row with the field's id in place of its label, which may be long or end with a question mark. */
function byId({ fields }: LocalForm, row: string): string {
  const bare = row.replace(/^[\s*＊]+/, '').trimEnd();
  const exact = fields
    .toSorted((one, other) => other.label.length - one.label.length)
    .find(
      ({ label }) =>
        searchable(bare).startsWith(searchable(label)) &&
        /^\s*[:：]/.test(`${/[？?]$/.test(label) ? ':' : ''}${bare.slice(label.length)}`),
    );
  return exact ? `${exact.id}:${bare.slice(exact.label.length).replace(/^\s*[:：]/, '')}` : bare;
}

/**
 * Returns the field with a name: its id, its label, or a unique part of the label. A label of which a part begins with
 * the name precedes others: 回执 is 受理编号（回执编号）, not 暂无回执，因为.
 */
function namedField({ fields }: LocalForm, name: string): LocalField | null {
  const exact = fields.find(({ id }) => id === name);
  if (exact) return exact;
  if (name.length < 2) return null;
  const candidates = fields.filter((field) => !isCertainty(field));
  const named = byName(candidates, name, ({ label }) => [label]);
  const begun = named.filter(({ label }) =>
    label.split(/[(（]/).some((part) => searchable(part).trim().startsWith(searchable(name).trim())),
  );
  const [only, other] = named.length > 1 ? begun : named;
  return only && !other ? only : null;
}

/** Returns the options of a number or name; "none" chooses none. Other text is kept, so that the form reports it. */
function chosen(field: Choice, given: string): string | readonly string[] {
  if (field.kind === 'many' && !field.required && yesOrNoIn(searchable(given)) === false) return [];
  const whole = optionsNamed(given, optionsAs(field))?.map(({ value }) => value);
  const parts = given.split(/[、,，;；\s]+/).filter((part) => part !== '');
  const long = field.kind === 'one' ? onlyWith(field, given) : undefined;
  const values =
    whole ??
    (long
      ? [long.value]
      : parts.map((part) => byNumber(field, part) ?? onlyWith(field, part)?.value ?? unnamed(field, part)));
  if (field.kind === 'many') return values;
  return values.length === 1 ? (values[0] ?? given) : given;
}

const optionsAs = ({ options }: Choice) =>
  options.map(({ value, label }) => ({ value, isAlone: false, labels: typedForms(label) }));

/** Returns the value of the option with this number or label. */
function byNumber({ options }: Choice, part: string): string | undefined {
  const numbered = /^\d{1,3}$/.test(part) ? options[Number(part) - 1] : undefined;
  return (numbered ?? options.find(({ label }) => typedForms(label).includes(searchable(part))))?.value;
}

/** Returns text that names no option, marked so that it cannot equal an option's value. */
function unnamed({ options }: Choice, part: string): string {
  return options.some(({ value }) => value === part) ? `#${part}` : part;
}

/** Returns the only option of a long list whose label contains these words, e.g. 上海 for 上海市. */
function onlyWith({ options }: Choice, words: string): Choice['options'][number] | undefined {
  const found = options.filter(({ label }) => searchable(label).includes(searchable(words)));
  return options.length > MOST_OPTIONS && words.length > 1 && found.length === 1 ? found[0] : undefined;
}

/** Ticks about the text of another field: estimated, not known yet. */
type Certainty = Extract<LocalField, { kind: 'many' }>;
function isCertainty(field: LocalField): field is Certainty {
  return field.kind === 'many' && field.of !== undefined;
}
function certaintyOf({ fields }: LocalForm, of: string): Certainty | undefined {
  return fields.filter(isCertainty).find((field) => field.of === of);
}

/** Returns a text with its certainty: "about 1.2 million (estimate)". */
function withCertainty(form: LocalForm, id: string, text: string, language: Language): string {
  const certainty = certaintyOf(form, id);
  const ticked = certainty?.options.find(({ value }) => certainty.value.includes(value));
  if (!ticked) return text;
  const short = shortOf(ticked.label);
  return text === '' ? short : language === 'en' ? `${text} (${short})` : `${text}（${short}）`;
}

/** Returns a text and its certainty apart. "Not known" counts only if it is the whole text. */
function certainOf({ options }: Certainty, given: string): { readonly text: string; readonly value: string[] } {
  for (const { value, label } of options) {
    const words = [searchable(label), searchable(shortOf(label))];
    if (words.includes(searchable(given))) return { text: '', value: [value] };
    const end = /^(.*\S)\s*[（(，,；;]\s*([^（(，,；;]+?)\s*[)）]?$/s.exec(given);
    if (end && value !== 'unknown' && words.includes(searchable(end[2] ?? '')))
      return { text: end[1] ?? '', value: [value] };
  }
  return { text: given, value: [] };
}

/** Returns the short form of a label: 估算 for 初步统计（估算）. */
function shortOf(label: string): string {
  return /[（(]([^（()）]+)[)）]$/.exec(label)?.[1] ?? label;
}

export function colonOf(language: Language): string {
  return language === 'en' ? ': ' : '：';
}

/** Returns a text without spaces and without characters added to escape markdown. */
function squeezed(text: string): string {
  return searchable(text).replace(/[\s\u200b]/g, '');
}
