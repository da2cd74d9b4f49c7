import { formatAmount, formatDuration, formatInstant } from '../../i18n/format.ts';
import { type MessageLanguage, translate } from '../../i18n/translate.ts';
import type { Action, Block, Card, Form, FormField, Joiner, MultiChoice, Param, Split, Text, Tone } from './card.ts';
import { actionsOf, withActions } from './sentence.ts';

/** Symbol for each tone, which texts also state in words; platforms without colours print it before the title. */
export const MARKS: Readonly<Record<Tone, string>> = { calm: '⚪', running: '🟡', urgent: '🔴', done: '✅' };

const JOINERS: Readonly<Record<MessageLanguage, Readonly<Record<Joiner, string>>>> = {
  en: { comma: ', ', dot: ' · ', semicolon: '; ', or: ', ', and: ', ', sentence: ' ', none: '' },
  'zh-CN': { comma: '、', dot: ' · ', semicolon: '；', or: '、', and: '、', sentence: '', none: '' },
};
/** Separator before the last part of a list, where it differs: "Li Wei, Chen Yu or Zhao Min". */
const LAST: Readonly<Record<MessageLanguage, Readonly<Partial<Record<Joiner, string>>>>> = {
  en: { or: ' or ', and: ' and ' },
  'zh-CN': { or: '或' },
};

/** Text in one language. Platforms must escape the result: it may contain words of people. */
export function localise(text: Text, language: MessageLanguage): string {
  if ('raw' in text) return text.raw;
  if ('law' in text) return language === 'en' ? text.law.en : text.law.zh;
  if ('part' in text) return localise(text.text, language);
  if ('list' in text) {
    const between = JOINERS[language][text.joiner];
    const each = text.list.map((one) => localise(one, language));
    const parts = text.joiner === 'sentence' ? ended(saidOnce(each, language), language) : each;
    const last = parts.slice(-2).join(LAST[language][text.joiner] ?? between);
    return [...parts.slice(0, -2), last].join(between);
  }
  const params: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(text.params ?? {})) params[name] = parameter(value, language);
  return translate(language, text.key, params);
}

/** Sentences of one message: only the first of them says that it was recorded, e.g. "Recorded. Type: … Suspected crime: …". */
function saidOnce(sentences: readonly string[], language: MessageLanguage): readonly string[] {
  const opening = new RegExp(`^${translate(language, 'said.opening')}(?:[.:：。] ?|(?=“))`, 'u');
  const first = sentences.findIndex((one) => opening.test(one));
  return sentences.flatMap((one, index) => {
    if (first < 0 || index <= first) return [one];
    const rest = one.replace(opening, '');
    return rest === '' ? [] : [rest === one ? one : `${rest.charAt(0).toUpperCase()}${rest.slice(1)}`];
  });
}

/** Sentences with a full stop between them, also where a part is only a name or a value. */
function ended(sentences: readonly string[], language: MessageLanguage): readonly string[] {
  const stop = language === 'en' ? '.' : '。';
  return sentences.map((one, index) => (index === sentences.length - 1 || ENDED.test(one) ? one : `${one}${stop}`));
}
const ENDED = /^$|[.!?。！？…:：;；,，][”’)）\]』」]?$/u;

function parameter(value: Param, language: MessageLanguage): string | number {
  if (typeof value !== 'object') return value;
  if ('instant' in value) return formatInstant(value.instant, language, value.style);
  if ('amount' in value) return formatAmount(value.amount, language);
  if ('minutes' in value) return formatDuration(value.minutes, language);
  return localise(value, language);
}

/** Type of a localised part of a card or form: texts are strings, intents are unchanged. */
export type Localised<Part> = Part extends Text
  ? string
  : Part extends Action['does']
    ? Part
    : Part extends readonly (infer One)[]
      ? readonly Localised<One>[]
      : Part extends object
        ? { readonly [Key in keyof Part]: Localised<Part[Key]> }
        : Part;
export type LocalCard = Localised<Card>;
export type LocalAction = Localised<Action>;
export type LocalChoice = Localised<MultiChoice>;
export type LocalSplit = Localised<Split>;
export type LocalBlock = Localised<Block>;
export type LocalForm = Localised<Form>;
export type LocalField = Localised<FormField>;

export function localiseCard(card: Card, language: MessageLanguage): LocalCard {
  const local = localised(withNames(card), language);
  // A note may be for one language only.
  return { ...local, blocks: local.blocks.filter((block) => block.kind !== 'note' || block.text !== '') };
}

/** Card whose bare answers name their fact if it has acts on other subjects, where "no" could answer any of them. */
function withNames(card: Card): Card {
  const acts = card.blocks.flatMap(actionsOf).filter(({ does }) => does.kind !== 'view' && does.kind !== 'link');
  const asked = card.blocks.flatMap((block) => (block.kind === 'choices' ? [block.choice.fact] : []));
  const subjects = new Set([...asked, ...acts.map(({ answers }) => answers?.fact)]);
  if (subjects.size < 2) return card;
  return { ...card, blocks: card.blocks.map((block) => withActions(block, (all) => all.map(named))) };
}

function named(action: Action): Action {
  const { answers, label } = action;
  if (!answers?.name || answers.bare) return action;
  const { name } = answers;
  return {
    ...action,
    label: { key: 'ask.answer_of', params: { name, label } },
    answers: { ...answers, bare: label },
  };
}

/** Any part of a card or form in one language. */
export function localised<Part>(part: Part, language: MessageLanguage): Localised<Part>;
export function localised(part: unknown, language: MessageLanguage): unknown {
  return replaced(part, (text) => localise(text, language));
}

/** Any part of a card or form with its texts replaced. */
export function withTexts<Part>(part: Part, say: (text: Text) => Text): Part;
export function withTexts(part: unknown, say: (text: Text) => Text): unknown {
  return replaced(part, say);
}

function replaced(part: unknown, say: (text: Text) => unknown): unknown {
  if (typeof part !== 'object' || part === null) return part;
  if (isText(part)) return say(part);
  if (Array.isArray(part)) return part.map((one: unknown) => replaced(one, say));
  const entries = Object.entries(part).map(([name, value]: [string, unknown]): [string, unknown] => [
    name,
    REFERENCES.has(name) ? value : replaced(value, say),
  ]);
  return Object.fromEntries(entries);
}

/** Properties without texts: effects of buttons, references to forms. */
const REFERENCES: ReadonlySet<string> = new Set(['does', 'ref']);

function isText(part: object): part is Text {
  return !('kind' in part) && ['key', 'law', 'raw', 'part', 'list'].some((one) => one in part);
}

/** Plain text of a card, for places without buttons or markup: the title first, each sentence once. */
export function plainWords(card: Card, language: MessageLanguage): string {
  const { title, summary, blocks } = localiseCard(card, language);
  // The summary is for notifications; it is left out if a clock or a strong line says the same.
  const isSaid = blocks.some((block) => block.kind === 'clock' || (block.kind === 'text' && block.strong === true));
  const lines = blocks.flatMap((block) => {
    if (block.kind === 'actions' || block.kind === 'choices') return [];
    if (block.kind !== 'quote') return [block.text];
    return block.copy ? [block.source, block.text] : [`${block.text}（${block.source}）`];
  });
  const below = [...(isSaid ? [] : [summary]), ...lines].map((line) => line.trim());
  const isNew = (line: string): boolean => line !== '' && !title.endsWith(line);
  return [...new Set([title, ...below.filter(isNew)])].join('\n');
}
