import { DateTime } from 'luxon';
import type { Iso } from './types.ts';

/** 及时 · 立即 · 按照规定 · 按照规定及时: the law's words where it sets no figure. They are never mixed up. */
export const URGENCIES = ['promptly', 'immediately', 'as_provided', 'promptly_as_provided'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** Period of a deadline. Every rule names its own way of counting, because laws differ exactly here. */
export type Period =
  /** Without a figure, in the word of the text; absent: 及时. */
  | { readonly kind: 'promptly'; readonly word?: Exclude<Urgency, 'promptly'> }
  /** Clock time, round the clock. */
  | { readonly kind: 'minutes'; readonly minutes: number }
  | {
      readonly kind: 'calendar_days';
      readonly days: number;
      /** Counting of the anchor's day: day 0 (`excluded`) or day 1 (`included`). */
      readonly firstDay: 'excluded' | 'included';
      /** `day_end`: 24:00 of the last day; `same_time`: the time of day of the anchor. */
      readonly ends: 'day_end' | 'same_time';
      /** Rule for a last day that is not a business day. */
      readonly rollOver: 'none' | 'next_business_day';
      readonly holidays?: Holidays;
    }
  /** The day of the anchor is not counted; ends at 24:00 of the last business day. */
  | { readonly kind: 'business_days'; readonly days: number; readonly holidays: Holidays }
  /** Ends at 24:00 of the day with the same number, or of the last day of a shorter month. */
  | { readonly kind: 'months'; readonly months: number };

export interface Holidays {
  /** Days off beside the weekend, `YYYY-MM-DD`. */
  readonly off: readonly string[];
  /** Saturdays and Sundays that are worked (调休). */
  readonly worked: readonly string[];
}

/** End of a period as an instant. `null`: there is none ("promptly"). Days begin and end in `zone`. */
export function dueAfter(anchor: Iso, period: Period, zone: string): Iso | null {
  if (period.kind === 'promptly') return null;
  if (period.kind === 'minutes') return minutesAfter(anchor, period.minutes, zone);
  const end = endOf(DateTime.fromISO(anchor, { zone }), period);
  return end.toISO({ suppressMilliseconds: true }) ?? null;
}

/** The date of an instant in a zone, `YYYY-MM-DD`. */
export function dateOf(instant: Iso, zone: string): string {
  return DateTime.fromMillis(Date.parse(instant), { zone }).toISODate() ?? instant;
}

/** The first instant of a date in a zone. */
export function startOfDay(date: string, zone: string): Iso {
  return DateTime.fromISO(date, { zone }).startOf('day').toISO({ suppressMilliseconds: true }) ?? date;
}

/** `instant` plus minutes, written in `zone`. */
export function minutesAfter(instant: Iso, minutes: number, zone: string): Iso {
  const end = DateTime.fromMillis(Date.parse(instant) + minutes * 60_000, { zone });
  return end.toISO({ suppressMilliseconds: true }) ?? instant;
}

function endOf(start: DateTime, period: Exclude<Period, { kind: 'promptly' | 'minutes' }>): DateTime {
  switch (period.kind) {
    case 'calendar_days':
      return calendarDays(start, period);
    case 'business_days':
      return dayEnd(businessDay(start, period.days, period.holidays));
    case 'months':
      return dayEnd(start.plus({ months: period.months }));
  }
}

function calendarDays(start: DateTime, period: Extract<Period, { kind: 'calendar_days' }>): DateTime {
  const last = start.plus({ days: period.firstDay === 'excluded' ? period.days : period.days - 1 });
  const holidays = period.holidays ?? NO_HOLIDAYS;
  const rolled =
    period.rollOver === 'next_business_day' && !isBusinessDay(last, holidays) ? businessDay(last, 1, holidays) : last;
  return period.ends === 'day_end' ? dayEnd(rolled) : rolled;
}

/** 24:00, which is 00:00 of the next day. */
function dayEnd(day: DateTime): DateTime {
  return day.plus({ days: 1 }).startOf('day');
}

const NO_HOLIDAYS: Holidays = { off: [], worked: [] };

function isBusinessDay(day: DateTime, { off, worked }: Holidays): boolean {
  const date = day.toFormat('yyyy-MM-dd');
  return worked.includes(date) || (day.weekday <= 5 && !off.includes(date));
}

function businessDay(start: DateTime, count: number, holidays: Holidays): DateTime {
  let day = start;
  for (let left = count; left > 0; ) {
    day = day.plus({ days: 1 });
    if (isBusinessDay(day, holidays)) left -= 1;
  }
  return day;
}
