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
  const first = new Map(all.map((one) => [JSON.stringify(one.entry), one] as const).toReversed());
  return all.filter((one) => first.get(JSON.stringify(one.entry)) === one);
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

export interface RowChoice {
  readonly selection: NonNullable<ButtonCard['button_selection']>;
  /** By option, by label of the button. */
  readonly does: Readonly<Record<string, Readonly<Record<string, Entry>>>>;
  readonly labels: readonly Shown[];
}

/** Several rows with buttons: a drop-down for the row, and each kind of button once. */
export function rowChoice(card: LocalCard, title: string, flavour: Flavour): RowChoice | null {
  const rows = rowsWithActions(card).slice(0, CARD_COUNTS.selectOptions);
  if (rows.length < 2) return null;
  const does: Record<string, Record<string, Entry>> = {};
  const labels = new Map<string, Shown>();
  for (const [index, row] of rows.entries()) {
    const own: Record<string, Entry> = {};
    for (const one of row.actions.flatMap(shown)) {
      own[one.entry.label] = one.entry;
      if (!labels.has(one.entry.label)) labels.set(one.entry.label, one);
    }
    does[String(index)] = own;
  }
  const option_list = rows.map((row, index) => ({
    id: String(index),
    text: cut(oneLine(row.text) || String(index + 1), CARD_LIMITS[flavour].optionText),
  }));
  const selection = {
    question_key: ROW_QUESTION,
    title: cut(title, CARD_COUNTS.selectTitle),
    option_list,
    selected_id: '0',
  };
  return { selection, does, labels: [...labels.values()] };
}
