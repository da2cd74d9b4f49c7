import type { FactValue, Iso } from './types.ts';

/** Error: a running duration cannot be measured without `now`. */
export class NowIsMissing extends Error {
  constructor() {
    super('now is needed to measure a running duration');
    this.name = 'NowIsMissing';
  }
}

export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** Absent and `'unknown'` mean the same. */
export function isUnknown(value: FactValue | undefined): value is undefined | 'unknown' {
  return value === undefined || value === 'unknown';
}

/**
 * The least and the greatest value a figure may have, in the unit of its fact; a duration in minutes up to `now`, without
 * an upper end if it is running and `openEnded`.
 * What is not a figure may be anything.
 */
export function boundsOf(value: FactValue, now: Iso | undefined, openEnded = false): Bounds {
  if (typeof value === 'number') return { min: value, max: value };
  if (typeof value !== 'object' || isList(value)) return { min: 0, max: Number.POSITIVE_INFINITY };
  if ('since' in value) {
    const end = value.until ?? now;
    if (end === undefined) throw new NowIsMissing();
    const minutes = minutesBetween(value.since, end);
    return { min: minutes, max: openEnded && value.until === undefined ? Number.POSITIVE_INFINITY : minutes };
  }
  return { min: value.min ?? 0, max: value.max ?? Number.POSITIVE_INFINITY };
}

/** Returns true for a duration that goes on. */
export function isRunning(value: FactValue): boolean {
  return typeof value === 'object' && 'since' in value && value.until === undefined;
}

/** The options chosen; empty for a figure. */
export function chosenOf(value: FactValue): readonly string[] {
  if (typeof value === 'string') return [value];
  return isList(value) ? value : [];
}

export function minutesBetween(from: Iso, to: Iso): number {
  return (Date.parse(to) - Date.parse(from)) / 60_000;
}

// Array.isArray does not narrow a readonly array out of a union.
function isList(value: FactValue): value is readonly string[] {
  return Array.isArray(value);
}
