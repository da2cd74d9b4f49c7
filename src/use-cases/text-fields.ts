import { completeness, type FieldStatus, type ItemStatus } from '../conversation/items.ts';
import { joined, lawText, type Scene, t } from '../conversation/scene.ts';
import type { TextCommand } from '../conversation/text/commands.ts';
import type { Meaning } from './text-door.ts';

type FieldCommand = Extract<TextCommand, { type: 'item' | 'correct' | 'delete' }>;

/** "4 …", "修改 2 措施：…", "删除 3": which field is meant, or which ones could be. */
export function fieldMeant(command: FieldCommand, scene: Scene): Meaning {
  const items = completeness(scene);
  const item = items.find((one) => one.n === command.n);
  if (command.n !== undefined && !item) return { kind: 'say', text: t('text.which_item', { n: items.length }) };
  const fields = named(item ? item.fields : items.flatMap((one) => one.fields), command.field);
  const [field, other] = fields;
  if (!field && !item) return { kind: 'say', text: t('text.which_item', { n: items.length }) };
  if (!field || other) return ask(item ?? itemOf(items, field), item?.fields ?? fields);
  if (command.type === 'delete') return fill(field, { state: 'unknown' });
  const text = command.text?.trim();
  if (!text) {
    const ref = { form: 'item', args: { incident: scene.state.id, item: itemOf(items, field)?.id ?? '' } };
    return { kind: 'form', ref, label: t('act.fill_in') };
  }
  return fill(field, { state: 'known', text });
}

type Value = Extract<Extract<Meaning, { kind: 'commands' }>['commands'][number], { type: 'fill_field' }>['value'];
function fill({ definition }: FieldStatus, value: Value): Meaning {
  return { kind: 'commands', commands: [{ type: 'fill_field', field: definition.id, value }] };
}

/**
 * Fields by what people call them: the whole label in either language or the last part of the id, else the end of a
 * label (措施 is 已采取的措施), else any part of it. The first way that finds something counts.
 */
function named(fields: readonly FieldStatus[], name: string | undefined): readonly FieldStatus[] {
  if (name === undefined) return fields;
  const word = name.trim().toLowerCase();
  const labels = ({ definition }: FieldStatus) => [definition.label.zh, definition.label.en.toLowerCase()];
  const ways: readonly ((field: FieldStatus) => boolean)[] = [
    (field) => labels(field).includes(word) || field.definition.id.endsWith(`.${word}`),
    (field) => labels(field).some((label) => label.endsWith(word)),
    (field) => labels(field).some((label) => label.includes(word)),
  ];
  for (const way of ways) {
    const found = fields.filter(way);
    if (found.length > 0) return found;
  }
  return [];
}

function itemOf(items: readonly ItemStatus[], field: FieldStatus | undefined): ItemStatus | undefined {
  return items.find((item) => field !== undefined && item.fields.includes(field));
}

function ask(item: ItemStatus | undefined, fields: readonly FieldStatus[]): Meaning {
  const labels = fields.slice(0, 12).map(({ definition }) => lawText(definition.label));
  const [first] = labels;
  if (!first) return { kind: 'say', text: t('text.which_item', { n: 8 }) };
  return { kind: 'say', text: t('text.which_field', { n: item?.n ?? 0, field: first, fields: joined(labels) }) };
}
