import type { Command, CommandOf } from '../../incident/commands.ts';
import type { IncidentState } from '../../incident/state.ts';
import { fieldOf, fieldPart } from '../../report/items.ts';
import { rowBlock } from '../cards/blocks.ts';
import type { Block, Text } from '../cards/card.ts';
import { factLabel, valueText } from '../cards/fact-text.ts';
import { at, intent, joined, lawText, ofPart, personText, type Situation, t } from '../cards/situation.ts';
import { wordingRow } from '../collecting/checklist-card.ts';
import { unworded } from '../collecting/item-forms.ts';

/** Fields of the report written by a change: each with its text before and after. */

/** Returns false for a command without a change, such as an unchanged field of a form. */
export function isChanged(command: Command, before: IncidentState, { state }: Situation): boolean {
  if (command.type === 'fill_field' || command.type === 'confirm_wording') {
    const written = ({ fields }: IncidentState) => JSON.stringify(fields[command.field]);
    return written(before) !== written(state);
  }
  if (command.type === 'answer' && state.facts[command.fact] !== undefined)
    return state.facts[command.fact]?.version !== before.facts[command.fact]?.version;
  return true;
}

/** Confirmation of several fields at once, each with its new content. */
export function fieldsLine(situation: Situation, fills: readonly CommandOf<'fill_field'>[]): Text {
  const fields = fills.flatMap(({ field, value }) => {
    const found = fieldOf(situation, field);
    if (!found) return [];
    const text = value.state === 'unknown' ? t('value.unknown') : { raw: writtenText(situation, field, value.text) };
    const params = {
      n: found.item.n,
      field: lawText(found.field.label),
      text: ofPart(fieldPart(situation, field), text),
    };
    return [t('said.field_entry', params)];
  });
  return t('said.fields', { fields: joined(fields, 'semicolon') });
}

/** Text of another person that a field held before it was replaced, with the way back. */
export function replacedBlocks(
  situation: Situation,
  before: IncidentState,
  made: readonly Command[],
): readonly Block[] {
  return made.flatMap((command): readonly Block[] => {
    if (command.type === 'answer') return replacedAnswer(situation, before, command.fact);
    if (command.type !== 'fill_field') return [];
    const { field } = command;
    const old = before.fields[field]?.current;
    const now = situation.state.fields[field]?.current;
    const found = fieldOf(situation, field);
    if (!found || !old || !now || old.by === now.by || old.text === null || old.text === now.text) return [];
    const params = {
      by: personText(before, old.by),
      at: at(situation, old.at),
      field: lawText(found.field.label),
      text: ofPart(fieldPart(situation, field), shortened(old.text)),
    };
    const restore = intent(`restore_${field}`, t('act.restore'), {
      type: 'choose_version',
      field,
      version: old.version,
    });
    return [rowBlock('partly', t('said.replaced', params), [restore])];
  });
}

/** Row for an answer of another person that was replaced, with the way back; "not known" replaces nothing. */
function replacedAnswer(situation: Situation, before: IncidentState, fact: string): readonly Block[] {
  const old = before.facts[fact];
  const now = situation.state.facts[fact];
  if (!old || !now || old.by === now.by || old.value === 'unknown') return [];
  if (JSON.stringify(old.value) === JSON.stringify(now.value)) return [];
  const params = {
    by: personText(before, old.by),
    at: at(situation, old.at),
    field: factLabel(situation.regime, fact),
    text: ofPart('answers', valueText(situation, fact, old.value)),
  };
  const restore = intent(`restore_${fact}`, t('act.restore'), { type: 'answer', fact, value: old.value });
  return [rowBlock('partly', t('said.replaced', params), [restore])];
}

/** Fields just written whose wording a person still has to confirm: until then the report leaves them open. */
export function wordingBlocks(situation: Situation, made: readonly Command[]): readonly Block[] {
  const filled = new Set(made.flatMap((command) => (command.type === 'fill_field' ? [command.field] : [])));
  if (filled.size === 0) return [];
  return wordingRow(
    situation,
    unworded(situation).filter(({ definition }) => filled.has(definition.id)),
    [],
  );
}

/** Text of a field as it was recorded, e.g. a time as the instant that was understood. */
export function writtenText({ state }: Situation, field: string, words: string): string {
  return shortened(state.fields[field]?.current?.text ?? words);
}
const SHOWN = 120;
function shortened(text: string): string {
  const characters = [...text];
  return characters.length > SHOWN ? `${characters.slice(0, SHOWN).join('')}…` : text;
}
