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
  const fields = (item ? item.fields : items.flatMap((one) => one.fields)).filter((f) => matches(f, command.field));
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

/** A field is named by its label in either language, by part of it, or by the last part of its id. */
function matches({ definition }: FieldStatus, named: string | undefined): boolean {
  if (named === undefined) return true;
  const words = named.toLowerCase();
  const { zh, en } = definition.label;
  return zh.includes(named) || en.toLowerCase().includes(words) || definition.id.endsWith(`.${words}`);
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
