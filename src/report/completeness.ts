import { namesApprover } from '../incident/approvals.ts';
import { statedText } from '../incident/facts/context-facts.ts';
import { isOperatorOpen } from '../law/condition.ts';
import { isOfProvince } from '../law/regime.ts';
import { type Point, pointOf } from './contradictions.ts';
import type { FieldReading } from './fields.ts';
import { figuresOf } from './figures.ts';
import { contactOf, formalName, recipientsOf, unitRun } from './head.ts';
import { type ItemStatus, itemStatuses, toFollow } from './items.ts';
import { law, type Sheet, say } from './sheet.ts';

/** Gaps of a report of this kind if compiled now: points it cannot state yet, or states without a confirmation. */
export function gapsOf(sheet: Sheet): readonly Point[] {
  const items = itemStatuses(sheet);
  const fields = items.flatMap((item) =>
    item.fields.filter((field) => !isOpenLevel(sheet, field)).flatMap((field) => fieldGaps(sheet, field)),
  );
  return [...occurrenceGaps(sheet, items), ...headGaps(sheet), ...decisionGaps(sheet, items), ...fields];
}

/** A gap's or contradiction's sentence in the language of the sheet. */
export function pointText(sheet: Sheet, { key, field, params }: Point): string {
  return say(sheet, key, { ...params, ...(field === null ? {} : { field: fieldLabel(sheet, field) }) });
}
function fieldLabel(sheet: Sheet, id: string): string {
  const { items, parts, factDefinitions } = sheet.regime;
  const found = [...items.flatMap(({ fields }) => fields), ...parts, ...factDefinitions].find((one) => one.id === id);
  return found ? law(sheet, found.label) : id;
}

/** Returns true for the empty field of the level while no level can be determined, which is a gap of its own. */
function isOpenLevel({ ia }: Sheet, { definition, state }: FieldReading): boolean {
  return definition.from === 'level' && state === 'missing' && ia.level === 'undetermined' && !ia.levelDecided;
}

function fieldGaps({ role }: Sheet, { definition, state, foreign }: FieldReading): readonly Point[] {
  const { id, required } = definition;
  const words: readonly Point[] = foreign ? [pointOf('report.gap.not_chinese', id)] : [];
  if (state === 'clash') return [pointOf('report.gap.clash', id)];
  if (state === 'unconfirmed') return [pointOf('report.gap.unconfirmed', id)];
  if (required !== 'now' && role !== 'final') return words;
  if (state === 'missing') return [pointOf('report.gap.missing', id)];
  return state === 'unknown' ? [pointOf('report.gap.unknown', id)] : words;
}

/** Gap: the beginning of an outage is stated, but not the time of the occurrence. */
function occurrenceGaps(sheet: Sheet, items: readonly ItemStatus[]): readonly Point[] {
  const fields = items.flatMap((item) => item.fields);
  const occurrence = fields.find(({ definition }) => definition.from === 'occurrence');
  if (occurrence?.runs !== null || !figuresOf(sheet).some(({ since }) => since)) return [];
  return [pointOf('report.gap.occurrence_open', occurrence.definition.id)];
}

function headGaps(sheet: Sheet): readonly Point[] {
  const recipients = recipientsOf(sheet);
  const { name, phone } = contactOf(sheet);
  const signs = statedText(sheet.state, 'signatory') !== null || namesApprover(sheet.state.organisation);
  const noName =
    recipients.length === 0 || recipients.some((r) => isOfProvince(sheet.regime, r) && formalName(sheet, r) === null);
  return [
    ...(isOperatorOpen(sheet.ia.operator) ? [pointOf('report.gap.recipient_open')] : []),
    ...(noName ? [pointOf('report.gap.no_addressee')] : []),
    ...(unitRun(sheet).kind === 'to_supplement' ? [pointOf('report.gap.no_unit')] : []),
    ...(name === null || phone === null ? [pointOf('report.gap.no_contact')] : []),
    ...(signs ? [] : [pointOf('report.gap.no_signatory')]),
  ];
}

function decisionGaps(sheet: Sheet, items: readonly ItemStatus[]): readonly Point[] {
  const { ia, state, role, cannotDetermine } = sheet;
  const level = ia.level === 'undetermined' ? 'report.gap.level_undetermined' : 'report.gap.level_unconfirmed';
  const awareness =
    ia.anchors.awareness === undefined ? 'report.gap.awareness_missing' : 'report.gap.awareness_unconfirmed';
  const later = role === 'first' && cannotDetermine.length === 0 && toFollow(items).length > 0;
  return [
    ...(ia.levelDecided ? [] : [pointOf(level)]),
    ...(state.awareness ? [] : [pointOf(awareness)]),
    ...(later ? [pointOf('report.gap.later_without_reason')] : []),
  ];
}
