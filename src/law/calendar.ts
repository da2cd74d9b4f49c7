import { DateTime } from 'luxon';
import { keptFor } from './kept-for.ts';
import { remembering } from './remembered.ts';
import type { Iso } from './types.ts';

/** Words by which laws set a limit without a figure, each with its own meaning: 及时 · 立即 · 按照规定 · 按照规定及时. */
export const URGENCIES = ['promptly', 'immediately', 'as_provided', 'promptly_as_provided'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** Period of a deadline. Every rule names its own way of counting, because laws count differently. */
export type Period =
  /** Limit without a figure; `word` is the word of the law, absent: 及时. */
  | { readonly kind: 'promptly'; readonly word?: Exclude<Urgency, 'promptly'> }
  /** Figure that the organisation has to fill in, because no verified one is known. */
  | { readonly kind: 'blank' }
  /** Minutes that run day and night; extended until the period includes the required number of business days. */
  | { readonly kind: 'minutes'; readonly minutes: number; readonly businessDays?: BusinessDays }
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
  /** Business days after the day of the anchor; ends on the last of them at `at` (`HH:MM`), absent: at 24:00. */
  | { readonly kind: 'business_days'; readonly days: number; readonly holidays: Holidays; readonly at?: string }
  /** Ends on the same day of a later month, or on the last day of a shorter month; at 24:00 unless `same_time`. */
  | {
      readonly kind: 'months';
      readonly months: number;
      readonly ends?: 'day_end' | 'same_time';
      readonly rollOver?: 'none' | 'next_business_day';
      readonly holidays?: Holidays;
    };

export interface BusinessDays {
  readonly days: number;
  readonly holidays: Holidays;
}

export interface Holidays {
  /** Days off beside the weekend, `YYYY-MM-DD`. */
  readonly off: readonly string[];
  /** Weekend days that are working days (调休). */
  readonly worked: readonly string[];
  /** Days of the week that are off, 1 (Monday) to 7; absent: Saturday and Sunday. */
  readonly weekend?: readonly number[];
  /** Name of the calendar and the first and last day it covers; absent: any day. */
  readonly calendar?: { readonly id: string; readonly from: string; readonly to: string };
}

/** Error: the holiday calendar does not cover a day that a deadline needs; the deadline is never guessed. */
export class OutsideCalendar extends Error {
  readonly calendar: string;
  readonly date: string;
  constructor(calendar: string, date: string) {
    super(`the holiday calendar ${calendar} does not cover ${date}`);
    this.name = 'OutsideCalendar';
    this.calendar = calendar;
    this.date = date;
  }
}

/**
 * End of a period as an instant. `null`: there is none ("promptly", or a blank). Days begin and end in `zone`.
 * @throws OutsideCalendar if a day is needed that the holiday calendar does not cover.
 */
export function dueAfter(anchor: Iso, period: Period, zone: string): Iso | null {
  if (period.kind === 'promptly' || period.kind === 'blank') return null;
  if (period.kind === 'minutes' && !period.businessDays) return minutesAfter(anchor, period.minutes, zone);
  return endsOf(period)(`${anchor} ${zone}`, () => endInDays(anchor, period, zone)) || null;
}

/** Cache, per period, of ends that need a calendar; the key is the anchor with its zone. */
const endsOf = keptFor((_: Period) => remembering<Iso>(256));

/** Returns the end of a period that needs a calendar; an empty string if `anchor` is not a valid instant. */
function endInDays(anchor: Iso, period: Exclude<Period, { kind: 'promptly' | 'blank' }>, zone: string): Iso {
  if (period.kind === 'minutes') return clockTime(anchor, period, zone);
  const end = endOf(DateTime.fromISO(anchor, { zone }), period);
  return end.toISO({ suppressMilliseconds: true }) ?? '';
}

/** The date of an instant in a zone, `YYYY-MM-DD`. */
export function dateOf(instant: Iso, zone: string): string {
  const local = written(Date.parse(instant), zone);
  return local === null ? instant : local.slice(0, local.indexOf('T'));
}

/** The first instant of a date in a zone. */
export function startOfDay(date: string, zone: string): Iso {
  return DateTime.fromISO(date, { zone }).startOf('day').toISO({ suppressMilliseconds: true }) ?? date;
}

/** Year of an instant (epoch milliseconds) in a zone. */
export function yearIn(zone: string, at: number): number {
  return DateTime.fromMillis(at, { zone }).year;
}

/** `instant` plus minutes, written in `zone`. */
export function minutesAfter(instant: Iso, minutes: number, zone: string): Iso {
  return written(Date.parse(instant) + minutes * 60_000, zone) ?? instant;
}

const DAY = 86_400_000;
/** Maximum number of UTC days cached per zone: a zone's offset is computed once per day, not per deadline. */
const KEPT = 4_096;

interface Offset {
  readonly minutes: number;
  /** Offset as written, e.g. `+08:00`. */
  readonly text: string;
}
const offsets = new Map<string, Map<number, Offset | null>>();

/** ISO 8601 text of an instant (epoch ms) in a zone, without zero milliseconds; null for an invalid instant. */
function written(at: number, zone: string): Iso | null {
  const offset = offsetOn(Math.floor(at / DAY), zone) ?? offsetAt(at, zone);
  if (!offset) return null;
  const [time] = new Date(Math.trunc(at) + offset.minutes * 60_000).toISOString().split('Z');
  return `${time?.endsWith('.000') ? time.slice(0, -4) : time}${offset.text}`;
}

/** Offset of a whole day (UTC); null for a day on which it changes. */
function offsetOn(day: number, zone: string): Offset | null {
  const days = offsets.get(zone) ?? new Map<number, Offset | null>();
  offsets.set(zone, days);
  const known = days.get(day);
  if (known !== undefined) return known;
  const [first, last] = [offsetAt(day * DAY, zone), offsetAt((day + 1) * DAY, zone)];
  const whole = first && first.minutes === last?.minutes ? first : null;
  if (days.size >= KEPT) days.clear();
  days.set(day, whole);
  return whole;
}

function offsetAt(at: number, zone: string): Offset | null {
  const local = DateTime.fromMillis(at, { zone });
  const text = /(?:Z|[+-]\d\d:\d\d)$/.exec(local.toISO() ?? '')?.[0];
  return text === undefined ? null : { minutes: local.offset, text };
}

/** Returns the end of a period of clock time, extended to the end of the last business day that it must include. */
function clockTime(anchor: Iso, { minutes, businessDays }: Extract<Period, { kind: 'minutes' }>, zone: string): Iso {
  const end = minutesAfter(anchor, minutes, zone);
  if (businessDays === undefined) return end;
  const last = dayEnd(businessDay(DateTime.fromISO(anchor, { zone }), businessDays.days, businessDays.holidays));
  return last.toMillis() > Date.parse(end) ? (last.toISO({ suppressMilliseconds: true }) ?? end) : end;
}

/** Returns `due`, or `hour` (`HH:MM`) of the next business day if `due` falls on a day off. */
export function movedToBusinessDay(due: Iso, holidays: Holidays, hour: string, zone: string): Iso {
  const day = DateTime.fromISO(due, { zone });
  // A limit at 24:00 belongs to the day that ends at that time.
  const last = day.equals(day.startOf('day')) ? day.minus({ days: 1 }) : day;
  if (isBusinessDay(last, holidays)) return due;
  const moved = endingAt(businessDay(last, 1, holidays), hour);
  return moved.toISO({ suppressMilliseconds: true }) ?? due;
}

function endOf(start: DateTime, period: Exclude<Period, { kind: 'promptly' | 'blank' | 'minutes' }>): DateTime {
  switch (period.kind) {
    case 'calendar_days':
      return lastDay(start.plus({ days: period.firstDay === 'excluded' ? period.days : period.days - 1 }), period);
    case 'business_days':
      return endingAt(businessDay(start, period.days, period.holidays), period.at);
    case 'months':
      return lastDay(start.plus({ months: period.months }), period);
  }
}

type DayRule = Pick<Extract<Period, { kind: 'months' }>, 'ends' | 'rollOver' | 'holidays'>;

function lastDay(last: DateTime, { ends = 'day_end', rollOver = 'none', holidays = NO_HOLIDAYS }: DayRule): DateTime {
  const rolled =
    rollOver === 'next_business_day' && !isBusinessDay(last, holidays) ? businessDay(last, 1, holidays) : last;
  return ends === 'day_end' ? dayEnd(rolled) : rolled;
}

/** Returns the time `HH:MM` of a day; without it, the end of the day. */
function endingAt(day: DateTime, hour: string | undefined): DateTime {
  if (hour === undefined) return dayEnd(day);
  const time = DateTime.fromISO(hour, { zone: day.zone });
  return day.startOf('day').set({ hour: time.hour, minute: time.minute });
}

/** 24:00, which is 00:00 of the next day. */
function dayEnd(day: DateTime): DateTime {
  return day.plus({ days: 1 }).startOf('day');
}

const NO_HOLIDAYS: Holidays = { off: [], worked: [] };

function isBusinessDay(day: DateTime, { off, worked, weekend = [6, 7], calendar }: Holidays): boolean {
  const date = day.toFormat('yyyy-MM-dd');
  if (calendar !== undefined && (date < calendar.from || date > calendar.to))
    throw new OutsideCalendar(calendar.id, date);
  return worked.includes(date) || (!weekend.includes(day.weekday) && !off.includes(date));
}

function businessDay(start: DateTime, count: number, holidays: Holidays): DateTime {
  let day = start;
  for (let left = count; left > 0; ) {
    day = day.plus({ days: 1 });
    if (isBusinessDay(day, holidays)) left -= 1;
  }
  return day;
}
