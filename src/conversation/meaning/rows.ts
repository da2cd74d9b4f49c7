import type { CommandOf } from '../../incident/commands.ts';
import { fieldOf } from '../../report/items.ts';
import type { Action } from '../cards/card.ts';
import { intent, joined, lawText, type Situation, t } from '../cards/situation.ts';
import { timeWords } from '../collecting/time-words.ts';
import { refusalText } from '../record/refusals.ts';
import type { TextCommand } from '../text/commands/commands.ts';
import type { FieldRow } from '../text/commands/field-rows.ts';
import { fieldMeantAsAnswer, wordsMeant } from './answers.ts';
import { fieldMeant } from './fields.ts';
import { type Ask, type Meaning, noteAction, say } from './meaning.ts';

type Commands = Extract<Meaning, { kind: 'commands' }>;
type Fill = CommandOf<'fill_field'>;

/**
 * Returns the meaning of several rows in one message: each row with a name fills its field. The bot asks about a row
 * without a known name, or whose name fits several fields; the other rows are recorded anyway.
 */
export function rowsMeant({ rows }: Extract<TextCommand, { type: 'rows' }>, situation: Situation): Meaning {
  const found: Commands['commands'][number][] = [];
  const asks: Ask[] = [];
  for (const row of rows) {
    const meaning = rowMeant(row, situation);
    const impossible = meaning?.kind === 'commands' ? impossibleTime(meaning, situation) : null;
    if (impossible) asks.push({ text: joined([{ raw: row.text }, impossible], 'dot'), actions: [] });
    else if (meaning?.kind === 'commands') found.push(...meaning.commands);
    else if (meaning?.kind === 'say') {
      asks.push({ text: joined([{ raw: wordsOf(row) }, meaning.text], 'dot'), actions: meaning.actions ?? [] });
    } else if (meaning === null) asks.push(unnamed(row, found.at(-1), situation));
  }
  const numbered = asks.map((ask, index) => ({ ...ask, actions: ask.actions.map((one) => apart(one, index)) }));
  if (found.length > 0) return { kind: 'commands', commands: found, asks: numbered };
  const actions = numbered.flatMap((ask) => ask.actions);
  return say(
    joined(
      numbered.map(({ text }) => text),
      'sentence',
    ),
    actions,
  );
}

/** Returns the meaning of one row; null if it names no field, or has no content after the name. */
function rowMeant({ field, n, text }: FieldRow, situation: Situation): Meaning | null {
  if (field === undefined) {
    const words = wordsMeant(text, situation);
    return words?.kind === 'commands' ? words : null;
  }
  const asAnswer = n === undefined ? fieldMeantAsAnswer({ field, text }, situation) : null;
  return asAnswer ?? fieldMeant({ type: 'item', field, text, ...(n === undefined ? {} : { n }) }, situation);
}

const wordsOf = ({ field, text }: FieldRow): string => (field === undefined ? text : `${field}: ${text}`);

function impossibleTime({ commands }: Commands, situation: Situation) {
  const [refusal] = commands.flatMap((command) => {
    if (command.type !== 'fill_field' || command.value.state === 'unknown') return [];
    const read = timeWords(situation, command.field, command.value.text);
    return 'refusal' in read ? read.refusal : [];
  });
  return refusal ? refusalText(refusal, situation) : null;
}

/** Asks about a row without a known name, whether it belongs to the field above or is a note. */
function unnamed({ text }: FieldRow, above: Commands['commands'][number] | undefined, situation: Situation): Ask {
  const longer = above?.type === 'fill_field' ? appended(above, text, situation) : [];
  return { text: t('text.row_unknown', { row: { raw: text } }), actions: [...longer, noteAction(text)] };
}

function appended(above: Fill, text: string, situation: Situation): readonly Action[] {
  const found = fieldOf(situation, above.field);
  if (!found || above.value.state !== 'known') return [];
  const value = { state: 'known', text: `${above.value.text}\n${text}` } as const;
  const label = t('text.row_append', { field: lawText(found.field.label) });
  return [intent('append', label, { ...above, value })];
}

const apart = (action: Action, index: number): Action => ({ ...action, id: `${action.id}_${index}` });
