import { formatAmount, formatDuration } from '../i18n/format.ts';
import { isMessageKey } from '../i18n/translate.ts';
import type { StatedValue } from '../incident/commands.ts';
import { definitionOf } from '../law/pack.ts';
import { type FactDefinition, type FactUnit, type Regime, thresholdsOf } from '../law/regime.ts';
import type { FactValue } from '../law/types.ts';
import { momentOf } from './format.ts';
import { law, messageLanguage, type Sheet, say } from './sheet.ts';

export type AnyValue = StatedValue | FactValue;
export interface Bounds {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}
export interface Span {
  readonly since: string;
  readonly until?: string | undefined;
}

export function isList(value: AnyValue): value is readonly string[] {
  return Array.isArray(value);
}
export function asSpan(value: AnyValue): Span | null {
  return typeof value === 'object' && 'since' in value ? value : null;
}
export function asBounds(value: AnyValue): Bounds | null {
  if (typeof value !== 'object' || isList(value) || 'since' in value || 'oneOf' in value) return null;
  return value;
}

function unitText(sheet: Pick<Sheet, 'language'>, unit: FactUnit | undefined): string {
  return unit && unit !== 'minutes' ? say(sheet, `report.unit.${unit}`) : '';
}
/** A figure with its unit: 100万人, 2小时, RMB 5 million. */
export function amountText(sheet: Pick<Sheet, 'language'>, unit: FactUnit | undefined, value: number): string {
  if (unit === 'minutes') return lengthText(sheet, value);
  return `${formatAmount(value, messageLanguage(sheet.language))}${unitText(sheet, unit)}`;
}
export function lengthText({ language }: Pick<Sheet, 'language'>, minutes: number): string {
  return formatDuration(minutes, messageLanguage(language));
}

/** 约120万人 · 100万人以上、不足1000万人 · 不足100万人. Null for nothing at all, and for what is no quantity. */
export function quantityText(sheet: Sheet, definition: FactDefinition, value: AnyValue): string | null {
  const unit = definition.currency === undefined ? unitText(sheet, definition.unit) : ` ${definition.currency}`;
  const amount = (n: number): string =>
    definition.unit === 'minutes' ? lengthText(sheet, n) : formatAmount(n, messageLanguage(sheet.language));
  if (typeof value === 'number') return value === 0 ? null : say(sheet, 'report.n.about', { n: amount(value), unit });
  const bounds = asBounds(value);
  if (!bounds) return null;
  const { min = 0, max } = bounds;
  if (max === undefined) return min === 0 ? null : say(sheet, 'report.n.from', { min: amount(min), unit });
  if (max === 0) return null;
  const limit = limitAbove(sheet.regime, definition.id, max);
  if (min === 0) {
    return limit === null
      ? say(sheet, 'report.n.up_to', { max: amount(max), unit })
      : say(sheet, 'report.n.under', { max: amount(limit), unit });
  }
  return limit === null
    ? say(sheet, 'report.n.between', { min: amount(min), max: amount(max), unit })
    : say(sheet, 'report.n.band', { min: amount(min), max: amount(limit), unit });
}

/** The threshold a band ends just below: 9,999,999 is "under 10 million". */
function limitAbove(regime: Regime, fact: string, max: number): number | null {
  return thresholdsOf(regime, fact).find(({ value }) => value > max && value - max <= 1)?.value ?? null;
}

/** The names of chosen options; null for none, unknown or a free value. */
export function optionsText(sheet: Sheet, { options }: FactDefinition, value: AnyValue): string | null {
  const chosen = typeof value === 'string' ? [value] : isList(value) ? value : [];
  const names = (options ?? []).filter(({ id }) => id !== 'none' && chosen.includes(id));
  return names.length === 0 ? null : names.map(({ name }) => law(sheet, name)).join(say(sheet, 'report.list'));
}

/** Any value of a fact, nothing included: for the internal version. */
export function valueText(sheet: Sheet, fact: string, value: AnyValue): string {
  if (value === 'unknown') return say(sheet, 'common.unknown');
  if (typeof value === 'boolean') return say(sheet, value ? 'common.yes' : 'common.no');
  const span = asSpan(value);
  if (span) return spanText(sheet, span);
  const definition = definitionOf(sheet.regime, fact);
  if (definition) {
    const none = definition.options?.find(({ id }) => id === 'none');
    const text = quantityText(sheet, definition, value) ?? optionsText(sheet, definition, value);
    return text ?? (none ? law(sheet, none.name) : `0${unitText(sheet, definition.unit)}`);
  }
  return contextValue(sheet, value);
}

function spanText(sheet: Sheet, { since, until }: Span): string {
  const from = momentOf(since, sheet.language);
  return `${from} – ${until === undefined ? '…' : momentOf(until, sheet.language)}`;
}

/** Facts of the incident itself: kinds of operator, types and aspects by name, instants as times, words as they are. */
function contextValue(sheet: Sheet, value: AnyValue): string {
  if (typeof value === 'string') return nameOf(sheet, value);
  if (isList(value)) return value.map((one) => nameOf(sheet, one)).join(say(sheet, 'report.list'));
  if (typeof value === 'object' && 'oneOf' in value) return contextValue(sheet, value.oneOf);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
function nameOf(sheet: Sheet, id: string): string {
  const { regime, state } = sheet;
  const named = [...regime.operators, ...regime.types, ...regime.types.flatMap(({ types }) => types)];
  const found = named.find((one) => one.id === id);
  if (found) return law(sheet, found.name);
  const aspect = `aspect.${id}`;
  if (isMessageKey(aspect)) return say(sheet, aspect);
  if (/^\d{4}-\d\d-\d\dT/.test(id)) return momentOf(id, sheet.language);
  return state.organisation?.systems.find((one) => one.id === id)?.name ?? id;
}

export function factLabel(sheet: Sheet, fact: string): string {
  const definition = definitionOf(sheet.regime, fact) ?? sheet.regime.packAnchors?.find(({ id }) => id === fact);
  const label = definition?.label ?? sheet.regime.flags.find(({ id }) => id === fact)?.name;
  if (label) return law(sheet, label);
  const operator = fact === 'operator' ? sheet.regime.operatorQuestion?.label : undefined;
  if (operator) return law(sheet, operator);
  const key = `fact.${fact}`;
  return isMessageKey(key) ? say(sheet, key) : fact;
}
