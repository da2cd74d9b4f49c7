import type { FactValue, Iso, RunningDuration, Spans } from './types.ts';

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

/** Returns true for an unknown value; an absent value means the same as `'unknown'`. */
export function isUnknown(value: FactValue | undefined): value is undefined | 'unknown' {
  return value === undefined || value === 'unknown';
}

/**
 * Least and greatest possible value of a figure, in the unit of its fact; a duration in minutes up to `now`, without an
 * upper end if it is running and `openEnded`. Several durations are `added`, otherwise the longest counts. A value that
 * is no figure gives 0 to infinity.
 */
export function boundsOf(value: FactValue, now: Iso | undefined, openEnded = false, added = true): Bounds {
  if (typeof value === 'number') return { min: value, max: value };
  if (typeof value !== 'object' || isList(value)) return { min: 0, max: Number.POSITIVE_INFINITY };
  if ('since' in value) {
    const end = value.until ?? now;
    if (end === undefined) throw new NowIsMissing();
    const minutes = minutesBetween(value.since, end);
    return { min: minutes, max: openEnded && value.until === undefined ? Number.POSITIVE_INFINITY : minutes };
  }
  if ('spans' in value) {
    const each = value.spans.map((one) => boundsOf(one, now, openEnded));
    const over = (of: readonly number[]) => (added ? of.reduce((sum, one) => sum + one, 0) : Math.max(0, ...of));
    return { min: over(each.map(({ min }) => min)), max: over(each.map(({ max }) => max)) };
  }
  return { min: value.min ?? 0, max: value.max ?? Number.POSITIVE_INFINITY };
}

/** The durations of a value that have times, earliest first; none for a figure. */
export function timesOf(value: FactValue | Spans): readonly RunningDuration[] {
  if (typeof value !== 'object' || isList(value)) return [];
  if ('since' in value) return [value];
  if (!('spans' in value)) return [];
  return value.spans
    .filter((one) => typeof one !== 'number')
    .toSorted((a, b) => Date.parse(a.since) - Date.parse(b.since));
}

export function isRunning(value: FactValue): boolean {
  return timesOf(value).some(({ until }) => until === undefined);
}

/** Returns true for a duration that no longer grows: it has times or parts, and none of them is running. */
export function isOver(value: FactValue): boolean {
  return isTimed(value) && !isRunning(value);
}

/** Returns true for a duration that has times or parts: its length can depend on the time, and on a reading. */
export function isTimed(value: FactValue): value is RunningDuration | Spans {
  return typeof value === 'object' && !isList(value) && ('since' in value || 'spans' in value);
}

/**
 * Instant (epoch ms) at which a duration reaches a length in minutes if a running part continues. Of several that are
 * `added`, those without times count first. Null if it never does, or has no times.
 */
export function reachedAt(value: FactValue, minutes: number, added = true): number | null {
  const isOfSeveral = typeof value === 'object' && 'spans' in value;
  const lengths = isOfSeveral && added ? value.spans.filter((one) => typeof one === 'number') : [];
  let rest = lengths.reduce((left, one) => left - one, minutes);
  for (const { since, until } of timesOf(value)) {
    const length = until === undefined || !isOfSeveral ? Number.POSITIVE_INFINITY : minutesBetween(since, until);
    if (length >= rest) return Date.parse(since) + Math.max(0, rest) * 60_000;
    if (added) rest -= length;
  }
  return null;
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
