import type { Iso } from '../../../law/types.ts';

/** Assumptions made, to be shown with the reading. */
export const TIME_ASSUMPTIONS = [
  'approximate',
  /** 9点, read as the only hour of today that has passed. */
  'half_of_day',
  'most_recent_weekday',
  'previous_month',
  'previous_year',
  'yesterday',
  /** 3/4, read in the only order that has passed. */
  'date_order',
  /** The only time of a sentence: 09:20 运维告警. */
  'other_words',
] as const;
export type TimeAssumption = (typeof TIME_ASSUMPTIONS)[number];

/** Reasons for asking back. The texts are in the catalogue of messages. */
export const TIME_REASONS = [
  'empty',
  'too_long',
  'unreadable',
  /** A time was read, other words were not. */
  'unread_text',
  'vague',
  'which_half_of_day',
  'which_day',
  'which_hour',
  /** 昨晚2点, "midnight yesterday": the night belongs to two days. */
  'which_night',
  'date_order',
  'date_or_clock',
  'year_or_clock',
  'no_such_date',
  /** Clocks were put forward over this time. */
  'nonexistent_local_time',
  /** Clocks were put back, so it was this time twice. */
  'repeated_local_time',
  'ambiguous_zone',
  'contradiction',
] as const;
export type TimeReason = (typeof TIME_REASONS)[number];

export type Precision = 'minute' | 'hour' | 'day';

/** Instants are ISO 8601 with the offset of the zone asked for. With precision `day`, `at` is the start of that day. */
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
  /** `past`: the last past instant with the same words, as an offer. */
  | { readonly kind: 'future'; readonly at: Iso; readonly past?: Iso };
