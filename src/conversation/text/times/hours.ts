import type { ClockPart, Period } from './time-parts.ts';

/** An hour of a day, or of the day after it (`shift` 1). */
export interface HourOption {
  readonly hour: number;
  readonly shift: 0 | 1;
}

const at = (hour: number): HourOption => ({ hour, shift: 0 });
const nextDay = (hour: number): HourOption => ({ hour, shift: 1 });

/** 8 with 晚上 is 20. `from` and `to` are the hours of the half day that may be meant. */
function late(hour: number, from: number, to: number): readonly HourOption[] {
  if (hour >= from && hour <= to) return [at(hour)];
  return hour < 12 && hour + 12 >= from && hour + 12 <= to ? [at(hour + 12)] : [];
}

/** 晚上12点 is the midnight that ends the day; 晚上2点 may be the night before or after. */
function night(hour: number, day: boolean): readonly HourOption[] {
  if (hour === 12 || hour === 24) return [nextDay(0)];
  if (hour < 5) return day ? [nextDay(hour), at(hour)] : [at(hour)];
  return late(hour, 16, 23);
}

/**
 * Hours a clock time can mean in a part of the day. Empty when they contradict each other (上午15点). `day`: a day was
 * named, so that a night may belong to the next one.
 */
export function hourOptions(clock: ClockPart, period: Period | undefined, day: boolean): readonly HourOption[] {
  const { hour } = clock;
  switch (period) {
    case 'am':
      return hour <= 12 ? [at(hour === 12 ? 0 : hour)] : [];
    case 'pm':
      return hour === 0 || hour === 24 ? [] : [at(hour < 12 ? hour + 12 : hour)];
    case 'early':
      return hour === 12 ? [at(0)] : hour <= 6 ? [at(hour)] : [];
    case 'morning':
      return hour <= 11 ? [at(hour)] : hour === 12 ? [at(12)] : [];
    case 'noon':
      return late(hour, 11, 14);
    case 'afternoon':
      return late(hour, 12, 20);
    case 'evening':
    case 'night':
      return night(hour, day);
    case undefined:
      return withoutPeriod(clock, day);
  }
}

function withoutPeriod(clock: ClockPart, day: boolean): readonly HourOption[] {
  if (clock.hour === 24) return [nextDay(0)];
  if (clock.midnight) return day ? [nextDay(0), at(0)] : [at(0)];
  if (clock.style === 'full') return [at(clock.hour)];
  // 12:30 is written on the 24-hour clock; 12点 may be noon or midnight.
  if (clock.hour === 12) return clock.style === 'colon' ? [at(12)] : [at(12), at(0)];
  return [at(clock.hour), at(clock.hour + 12)];
}

/** The full hours of a part of the day, to be offered when no clock time was given. */
export const HOURS_OF: Readonly<Record<Period, readonly HourOption[]>> = {
  am: [6, 7, 8, 9, 10, 11].map(at),
  pm: [12, 13, 14, 15, 16, 17].map(at),
  early: [0, 1, 2, 3, 4, 5].map(at),
  morning: [6, 7, 8, 9, 10, 11].map(at),
  noon: [12, 13].map(at),
  afternoon: [13, 14, 15, 16, 17].map(at),
  evening: [18, 19, 20, 21, 22, 23].map(at),
  night: [...[20, 21, 22, 23].map(at), ...[0, 1, 2].map(nextDay)],
};
