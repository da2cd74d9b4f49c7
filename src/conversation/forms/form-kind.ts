import type { z } from 'zod';
import { type Command, commandSchema } from '../../incident/commands.ts';
import { readFuture, readPast } from '../asking/value-readings.ts';
import type { Form, FormField, Text } from '../cards/card.ts';
import { type Situation, t } from '../cards/situation.ts';

export type FormValues = Readonly<Record<string, string | readonly string[]>>;
export type FormErrors = Readonly<Record<string, Text>>;
export type Parsed = { readonly commands: readonly Command[] } | { readonly errors: FormErrors };
export type FormArgs = Readonly<Record<string, string>>;

/** Kind of form: its current fields, and the commands for its entries. */
export interface FormKind {
  /** Builds the form; null if there is nothing (any more) to fill in. */
  build(situation: Situation, args: FormArgs): Omit<Form, 'ref'> | null;
  parse(situation: Situation, args: FormArgs, values: FormValues): Parsed;
}

/** Result of a form without errors. */
export const parsed = (...commands: readonly Command[]): Parsed => ({ commands });

export function single(values: FormValues, id: string): string {
  const value = values[id];
  return (typeof value === 'string' ? value : (value?.[0] ?? '')).trim();
}
export function several(values: FormValues, id: string): readonly string[] {
  const value = values[id];
  if (value === undefined) return [];
  return typeof value === 'string' ? (value === '' ? [] : [value]) : value;
}

export function textField(
  id: string,
  label: Text,
  more: Partial<Omit<Extract<FormField, { kind: 'text' }>, 'kind' | 'id' | 'label'>> = {},
): FormField {
  return { kind: 'text', id, label, required: false, multiline: false, maxLength: 2_000, value: '', ...more };
}
export function timeField(
  id: string,
  label: Text,
  more: { required?: boolean; value?: string; hint?: Text; example?: Text; choices?: readonly Text[] } = {},
): FormField {
  return { kind: 'time', id, label, required: false, value: '', example: t('form.time_example'), ...more };
}
export function oneField(
  id: string,
  label: Text,
  options: Extract<FormField, { kind: 'one' }>['options'],
  value = '',
  required = true,
): FormField {
  return { kind: 'one', id, label, required, options, value };
}
type Many = Extract<FormField, { kind: 'many' }>;
export function manyField(
  id: string,
  label: Text,
  options: Many['options'],
  value: Many['value'] = [],
  more: Partial<Omit<Many, 'kind' | 'id' | 'label' | 'options' | 'value'>> = {},
): FormField {
  return { kind: 'many', id, label, required: false, options, value, ...more };
}
export function reasonField(required = true): FormField {
  return textField('reason', t('form.reason'), { required, multiline: true, hint: t('form.reason_hint') });
}

export function form(
  title: Text,
  fields: readonly FormField[],
  more: Partial<Pick<Form, 'intro' | 'submit' | 'preview'>> = {},
): Omit<Form, 'ref'> {
  return { title, intro: [], fields, submit: t('form.submit'), ...more };
}

/** Part of a command that is a time: one that has passed, or one to come. */
export interface TimePart {
  readonly is: 'past' | 'future';
  /** Field of the form, if named differently. */
  readonly field?: string;
  /** True if an empty field, or "not known", means now. */
  readonly orNow?: true;
}

/**
 * Returns a parser for forms whose fields and arguments are named like the command's parts; empty ones are omitted. The
 * schema of a part tells whether a number, one choice or several are meant: `speed: '10'` becomes 10.
 */
export function parseAs(type: Command['type'], times: Readonly<Record<string, TimePart>> = {}): FormKind['parse'] {
  const { type: _type, ...shape } = commandSchema.options.find((one) => one.shape.type.value === type)?.shape ?? {};
  const parts: readonly (readonly [string, z.ZodType])[] = Object.entries(shape);
  return ({ ia }, args, values) => {
    const all = { ...args, ...values };
    const given: Record<string, unknown> = {};
    for (const [part, schema] of parts) {
      const { is, field = part, orNow } = times[part] ?? {};
      const words = single(all, field);
      if (orNow) given[part] = ia.now;
      if (words === '') continue;
      const reading = is && (is === 'past' ? readPast(words, ia.now) : readFuture(words, ia.now));
      if (reading && !reading.ok) return { errors: { [field]: reading.error } };
      const entered = reading ? [reading.value] : [words, Number(words), several(all, field)];
      const fitting = entered.find((one) => schema.safeParse(one).success);
      if (fitting !== undefined) given[part] = fitting;
      else if (!orNow && !schema.safeParse(undefined).success)
        return { errors: { [field]: t(reading ? 'read.time.vague' : 'refuse.invalid') } };
    }
    const { data } = commandSchema.safeParse({ ...given, type });
    return data ? parsed(data) : { errors: { '': t('refuse.invalid') } };
  };
}

/** Form that asks for a reason only, e.g. to close. */
export function reasonForm(title: Text, type: Command['type'], more: Parameters<typeof form>[2] = {}): FormKind {
  return { build: () => form(title, [reasonField()], more), parse: parseAs(type) };
}

/** Errors of required fields that are empty and of texts that are too long; `null` if there are none. */
export function requiredErrors(built: Omit<Form, 'ref'> | null, values: FormValues): FormErrors | null {
  const errors: Record<string, Text> = {};
  for (const field of built?.fields ?? []) {
    const entered = several(values, field.id).join('').trim();
    if (field.required && entered === '')
      errors[field.id] = field.kind === 'one' ? t('form.choose') : t('form.required');
    if (field.kind === 'text' && [...entered].length > field.maxLength) {
      errors[field.id] = t('refusal.too_long', { max: { amount: field.maxLength } });
    }
    if ((field.kind === 'one' || field.kind === 'many') && entered !== '') {
      const isOption = (value: string) => field.options.some((option) => option.value === value);
      if (!several(values, field.id).every(isOption)) errors[field.id] = t('form.choose');
    }
  }
  return Object.keys(errors).length > 0 ? errors : null;
}
