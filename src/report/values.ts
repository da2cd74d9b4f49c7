import { formatAmount, formatDuration } from '../i18n/format.ts';
import type { MessageKey } from '../i18n/keys.ts';
import { isMessageKey } from '../i18n/translate.ts';
import type { StatedValue } from '../incident/commands/parts.ts';

import { definitionOf } from '../law/pack.ts';
import { type FactDefinition, type FactUnit, type Regime, thresholdsOf } from '../law/regime.ts';
import type { BilingualText, FactValue } from '../law/types.ts';
import { asOfText, momentOf } from './format.ts';
import { law, messageLanguage, type Sheet, say, type Written } from './sheet.ts';

export type AnyValue = StatedValue | FactValue;
export interface Bounds {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}
export interface Span {
  readonly since: string;
  readonly until?: string | undefined;
}
/** Several durations, each with its times or in minutes. */
export interface Spans {
  readonly spans: readonly (Span | number)[];
}

export function isList(value: AnyValue): value is readonly string[] {
  return Array.isArray(value);
}
export function asSpan(value: AnyValue): Span | null {
  return typeof value === 'object' && 'since' in value ? value : null;
}
export function asBounds(value: AnyValue): Bounds | null {
  if (typeof value !== 'object' || isList(value) || 'since' in value || 'spans' in value || 'oneOf' in value)
    return null;
  return value;
}

export function asSpans(value: AnyValue): Spans | null {
  return typeof value === 'object' && 'spans' in value ? value : null;
}
/** Lengths in minutes of several durations; a running one is measured up to `now`. */
export function lengthsOf({ spans }: Spans, now: string): readonly number[] {
  return spans.map((one) =>
    typeof one === 'number' ? one : (Date.parse(one.until ?? now) - Date.parse(one.since)) / 60_000,
  );
}
export function totalOf(spans: Spans, now: string): number {
  return lengthsOf(spans, now).reduce((sum, one) => sum + one, 0);
}

function unitText(sheet: Pick<Sheet, 'language'>, unit: FactUnit | undefined): string {
  return unit && unit !== 'minutes' ? say(sheet, `report.unit.${unit}`) : '';
}
/** Figure with its unit: 100万人, 2小时, RMB 5 million. */
export function amountText(sheet: Pick<Sheet, 'language'>, unit: FactUnit | undefined, value: number): string {
  if (unit === 'minutes') return lengthText(sheet, value);
  return `${formatAmount(value, messageLanguage(sheet.language))}${unitText(sheet, unit)}`;
}
export function lengthText({ language }: Pick<Sheet, 'language'>, minutes: number): string {
  return formatDuration(minutes, messageLanguage(language));
}

/** Range as printed; `max` is null for an open range. `below`: the range ends just below `max`. */
export interface SaidBounds {
  readonly min: number;
  readonly max: number | null;
  readonly below: boolean;
}
/** Round unit: a bound that is one less than a multiple of it was entered as "below" that multiple. */
const ROUND = 1_000;

/**
 * Bounds as cards and papers print them. A stored maximum of 9,999,999 is printed as "below 10 million", because that
 * number is round; the same is done for a maximum just below a threshold of the law (`thresholds`).
 */
export function saidBounds(
  unit: FactUnit | undefined,
  { min = 0, max }: Bounds,
  thresholds: readonly number[] = [],
): SaidBounds {
  if (max === undefined) return { min, max: null, below: false };
  const step = unit === 'percent' ? 0.011 : 1;
  const isRound = unit !== 'minutes' && unit !== 'percent' && (max + 1) % ROUND === 0;
  const limit = thresholds.find((value) => value > max && value - max <= step) ?? (isRound ? max + 1 : null);
  return { min, max: limit ?? max, below: limit !== null };
}

/** Limit below which a number of people or pieces is exact: nobody estimates a leak of one person's data. */
const COUNTED = 100;

/** Quantity as printed: 约120万人 · 100万人以上、不足1000万人 · 不足100万人. Null for zero, or a value without quantity. */
export function quantityText(sheet: Sheet, definition: FactDefinition, value: AnyValue): string | null {
  const unit = definition.currency === undefined ? unitText(sheet, definition.unit) : ` ${definition.currency}`;
  const amount = (n: number): string =>
    definition.unit === 'minutes' ? lengthText(sheet, n) : formatAmount(n, messageLanguage(sheet.language));
  if (typeof value === 'number') {
    const isCounted = value < COUNTED && (definition.unit === 'people' || definition.unit === 'count');
    const key = isCounted ? 'report.n.exact' : 'report.n.about';
    return value === 0 ? null : say(sheet, key, { n: amount(value), unit });
  }
  const bounds = asBounds(value);
  if (!bounds || bounds.max === 0) return null;
  const limits = thresholdsOf(sheet.regime, definition.id).map((threshold) => threshold.value);
  const { min, max, below } = saidBounds(definition.unit, bounds, limits);
  if (max === null) return min === 0 ? null : say(sheet, 'report.n.from', { min: amount(min), unit });
  if (min === 0) return say(sheet, below ? 'report.n.under' : 'report.n.up_to', { max: amount(max), unit });
  return say(sheet, below ? 'report.n.band' : 'report.n.between', { min: amount(min), max: amount(max), unit });
}

/** The names of chosen options; null for none, unknown or a free value. */
export function optionsText(sheet: Sheet, { options }: FactDefinition, value: AnyValue): string | null {
  const chosen = typeof value === 'string' ? [value] : isList(value) ? value : [];
  const names = (options ?? []).filter(({ id }) => id !== 'none' && chosen.includes(id));
  return names.length === 0 ? null : names.map(({ name }) => law(sheet, name)).join(say(sheet, 'report.list'));
}

/** Value of a fact in words for the internal version, zero and "none" included. */
export function valueText(sheet: Sheet, fact: string, value: AnyValue): string {
  if (value === 'unknown') return say(sheet, 'common.unknown');
  if (typeof value === 'boolean') return say(sheet, value ? 'common.yes' : 'common.no');
  const span = asSpan(value);
  if (span) return spanText(sheet, span);
  const spans = asSpans(value);
  if (spans) return spansText(sheet, spans);
  const names = (ids: readonly string[]): string =>
    ids.map((id) => sayName(sheet, optionName(sheet, fact, id))).join(say(sheet, 'report.list'));
  if (typeof value === 'string') return names([value]);
  if (isList(value)) return names(value);
  if (typeof value === 'object' && 'oneOf' in value) return say(sheet, 'value.one_of', { options: names(value.oneOf) });
  const definition = definitionOf(sheet.regime, fact);
  if (!definition) return typeof value === 'number' ? String(value) : '';
  return quantityText(sheet, definition, value) ?? amountText(sheet, definition.unit, 0);
}

/** Several durations, listed: 09:00至09:06（6分钟）、7分钟. */
export function spansText(sheet: Pick<Sheet, 'language'>, { spans }: Spans): string {
  const each = spans.map((one) => {
    if (typeof one === 'number') return lengthText(sheet, one);
    const since = momentOf(one.since, sheet.language);
    if (one.until === undefined) return say(sheet, 'value.since', { since });
    const length = lengthText(sheet, totalOf({ spans: [one] }, one.until));
    return say(sheet, 'value.span', { since, until: asOfText(one.until, one.since, sheet.language), length });
  });
  return each.join(say(sheet, 'report.list'));
}

function spanText(sheet: Sheet, { since, until }: Span): string {
  const from = momentOf(since, sheet.language);
  return `${from} – ${until === undefined ? '…' : momentOf(until, sheet.language)}`;
}

/** Name of a fact or of one of its values: the law's words, ours, an instant, or free text. */
export type Name =
  | { readonly law: BilingualText }
  | { readonly key: MessageKey }
  | { readonly instant: string }
  | { readonly raw: string };

function sayName(sheet: Sheet, name: Name): string {
  if ('law' in name) return law(sheet, name.law);
  if ('key' in name) return say(sheet, name.key);
  return 'instant' in name ? momentOf(name.instant, sheet.language) : name.raw;
}

/** Name of a fact: of the law set, a date of a pack, a flag, or a circumstance of the incident. */
export function factName(regime: Regime, fact: string): Exclude<Name, { readonly instant: string }> {
  const definition = definitionOf(regime, fact) ?? regime.packAnchors?.find(({ id }) => id === fact);
  const label = definition?.label ?? regime.flags.find(({ id }) => id === fact)?.name;
  const asked = label ?? (fact === 'operator' ? regime.operatorQuestion?.label : undefined);
  if (asked) return { law: asked };
  const key = `fact.${fact}`;
  return isMessageKey(key) ? { key } : { raw: fact };
}
export function factLabel(sheet: Sheet, fact: string): string {
  return sayName(sheet, factName(sheet.regime, fact));
}

/** Name of a chosen value of a fact. One id may have several meanings: `other` may be a system or an operator. */
export function optionName({ regime, state }: Pick<Written, 'regime' | 'state'>, fact: string, option: string): Name {
  const aspect = `aspect.${option}`;
  switch (fact) {
    case 'affected':
      return isMessageKey(aspect) ? { key: aspect } : { raw: option };
    case 'operator':
      return named(regime.operators, option);
    case 'incident_type':
      return named([...regime.types, ...regime.types.flatMap(({ types }) => types)], option);
    case 'province':
      return named(regime.provinces.list, option);
    case 'system': {
      const system = state.organisation?.systems.find(({ id }) => id === option);
      return system ? { raw: system.name } : { key: 'ask.system.other' };
    }
    default: {
      const isMoment = fact === 'occurrence' || regime.packAnchors?.some(({ id }) => id === fact) === true;
      return isMoment ? { instant: option } : named(definitionOf(regime, fact)?.options ?? [], option);
    }
  }
}
function named(list: readonly { readonly id: string; readonly name: BilingualText }[], id: string): Name {
  const found = list.find((one) => one.id === id);
  return found ? { law: found.name } : { raw: id };
}
