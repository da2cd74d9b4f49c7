import type { Comparing } from './comparisons.ts';
import { type Interval, isExact } from './interval.ts';

export type NumberUnit = 'people' | 'cny' | 'minutes' | 'percent' | 'count';

export interface NumberValue {
  readonly kind: 'value';
  readonly value: number;
  /** True if the writer wrote "about", so that the figure is recorded as an estimate. */
  readonly approximate?: true;
}
/** Range that includes both ends, as ranges of facts do. */
export interface NumberRange {
  readonly kind: 'range';
  readonly min?: number;
  readonly max?: number;
  readonly approximate?: true;
}

/** Reasons why a number is unclear. The message catalogue has a text for each. */
export const NUMBER_REASONS = [
  'empty',
  'too_long',
  'unreadable',
  /** A number was read, but other words were not. */
  'unread_text',
  'vague',
  'thousands_separator',
  /** Shorthand: 1.2kw, 1.4e6. */
  'shorthand',
  /** A unit that may belong to one or both figures: 三到五十 is 3–50 or 30–50. */
  'shared_unit',
  'inverted_range',
  'foreign_currency',
  'unit_mismatch',
  'records_not_people',
  'share_without_total',
  'missing_unit',
  'percent_or_fraction',
  'none_or_unknown',
  'negative',
  'not_whole',
  'out_of_range',
  'contradiction',
] as const;
export type NumberReason = (typeof NUMBER_REASONS)[number];
export type NumberCandidate = NumberValue | NumberRange | { readonly kind: 'unknown' };

export interface NumberUnclear {
  readonly kind: 'unclear';
  readonly reason: NumberReason;
  /** Possible readings, most likely first, to be offered as buttons. */
  readonly candidates?: readonly NumberCandidate[];
}
export type NumberReading = NumberCandidate | NumberUnclear;

export function unclear(reason: NumberReason, candidates: readonly NumberCandidate[] = []): NumberUnclear {
  return candidates.length === 0 ? { kind: 'unclear', reason } : { kind: 'unclear', reason, candidates };
}

/** Grain of a counted unit: "more than 5" equals "at least 6" only for whole units (people, times). */
export type Grain = 'whole' | 'continuous';

/** Returns the largest figure below an excluded bound, as an inclusive `max`. */
function below(bound: number, unit: NumberUnit | undefined): number {
  const step = unit === 'percent' || !Number.isInteger(bound) ? 0.01 : 1;
  return Math.round((bound - step) * 100) / 100;
}

interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

function boundsOf(interval: Interval, comparing: Comparing, unit: NumberUnit | undefined, grain: Grain): Bounds {
  const top = interval.open ? below(interval.high, unit) : interval.high;
  switch (comparing.bound) {
    case 'at_least':
      return { min: interval.low };
    case 'more_than':
      return { min: grain === 'whole' && Number.isInteger(interval.low) ? interval.low + 1 : interval.low };
    case 'at_most':
      return { max: top };
    case 'less_than':
      return { max: below(interval.low, unit) };
    case 'nearly':
      // An estimate near a threshold must not exclude it, so the figure itself is included.
      return { max: top };
    default:
      return { min: interval.low, max: top };
  }
}

function approximateOf(...parts: readonly boolean[]): { readonly approximate?: true } {
  return parts.some((part) => part) ? { approximate: true } : {};
}

export function readingOf(
  interval: Interval,
  comparing: Comparing,
  unit: NumberUnit | undefined,
  grain: Grain,
): NumberValue | NumberRange {
  const about = approximateOf(comparing.about, interval.approximate === true, comparing.bound === 'nearly');
  if (comparing.bound === undefined && isExact(interval)) return { kind: 'value', value: interval.low, ...about };
  return { kind: 'range', ...boundsOf(interval, comparing, unit, grain), ...about };
}

/** Returns the reading of "from … to …" from its two sides; undefined if they do not fit. */
export function rangeOf(
  left: { readonly interval: Interval; readonly comparing: Comparing },
  right: { readonly interval: Interval; readonly comparing: Comparing },
  unit: NumberUnit | undefined,
  grain: Grain,
): NumberRange | undefined {
  const from = boundsOf(left.interval, left.comparing, unit, grain);
  const to = boundsOf(right.interval, right.comparing, unit, grain);
  if (from.min === undefined || to.max === undefined || from.min > to.max) return undefined;
  const about = approximateOf(
    left.comparing.about,
    right.comparing.about,
    left.interval.approximate === true,
    right.interval.approximate === true,
    right.comparing.bound === 'nearly',
  );
  return { kind: 'range', min: from.min, max: to.max, ...about };
}
