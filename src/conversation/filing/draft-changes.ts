import type { Draft } from '../../incident/state.ts';
import type { BilingualText } from '../../law/types.ts';
import { changesFrom, type TextChange } from '../../report/compile.ts';
import { fieldOf } from '../../report/items.ts';
import type { Text } from '../cards/card.ts';
import { lawText, ofPart, plain, type Situation, t } from '../cards/situation.ts';

/** Differences between the record and a draft; empty while its text is current. */
export function changesNow(situation: Situation, draft: Draft): readonly TextChange[] {
  return draft.text ? changesFrom(draft.text, situation, draft) : [];
}

const SHOWN = 60;
/** Number of unchanged characters shown before the first difference. */
const LEAD = 12;

/** Text of a change, e.g. "Impact and harm: A → B"; long texts are cut to the clauses that differ. */
export function changeText({ label, before, after }: Omit<TextChange, 'stable'>): Text {
  const name = lawText(label);
  if (!before || !after) return lineOf(name, before, after);
  const [zh, en] = [differing(before.zh, after.zh), differing(before.en, after.en)];
  // A clause that only one of the texts has is new or gone; the other text has nothing to compare it with.
  const was = zh[0] && en[0] ? { zh: zh[0], en: en[0] } : null;
  const is = zh[1] && en[1] ? { zh: zh[1], en: en[1] } : null;
  return was || is ? lineOf(name, was, is) : lineOf(name, before, after);
}

function lineOf(label: Text, before: BilingualText | null, after: BilingualText | null): Text {
  const from = before && after ? { zh: start(before.zh, after.zh), en: start(before.en, after.en) } : { zh: 0, en: 0 };
  const said = ({ zh, en }: BilingualText): Text =>
    ofPart('drafts', lawText({ zh: clipped(zh, from.zh), en: clipped(en, from.en) }));
  if (before && after) return t('changes.line', { label, before: said(before), after: said(after) });
  if (before) return t('changes.gone', { label, before: said(before) });
  return after ? t('changes.new', { label, after: said(after) }) : label;
}

const bare = (clause: string): string => clause.replace(/[;；。.]?\s*$/, '');

/** Clauses of two long texts without those at the beginning and the end that are equal; short texts stay whole. */
function differing(before: string, after: string): readonly [before: string, after: string] {
  if (Math.max(before.length, after.length) <= SHOWN) return [before, after];
  const [a, b] = [before, after].map((text) => text.split(/(?<=[;；。])|(?<=\.) (?=[A-Z])/).filter((one) => bare(one)));
  if (!a || !b) return [before, after];
  const isSame = (one: string | undefined, other: string | undefined) =>
    one !== undefined && other !== undefined && bare(one).trim() === bare(other).trim();
  const first = a.findIndex((one, n) => !isSame(one, b[n]));
  const from = first < 0 ? a.length : first;
  let kept = 0;
  while (kept < Math.min(a.length, b.length) - from && isSame(a.at(-1 - kept), b.at(-1 - kept))) kept += 1;
  const between = (clauses: readonly string[]) => bare(clauses.slice(from, clauses.length - kept).join('')).trim();
  return [between(a), between(b)];
}

/** Offset (characters) from which the first difference is visible, at the start of a word; 0 in a short text. */
function start(before: string, after: string): number {
  const [a, b] = [[...before], [...after]];
  if (Math.max(a.length, b.length) <= SHOWN) return 0;
  const first = a.findIndex((character, i) => character !== b[i]);
  const from = Math.max(0, (first < 0 ? a.length : first) - LEAD);
  return from === 0 ? 0 : a.lastIndexOf(' ', from) + 1 || from;
}

/** At most `SHOWN` characters from an offset, up to the end of a word. */
function clipped(text: string, from: number): string {
  const characters = [...text].slice(from);
  const shown = characters.slice(0, SHOWN).join('');
  const isCut = characters.length > SHOWN;
  return `${from > 0 ? '…' : ''}${isCut ? `${shown.replace(/(?<=.{30})\s\S*$/u, '')}…` : shown}`;
}

/** Label of a change, by the id of the statement, e.g. `form.2.impact`. */
export function changeLabel(situation: Pick<Situation, 'regime'>, id: string): Text {
  const found = fieldOf(situation, id);
  if (found) return lawText(found.field.label);
  const part = HEAD.find((key) => key === `report.head.${id.replace('head.', '')}`);
  return part ? t(part) : t('report.note.label');
}
const HEAD = [
  'report.head.number',
  'report.head.to',
  'report.head.unit',
  'report.head.signatory',
  'report.head.contact',
  'report.head.phone',
] as const;

/** First and last digits of a hash, for comparison by eye. */
export function shortHash(hash: string): Text {
  return plain(`${hash.slice(0, 4)}…${hash.slice(-2)}`);
}
