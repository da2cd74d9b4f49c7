import { DateTime } from 'luxon';
import type { DayPart, MonthDay } from './time-parts.ts';
import type { TimeAssumption, TimeReason } from './time-reading.ts';

/** Calendar day that the words may mean. */
export interface DayCandidate {
  readonly date: DateTime;
  readonly assumed?: TimeAssumption;
  /** True for a day offered only because the nearer one is in the future: 5 April of last year. */
  readonly earlier?: true;
}
export type DayReading = { readonly days: readonly DayCandidate[] } | { readonly reason: TimeReason };

/** Earliest accepted year; an earlier one is a typing error. */
const EARLIEST_YEAR = 1970;

function dateOf(year: number, { month, day }: MonthDay, zone: string): DateTime | undefined {
  const date = DateTime.fromObject({ year, month, day }, { zone });
  return date.isValid && year >= EARLIEST_YEAR ? date : undefined;
}

/** This year's (or month's) date if it has passed, otherwise the previous one, with a note on the assumption. */
function nearest(
  current: DateTime | undefined,
  previous: DateTime | undefined,
  assumed: TimeAssumption,
  today: DateTime,
): readonly DayCandidate[] {
  if (current && current <= today) return [{ date: current }];
  const past: readonly DayCandidate[] = previous ? [{ date: previous, assumed }] : [];
  const isPast = !current || (previous && current.diff(today).valueOf() > today.diff(previous).valueOf());
  return isPast ? past : [{ date: current }, ...past.map((day) => ({ ...day, earlier: true as const }))];
}

/** Returns the day of the month that is `months` from the current one, e.g. 28 and -1: the 28th of last month. */
function dayIn(months: number, day: number, today: DateTime, zone: string): DateTime | undefined {
  const { year, month } = today.startOf('month').plus({ months });
  return dateOf(year, { month, day }, zone);
}

function weekday(part: DayPart & { kind: 'weekday' }, today: DateTime): readonly DayCandidate[] {
  const monday = today.minus({ days: today.weekday - 1 });
  const inWeek = (weeks: number): DateTime => monday.plus({ days: weeks * 7 + part.weekday - 1 });
  const before = (today.weekday - part.weekday + 7) % 7;
  const recent = today.minus({ days: before === 0 ? 7 : before });
  switch (part.week) {
    case 'this':
      return [{ date: inWeek(0) }];
    case 'last_but_one':
      return [{ date: inWeek(-2) }];
    case 'last': {
      // 上周五 is the Friday of the previous week. On a Sunday that depends on the first day of a week, and an English
      // "last Friday" may be the most recent one.
      const strict = inWeek(-1);
      const doubtful = part.language === 'en' || today.weekday === 7;
      return doubtful && !recent.hasSame(strict, 'day') ? [{ date: recent }, { date: strict }] : [{ date: strict }];
    }
    case 'nearest':
      if (before === 0) return [{ date: today }, { date: recent, assumed: 'most_recent_weekday' }];
      return [{ date: recent, assumed: 'most_recent_weekday' }];
  }
}

/** Returns the calendar days in `zone` that a day part may mean; several if the words do not decide. */
export function dayCandidates(part: DayPart, today: DateTime, zone: string): DayReading {
  if (part.kind === 'week') return { reason: 'which_day' };
  const days = daysOf(part, today, zone);
  return days.length === 0 ? { reason: 'no_such_date' } : { days };
}

function daysOf(part: Exclude<DayPart, { kind: 'week' }>, today: DateTime, zone: string): readonly DayCandidate[] {
  const only = (date: DateTime | undefined): readonly DayCandidate[] => (date ? [{ date }] : []);
  const inYear = (year: number | undefined, day: MonthDay): readonly DayCandidate[] =>
    year === undefined
      ? nearest(dateOf(today.year, day, zone), dateOf(today.year - 1, day, zone), 'previous_year', today)
      : only(dateOf(year, day, zone));
  switch (part.kind) {
    case 'offset':
      return [{ date: today.plus({ days: part.days }) }];
    case 'weekday':
      return weekday(part, today);
    case 'day_of_month':
      if (part.months !== undefined) return only(dayIn(part.months, part.day, today, zone));
      return nearest(dayIn(0, part.day, today, zone), dayIn(-1, part.day, today, zone), 'previous_month', today);
    case 'date':
      return inYear(part.year, part);
    case 'either': {
      const days = part.options.flatMap((option) => inYear(part.year, option)).filter(({ earlier }) => !earlier);
      const past = days.filter((day) => day.date <= today);
      return past.length === 1 ? past.map((day) => ({ ...day, assumed: 'date_order' as const })) : days;
    }
  }
}
