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

/** Text of a change, e.g. "Impact and harm: A → B"; long texts are cut to the difference. */
export function changeText({ label, before, after }: TextChange): Text {
  const from = before && after ? { zh: start(before.zh, after.zh), en: start(before.en, after.en) } : { zh: 0, en: 0 };
  const said = ({ zh, en }: BilingualText): Text =>
    ofPart('drafts', lawText({ zh: clipped(zh, from.zh), en: clipped(en, from.en) }));
  const params = { label: lawText(label), after: after ? said(after) : t('changes.gone') };
  return before ? t('changes.line', { ...params, before: said(before) }) : t('changes.new', params);
}

/** Offset (characters) from which the first difference is visible; 0 if the text is short enough. */
function start(before: string, after: string): number {
  const [a, b] = [[...before], [...after]];
  if (Math.max(a.length, b.length) <= SHOWN) return 0;
  const first = a.findIndex((character, i) => character !== b[i]);
  return Math.max(0, (first < 0 ? a.length : first) - LEAD);
}

function clipped(text: string, from: number): string {
  const characters = [...text];
  const shown = characters.slice(from, from + SHOWN).join('');
  return `${from > 0 ? '…' : ''}${shown}${from + SHOWN < characters.length ? '…' : ''}`;
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
