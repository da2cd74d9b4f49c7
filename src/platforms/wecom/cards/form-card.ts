import type { Action, Card, Text } from '../../../conversation/cards/card.ts';
import {
  type LocalAction,
  type LocalBlock,
  type LocalCard,
  type LocalForm,
  localise,
} from '../../../conversation/cards/localise.ts';
import { withActions } from '../../../conversation/cards/sentence.ts';
import { isMessageKey, translate } from '../../../i18n/translate.ts';
import type { Language } from '../../../incident/identity.ts';
import { CARD_COUNTS, CARD_LIMITS, type CardLimits } from '../limits.ts';
import { cut, fits, oneLine, widthOf } from '../text.ts';
import { type ButtonEffects, type Effect, entryOf, isAnswer } from './button-effects.ts';
import { sourceOf } from './head.ts';
import { bareMessage, type WecomMessage } from './task.ts';
import { type ButtonCard, type CardButton, ROW_QUESTION, type Selection, SUBMIT_KEY, selection } from './template.ts';

export interface Shown {
  readonly entry: Effect;
  readonly style: CardButton['style'];
  /** Parts of a label that names what it answers: 涉嫌犯罪 and 否. */
  readonly parts?: { readonly name: string; readonly bare: string };
}

/** Returns the buttons of a card in order, equal ones once; those of rows only if a single row has buttons. */
export function plainActions(card: LocalCard): readonly Shown[] {
  // Single rows with buttons need no drop-down.
  const isSingle = rowsWithActions(card).length < 2;
  const all = card.blocks.flatMap((block) =>
    block.kind === 'actions' || (block.kind === 'row' && isSingle) ? block.actions.flatMap(shown) : [],
  );
  return firstBy(all, ({ entry }) => keyOf(entry));
}

/** Returns the key of a button, equal for the same label and effect. */
export function keyOf(entry: Effect): string {
  return JSON.stringify(entry);
}

/** Returns the first button with each key. */
function firstBy(all: readonly Shown[], key: (one: Shown) => string): readonly Shown[] {
  const keys = all.map(key);
  return all.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
}

function shown(action: LocalAction): readonly Shown[] {
  const entry = entryOf(action);
  if (!entry) return [];
  const style = action.style === 'danger' ? 3 : action.style === 'primary' ? 1 : 2;
  const { name, bare } = action.answers ?? {};
  return [{ entry, style, ...(name === undefined || bare === undefined ? {} : { parts: { name, bare } }) }];
}

/** Returns a button's label; where the name of what it answers is too long, only the name is cut. */
export function labelWithin({ entry, parts }: Shown, max: number): string {
  const label = oneLine(entry.label);
  if (!parts || fits(label, max)) return label;
  const room = max - widthOf(label) + widthOf(parts.name);
  return room < SHORTEST_NAME ? label : label.replace(parts.name, cut(parts.name, room));
}
/** Two characters and an ellipsis. */
const SHORTEST_NAME = 3;

/** Returns the options of a card's question, in order. A single one is no question but a menu entry. */
export function answersIn(all: readonly Shown[]): readonly Shown[] {
  const answers = all.filter(({ entry }) => isAnswer(entry));
  return answers.length > 1 ? answers : [];
}

/** Returns the most useful buttons that fit: answers, then steps and actions, views, files; others can be typed. */
export function mostUseful(all: readonly Shown[], room: number): readonly Shown[] {
  const kept = all.toSorted((a, b) => weight(a) - weight(b)).slice(0, room);
  return all.filter((one) => kept.includes(one));
}

/** Returns true for answers and decisions, none of which may be missing from a card. */
export function isNeeded(one: Shown): boolean {
  return weight(one) === 0;
}

function weight({ entry, style }: Shown): number {
  const { does } = entry;
  if (does.kind === 'intent' || does.kind === 'line') return 0;
  if (does.kind === 'refresh' || style === 1) return 1;
  if (does.kind === 'form') return 2;
  if (does.view.view === 'more') return 1;
  return does.view.view === 'download' ? 4 : 3;
}

type Row = Extract<LocalBlock, { kind: 'row' }>;
function rowsWithActions(card: LocalCard): readonly Row[] {
  return card.blocks.filter((block): block is Row => block.kind === 'row' && block.actions.some((a) => entryOf(a)));
}

/** Drop-down beside the buttons of a card. */
export interface ButtonChoice {
  /** True for rows of a list, false for answers to a question. */
  readonly isList: boolean;
  readonly selection: NonNullable<ButtonCard['button_selection']>;
  /** Buttons that act on the option, each label once. */
  readonly labels: readonly Shown[];
  /** Effects of the buttons, by label and the option they act on. */
  readonly does: readonly { readonly option: string; readonly label: string; readonly entry: Effect }[];
}

/** Returns answers as a drop-down with one button. Nothing is preselected, so the person must choose. */
export function answerChoice(
  answers: readonly Shown[],
  { title, submit }: { readonly title: string; readonly submit: string },
  { optionText }: CardLimits,
): ButtonChoice {
  const shown = answers.slice(0, CARD_COUNTS.selectOptions - 1);
  const entries = shown.map(({ entry }) => entry);
  const options = shown.map(({ entry, parts }, index) => ({
    id: `a${index}`,
    text: cut(`${index + 1} ${oneLine(parts?.bare ?? entry.label)}`, optionText),
  }));
  const name = shown.find(({ parts }) => parts)?.parts?.name ?? title;
  return {
    isList: false,
    selection: selection(ROW_QUESTION, name, [{ id: '-', text: cut(title, optionText) }, ...options], '-'),
    labels: entries.slice(0, 1).map((first) => ({ entry: { ...first, label: submit }, style: 1 })),
    does: entries.map((entry, index) => ({ option: `a${index}`, label: submit, entry })),
  };
}

/** Returns rows with buttons as a drop-down for the row, and each kind of button once; null below two rows. */
export function rowChoice(card: LocalCard, title: string, { optionText }: CardLimits): ButtonChoice | null {
  const rows = rowsWithActions(card).slice(0, CARD_COUNTS.selectOptions);
  if (rows.length < 2) return null;
  const labels = rows.map(({ text }) => oneLine(text).replace(/^(?:INC|DRILL)-\d{4}-(\d+) · /, '$1 '));
  const texts = optionTexts(labels, optionText);
  const options = texts.map((text, index) => ({ id: String(index), text }));
  const actions = rows.map((row) => row.actions.flatMap(shown));
  return {
    isList: true,
    selection: selection(ROW_QUESTION, title, options, '0'),
    labels: firstBy(actions.flat(), ({ entry }) => entry.label),
    does: actions.flatMap((all, index) =>
      all.map(({ entry }) => ({ option: String(index), label: entry.label, entry })),
    ),
  };
}

/** Returns option texts within `max` characters, numbered if some are equal after the cut. */
function optionTexts(labels: readonly string[], max: number): readonly string[] {
  const texts = labels.map((label, index) => cut(oneLine(label) || String(index + 1), max));
  const isClear = new Set(texts).size === texts.length;
  return isClear ? texts : labels.map((label, index) => cut(`${index + 1} ${oneLine(label)}`, max));
}

/** Returns the card with shorter labels for buttons and ticks whose label is too long. */
export function withShortLabels(card: Card, language: Language): Card {
  // Numbers may be put before an answer's label.
  const room = ({ does }: Action): number => CARD_COUNTS.buttonText - (does.kind === 'intent' ? 1 : 0);
  const shorter = (action: Action): Action => ({ ...action, label: short(action.label, language, room(action)) });
  const blocks = card.blocks.map((block) => {
    if (block.kind !== 'choices') return withActions(block, (actions) => actions.map(shorter));
    const options = block.choice.options.map((option) => {
      return { ...option, label: short(option.label, language, CARD_COUNTS.voteText) };
    });
    return { ...block, choice: { ...block.choice, options } };
  });
  return { ...card, blocks };
}

/** Returns the short form of a label over `max` characters, if any: that of `act.redraft` is `wecom.short.redraft`. */
function short(label: Text, language: Language, max: number): Text {
  const key = 'key' in label ? `wecom.short.${label.key.replace(/^[a-z]+\./, '')}` : '';
  if (!('key' in label) || !isMessageKey(key) || fits(localise(label, language), max)) return label;
  return label.params ? { key, params: label.params } : { key };
}

/** Forms with mostly choices, sent as drop-downs; other fields are asked for in text afterwards. */
const AS_DROP_DOWNS: ReadonlySet<string> = new Set([
  'filing',
  'practise',
  'phone_report',
  'judgements',
  'not_reportable',
  'another_level',
  'assign',
  'confirm_awareness',
]);
/** Forms whose entries are read back before they are recorded. */
const READ_BACK: ReadonlySet<string> = new Set(['filing', 'phone_report']);
/** Ids of options without a value: nothing chosen yet, and the one that shows all of a longer list. */
const NONE = '-';
const ALL = '+';

type Choice = { readonly id: string; readonly label: string; readonly value: string } & {
  readonly options: readonly { readonly value: string; readonly label: string }[];
};

/** Returns a form's drop-down fields; none if too many options would look alike when cut, so that lines are better. */
export function choicesOf({ ref, fields }: LocalForm): readonly Choice[] {
  if (!AS_DROP_DOWNS.has(ref.form)) return [];
  const choices = fields.flatMap((field): readonly Choice[] => {
    if (field.kind === 'one' && field.options.length > 0) return [field];
    if (field.kind !== 'time' || !field.choices) return [];
    return [{ ...field, value: '', options: field.choices.map((choice) => ({ value: choice, label: choice })) }];
  });
  return choices.every(canBeToldApart) ? choices : [];
}

/** Returns true if the number of different visible beginnings is at least two thirds of the number of options. */
function canBeToldApart({ options }: Choice): boolean {
  const shown = options.slice(0, CARD_COUNTS.selectOptions);
  const starts = new Set(shown.map(({ label }) => cut(label, CARD_LIMITS.bot.optionText - 2)));
  return starts.size * 3 >= shown.length * 2;
}

/** Returns a form page as a card of up to three drop-downs; null if it has none. `values`: from earlier pages. */
export function formCard(
  form: LocalForm,
  {
    page,
    values,
    language,
    opened,
  }: { page: number; values: Readonly<Record<string, string>>; language: Language; opened?: number },
): WecomMessage | null {
  const all = choicesOf(form);
  const choices = all.slice(page * CARD_COUNTS.selects, (page + 1) * CARD_COUNTS.selects);
  if (choices.length === 0) return null;
  const pages = Math.ceil(all.length / CARD_COUNTS.selects);
  const incident = form.ref.args['incident'] ?? '';
  const heading =
    pages > 1 ? translate(language, 'wecom.form.page', { title: form.title, page: page + 1, pages }) : form.title;
  const others = form.fields.filter(({ id, kind }) => kind !== 'file' && !all.some((choice) => choice.id === id));
  const isLast = page + 1 === pages;
  const isEnd = isLast && !READ_BACK.has(form.ref.form) && !others.some(({ required }) => required);
  const submit = isEnd ? form.submit : translate(language, 'wecom.form.next');
  const bound: ButtonEffects = {
    does: {},
    answers: [],
    submit: `${SUBMIT_KEY}-${page}`,
    form: {
      ref: form.ref,
      page,
      ...(opened === undefined ? {} : { opened }),
      fields: choices.map(({ id, options, value }) => ({ id, values: options.map((one) => one.value), preset: value })),
      values,
    },
  };
  return bareMessage(language, {
    incident,
    heading,
    card: {
      card_type: 'multiple_interaction',
      ...sourceOf(incident, 'running'),
      main_title: {
        title: cut(oneLine(heading), CARD_LIMITS.bot.title),
        ...(others.length > 0
          ? { desc: cut(translate(language, 'wecom.form.others'), CARD_LIMITS.bot.description) }
          : {}),
      },
      select_list: choices.map((choice, index) => selectionOf(choice, index, language)),
      submit_button: { text: cut(oneLine(submit), CARD_COUNTS.submitText), key: bound.submit ?? SUBMIT_KEY },
    },
    bound,
  });
}

function selectionOf({ id, label, options, value }: Choice, index: number, language: Language): Selection {
  const key = [`wecom.field.${id}`, `ask.judgement.${id}`].find(isMessageKey);
  const isLong = key !== undefined && !fits(oneLine(label), CARD_COUNTS.selectTitle);
  const title = isLong ? translate(language, key) : label;
  const chosen = options.findIndex((option) => option.value === value);
  const extra = (chosen < 0 ? 1 : 0) + (options.length + (chosen < 0 ? 1 : 0) > CARD_COUNTS.selectOptions ? 1 : 0);
  const shown = options.slice(0, CARD_COUNTS.selectOptions - extra);
  const texts = optionTexts(
    shown.map((option) => option.label),
    CARD_LIMITS.bot.optionText,
  );
  const isPreset = chosen >= 0 && chosen < shown.length;
  const option_list = [
    ...(isPreset ? [] : [{ id: `${index}:${NONE}`, text: translate(language, 'chat.choose') }]),
    ...texts.map((text, n) => ({ id: `${index}:${n}`, text })),
    ...(shown.length < options.length ? [{ id: `${index}:${ALL}`, text: translate(language, 'wecom.form.all') }] : []),
  ];
  return selection(`q${index}`, title, option_list, `${index}:${isPreset ? chosen : NONE}`);
}

/** Returns a page's values by its chosen option ids; null if the person wants to see all options of a field. */
export function chosenOn({ fields, values }: NonNullable<ButtonEffects['form']>, ids: readonly string[]) {
  if (ids.some((id) => id.endsWith(`:${ALL}`))) return null;
  const chosen = fields.map(({ id, values: options, preset }, index): readonly [string, string] => {
    const found = ids.find((one) => one.startsWith(`${index}:`));
    const option = found === undefined ? preset : (options[Number(found.slice(found.indexOf(':') + 1))] ?? '');
    return [id, option];
  });
  return { ...values, ...Object.fromEntries(chosen.filter(([, value]) => value !== '')) };
}
