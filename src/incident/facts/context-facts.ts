import type { StatedValue } from '../commands/parts.ts';
import type { IncidentState } from '../state.ts';

/** Allowed values of a fact; regimes describe their facts in the same shapes. */
export interface FactShape {
  readonly kind: 'number' | 'duration' | 'boolean' | 'one' | 'many' | 'instant' | 'text' | 'operator';
  readonly options?: readonly string[];
  readonly max?: number;
}

/** Aspects that can be affected; they decide which facts of the law are asked. */
export const ASPECTS = ['personal_info', 'data', 'outage', 'tampering', 'loss', 'daily_life', 'other'] as const;

/** Facts of the incident itself; kind of operator, flags and figures are those of the regime. */
export const CONTEXT_FACTS: Readonly<Record<string, FactShape>> = {
  system: { kind: 'text' },
  /** First notice: its time and who got it. Answers become candidates for awareness; only "don't know" is a fact. */
  first_notice: { kind: 'text' },
  occurrence: { kind: 'instant' },
  /** Time at which the emergency plan was activated: evidence of handling under the plan. */
  plan_activated: { kind: 'instant' },
  /** Start of a condition that is still going on; it fills in outage durations, but never replaces one silently. */
  ongoing: { kind: 'duration' },
  incident_type: { kind: 'text' },
  affected: { kind: 'many', options: [...ASPECTS, 'none'] },
  /** Facts for the head of the report that the profile may lack: province of the unit, signatory, 24-hour phone. */
  province: { kind: 'text' },
  signatory: { kind: 'text' },
  contact_phone: { kind: 'text' },
};

/** Facts for the head of the report; no question about the incident asks for them. */
export const HEAD_FACTS = ['province', 'signatory', 'contact_phone'] as const;
export type HeadFact = (typeof HEAD_FACTS)[number];
export function isHeadFact(fact: string): fact is HeadFact {
  return HEAD_FACTS.some((one) => one === fact);
}

/** The stated value of a fact, or undefined if it was never answered. */
export function statedValue(state: IncidentState, fact: string): StatedValue | undefined {
  return state.facts[fact]?.value;
}

/** Words stated for a text fact; null if it was never answered or is not known. */
export function statedText(state: IncidentState, fact: string): string | null {
  const value = statedValue(state, fact);
  return typeof value === 'string' && value !== 'unknown' ? value : null;
}

/** The instants inside a value, for "not in the future" checks. */
export function instantsIn(value: StatedValue, shape: FactShape): readonly string[] {
  if (shape.kind === 'instant' && typeof value === 'string' && value !== 'unknown') return [value];
  return spansIn(value).flatMap(({ since, until }) => (until ? [since, until] : [since]));
}

/** The durations of a stated value that have times, as they were given. */
export function spansIn(
  value: StatedValue,
): readonly { readonly since: string; readonly until?: string | undefined }[] {
  if (typeof value !== 'object' || Array.isArray(value)) return [];
  if ('since' in value) return [value];
  return 'spans' in value ? value.spans.filter((one) => typeof one !== 'number') : [];
}

/** Returns true if a value has the shape of its fact. `'unknown'` always fits. */
export function fits(value: StatedValue, shape: FactShape): boolean {
  if (value === 'unknown') return true;
  switch (shape.kind) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'text':
      return typeof value === 'string' && value.length > 0;
    case 'instant':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value)) && /(Z|[+-]\d\d:\d\d)$/.test(value);
    case 'one':
      return typeof value === 'string' && (shape.options?.includes(value) ?? false);
    case 'many':
      return fitsMany(value, shape.options ?? []);
    case 'operator':
      return fitsOperator(value, shape.options ?? []);
    case 'number':
      return fitsNumber(value, shape.max);
    case 'duration':
      return fitsNumber(value, undefined) || fitsRunning(value) || fitsSpans(value);
  }
}

function fitsMany(value: StatedValue, options: readonly string[]): boolean {
  const chosen = typeof value === 'string' ? [value] : value;
  if (!Array.isArray(chosen) || chosen.length === 0) return false;
  if (chosen.includes('none') && chosen.length > 1) return false;
  return new Set(chosen).size === chosen.length && chosen.every((one) => options.includes(one));
}

function fitsOperator(value: StatedValue, options: readonly string[]): boolean {
  if (typeof value === 'object' && 'oneOf' in value) return value.oneOf.every((one) => options.includes(one));
  const chosen = typeof value === 'string' ? [value] : value;
  return Array.isArray(chosen) && chosen.length > 0 && chosen.every((one) => options.includes(one));
}

function fitsNumber(value: StatedValue, max: number | undefined): boolean {
  if (typeof value === 'number') return max === undefined || value <= max;
  if (typeof value !== 'object' || Array.isArray(value)) return false;
  if (!('min' in value) && !('max' in value)) return false;
  const { min, max: top } = value;
  if (min === undefined && top === undefined) return false;
  if (min !== undefined && top !== undefined && min > top) return false;
  return max === undefined || ((min ?? 0) <= max && (top ?? 0) <= max);
}

function fitsRunning(value: StatedValue): boolean {
  if (typeof value !== 'object' || !('since' in value)) return false;
  return value.until === undefined || Date.parse(value.until) >= Date.parse(value.since);
}

/** Spans must not overlap: overlapping time would count twice, and only the last span can be ongoing. */
function fitsSpans(value: StatedValue): boolean {
  if (typeof value !== 'object' || !('spans' in value)) return false;
  const timed = spansIn(value).toSorted((a, b) => Date.parse(a.since) - Date.parse(b.since));
  return timed.every((one, index) => {
    const next = timed[index + 1];
    return fitsRunning(one) && (!next || (one.until !== undefined && Date.parse(one.until) <= Date.parse(next.since)));
  });
}
