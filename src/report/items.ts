import { onceFor } from '../incident/facts/once.ts';
import type { AbroadPart, ActorId } from '../incident/identity.ts';
import type { Run } from '../incident/report-document.ts';
import type { FieldDefinition, ItemDefinition, Regime } from '../law/regime.ts';
import type { BilingualText } from '../law/types.ts';
import { type FieldReading, readField } from './fields.ts';
import { SAYS_ESTIMATE } from './runs.ts';
import { fieldsInForce, partField } from './sections.ts';
import { type Sheet, sheetNow, type Written } from './sheet.ts';

export interface ItemStatus {
  readonly id: string;
  readonly n: number;
  readonly title: BilingualText;
  /** Urgency of an item. `now`: the first report cannot be sent without it. */
  readonly required: ItemDefinition['required'];
  readonly owner: ActorId | null;
  readonly fields: readonly FieldReading[];
  /** Number of fields that are printed, or recorded as not known yet. */
  readonly filled: number;
  readonly state: 'done' | 'partly' | 'open';
}

const once = onceFor<readonly ItemStatus[]>();

/** Status of the items now: those of the first report or, after the end of handling, the parts of the summary. */
export function itemsNow(from: Written): readonly ItemStatus[] {
  return itemStatuses(sheetNow(from, 'zh'));
}

/** Status of the items in a report of the sheet's kind. */
export function itemStatuses(sheet: Sheet): readonly ItemStatus[] {
  return once(sheet, `${sheet.role} ${sheet.language}`, () => {
    const items = sheet.role === 'final' ? partsAsItems(sheet.regime) : sheet.regime.items;
    return items.map((item) => itemStatus(sheet, item));
  });
}

/** Items of the report being written: the first report's or, after the end of handling, the summary's parts. */
export function itemsInForce({ state, regime }: Pick<Written, 'state' | 'regime'>): readonly ItemDefinition[] {
  return state.handlingEnded ? partsAsItems(regime) : regime.items;
}

/** Items of every report: the first one's and the parts of the summary. */
export function allItems({ regime }: Pick<Written, 'regime'>): readonly ItemDefinition[] {
  return [...regime.items, ...partsAsItems(regime)];
}

/** A part of the summary report is an item with one field of the same id. */
function partsAsItems({ parts, later }: Regime): readonly ItemDefinition[] {
  return parts.map((part) => ({
    id: part.id,
    n: part.n,
    title: part.label,
    translation: part.label.en,
    source: later.source,
    required: 'may_follow',
    tracing: false,
    fields: [partField(part)],
  }));
}

function itemStatus(sheet: Sheet, item: ItemDefinition): ItemStatus {
  const fields = fieldsInForce(sheet, item).map((definition) => readField(sheet, definition));
  const needed = fields.filter(({ definition }) => definition.required !== 'optional');
  const settled = needed.every(({ runs }) => runs !== null) && !fields.some(({ state }) => TO_DECIDE.has(state));
  const { id, n, title, required } = item;
  const owner = sheet.state.owners[id]?.owner ?? null;
  const filled = fields.filter(({ runs, state }) => runs !== null || state === 'unknown').length;
  const untouched = fields.every(({ state }) => state === 'missing');
  return { id, n, title, required, owner, fields, filled, state: untouched ? 'open' : settled ? 'done' : 'partly' };
}

/** States in which text exists and a person still has to choose or confirm the wording of the report. */
const TO_DECIDE: ReadonlySet<FieldReading['state']> = new Set(['clash', 'unconfirmed']);

/** Fields that the first report needs and would not print now; "not known yet" counts as an answer. */
export function missingNow({ fields }: Pick<ItemStatus, 'fields'>): readonly FieldReading[] {
  return fields.filter(
    ({ definition, runs, state }) => definition.required === 'now' && runs === null && state !== 'unknown',
  );
}

/** Fields of an item that are incomplete, required now or later; "not known yet" is incomplete. */
export function owedOf({ fields }: Pick<ItemStatus, 'fields'>): readonly FieldReading[] {
  return fields.filter(
    ({ definition, runs, state }) => definition.required !== 'optional' && (runs === null || TO_DECIDE.has(state)),
  );
}

/** Numbers of the incomplete items that may follow later. */
export function toFollow(items: readonly ItemStatus[]): readonly number[] {
  return items.filter((item) => item.required === 'may_follow' && item.fields.some(stillToCome)).map(({ n }) => n);
}
/** Numbers of the items that a first report needs and that are not fully printed. */
export function incompleteNow(items: readonly ItemStatus[]): readonly number[] {
  return items.filter((item) => item.required === 'now' && item.fields.some(stillToCome)).map(({ n }) => n);
}
/** Number of printed estimates: stated figures, running durations, fields marked or worded as estimates. */
export function estimatesOf(items: readonly ItemStatus[]): number {
  const runs = items.flatMap(({ fields }) => fields.flatMap((field) => field.runs ?? []));
  const isEstimate = (run: Run): boolean =>
    run.kind === 'estimate' || (run.kind === 'words' && SAYS_ESTIMATE.test(run.text));
  return new Set(runs.flatMap((run) => ('of' in run && isEstimate(run) ? [run.of] : []))).size;
}
function stillToCome({ definition, runs }: FieldReading): boolean {
  return definition.required !== 'optional' && runs === null;
}

/** Item and field of a field's id, in any report; null for an unknown id. */
export function fieldOf(
  from: Pick<Written, 'regime'>,
  id: string,
): { readonly item: ItemDefinition; readonly field: FieldDefinition } | null {
  for (const item of allItems(from)) {
    const field = item.fields.find((one) => one.id === id);
    if (field) return { item, field };
  }
  return null;
}
export function itemOf(from: Pick<Written, 'regime'>, id: string): ItemDefinition | null {
  return allItems(from).find((item) => item.id === id) ?? null;
}
/** Part that must be released for rooms abroad to show a field: tracing clues are a part of their own. */
export function fieldPart(from: Pick<Written, 'regime'>, field: string): AbroadPart {
  return fieldOf(from, field)?.item.tracing === true ? 'tracing' : 'texts';
}
