import { DateTime } from 'luxon';
import { type DayCandidate, dayCandidates } from './day-candidates.ts';
import type { ClockPart, DayPart, Period, PointParts } from './time-parts.ts';
import type { Precision, TimeAssumption, TimeReason } from './time-reading.ts';
import { AMBIGUOUS } from './zones.ts';

export interface TimeContext {
  readonly now: DateTime;
  readonly zone: string;
  /** True if a future time is expected: 晚上8点 is tonight, not last night. */
  readonly ahead: boolean;
}

/** Instant that a phrase may mean. */
export interface PointCandidate {
  readonly at: DateTime;
  readonly assumed: readonly TimeAssumption[];
  readonly repeated: boolean;
  /** True for last year's or last month's date while the nearer one is in the future: only offered as a choice. */
  readonly fallback: boolean;
}

export type PointReading =
  | {
      /** Past instants, most recent first; exactly one if the words decide. */
      readonly past: readonly PointCandidate[];
      readonly future: readonly PointCandidate[];
      readonly precision: Precision;
      readonly reason: TimeReason;
    }
  | { readonly problem: TimeReason; readonly candidates: readonly DateTime[] };

function problem(reason: TimeReason, candidates: readonly DateTime[] = []): PointReading {
  return { problem: reason, candidates };
}

function newestFirst(left: PointCandidate, right: PointCandidate): number {
  return right.at.toMillis() - left.at.toMillis();
}

const TODAY: DayPart = { kind: 'offset', days: 0 };

const WRITTEN: readonly DayPart['kind'][] = ['date', 'either', 'day_of_month'];

/**
 * Returns the hours that the clock part can mean. With a written date 9:42 is 24-hour time; 昨天9:42 may be in either
 * half of the day.
 */
export function hoursOf(parts: PointParts): ReturnType<typeof hourOptions> {
  const { clock, period, day } = parts;
  if (!clock) return [];
  const written = day !== undefined && WRITTEN.includes(day.kind) && clock.style === 'colon';
  return hourOptions(written ? { ...clock, style: 'full' } : clock, period, day !== undefined);
}

/** Returns the instants that the parts can mean, divided into past and future. */
export function resolvePoint(parts: PointParts, context: TimeContext): PointReading {
  if (parts.contradiction) return problem('contradiction');
  if (parts.zone === AMBIGUOUS) return problem('ambiguous_zone');
  const zone = parts.zone ?? context.zone;
  const now = context.now.setZone(zone);
  if (!now.isValid) return problem('unreadable');
  const today = now.startOf('day');
  const days = dayCandidates(parts.day ?? TODAY, today, zone);
  if ('reason' in days) return problem(days.reason);
  const { weekday } = parts;
  const agreeing = weekday === undefined ? days.days : days.days.filter((day) => day.date.weekday === weekday);
  if (agreeing.length === 0) return problem('contradiction');
  if (!parts.clock) return withoutClock(parts, agreeing, now);
  const options = hoursOf(parts);
  if (options.length === 0) return problem('contradiction');
  const { clock } = parts;
  const candidates: PointCandidate[] = [];
  let skipped: readonly DateTime[] = [];
  for (const day of agreeing) {
    for (const option of options) {
      const found = instantsOf(day.date.plus({ days: option.shift }), { ...clock, hour: option.hour }, zone);
      if (found.skipped) skipped = found.at;
      else candidates.push(...found.at.map((at) => candidate(at, day, parts, found.at.length > 1)));
    }
  }
  const past = skipped.filter((at) => at <= now);
  return candidates.length === 0 ? problem('nonexistent_local_time', past) : sorted(candidates, parts, now);
}

/**
 * Returns the instants of a day at which clocks in `zone` showed a time: none if the time was skipped by summer time,
 * two if it was repeated. `skipped`: `at` is the nearest reading of the skipped time.
 */
function instantsOf({ year, month, day }: DateTime, { hour, minute, second }: ClockPart, zone: string) {
  const read = DateTime.fromObject({ year, month, day, hour, minute, second }, { zone });
  const skipped = read.hour !== hour || read.minute !== minute;
  return { at: skipped ? [read] : read.getPossibleOffsets(), skipped };
}

function candidate(at: DateTime, day: DayCandidate, parts: PointParts, repeated: boolean): PointCandidate {
  const assumed: TimeAssumption[] = day.assumed ? [day.assumed] : [];
  if (parts.approximate) assumed.push('approximate');
  return { at, assumed, repeated, fallback: day.earlier === true };
}

function sorted(candidates: readonly PointCandidate[], parts: PointParts, now: DateTime): PointReading {
  const past = candidates.filter((found) => found.at <= now).sort(newestFirst);
  const future = candidates.filter((found) => found.at > now).sort((left, right) => newestFirst(right, left));
  return { past, future, precision: parts.clock?.precision ?? 'day', reason: reasonOf(past, parts) };
}

/** Returns the reason why several past readings are left. */
function reasonOf(past: readonly PointCandidate[], parts: PointParts): TimeReason {
  if (parts.day?.kind === 'either') return 'date_order';
  if (past.some((found) => found.repeated)) return 'repeated_local_time';
  const hours = new Set(past.map((found) => found.at.hour));
  if (parts.clock?.midnight || (hours.size === 1 && parts.period)) {
    return parts.day?.kind === 'weekday' ? 'which_day' : 'which_night';
  }
  return hours.size > 1 ? 'which_half_of_day' : 'which_day';
}

function withoutClock(parts: PointParts, days: readonly DayCandidate[], now: DateTime): PointReading {
  const { period } = parts;
  if (period) {
    const passed = (date: DateTime): readonly DateTime[] =>
      HOURS_OF[period]
        .map((option) => date.plus({ days: option.shift }).set({ hour: option.hour }))
        .filter((at) => at <= now);
    const named = days.flatMap((day) => passed(day.date));
    const isNamed = named.length > 0 || parts.day;
    return problem('which_hour', isNamed ? named : passed(now.startOf('day').minus({ days: 1 })));
  }
  const candidates = days.map((day) => candidate(day.date, day, parts, false));
  return sorted(candidates, parts, now);
}

/** Hour of a day (`shift` 0) or of the following day (1). */
interface HourOption {
  readonly hour: number;
  readonly shift: 0 | 1;
}

const at = (hour: number): HourOption => ({ hour, shift: 0 });
const nextDay = (hour: number): HourOption => ({ hour, shift: 1 });

/** Returns the hours that a late part of the day gives: 8 with 晚上 is 20. `from`, `to`: the hours that may be meant. */
function late(hour: number, from: number, to: number): readonly HourOption[] {
  if (hour >= from && hour <= to) return [at(hour)];
  return hour < 12 && hour + 12 >= from && hour + 12 <= to ? [at(hour + 12)] : [];
}

/** Resolves an hour at night: 晚上12点 is the midnight that ends the day; 晚上2点 may be in the night before or after. */
function night(hour: number, day: boolean): readonly HourOption[] {
  if (hour === 12 || hour === 24) return [nextDay(0)];
  if (hour < 5) return day ? [nextDay(hour), at(hour)] : [at(hour)];
  return late(hour, 16, 23);
}

/**
 * Returns the hours that a clock time can mean in a part of the day; empty if they contradict each other (上午15点).
 * `day`: a day is named, so that a night may extend into the next one.
 */
function hourOptions(clock: ClockPart, period: Period | undefined, day: boolean): readonly HourOption[] {
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
  // 12:30 is 24-hour time; 12点 may be noon or midnight.
  if (clock.hour === 12) return clock.style === 'colon' ? [at(12)] : [at(12), at(0)];
  return [at(clock.hour), at(clock.hour + 12)];
}

/** Full hours of a part of the day, offered if no clock time is given. */
const HOURS_OF: Readonly<Record<Period, readonly HourOption[]>> = {
  am: [6, 7, 8, 9, 10, 11].map(at),
  pm: [12, 13, 14, 15, 16, 17].map(at),
  early: [0, 1, 2, 3, 4, 5].map(at),
  morning: [6, 7, 8, 9, 10, 11].map(at),
  noon: [12, 13].map(at),
  afternoon: [13, 14, 15, 16, 17].map(at),
  evening: [18, 19, 20, 21, 22, 23].map(at),
  night: [...[20, 21, 22, 23].map(at), ...[0, 1, 2].map(nextDay)],
};
