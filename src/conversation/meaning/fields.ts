import { endOf } from '../../incident/closing.ts';
import { nameOfField } from '../../law/regime.ts';
import type { FieldReading } from '../../report/fields.ts';
import { type ItemStatus, itemsNow } from '../../report/items.ts';
import { intent, lawText, type Situation, t } from '../cards/situation.ts';
import type { TextCommand } from '../text/commands/commands.ts';
import { byName } from '../text/commands/field-rows.ts';
import { commands, type Meaning, noteAction, openForm, say } from './meaning.ts';

type FieldCommand = Extract<TextCommand, { type: 'item' | 'correct' | 'delete' }>;

/** Returns the meaning of "4 …", "修改 2 措施：…" or "删除 3": the field, or a choice between fields. */
export function fieldMeant(command: FieldCommand, situation: Situation): Meaning {
  const items = itemsNow(situation);
  const item = items.find((one) => one.n === command.n);
  if (!item && (command.n !== undefined || command.field === undefined)) return which(command, items, situation);
  const found = item ? named(item.fields, command.field) : usually(items, command.field);
  const [field, other] = found;
  // The item has no field of this name, so any of its fields may be meant.
  if (!field) return item ? ask(command, item.fields, item, situation) : which(command, items, situation);
  if (other) return ask(command, found, itemOf(items, field), situation);
  if (command.type === 'delete') return fill(field, { state: 'unknown' });
  const text = wordsOf(command);
  return text === '' ? formFor(itemOf(items, field), situation) : fill(field, { state: 'known', text });
}

const wordsOf = (command: FieldCommand): string => (command.type === 'delete' ? '' : (command.text?.trim() ?? ''));

function formFor(item: ItemStatus | undefined, { state }: Situation): Meaning {
  const ref = { form: 'item', args: { incident: state.id, item: item?.id ?? '' } };
  return { kind: 'form', ref, label: t('act.fill_in') };
}

type Value = Extract<Extract<Meaning, { kind: 'commands' }>['commands'][number], { type: 'fill_field' }>['value'];
function fill({ definition }: FieldReading, value: Value): Meaning {
  return commands({ type: 'fill_field', field: definition.id, value });
}

/** Returns the fields by their usual names, in either language or by the last part of the id. */
function named(fields: readonly FieldReading[], name: string | undefined): readonly FieldReading[] {
  if (name === undefined) return fields;
  const byPart = fields.filter(({ definition }) => nameOfField(definition.id) === name.trim().toLowerCase());
  return byPart.length > 0 ? byPart : byName(fields, name, ({ definition: { label } }) => [label.zh, label.en]);
}

/** Item preferred for 影响 (impact so far) and 措施 (measures taken), unless a number names another item. */
const USUAL_ITEM = 2;

function usually(items: readonly ItemStatus[], name: string | undefined): readonly FieldReading[] {
  const all = items.flatMap(({ fields }) => fields);
  const found = named(all, name);
  if (found.length < 2) return found;
  const usual = items.find(({ n }) => n === USUAL_ITEM)?.fields ?? [];
  const preferred = found.filter((field) => usual.includes(field));
  return preferred.length > 0 ? preferred : found;
}

function itemOf(items: readonly ItemStatus[], field: FieldReading): ItemStatus | undefined {
  return items.find((item) => item.fields.includes(field));
}

const MOST_OFFERED = 12;

/** Returns a choice between fields; each button contains the written text, so that nothing is typed twice. */
function ask(
  command: FieldCommand,
  fields: readonly FieldReading[],
  item: ItemStatus | undefined,
  situation: Situation,
): Meaning {
  const text = wordsOf(command);
  if (command.type !== 'delete' && text === '') return formFor(item, situation);
  const value: Value = command.type === 'delete' ? { state: 'unknown' } : { state: 'known', text };
  const isOne = fields.every((field) => item?.fields.includes(field));
  return say(
    item && isOne ? t('text.which_field', { n: item.n }) : t('text.which_of'),
    fields
      .slice(0, MOST_OFFERED)
      .map(({ definition: { id, label } }) =>
        intent(`fill_${id}`, lawText(label), { type: 'fill_field', field: id, value }),
      ),
  );
}

/** Returns a choice between items; the written text can also be kept as it is. */
function which(command: FieldCommand, items: readonly ItemStatus[], situation: Situation): Meaning {
  if (command.type === 'delete' && command.n === undefined) {
    return endOf(situation.state) ? openForm(situation, 'erase') : say(t('text.lacks.item'));
  }
  const text = wordsOf(command);
  return say(t('text.which_item', { n: items.length }), text === '' ? [] : [noteAction(text)]);
}
