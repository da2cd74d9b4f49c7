import type { Interval } from '../numbers/interval.ts';
import type { DurationUnit } from './durations.ts';

/** Parts of a phrase about time, before it is resolved to an instant. */

export type WhichWeek = 'nearest' | 'this' | 'last' | 'last_but_one';

export interface MonthDay {
  readonly month: number;
  readonly day: number;
}

export type DayPart =
  /** Day by its distance from today: yesterday is -1. */
  | { readonly kind: 'offset'; readonly days: number }
  | { readonly kind: 'weekday'; readonly weekday: number; readonly week: WhichWeek; readonly language: 'zh' | 'en' }
  | ({ readonly kind: 'date'; readonly year?: number | undefined } & MonthDay)
  /** Day of a month; `months`: distance from the current month, -1 is the last one. */
  | { readonly kind: 'day_of_month'; readonly day: number; readonly months?: number }
  /** Date with two readings: 3/4 is the third of April or the fourth of March. */
  | {
      readonly kind: 'either';
      readonly year?: number | undefined;
      readonly options: readonly [MonthDay, MonthDay];
    }
  /** Week without a day, e.g. "last week". */
  | { readonly kind: 'week' };

export type Period = 'am' | 'pm' | 'early' | 'morning' | 'noon' | 'afternoon' | 'evening' | 'night';

export interface ClockPart {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Style of writing. `full`: 24-hour time, as 09:20, 21:15 and 0920. `colon`: 9:20. `half`: 9点, 9 o'clock. */
  readonly style: 'full' | 'colon' | 'half';
  readonly precision: 'minute' | 'hour';
  /** True for midnight, which belongs to two days. */
  readonly midnight?: true;
  /** Other possible meaning of the figures: "2026" may be a year or 20:26; "9.20" a date or 9:20. */
  readonly doubt?: 'year_or_clock' | 'date_or_clock';
}

export interface PointParts {
  day?: DayPart;
  /** Weekday beside a date, which it has to match: 3月30日（周一）. 1 is Monday. */
  weekday?: number;
  period?: Period;
  clock?: ClockPart;
  /** IANA name or fixed offset; `ambiguous` for a name with several meanings: IST, CST. */
  zone?: string;
  approximate?: true;
  /** True for "shortly before", e.g. 快十二点, "shortly before midnight". */
  before?: true;
  /** True for two days, periods or clock times in one phrase. */
  contradiction?: true;
}

export type TimePhrase =
  | { readonly type: 'point'; readonly parts: PointParts }
  | { readonly type: 'ago'; readonly minutes: Interval; readonly finest: DurationUnit; readonly approximate: boolean }
  | { readonly type: 'ahead'; readonly minutes: Interval }
  | { readonly type: 'now' };

/** Statement about time: one point, a beginning ("since"), or a beginning and an end. */
export type TimeStatement =
  | { readonly type: 'at'; readonly phrase: TimePhrase }
  | { readonly type: 'since'; readonly phrase: TimePhrase }
  | { readonly type: 'span'; readonly from: TimePhrase; readonly to: TimePhrase };
