import { formatAmount, formatDuration } from '../i18n/format.ts';
import type { MessageKey } from '../i18n/keys.ts';
import { isMessageKey } from '../i18n/translate.ts';
import type { StatedValue } from '../incident/commands/parts.ts';
import { definitionOf } from '../law/pack.ts';
import { type FactDefinition, type FactUnit, type Regime, type Threshold, thresholdsOf } from '../law/regime.ts';
import type { BilingualText, FactValue, Iso } from '../law/types.ts';
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

export function lengthText({ language }: Pick<Sheet, 'language'>, minutes: number): string {
  return formatDuration(minutes, messageLanguage(language));
}

/** Texts of figures in one medium: cards make texts to localise, papers strings. `P`: parameter of a message. */
export interface Figures<P, T extends P> {
  say(key: MessageKey, params?: Readonly<Record<string, P | number>>): T;
  raw(text: string): T;
  figure(n: number, unit: FactUnit | undefined): P;
  /** Words that differ on purpose: only papers mark a figure as estimated, and they bound it in the words of the law. */
  readonly words: Readonly<Record<'about' | 'from' | 'upTo' | 'band', MessageKey>>;
}
/** Texts of all values. Cards print the clock time of a moment, papers its date. */
export interface Medium<P, T extends P> extends Figures<P, T> {
  /** `after`: moment of the same text; its day is not repeated. */
  moment(instant: Iso, after?: Iso): P;
  option(fact: string, option: string): T;
  list(parts: readonly T[]): T;
}
export interface Measure {
  readonly unit?: FactUnit | undefined;
  readonly currency?: string | undefined;
}

const figuresOnPaper = (sheet: Pick<Sheet, 'language'>): Figures<string, string> => ({
  say: (key, params) => say(sheet, key, params),
  raw: (text) => text,
  figure: (n, unit) => (unit === 'minutes' ? lengthText(sheet, n) : formatAmount(n, messageLanguage(sheet.language))),
  words: { about: 'report.n.about', from: 'report.n.from', upTo: 'report.n.up_to', band: 'report.n.band' },
});
const onPaper = (sheet: Sheet): Medium<string, string> => ({
  ...figuresOnPaper(sheet),
  moment: (instant, after) =>
    after === undefined ? momentOf(instant, sheet.language) : asOfText(instant, after, sheet.language),
  option: (fact, option) => sayName(sheet, optionName(sheet, fact, option)),
  list: (parts) => parts.join(say(sheet, 'report.list')),
});

function unitOf<P, T extends P>(medium: Figures<P, T>, { unit, currency }: Measure, count: number): P {
  if (currency !== undefined) return medium.raw(` ${currency}`);
  return unit === undefined || unit === 'minutes' ? medium.raw('') : medium.say(`report.unit.${unit}`, { count });
}
/** Figure with its unit: 100万人, 2小时, 5 million RMB. */
export function saidAmount<P, T extends P>(
  medium: Figures<P, T>,
  measure: Measure,
  n: number,
  key: MessageKey = 'report.n.exact',
): T {
  return medium.say(key, { n: medium.figure(n, measure.unit), unit: unitOf(medium, measure, n) });
}
export function amountText(sheet: Pick<Sheet, 'language'>, unit: FactUnit | undefined, value: number): string {
  return saidAmount(figuresOnPaper(sheet), { unit }, value);
}

/** Round unit: a bound that is one less than a multiple of it was entered as "below" that multiple. */
const ROUND = 1_000;

/**
 * Bounds as cards and papers print them. A stored maximum of 9,999,999 is printed as "below 10 million", because that
 * number is round; the same is done for a maximum just below a threshold of the law. An open range has no maximum.
 */
function saidBounds(
  unit: FactUnit | undefined,
  { min = 0, max }: Bounds,
  thresholds: readonly Threshold[],
): { readonly min: number; readonly max: number | null; readonly below: boolean } {
  if (max === undefined) return { min, max: null, below: false };
  const step = unit === 'percent' ? 0.011 : 1;
  const isRound = unit !== 'minutes' && unit !== 'percent' && (max + 1) % ROUND === 0;
  const crossed = thresholds.find(({ value }) => value > max && value - max <= step);
  const limit = crossed?.value ?? (isRound ? max + 1 : null);
  return { min, max: limit ?? max, below: limit !== null };
}

/** Limit below which a number of people or pieces is exact: nobody estimates a leak of one person's data. */
const COUNTED = 100;

/** Stated quantity, e.g. {min: 300000, max: 399999} → 30万至不足40万人 on a card, 30万人以上、不足40万人 on paper. */
export function saidQuantity<P, T extends P>(
  medium: Figures<P, T>,
  measure: Measure,
  value: number | Bounds,
  thresholds: readonly Threshold[] = [],
): T {
  if (typeof value === 'number') {
    const isCounted = value < COUNTED && (measure.unit === 'people' || measure.unit === 'count');
    return saidAmount(medium, measure, value, value === 0 || isCounted ? 'report.n.exact' : medium.words.about);
  }
  if (value.max === 0) return saidAmount(medium, measure, 0);
  const said = saidBounds(measure.unit, value, thresholds);
  const min = medium.figure(said.min, measure.unit);
  const unit = unitOf(medium, measure, said.max ?? said.min);
  if (said.max === null) return medium.say(medium.words.from, { min, unit });
  const max = medium.figure(said.max, measure.unit);
  if (said.min === 0) return medium.say(said.below ? 'report.n.under' : medium.words.upTo, { max, unit });
  return medium.say(said.below ? medium.words.band : 'report.n.between', { min, max, unit });
}

/** Quantity as printed: 约120万人 · 100万人以上、不足1000万人 · 不足100万人. Null for zero, or a value without quantity. */
export function quantityText(sheet: Sheet, definition: FactDefinition, value: AnyValue): string | null {
  const stated = typeof value === 'number' ? value : asBounds(value);
  const { min, max } = typeof stated === 'number' ? { min: stated, max: stated } : (stated ?? {});
  if (stated === null || max === 0 || (max === undefined && !min)) return null;
  return saidQuantity(figuresOnPaper(sheet), definition, stated, thresholdsOf(sheet.regime, definition.id));
}

/** The names of chosen options; null for none, unknown or a free value. */
export function optionsText(sheet: Sheet, { options }: FactDefinition, value: AnyValue): string | null {
  const chosen = typeof value === 'string' ? [value] : isList(value) ? value : [];
  const names = (options ?? []).filter(({ id }) => id !== 'none' && chosen.includes(id));
  return names.length === 0 ? null : names.map(({ name }) => law(sheet, name)).join(say(sheet, 'report.list'));
}

/** Value of a fact in words, zero and "none" included. */
export function saidValue<P, T extends P>(medium: Medium<P, T>, regime: Regime, fact: string, value: AnyValue): T {
  if (value === 'unknown') return medium.say('value.unknown');
  if (typeof value === 'boolean') return medium.say(value ? 'common.yes' : 'common.no');
  const names = (ids: readonly string[]): T => medium.list(ids.map((id) => medium.option(fact, id)));
  if (typeof value === 'string') return medium.option(fact, value);
  if (isList(value)) return names(value);
  if (typeof value === 'object') {
    if ('oneOf' in value) return medium.say('value.one_of', { options: names(value.oneOf) });
    if ('since' in value) return saidSpan(medium, value);
    if ('spans' in value) return medium.say('value.spans', { n: value.spans.length, each: saidSpans(medium, value) });
  }
  return saidQuantity(medium, definitionOf(regime, fact) ?? {}, value, thresholdsOf(regime, fact));
}
export function valueText(sheet: Sheet, fact: string, value: AnyValue): string {
  return saidValue(onPaper(sheet), sheet.regime, fact, value);
}

function saidSpan<P, T extends P>(medium: Medium<P, T>, { since, until }: Span): T {
  if (until === undefined) return medium.say('value.since', { since: medium.moment(since) });
  const length = medium.figure((Date.parse(until) - Date.parse(since)) / 60_000, 'minutes');
  return medium.say('value.span', { since: medium.moment(since), until: medium.moment(until, since), length });
}
/** Several durations, listed: 09:00至09:06（6分钟）、7分钟. */
function saidSpans<P, T extends P>(medium: Medium<P, T>, { spans }: Spans): T {
  return medium.list(
    spans.map((one) =>
      typeof one === 'number' ? saidAmount(medium, { unit: 'minutes' }, one) : saidSpan(medium, one),
    ),
  );
}
export function spansText(sheet: Sheet, spans: Spans): string {
  return saidSpans(onPaper(sheet), spans);
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
