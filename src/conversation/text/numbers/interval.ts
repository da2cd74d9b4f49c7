/** Interval of a quantity: between `low` and `high`. `open`: `high` is excluded. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly open?: boolean;
  readonly approximate?: boolean;
}

export function exactly(value: number): Interval {
  return { low: value, high: value };
}

/** Returns the product without binary noise: 1.13 × 10,000 is 11,300, not 11,299.999999999998. */
export function times(value: number, factor: number): number {
  return Number((value * factor).toPrecision(15));
}

export function sum(left: number, right: number): number {
  return Number((left + right).toPrecision(15));
}

export function scale(interval: Interval, factor: number): Interval {
  return { ...interval, low: times(interval.low, factor), high: times(interval.high, factor) };
}

export function add(left: Interval, right: Interval): Interval {
  return {
    low: sum(left.low, right.low),
    high: sum(left.high, right.high),
    ...(left.open || right.open ? { open: true } : {}),
    ...(left.approximate || right.approximate ? { approximate: true } : {}),
  };
}

/** Returns the value of the place of the last digit that is not zero: 300,000 → 100,000; 120 → 10; 1.2 → 0.1. */
function lastPlace(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return 1;
  if (!Number.isInteger(value)) {
    const decimals = String(value).split('.')[1]?.length ?? 0;
    return decimals === 0 ? 1 : Number(`1e-${decimals}`);
  }
  let place = 1;
  while (value % (place * 10) === 0) place *= 10;
  return place;
}

/** Returns the interval of "and some more", up to one more of the last place: 三十多 is 30 to under 40. */
export function andMore(interval: Interval): Interval {
  return { low: interval.low, high: sum(interval.high, lastPlace(interval.high)), open: true };
}

export function isExact(interval: Interval): boolean {
  return interval.low === interval.high && interval.open !== true;
}
