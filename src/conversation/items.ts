import { clashingVersions } from '../incident/fields.ts';
import type { AbroadPart, ActorId } from '../incident/identity.ts';
import { entityOf, systemOf } from '../incident/law-facts.ts';
import type { FieldEntry } from '../incident/state.ts';
import type { FieldDefinition, ItemDefinition } from '../law/regime.ts';
import type { BilingualText } from '../law/types.ts';
import type { Text } from './card.ts';
import { ransomwareStated } from './context-questions.ts';
import { joined, lawText, ofPart, personText, type Scene, t } from './scene.ts';

/** `derived`: the record itself answers it. `clash`: two people wrote different things and nobody has chosen. */
export type FieldState = 'known' | 'estimate' | 'unknown' | 'missing' | 'clash' | 'derived';
export interface FieldStatus {
  readonly definition: FieldDefinition;
  readonly state: FieldState;
  readonly entry: FieldEntry | null;
}
export interface ItemStatus {
  readonly id: string;
  readonly n: number;
  readonly title: BilingualText;
  readonly requiredNow: boolean;
  readonly owner: ActorId | null;
  readonly fields: readonly FieldStatus[];
  readonly filled: number;
  readonly state: 'done' | 'partly' | 'open';
}

/** How far every item of the report is: the first report's items, after handling ended the parts of the summary. */
export function completeness(scene: Scene): readonly ItemStatus[] {
  return itemsInForce(scene).map((item) => itemStatus(scene, item));
}

export function itemsInForce({ state, regime }: Pick<Scene, 'state' | 'regime'>): readonly ItemDefinition[] {
  return state.handlingEnded ? partsAsItems({ regime }) : regime.items;
}

/** A part of the summary report is an item with one field of the same id. */
function partsAsItems({ regime }: Pick<Scene, 'regime'>): readonly ItemDefinition[] {
  return regime.parts.map(({ id, n, label, example }) => ({
    id,
    n,
    title: label,
    translation: label.en,
    source: regime.later.source,
    required: 'may_follow',
    tracing: false,
    fields: [{ id, label, example, required: 'may_follow', multiline: true }],
  }));
}

function itemStatus(scene: Scene, item: ItemDefinition): ItemStatus {
  const fields = item.fields
    .filter((field) => field.onlyIf !== 'ransomware' || ransomwareStated(scene))
    .map((definition) => fieldStatus(scene, definition));
  const needed = fields.filter(({ definition }) => definition.required !== 'optional');
  const filled = fields.filter(({ state }) => state !== 'missing' && state !== 'clash').length;
  const settled = needed.every(({ state }) => state === 'known' || state === 'estimate' || state === 'derived');
  return {
    id: item.id,
    n: item.n,
    title: item.title,
    requiredNow: item.required === 'now',
    owner: scene.state.owners[item.id]?.owner ?? null,
    fields,
    filled,
    state: filled === 0 ? 'open' : settled && !fields.some(({ state }) => state === 'clash') ? 'done' : 'partly',
  };
}

function fieldStatus(scene: Scene, definition: FieldDefinition): FieldStatus {
  const entry = scene.state.fields[definition.id] ?? null;
  if (entry && clashingVersions(entry).length > 0) return { definition, state: 'clash', entry };
  if (entry?.current) return { definition, state: entry.current.state, entry };
  return { definition, state: derivedText(scene, definition) ? 'derived' : 'missing', entry };
}

/** What the record says for a field nobody wrote; null if it says nothing. */
export function derivedText(scene: Scene, { id, from }: Pick<FieldDefinition, 'id' | 'from'>): Text | null {
  const { ia } = scene;
  const instant = (iso: string | undefined): Text | null =>
    iso ? t('value.count', { n: { instant: iso, style: 'full' } }) : null;
  switch (from) {
    case 'occurrence':
      return instant(ia.anchors.occurrence);
    case 'awareness':
      return instant(ia.anchors.awareness);
    case 'level':
      return levelName(scene);
    case 'incident_type':
      return typeName(scene);
    case 'entity':
    case 'system':
      return profileText(scene, id);
    default:
      return null;
  }
}

/** The entry of the profile behind a field of item 1, by the last part of its id. */
function profileText({ state }: Scene, field: string): Text | null {
  const entity = entityOf(state);
  const system = systemOf(state);
  switch (field.split('.').at(-1)) {
    case 'unit':
      return rawOrNull(entity?.name);
    case 'credit_code':
      return rawOrNull(entity?.creditCode);
    case 'system':
      return rawOrNull(system?.name);
    case 'mlps_level':
      return system?.mlpsLevel === undefined ? null : t('value.count', { n: system.mlpsLevel });
    case 'mlps_filing':
      return rawOrNull(system?.mlpsFiling);
    case 'deployment':
      return rawOrNull(system?.deployment);
    case 'users':
      return system?.expectedUsers === undefined ? null : t('value.people', { n: { amount: system.expectedUsers } });
    default:
      return null;
  }
}

function rawOrNull(text: string | undefined): Text | null {
  return text === undefined ? null : ofPart('texts', text);
}
function levelName({ ia, regime }: Scene): Text | null {
  const level = regime.levels.find(({ id }) => id === ia.level);
  return level ? lawText(level.name) : null;
}
function typeName({ state, regime }: Scene): Text | null {
  const chosen = state.facts['incident_type']?.value;
  const all = [...regime.types, ...regime.types.flatMap((category) => category.types)];
  const type = all.find(({ id }) => id === chosen);
  return type ? lawText(type.name) : null;
}
/** Numbers of the items of which something is still to come. */
export function toFollow(items: readonly ItemStatus[]): readonly number[] {
  return items
    .filter((item) => item.state !== 'done' && item.fields.some(({ definition }) => definition.required !== 'optional'))
    .map((item) => item.n);
}

/** What the first report cannot go without: fields required now that nobody filled, not even with "not known yet". */
export function missingNow(item: ItemStatus): readonly FieldStatus[] {
  return item.fields.filter(
    ({ definition, state }) => definition.required === 'now' && (state === 'missing' || state === 'clash'),
  );
}

/** "item 2 place, measures (Chen Yu)": what is missing for the first report, by whom. Null if nothing is. */
export function missingText(scene: Scene, items: readonly ItemStatus[]): Text | null {
  return listed(items, missingNow, (text, { owner }) =>
    owner ? t('remind.owned', { missing: text, owner: personText(scene.state, owner) }) : text,
  );
}
/** "item 2 place, measures": what somebody still owes of these items. */
export function owedText(items: readonly ItemStatus[]): Text | null {
  return listed(items, owedOf, (text) => text);
}

function listed(
  items: readonly ItemStatus[],
  fieldsOf: (item: ItemStatus) => readonly FieldStatus[],
  withOwner: (text: Text, item: ItemStatus) => Text,
): Text | null {
  const parts = items.flatMap((item): readonly Text[] => {
    const fields = fieldsOf(item).map(({ definition }) => lawText(definition.label));
    return fields.length === 0 ? [] : [withOwner(t('items.missing', { n: item.n, fields: joined(fields) }), item)];
  });
  return parts.length > 0 ? joined(parts, 'semicolon') : null;
}

/** The items of every report: the first one's and the parts of the summary. */
export function allItems({ regime }: Pick<Scene, 'regime'>): readonly ItemDefinition[] {
  return [...regime.items, ...partsAsItems({ regime })];
}

/** The item and field behind a field id, in the report that is being written. */
export function fieldOf(
  scene: Pick<Scene, 'regime'>,
  id: string,
): { readonly item: ItemDefinition; readonly field: FieldDefinition } | null {
  for (const item of allItems(scene)) {
    const field = item.fields.find((one) => one.id === id);
    if (field) return { item, field };
  }
  return null;
}
/** Leads for tracing are released on their own. */
export function fieldPart(scene: Pick<Scene, 'regime'>, field: string): AbroadPart {
  return fieldOf(scene, field)?.item.tracing === true ? 'tracing' : 'texts';
}
export function itemOf(scene: Pick<Scene, 'regime'>, id: string): ItemDefinition | null {
  return allItems(scene).find((item) => item.id === id) ?? null;
}

/** What is still to come of an item, required now or not; "not known yet" is still to come. */
export function owedOf(item: ItemStatus): readonly FieldStatus[] {
  return item.fields.filter(
    ({ definition, state }) =>
      definition.required !== 'optional' && (state === 'missing' || state === 'clash' || state === 'unknown'),
  );
}
/** Items a person owns and still owes something of. */
export function missingFor(scene: Scene, owner: ActorId): readonly ItemStatus[] {
  return completeness(scene).filter((item) => item.owner === owner && owedOf(item).length > 0);
}
