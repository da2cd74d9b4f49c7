import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { LocalField, LocalForm } from '../../../conversation/cards/localise.ts';
import { type MessageLanguage, translate } from '../../../i18n/translate.ts';
import { digest } from '../../../ops/digest.ts';
import { isTooLong } from '../../shared/card-form.ts';
import { cut } from '../../shared/card-text.ts';
import { LIMITS } from '../limits.ts';
import type { EnteredValues } from '../shapes.ts';
import { batches, fullLabels, header, initially, optionValue, plain, plainOption, sections } from './draw.ts';
import { orSpace } from './text.ts';

const HERE = { inputText: LIMITS.input.text };
/** Id of the element in every input block; the block is named like its field, for errors and values. */
const ENTRY = 'v';

/** Draws a form as a modal. A field with a value too long for Slack shows a note, and keeps its value. */
export function formView(form: LocalForm, memory: string, language: MessageLanguage): ModalView {
  const isTitleCut = form.title.length > LIMITS.view.title;
  const together = ticksTogether(form);
  const last = together.at(-1);
  return {
    type: 'modal',
    callback_id: 'form',
    title: plain(form.title, LIMITS.view.title),
    submit: plain(form.submit, LIMITS.view.submit),
    close: plain(translate(language, 'act.cancel'), LIMITS.view.close),
    private_metadata: memory,
    blocks: [
      ...(isTitleCut ? [header(form.title), ...(form.title.length > LIMITS.header ? sections(form.title) : [])] : []),
      ...form.intro.flatMap((line) => sections(line)),
      ...form.fields.flatMap((field) => {
        if (field === last) return togetherInputs(form, together);
        return together.some((one) => one === field) ? [] : fieldBlocks(field, language);
      }),
    ],
  };
}

type Choosable = Extract<LocalField, { kind: 'one' | 'many' }>;

function fieldBlocks(field: LocalField, language: MessageLanguage): readonly KnownBlock[] {
  // Files are sent to the thread, where the incident stores them.
  if (field.kind === 'file') return [];
  if (isTooLong(field, HERE)) return sections(translate(language, 'chat.field_too_long', { label: field.label }));
  const hint = hintOf(field, language);
  return [
    ...fullLabels('options' in field ? field.options : [], LIMITS.option.text),
    {
      type: 'input',
      block_id: blockOf(field.id),
      label: plain(field.label, LIMITS.input.label),
      optional: !field.required,
      ...(hint === '' ? {} : { hint: plain(hint, LIMITS.input.hint) }),
      element: 'options' in field ? choiceElement(field) : textElement(field),
    },
  ];
}

/** Returns the block id of a field: its hash if it is too long for Slack. */
export function blockOf(fieldId: string): string {
  return fieldId.length <= LIMITS.id ? fieldId : digest(fieldId);
}

/** Length from which a note on the limit is shown; most texts are far shorter. */
const NEAR = 0.7 * LIMITS.input.text;

/** Returns a field's hint: the example is in the empty field; instructions are given only where needed. */
function hintOf(field: LocalField, language: MessageLanguage): string {
  const max = LIMITS.input.text;
  const isLimited = field.kind === 'text' && field.maxLength > max && field.value.length > NEAR;
  return [field.hint, isLimited ? translate(language, 'slack.field_limit', { max }) : ''].filter(Boolean).join('\n');
}

function textElement(field: Exclude<LocalField, Choosable | { kind: 'file' }>): InputBlock['element'] {
  const { example, value } = field;
  // The limit is never below the current length, or Slack would refuse the whole form.
  const longest = (max: number): number => Math.min(Math.max(max, value.length), LIMITS.input.text);
  return {
    type: 'plain_text_input',
    action_id: ENTRY,
    ...(field.kind === 'text' ? { multiline: field.multiline, max_length: longest(field.maxLength) } : {}),
    ...(value === '' ? {} : { initial_value: cut(value, LIMITS.input.text) }),
    ...(example === undefined ? {} : { placeholder: plain(example, LIMITS.placeholder) }),
  };
}

/** Returns radio buttons or checkboxes if Slack allows that many; otherwise a menu, in groups if too long. */
function choiceElement(field: Choosable): InputBlock['element'] {
  const options = field.options.map(plainOption);
  const isShort = options.length <= LIMITS.option.checkboxes;
  const { select, text } = LIMITS.option;
  const groups = batches(options, select).map(({ some }, index) => ({
    label: plain(`${orSpace(field.label)} ${index + 1}`, text),
    options: some,
  }));
  const offered = options.length <= select ? { options } : { option_groups: groups };
  if (field.kind === 'many') {
    const initial = initially(field.options, field.value);
    if (isShort) return { type: 'checkboxes', action_id: ENTRY, options, ...initial };
    return { type: 'multi_static_select', action_id: ENTRY, ...offered, ...initial };
  }
  const chosen = field.options.find(({ value }) => value === field.value);
  const initial = chosen ? { initial_option: plainOption(chosen) } : {};
  if (isShort) return { type: 'radio_buttons', action_id: ENTRY, options, ...initial };
  return { type: 'static_select', action_id: ENTRY, ...initial, ...offered };
}

type Ticks = Extract<LocalField, { kind: 'many' }>;

/**
 * Returns ticks to ask for together below the fields. Separately they would make a form with four fields four phone
 * screens long; together each option is asked once, with the fields as choices.
 */
function ticksTogether(form: LocalForm): readonly Ticks[] {
  const ticks = form.fields.filter((field): field is Ticks => field.kind === 'many' && field.of !== undefined);
  return ticks.length > 1 && ticks.length <= LIMITS.option.select ? ticks : [];
}

/** Returns all options of ticks, each once, with the ticks that have it and a block id that no field id begins with. */
function offered(ticks: readonly Ticks[]) {
  const all = new Map(ticks.flatMap(({ options }) => options).map((option) => [option.value, option]));
  return [...all.values()].map(({ value, label }) => ({
    ...{ value, label, block: `#together:${optionValue(value)}` },
    by: ticks.filter(({ options }) => options.some((option) => option.value === value)),
  }));
}

function togetherInputs(form: LocalForm, ticks: readonly Ticks[]): readonly InputBlock[] {
  return offered(ticks).map(({ value, label, block, by }) => {
    const fields = by.map((ticked) => ({
      value: ticked.id,
      label: form.fields.find(({ id }) => id === ticked.of)?.label ?? ticked.label,
    }));
    const chosen = by.filter((field) => field.value.includes(value)).map(({ id }) => id);
    const select = { type: 'multi_static_select', action_id: ENTRY, options: fields.map(plainOption) } as const;
    const element = { ...select, ...initially(fields, chosen) };
    return { type: 'input', block_id: block, label: plain(label, LIMITS.input.label), optional: true, element };
  });
}

/**
 * Returns entered values by field. `form` is the current form: it resolves hashed option values and supplies values of
 * fields that could not be shown.
 */
export function formValues(form: LocalForm, entered: EnteredValues): Record<string, string | readonly string[]> {
  const together = ticksTogether(form);
  const options = offered(together).map(({ value, block }) => ({ value, fields: chosenIn(entered[block]?.[ENTRY]) }));
  const values: Record<string, string | readonly string[]> = {};
  for (const field of form.fields) {
    const one = entered[blockOf(field.id)]?.[ENTRY];
    if (together.some(({ id }) => id === field.id)) {
      const ticked = options.filter(({ fields }) => fields.includes(optionValue(field.id)));
      values[field.id] = ticked.map(({ value }) => value);
    } else if (field.kind === 'text' && isTooLong(field, HERE)) values[field.id] = field.value;
    else if (one) values[field.id] = enteredValue(one, field);
  }
  return values;
}

function chosenIn(entered: EnteredValues[string][string] | undefined): readonly string[] {
  return entered?.selected_options?.map(({ value }) => value) ?? [];
}

function enteredValue(entered: EnteredValues[string][string], field: LocalField): string | readonly string[] {
  const back = (value: string): string => {
    if (!('options' in field)) return value;
    return field.options.find((option) => optionValue(option.value) === value)?.value ?? value;
  };
  if (entered.selected_options) return chosenIn(entered).map(back);
  if (entered.selected_option) return back(entered.selected_option.value);
  return entered.value ?? '';
}
