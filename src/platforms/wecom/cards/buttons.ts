import type { Action, Card, Text } from '../../../conversation/cards/card.ts';
import { type LocalAction, type LocalBlock, type LocalCard, localise } from '../../../conversation/cards/localise.ts';
import { isMessageKey } from '../../../i18n/translate.ts';
import type { Language } from '../../../incident/identity.ts';
import { CARD_COUNTS, type CardLimits } from '../limits.ts';
import { cut, fits, oneLine } from '../text/cut.ts';
import { type Effect, entryOf, isAnswer } from './button-effects.ts';
import { type ButtonCard, type CardButton, ROW_QUESTION, selection } from './template.ts';

export interface Shown {
  readonly entry: Effect;
  readonly style: CardButton['style'];
}

/** All buttons of a card except those of rows, in their order; equal buttons are listed once. */
export function plainActions(card: LocalCard): readonly Shown[] {
  // A single row with buttons needs no drop-down.
  const isSingle = rowsWithActions(card).length < 2;
  const all = card.blocks.flatMap((block) =>
    block.kind === 'actions' || (block.kind === 'row' && isSingle) ? block.actions.flatMap(shown) : [],
  );
  return firstBy(all, ({ entry }) => keyOf(entry));
}

/** Card with the buttons of its question in front; the buttons of a verdict above the question come last. */
export function questionFirst(card: LocalCard): LocalCard {
  const asks = (block: LocalBlock): boolean =>
    block.kind === 'actions' &&
    block.actions.some(({ does }) => does.kind === 'intent' && does.intent.type === 'answer');
  const at = Math.max(0, card.blocks.findIndex(asks));
  return { ...card, blocks: [...card.blocks.slice(at), ...card.blocks.slice(0, at)] };
}

/** Key of a button, equal for buttons with the same label and effect. */
export function keyOf(entry: Effect): string {
  return JSON.stringify(entry);
}

/** The first of those with the same key. */
function firstBy(all: readonly Shown[], key: (one: Shown) => string): readonly Shown[] {
  const keys = all.map(key);
  return all.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
}

function shown(action: LocalAction): readonly Shown[] {
  const entry = entryOf(action);
  if (!entry) return [];
  const style = action.style === 'danger' ? 3 : action.style === 'primary' ? 1 : 2;
  return [{ entry, style }];
}

/** The options of the question on a card, in their order. One alone is no question but an entry of a menu. */
export function answersIn(all: readonly Shown[]): readonly Shown[] {
  const answers = all.filter(({ entry }) => isAnswer(entry));
  return answers.length > 1 ? answers : [];
}

/**
 * Most useful buttons, as many as fit on a card: answers first, then steps and actions, then views, files last; all
 * others can be typed.
 */
export function mostUseful(all: readonly Shown[], room: number): readonly Shown[] {
  const kept = all.toSorted((a, b) => weight(a) - weight(b)).slice(0, room);
  return all.filter((one) => kept.includes(one));
}

/** Answers and decisions: none of them may be missing from a card. */
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

/** A drop-down beside the buttons of a card. */
export interface Choice {
  /** Rows of a list, or the answers to a question. */
  readonly isList: boolean;
  readonly selection: NonNullable<ButtonCard['button_selection']>;
  /** Buttons that act on the option, each label once. */
  readonly labels: readonly Shown[];
  /** Effects of the buttons, by their label and the option they act on. */
  readonly does: readonly { readonly option: string; readonly label: string; readonly entry: Effect }[];
}

/** Answers to a question as a drop-down with one button. Nothing is preset: an answer is chosen. */
export function answerChoice(
  answers: readonly Shown[],
  { title, submit }: { readonly title: string; readonly submit: string },
  { optionText }: CardLimits,
): Choice {
  const entries = answers.slice(0, CARD_COUNTS.selectOptions - 1).map(({ entry }) => entry);
  const options = entries.map(({ label }, index) => ({
    id: `a${index}`,
    text: cut(`${index + 1} ${oneLine(label)}`, optionText),
  }));
  return {
    isList: false,
    selection: selection(ROW_QUESTION, title, [{ id: '-', text: cut(title, optionText) }, ...options], '-'),
    labels: entries.slice(0, 1).map((first) => ({ entry: { ...first, label: submit }, style: 1 })),
    does: entries.map((entry, index) => ({ option: `a${index}`, label: submit, entry })),
  };
}

/** Several rows with buttons: a drop-down for the row, and each kind of button once. */
export function rowChoice(card: LocalCard, title: string, { optionText }: CardLimits): Choice | null {
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

/** Texts of options within `max` characters, with a number in front where they begin alike. */
export function optionTexts(labels: readonly string[], max: number): readonly string[] {
  const texts = labels.map((label, index) => cut(oneLine(label) || String(index + 1), max));
  const isClear = new Set(texts).size === texts.length;
  return isClear ? texts : labels.map((label, index) => cut(`${index + 1} ${oneLine(label)}`, max));
}

/** The card with shorter words on buttons and ticks whose label has more characters than they show. */
export function withShortLabels(card: Card, language: Language): Card {
  // A number may be put in front of an answer's label.
  const room = ({ does }: Action): number => CARD_COUNTS.buttonText - (does.kind === 'intent' ? 1 : 0);
  const shorter = (action: Action): Action => ({ ...action, label: short(action.label, language, room(action)) });
  const blocks = card.blocks.map((block) => {
    if (block.kind === 'actions' || block.kind === 'row') return { ...block, actions: block.actions.map(shorter) };
    if (block.kind !== 'choices') return block;
    const options = block.choice.options.map((option) => {
      return { ...option, label: short(option.label, language, CARD_COUNTS.voteText) };
    });
    return { ...block, choice: { ...block.choice, options } };
  });
  return { ...card, blocks };
}

/** `act.redraft` has its short words under `wecom.short.redraft`. */
function short(label: Text, language: Language, max: number): Text {
  const key = 'key' in label ? `wecom.short.${label.key.replace(/^[a-z]+\./, '')}` : '';
  if (!('key' in label) || !isMessageKey(key) || fits(localise(label, language), max)) return label;
  return label.params ? { key, params: label.params } : { key };
}
