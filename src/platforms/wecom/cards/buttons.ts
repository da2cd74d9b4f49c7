import type { LocalAction, LocalBlock, LocalCard } from '../../../conversation/cards/localise.ts';
import { CARD_COUNTS, CARD_LIMITS, type Flavour } from '../limits.ts';
import { cut, oneLine } from '../text/cut.ts';
import { type Entry, entryOf, isAnswer } from './does.ts';
import { type ButtonCard, type CardButton, ROW_QUESTION } from './template.ts';

export interface Shown {
  readonly entry: Entry;
  readonly style: CardButton['style'];
}

/** All buttons of a card but those of rows, in their order; what stands on it twice needs one. */
export function plainActions(card: LocalCard): readonly Shown[] {
  const all = card.blocks.flatMap((block) => {
    if (block.kind === 'actions') return block.actions.flatMap(shown);
    // A single row with buttons needs no drop-down.
    return block.kind === 'row' && rowsWithActions(card).length < 2 ? block.actions.flatMap(shown) : [];
  });
  const first = new Map(all.map((one) => [keyOf(one.entry), one] as const).toReversed());
  return all.filter((one) => first.get(keyOf(one.entry)) === one);
}

/** The same for buttons that say and do the same. */
export function keyOf(entry: Entry): string {
  return JSON.stringify(entry);
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
 * Most useful buttons, as many as fit on a card: answers first, then steps that lead on and actions, then views, files
 * last; the others can be typed.
 */
export function mostUseful(all: readonly Shown[], room: number): readonly Shown[] {
  if (all.length <= room) return all;
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
export function rowsWithActions(card: LocalCard): readonly Row[] {
  return card.blocks.filter((block): block is Row => block.kind === 'row' && block.actions.some((a) => entryOf(a)));
}

export interface Choice {
  /** Rows of a list, or the answers to a question. */
  readonly isList: boolean;
  readonly selection: NonNullable<ButtonCard['button_selection']>;
  /** By option, by label of the button. */
  readonly does: Readonly<Record<string, Readonly<Record<string, Entry>>>>;
  readonly labels: readonly Shown[];
}

/** Answers to a question as a drop-down with one button. Nothing is preset: an answer is chosen. */
export function answerChoice(
  answers: readonly Shown[],
  { title, submit }: { readonly title: string; readonly submit: string },
  flavour: Flavour,
): Choice {
  const entries = answers.slice(0, CARD_COUNTS.selectOptions - 1).map(({ entry }) => entry);
  const [first] = entries;
  const options = entries.map(({ label }, index) => ({
    id: `a${index}`,
    text: cut(`${index + 1} ${oneLine(label)}`, CARD_LIMITS[flavour].optionText),
  }));
  return {
    isList: false,
    selection: {
      question_key: ROW_QUESTION,
      title: cut(title, CARD_COUNTS.selectTitle),
      option_list: [{ id: '-', text: cut(title, CARD_LIMITS[flavour].optionText) }, ...options],
      selected_id: '-',
    },
    does: Object.fromEntries(entries.map((entry, index) => [`a${index}`, { [submit]: entry }])),
    labels: first ? [{ entry: { ...first, label: submit }, style: 1 }] : [],
  };
}

/** Several rows with buttons: a drop-down for the row, and each kind of button once. */
export function rowChoice(card: LocalCard, title: string, flavour: Flavour): Choice | null {
  const rows = rowsWithActions(card).slice(0, CARD_COUNTS.selectOptions);
  if (rows.length < 2) return null;
  const labels = rows.map(({ text }) => oneLine(text).replace(/^(?:INC|DRILL)-\d{4}-(\d+) · /, '$1 '));
  const does: Record<string, Record<string, Entry>> = {};
  const kinds = new Map<string, Shown>();
  for (const [index, row] of rows.entries()) {
    const own: Record<string, Entry> = {};
    for (const one of row.actions.flatMap(shown)) {
      own[one.entry.label] = one.entry;
      if (!kinds.has(one.entry.label)) kinds.set(one.entry.label, one);
    }
    does[String(index)] = own;
  }
  const option_list = optionTexts(labels, CARD_LIMITS[flavour].optionText).map((text, index) => ({
    id: String(index),
    text,
  }));
  const selection = {
    question_key: ROW_QUESTION,
    title: cut(title, CARD_COUNTS.selectTitle),
    option_list,
    selected_id: '0',
  };
  return { isList: true, selection, does, labels: [...kinds.values()] };
}

/** Texts of options within `max` characters, with a number in front where they begin alike. */
export function optionTexts(labels: readonly string[], max: number): readonly string[] {
  const texts = labels.map((label, index) => cut(oneLine(label) || String(index + 1), max));
  const isClear = new Set(texts).size === texts.length;
  return isClear ? texts : labels.map((label, index) => cut(`${index + 1} ${oneLine(label)}`, max));
}
