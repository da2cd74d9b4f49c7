import { formatAmount, formatDuration, formatInstant } from '../../i18n/format.ts';
import { type MessageLanguage, translate } from '../../i18n/translate.ts';
import type {
  Action,
  Block,
  Card,
  Form,
  FormField,
  Joiner,
  MultiChoice,
  Param,
  RowMark,
  Split,
  Text,
  Tone,
} from './card.ts';

/** A state mark with its text twin in the card; platforms without colours put it before the title. */
export const MARKS: Readonly<Record<Tone, string>> = { calm: '⚪', running: '🟡', urgent: '🔴', done: '✅' };

const JOINERS: Readonly<Record<MessageLanguage, Readonly<Record<Joiner, string>>>> = {
  en: { comma: ', ', dot: ' · ', semicolon: '; ', or: ' or ', sentence: ' ', none: '' },
  'zh-CN': { comma: '、', dot: ' · ', semicolon: '；', or: '或', sentence: '', none: '' },
};

/** A text in one language. Platforms escape the result: it may hold what people wrote. */
export function localise(text: Text, language: MessageLanguage): string {
  if ('raw' in text) return text.raw;
  if ('law' in text) return language === 'en' ? text.law.en : text.law.zh;
  if ('part' in text) return localise(text.text, language);
  if ('list' in text) {
    return text.list.map((one) => localise(one, language)).join(JOINERS[language][text.joiner]);
  }
  const params: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(text.params ?? {})) params[name] = parameter(value, language);
  return translate(language, text.key, params);
}

function parameter(value: Param, language: MessageLanguage): string | number {
  if (typeof value !== 'object') return value;
  if ('instant' in value) return formatInstant(value.instant, language, value.style);
  if ('amount' in value) return formatAmount(value.amount, language);
  if ('minutes' in value) return formatDuration(value.minutes, language);
  return localise(value, language);
}

/** A card in one language: plain strings, the intents unchanged. */
export interface LocalCard extends Omit<Card, 'title' | 'summary' | 'blocks'> {
  readonly title: string;
  readonly summary: string;
  readonly blocks: readonly LocalBlock[];
}
export type LocalAction = Omit<Action, 'label' | 'confirm'> & { readonly label: string; readonly confirm?: string };
export interface LocalChoice extends Omit<MultiChoice, 'options' | 'submit'> {
  readonly options: readonly { readonly value: string; readonly label: string; readonly exclusive?: boolean }[];
  readonly submit: string;
}
export interface LocalSplit {
  readonly sentence?: string;
  readonly pairs: readonly { readonly label: string; readonly value: string; readonly isName?: true }[];
}
export type LocalBlock =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly strong?: boolean;
      readonly split?: LocalSplit | undefined;
      readonly next?: true;
    }
  | { readonly kind: 'quote'; readonly text: string; readonly source: string; readonly copy?: true }
  | (Omit<Extract<Block, { kind: 'clock' }>, 'text' | 'split'> & {
      readonly text: string;
      readonly split?: LocalSplit | undefined;
    })
  | { readonly kind: 'note'; readonly text: string; readonly split?: LocalSplit | undefined }
  | {
      readonly kind: 'row';
      readonly mark: RowMark;
      readonly text: string;
      readonly split?: LocalSplit | undefined;
      readonly actions: readonly LocalAction[];
      readonly needed?: boolean;
    }
  | { readonly kind: 'choices'; readonly choice: LocalChoice }
  | { readonly kind: 'actions'; readonly actions: readonly LocalAction[]; readonly next?: true };

export function localiseCard(card: Card, language: MessageLanguage): LocalCard {
  return {
    ...card,
    title: localise(card.title, language),
    summary: localise(card.summary, language),
    // A note may be for one language only.
    blocks: card.blocks
      .map((block) => localiseBlock(block, language))
      .filter((block) => block.kind !== 'note' || block.text !== ''),
  };
}

function localiseBlock(block: Block, language: MessageLanguage): LocalBlock {
  const say = (text: Text) => localise(text, language);
  const actions = (list: readonly Action[]) => list.map((action) => localiseAction(action, language));
  switch (block.kind) {
    case 'quote':
      return { ...block, text: say(block.text), source: say(block.source) };
    case 'row':
      return { ...block, ...wordsOf(block, say), actions: actions(block.actions) };
    case 'actions':
      return { ...block, actions: actions(block.actions) };
    case 'choices':
      return { kind: 'choices', choice: localiseChoice(block.choice, language) };
    default:
      return { ...block, ...wordsOf(block, say) };
  }
}

function wordsOf({ text, split }: { readonly text: Text; readonly split?: Split | undefined }, say: Say) {
  return { text: say(text), split: split && localiseSplit(split, say) };
}

type Say = (text: Text) => string;
function localiseSplit({ sentence, pairs }: Split, say: Say): LocalSplit {
  return {
    ...(sentence ? { sentence: say(sentence) } : {}),
    pairs: pairs.map(({ label, value, ...rest }) => ({ ...rest, label: say(label), value: say(value) })),
  };
}

/** A button in one language. */
export function localiseAction({ label, confirm, ...rest }: Action, language: MessageLanguage): LocalAction {
  return {
    ...rest,
    label: localise(label, language),
    ...(confirm ? { confirm: localise(confirm, language) } : {}),
  };
}

function localiseChoice(choice: MultiChoice, language: MessageLanguage): LocalChoice {
  return {
    ...choice,
    options: choice.options.map((option) => ({ ...option, label: localise(option.label, language) })),
    submit: localise(choice.submit, language),
  };
}

/** A form in one language. */
export interface LocalForm extends Omit<Form, 'title' | 'intro' | 'fields' | 'submit'> {
  readonly title: string;
  readonly intro: readonly string[];
  readonly fields: readonly LocalField[];
  readonly submit: string;
}
type Plain<F> = F extends FormField
  ? Omit<F, 'label' | 'hint' | 'example' | 'options' | 'choices'> & {
      readonly label: string;
      readonly hint?: string;
      readonly example?: string;
    } & (F extends { readonly kind: 'time' } ? { readonly choices?: readonly string[] } : unknown) &
      (F extends { readonly options: readonly unknown[] }
        ? { readonly options: readonly { readonly value: string; readonly label: string }[] }
        : unknown)
  : never;
export type LocalField = Plain<FormField>;

export function localiseForm(form: Form, language: MessageLanguage): LocalForm {
  return {
    ref: form.ref,
    title: localise(form.title, language),
    intro: form.intro.map((line) => localise(line, language)),
    fields: form.fields.map((field) => localiseField(field, language)),
    submit: localise(form.submit, language),
    ...(form.preview ? { preview: form.preview } : {}),
  };
}

function localiseField(field: FormField, language: MessageLanguage): LocalField {
  const { label, hint, example } = field;
  const words = {
    label: localise(label, language),
    ...(hint ? { hint: localise(hint, language) } : {}),
    ...(example ? { example: localise(example, language) } : {}),
  };
  if (field.kind === 'one' || field.kind === 'many') {
    const options = field.options.map((option) => ({ value: option.value, label: localise(option.label, language) }));
    const { hint: _, example: __, ...rest } = field;
    return { ...rest, ...words, options };
  }
  if (field.kind === 'time') {
    const { hint: _, example: __, choices, ...rest } = field;
    return { ...rest, ...words, ...(choices ? { choices: choices.map((one) => localise(one, language)) } : {}) };
  }
  const { hint: _, example: __, ...rest } = field;
  return { ...rest, ...words };
}
