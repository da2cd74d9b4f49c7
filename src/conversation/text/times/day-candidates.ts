import { DateTime } from 'luxon';
import type { DayPart, MonthDay } from './time-parts.ts';
import type { TimeAssumption, TimeReason } from './time-reading.ts';

/** One calendar day that the words may mean. */
export interface DayCandidate {
  readonly date: DateTime;
  readonly assumed?: TimeAssumption;
  /** Only to be offered when the other reading lies in the future: last year's 5 April. */
  readonly earlier?: true;
}
export type DayReading = { readonly days: readonly DayCandidate[] } | { readonly reason: TimeReason };

/** A year before this is a slip of the finger. */
const EARLIEST_YEAR = 1970;

function dateOf(year: number, { month, day }: MonthDay, zone: string): DateTime | undefined {
  const date = DateTime.fromObject({ year, month, day }, { zone });
  return date.isValid && year >= EARLIEST_YEAR ? date : undefined;
}

/** Candidates of this year and last year: the nearer one is meant, with a note when it is last year's. */
function withoutYear(part: MonthDay, today: DateTime, zone: string): readonly DayCandidate[] {
  const current = dateOf(today.year, part, zone);
  const previous = dateOf(today.year - 1, part, zone);
  if (current && current <= today) return [{ date: current }];
  const past: readonly DayCandidate[] = previous ? [{ date: previous, assumed: 'previous_year' }] : [];
  if (!current) return past;
  const pastIsNearer = previous !== undefined && current.diff(today).valueOf() > today.diff(previous).valueOf();
  return pastIsNearer ? past : [{ date: current }, ...past.map((day) => ({ ...day, earlier: true as const }))];
}

function dayOfMonth(day: number, today: DateTime, zone: string): readonly DayCandidate[] {
  const current = dateOf(today.year, { month: today.month, day }, zone);
  if (current && current <= today) return [{ date: current }];
  const last = today.startOf('month').minus({ months: 1 });
  const previous = dateOf(last.year, { month: last.month, day }, zone);
  if (!previous) return current ? [{ date: current }] : [];
  const past: DayCandidate = { date: previous, assumed: 'previous_month' };
  if (!current || current.diff(today).valueOf() > today.diff(previous).valueOf()) return [past];
  return [{ date: current }, { ...past, earlier: true }];
}

/** The day of a named month, e.g. 28 and -1: the 28th of last month. */
function ofMonth(day: number, months: number, today: DateTime, zone: string): readonly DayCandidate[] {
  const { year, month } = today.startOf('month').plus({ months });
  const date = dateOf(year, { month, day }, zone);
  return date ? [{ date }] : [];
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
      // 上周五 is the Friday of the week before. On a Sunday it depends on where the week begins, and an English
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

/** Puts a day on the calendar of `zone`. Several candidates mean that the words do not decide. */
export function dayCandidates(part: DayPart, today: DateTime, zone: string): DayReading {
  const found = (days: readonly DayCandidate[]): DayReading =>
    days.length === 0 ? { reason: 'no_such_date' } : { days };
  switch (part.kind) {
    case 'offset':
      return found([{ date: today.plus({ days: part.days }) }]);
    case 'weekday':
      return found(weekday(part, today));
    case 'week':
      return { reason: 'which_day' };
    case 'day_of_month':
      return found(
        part.months === undefined ? dayOfMonth(part.day, today, zone) : ofMonth(part.day, part.months, today, zone),
      );
    case 'date': {
      if (part.year === undefined) return found(withoutYear(part, today, zone));
      const date = dateOf(part.year, part, zone);
      return found(date ? [{ date }] : []);
    }
    case 'either': {
      const days = part.options.flatMap((option) => {
        if (part.year === undefined) return withoutYear(option, today, zone).filter((day) => !day.earlier);
        const date = dateOf(part.year, option, zone);
        return date ? [{ date }] : [];
      });
      const past = days.filter((day) => day.date <= today);
      return found(past.length === 1 ? past.map((day) => ({ ...day, assumed: 'date_order' as const })) : days);
    }
  }
}
