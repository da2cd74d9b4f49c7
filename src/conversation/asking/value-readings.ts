import type { StatedValue } from '../../incident/commands.ts';
import type { FactUnit } from '../../law/regime.ts';
import type { Iso } from '../../law/types.ts';
import type { Text } from '../cards/card.ts';
import { boundsText, quantity } from '../cards/fact-text.ts';
import { joined, t } from '../cards/situation.ts';
import { futureText } from '../record/refusals.ts';
import {
  interpretNumber,
  type NumberCandidate,
  type NumberReading,
  type NumberReason,
} from '../text/numbers/numbers.ts';
import { interpretTime, type TimeReading, type TimeReason } from '../text/times/times.ts';

/** Result of reading a time or a number, or a text on what to enter instead; `offers` are readings to choose from. */
export type Understood<T, Offered = T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: Text; readonly offers?: readonly Offered[] };

const instantText = (at: Iso): Text => t('read.time.ok', { at: { instant: at, style: 'short' } });

type NotPast = Extract<TimeReading, { kind: 'unclear' | 'future' }>;

/** Reading of a past time; a day alone is no instant, so that its hour is asked for. */
function pastReading(text: string, now: Iso): TimeReading {
  const reading = interpretTime(text, { now });
  return reading.kind === 'instant' && reading.precision === 'day'
    ? { kind: 'unclear', reason: 'which_hour', candidates: [reading.at] }
    : reading;
}

/** One past instant, or `'unknown'`; "since …" counts as its beginning. */
export function readPast(text: string, now: Iso): Understood<Iso> {
  const reading = pastReading(text, now);
  if (reading.kind === 'instant') return { ok: true, value: reading.at };
  if (reading.kind === 'since' || reading.kind === 'span') return { ok: true, value: reading.since };
  if (reading.kind === 'unknown') return { ok: true, value: 'unknown' };
  return { ok: false, error: timeError(reading, now), offers: offersOf(reading) };
}

/** Readings to choose from, e.g. both halves of the day; where the hour is missing, the earliest is the cautious one. */
function offersOf(reading: NotPast): readonly Iso[] {
  if (reading.kind === 'future') return reading.past === undefined ? [] : [reading.past];
  if (reading.reason !== 'which_hour') return reading.candidates.slice(0, MOST_OFFERED);
  return reading.candidates.toSorted((a, b) => Date.parse(a) - Date.parse(b)).slice(0, 1);
}
const MOST_OFFERED = 3;

/** A span, running if it has no end. */
export function readSpan(
  since: string,
  until: string,
  now: Iso,
): Understood<{ readonly since: Iso; readonly until?: Iso } | 'unknown', Iso> & { readonly field?: 'until' } {
  const reading = interpretTime(since, { now });
  if (reading.kind === 'span' && until.trim() === '') {
    return { ok: true, value: { since: reading.since, until: reading.until } };
  }
  const start = readPast(since, now);
  if (!start.ok) return start;
  if (start.value === 'unknown') return { ok: true, value: 'unknown' };
  if (until.trim() === '') return { ok: true, value: { since: start.value } };
  const end = readPast(until, now);
  if (!end.ok) return { ...end, field: 'until' };
  if (end.value === 'unknown') return { ok: true, value: { since: start.value } };
  if (Date.parse(end.value) < Date.parse(start.value)) {
    return { ok: false, error: t('read.time.contradiction'), field: 'until' };
  }
  return { ok: true, value: { since: start.value, until: end.value } };
}

/** An instant to come, e.g. when to look at something again. */
export function readFuture(text: string, now: Iso): Understood<Iso> {
  const reading = interpretTime(text, { now, ahead: true });
  if (reading.kind === 'future') return { ok: true, value: reading.at };
  if (reading.kind === 'instant') {
    return { ok: false, error: t('refuse.must_be_future', { value: { instant: reading.at, style: 'short' } }) };
  }
  return { ok: false, error: reading.kind === 'unclear' ? timeError(reading, now) : t('read.time.unclear') };
}

function timeError(reading: NotPast, now: Iso): Text {
  if (reading.kind === 'future') return futureText(reading.at, now, null);
  const offers = offersOf(reading);
  const [earliest] = offers;
  if (reading.reason === 'which_hour' && earliest !== undefined)
    return t('read.time.which_hour', { at: instantText(earliest) });
  const reason = t(TIME_KEYS[reading.reason] ?? 'read.time.unclear');
  if (earliest === undefined) return reason;
  return joined([t('read.candidates', { candidates: joined(offers.map(instantText), 'or') }), reason], 'sentence');
}

const TIME_KEYS: Partial<Record<TimeReason, Extract<Text, { key: unknown }>['key']>> = {
  empty: 'form.required',
  too_long: 'read.too_long',
  vague: 'read.time.vague',
  which_half_of_day: 'read.time.which_half_of_day',
  which_day: 'read.time.which_day',
  which_night: 'read.time.which',
  date_order: 'read.time.which',
  date_or_clock: 'read.time.which',
  year_or_clock: 'read.time.which',
  no_such_date: 'read.time.no_such_date',
  contradiction: 'read.time.contradiction',
};

/** A number or range in the unit of the question. */
export function readNumber(text: string, unit: FactUnit | undefined): Understood<StatedValue> {
  const reading = interpretNumber(text, unit ? { unit } : {});
  if (reading.kind !== 'unclear') return { ok: true, value: statedOf(reading) };
  const offers = (reading.candidates ?? []).slice(0, MOST_OFFERED).map(statedOf);
  return { ok: false, error: numberError(reading, unit), offers };
}

export function statedOf(reading: NumberCandidate): StatedValue {
  if (reading.kind === 'unknown') return 'unknown';
  if (reading.kind === 'value') return reading.value;
  return {
    ...(reading.min === undefined ? {} : { min: reading.min }),
    ...(reading.max === undefined ? {} : { max: reading.max }),
  };
}

function numberError(reading: Extract<NumberReading, { kind: 'unclear' }>, unit: FactUnit | undefined): Text {
  const reason = t(reasonKey(reading.reason, unit));
  const candidates = (reading.candidates ?? []).slice(0, MOST_OFFERED);
  if (candidates.length === 0) return reason;
  const texts = candidates.map((candidate) => numberText(candidate, unit));
  return joined([t('read.candidates', { candidates: joined(texts, 'or') }), reason], 'sentence');
}

/** Of a duration the unit is what is wanted: examples of numbers would be wrong ones. */
function reasonKey(reason: NumberReason, unit: FactUnit | undefined): Extract<Text, { key: unknown }>['key'] {
  const key = NUMBER_KEYS[reason] ?? 'read.number.unclear';
  return unit === 'minutes' && !SAID_OF_DURATIONS.has(reason) ? 'read.number.duration' : key;
}
const SAID_OF_DURATIONS: ReadonlySet<NumberReason> = new Set(['empty', 'too_long', 'negative']);

const NUMBER_KEYS: Partial<Record<NumberReason, Extract<Text, { key: unknown }>['key']>> = {
  empty: 'form.required',
  too_long: 'read.too_long',
  vague: 'read.number.vague',
  thousands_separator: 'read.number.thousands_separator',
  shorthand: 'read.number.shorthand',
  shared_unit: 'read.number.shared_unit',
  inverted_range: 'read.number.inverted_range',
  foreign_currency: 'read.number.foreign_currency',
  unit_mismatch: 'read.number.unit_mismatch',
  records_not_people: 'read.number.records_not_people',
  share_without_total: 'read.number.share_without_total',
  percent_or_fraction: 'read.number.percent_or_fraction',
  negative: 'read.number.negative',
  not_whole: 'read.number.not_whole',
  out_of_range: 'read.number.out_of_range',
};

function numberText(reading: NumberCandidate, unit: FactUnit | undefined): Text {
  if (reading.kind === 'unknown') return t('value.unknown');
  if (reading.kind === 'value') return quantity(unit, reading.value);
  return boundsText(unit, reading);
}

/** Reading of a time while somebody types: for the form and for `GET /interpret`. */
export function understoodTime(text: string, now: Iso): { readonly understood: boolean; readonly text: Text } {
  const reading = pastReading(text, now);
  switch (reading.kind) {
    case 'instant': {
      const at = instantText(reading.at);
      return { understood: true, text: isRough(reading) ? t('read.time.rough', { at }) : at };
    }
    case 'since':
      return { understood: true, text: t('read.time.since', { at: instantText(reading.since) }) };
    case 'span': {
      const span = { since: instantText(reading.since), until: instantText(reading.until) };
      return { understood: true, text: t('read.time.span', span) };
    }
    case 'unknown':
      return { understood: true, text: t('read.time.unknown') };
    default:
      return { understood: false, text: timeError(reading, now) };
  }
}

/** Returns true for "9点多" and "about 9": what is shown is the time that counts. */
const isRough = ({ assumed }: Extract<TimeReading, { kind: 'instant' }>): boolean =>
  assumed?.includes('approximate') === true;

export function understoodNumber(
  text: string,
  unit: FactUnit | undefined,
): { readonly understood: boolean; readonly text: Text } {
  const reading = interpretNumber(text, unit ? { unit } : {});
  if (reading.kind === 'unclear') return { understood: false, text: numberError(reading, unit) };
  return { understood: true, text: t('read.number.ok', { value: numberText(reading, unit) }) };
}
