import type { Iso } from '../../../law/types.ts';

/** Assumptions of a reading, which are shown with it. */
export const TIME_ASSUMPTIONS = [
  'approximate',
  /** 9点 read as today's only passed hour with that figure. */
  'half_of_day',
  'most_recent_weekday',
  'previous_month',
  'previous_year',
  'yesterday',
  /** 3/4 read in the only order that has passed. */
  'date_order',
  /** Time among other words of a sentence: 09:20 运维告警. */
  'other_words',
] as const;
export type TimeAssumption = (typeof TIME_ASSUMPTIONS)[number];

/** Reasons why a time is unclear. The message catalogue has a text for each. */
export const TIME_REASONS = [
  'empty',
  'too_long',
  'unreadable',
  /** A time was read, but other words were not. */
  'unread_text',
  'vague',
  'which_half_of_day',
  'which_day',
  'which_hour',
  /** Night that belongs to two days: 昨晚2点, "midnight yesterday". */
  'which_night',
  'date_order',
  'date_or_clock',
  'year_or_clock',
  'no_such_date',
  /** Time skipped when clocks were put forward. */
  'nonexistent_local_time',
  /** Time that occurred twice when clocks were put back. */
  'repeated_local_time',
  'ambiguous_zone',
  'contradiction',
] as const;
export type TimeReason = (typeof TIME_REASONS)[number];

export type Precision = 'minute' | 'hour' | 'day';

/** Reading of a time; instants are ISO 8601 in the requested zone. Precision `day`: `at` is the day's start. */
export type TimeReading =
  | {
      readonly kind: 'instant';
      readonly at: Iso;
      readonly precision: Precision;
      readonly assumed?: readonly TimeAssumption[];
    }
  | { readonly kind: 'since'; readonly since: Iso; readonly assumed?: readonly TimeAssumption[] }
  | { readonly kind: 'span'; readonly since: Iso; readonly until: Iso; readonly assumed?: readonly TimeAssumption[] }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unclear'; readonly reason: TimeReason; readonly candidates: readonly Iso[] }
  /** Time in the future; `past`: past instant that the same words may mean, to be offered as a choice. */
  | { readonly kind: 'future'; readonly at: Iso; readonly past?: Iso };
