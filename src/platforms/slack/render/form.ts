import { createHash } from 'node:crypto';
import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { LocalField, LocalForm } from '../../../conversation/cards/localise.ts';
import { type MessageLanguage, translate } from '../../../i18n/translate.ts';
import { LIMITS } from '../limits.ts';
import { header, plain, sections } from './blocks.ts';
import { optionValue, plainOption } from './choice.ts';
import { ticksTogether, togetherInputs, togetherValues } from './form-together.ts';
import { cut, orSpace } from './text.ts';

/** The one element of every input block; errors and values go by the block, which is named like the field. */
export const ENTRY = 'v';
export const FORM_CALLBACK = 'form';

/** Data of an open form. Contains a person's text only if the form was made from it. */
export const formMemorySchema = z.strictObject({
  form: z.string(),
  args: z.record(z.string(), z.string()),
  revision: z.number().int(),
  /** The channel it was opened in; its room is worked out again when it is submitted. */
  channel: z.string().optional(),
  /** A message the new incident was declared from: a candidate for awareness. */
  origin: z
    .strictObject({
      at: z.string(),
      author: z.string(),
      link: z.string(),
      text: z.string(),
      files: z.string().optional(),
    })
    .optional(),
});
export type FormMemory = z.infer<typeof formMemorySchema>;

/** A form as a modal. Fields whose present value is too long for Slack are shown as such and left as they are. */
export function formView(form: LocalForm, memory: string, language: MessageLanguage): ModalView {
  const isTitleCut = form.title.length > LIMITS.view.title;
  const together = ticksTogether(form);
  const last = together.at(-1);
  return {
    type: 'modal',
    callback_id: FORM_CALLBACK,
    title: plain(form.title, LIMITS.view.title),
    submit: plain(form.submit, LIMITS.view.submit),
    close: plain(translate(language, 'slack.cancel'), LIMITS.view.close),
    private_metadata: memory,
    blocks: [
      ...(isTitleCut ? [header(form.title), ...(form.title.length > LIMITS.header ? sections(form.title) : [])] : []),
      ...form.intro.flatMap((line) => sections(line)),
      ...form.fields.flatMap((field) => {
        if (field === last) return togetherInputs(form, together, ENTRY);
        return together.some((one) => one === field) ? [] : fieldBlocks(field, language);
      }),
    ],
  };
}

export function isTooLongHere(field: LocalField): boolean {
  return field.kind === 'text' && field.value.length > LIMITS.input.text;
}

/** A file goes into the thread, where the incident keeps it; the form has no input for it. */
type Enterable = Exclude<LocalField, { kind: 'file' }>;

function fieldBlocks(field: LocalField, language: MessageLanguage): readonly KnownBlock[] {
  if (field.kind === 'file') return [];
  if (isTooLongHere(field)) return sections(translate(language, 'slack.field_too_long', { label: field.label }));
  const options = 'options' in field ? field.options : [];
  const labels = options.map((option) => option.label);
  const shortened = labels.some((label) => label.length > LIMITS.option.text);
  const inFull = shortened ? sections(labels.map((label, i) => `${i + 1}. ${label}`).join('\n')) : [];
  return [...inFull, ...inputs(field, language)];
}

function inputs(field: Enterable, language: MessageLanguage): readonly InputBlock[] {
  const hint = hintOf(field, language);
  const input = {
    type: 'input' as const,
    block_id: blockOf(field.id),
    label: plain(field.label, LIMITS.input.label),
    optional: !field.required,
    ...(hint === '' ? {} : { hint: plain(hint, LIMITS.input.hint) }),
  };
  if (field.kind === 'many' && field.options.length > LIMITS.option.select) return manyGroups(field, input);
  return [{ ...input, element: elementOf(field) }];
}

/** Field ids longer than Slack's ids go by their hash. */
export function blockOf(fieldId: string): string {
  return fieldId.length <= LIMITS.id ? fieldId : createHash('sha256').update(fieldId).digest('base64url');
}

/** From here on the limit is worth a line: most never come near it, and Slack counts the last characters. */
const NEAR = 0.7;

/**
 * Hint of a field. An example is shown in the empty field, where it takes no space; instructions only where they
 * matter.
 */
function hintOf(field: LocalField, language: MessageLanguage): string {
  const limited =
    field.kind === 'text' && field.maxLength > LIMITS.input.text && field.value.length > NEAR * LIMITS.input.text;
  return [
    ...(field.hint === undefined ? [] : [field.hint]),
    ...(limited ? [translate(language, 'slack.field_limit', { max: LIMITS.input.text })] : []),
  ].join('\n');
}

function elementOf(field: Enterable): InputBlock['element'] {
  const placeholder = field.example === undefined ? {} : { placeholder: plain(field.example, LIMITS.placeholder) };
  switch (field.kind) {
    case 'text':
      return {
        type: 'plain_text_input',
        action_id: ENTRY,
        multiline: field.multiline,
        // The present value is never longer than the limit: Slack would refuse the whole form.
        max_length: Math.min(Math.max(field.maxLength, field.value.length), LIMITS.input.text),
        ...(field.value === '' ? {} : { initial_value: field.value }),
        ...placeholder,
      };
    case 'time':
    case 'number':
      return {
        type: 'plain_text_input',
        action_id: ENTRY,
        ...(field.value === '' ? {} : { initial_value: cut(field.value, LIMITS.input.text) }),
        ...placeholder,
      };
    case 'one':
      return oneOf(field);
    case 'many':
      return manyOf(field.options, field.value);
  }
}

type One = Extract<LocalField, { kind: 'one' }>;
function oneOf(field: One): InputBlock['element'] {
  const options = field.options.map((option) => plainOption(option.label, option.value));
  const chosen = options.find((_, index) => field.options[index]?.value === field.value);
  const initial = chosen ? { initial_option: chosen } : {};
  if (options.length <= LIMITS.option.checkboxes) {
    return { type: 'radio_buttons', action_id: ENTRY, options, ...initial };
  }
  const list = { type: 'static_select' as const, action_id: ENTRY, ...initial };
  if (options.length <= LIMITS.option.select) return { ...list, options };
  return { ...list, option_groups: groups(options, field.label) };
}

type Options = Extract<LocalField, { kind: 'many' }>['options'];
function manyOf(all: Options, value: readonly string[]): InputBlock['element'] {
  const options = all.map((option) => plainOption(option.label, option.value));
  const chosen = options.filter((_, index) => value.includes(all[index]?.value ?? ''));
  const initial = chosen.length > 0 ? { initial_options: chosen } : {};
  return options.length <= LIMITS.option.checkboxes
    ? { type: 'checkboxes', action_id: ENTRY, options, ...initial }
    : { type: 'multi_static_select', action_id: ENTRY, options, ...initial };
}

function manyGroups(field: Extract<LocalField, { kind: 'many' }>, input: Omit<InputBlock, 'element'>): InputBlock[] {
  const options = field.options.map((option) => plainOption(option.label, option.value));
  const chosen = options.filter((_, index) => field.value.includes(field.options[index]?.value ?? ''));
  const initial = chosen.length > 0 ? { initial_options: chosen } : {};
  const element = {
    type: 'multi_static_select' as const,
    action_id: ENTRY,
    option_groups: groups(options, field.label),
    ...initial,
  };
  return [{ ...input, type: 'input', element }];
}

function groups(options: ReturnType<typeof plainOption>[], label: string) {
  const parts = Array.from({ length: Math.ceil(options.length / LIMITS.option.select) }, (_, index) =>
    options.slice(index * LIMITS.option.select, (index + 1) * LIMITS.option.select),
  );
  return parts.map((part, index) => ({
    label: plain(`${orSpace(label)} ${index + 1}`, LIMITS.option.text),
    options: part,
  }));
}

/** Value of one input as Slack sends it. */
export interface Entered {
  readonly value?: string | null | undefined;
  readonly selected_option?: { readonly value: string } | null | undefined;
  readonly selected_options?: readonly { readonly value: string }[] | null | undefined;
}

/**
 * Entered values by field. `form` is the form as it looks now: it turns hashed option values back, and gives the values
 * of the fields that could not be shown.
 */
export function formValues(
  form: LocalForm,
  entered: Readonly<Record<string, Readonly<Record<string, Entered>>>>,
): Record<string, string | readonly string[]> {
  const together = ticksTogether(form);
  const chosenIn = (block: string): readonly string[] =>
    entered[block]?.[ENTRY]?.selected_options?.map(({ value }) => value) ?? [];
  const values: Record<string, string | readonly string[]> = { ...togetherValues(together, chosenIn) };
  for (const field of form.fields) {
    if (together.some((one) => one === field)) continue;
    const one = entered[blockOf(field.id)]?.[ENTRY];
    if (isTooLongHere(field)) values[field.id] = field.kind === 'text' ? field.value : '';
    else if (one) values[field.id] = enteredValue(one, field);
  }
  return values;
}

function enteredValue(entered: Entered, field: LocalField): string | readonly string[] {
  const back = (value: string): string => {
    if (!('options' in field)) return value;
    return field.options.find((option) => optionValue(option.value) === value)?.value ?? value;
  };
  if (entered.selected_options) return entered.selected_options.map((option) => back(option.value));
  if (entered.selected_option) return back(entered.selected_option.value);
  return entered.value ?? '';
}
