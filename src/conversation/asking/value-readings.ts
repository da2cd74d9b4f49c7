import type { MessageKey } from '../../i18n/keys.ts';
import { isMessageKey } from '../../i18n/translate.ts';
import type { StatedValue } from '../../incident/commands/parts.ts';

import type { FactUnit } from '../../law/regime.ts';
import type { Iso } from '../../law/types.ts';
import type { Text } from '../cards/card.ts';
import { quantity } from '../cards/fact-text.ts';
import { joined, plain, t } from '../cards/situation.ts';
import { futureText } from '../record/refusals.ts';
import {
  interpretNumber,
  type NumberCandidate,
  type NumberReading,
  type NumberReason,
} from '../text/numbers/numbers.ts';
import { interpretTime, type TimeReading, type TimeReason, zonedTimesIn } from '../text/times/times.ts';

/** Result of reading a value; on failure a text on the expected entry. `offers`: readings to choose from. */
export type Understood<T, Offered = T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: Text; readonly offers?: readonly Offered[] };
/** Reading of a value, with the text that a form shows while a person types. */
export type Shown<T> =
  | { readonly ok: true; readonly value: T; readonly text: Text }
  | (Understood<T> & { readonly ok: false });

const instantText = (at: Iso): Text => t('read.time.ok', { at: { instant: at, style: 'short' } });

/** Returns a time or span with the words of another zone that it is converted from: "8:55 SGT = 08:55 Beijing time". */
export function fromZone(words: string, value: Text): Text {
  const zoned = zonedTimesIn(words);
  return zoned.length === 0 ? value : t('read.time.converted', { words: plain(zoned.join(' – ')), value });
}

type NotPast = Extract<TimeReading, { kind: 'unclear' | 'future' }>;

/**
 * Reads one past instant, or `'unknown'`; "since …" gives the start of the period. A day alone is not an instant, so
 * the hour is asked for.
 */
export function readPast(text: string, now: Iso): Shown<Iso> {
  const reading = interpretTime(text, { now });
  switch (reading.kind) {
    case 'instant': {
      if (reading.precision === 'day')
        return notPast({ kind: 'unclear', reason: 'which_hour', candidates: [reading.at] }, now);
      const at = fromZone(text, instantText(reading.at));
      // For "9点多" or "about 9" the time 9 is used and shown.
      const isRough = reading.assumed?.includes('approximate') === true;
      return { ok: true, value: reading.at, text: isRough ? t('read.time.rough', { at }) : at };
    }
    case 'since':
      return {
        ok: true,
        value: reading.since,
        text: t('read.time.since', { at: fromZone(text, instantText(reading.since)) }),
      };
    case 'span': {
      const span = { since: instantText(reading.since), until: instantText(reading.until) };
      return { ok: true, value: reading.since, text: fromZone(text, t('read.time.span', span)) };
    }
    case 'unknown':
      return { ok: true, value: 'unknown', text: t('read.time.unknown') };
    default:
      return notPast(reading, now);
  }
}

function notPast(reading: NotPast, now: Iso): Understood<Iso> & { readonly ok: false } {
  return { ok: false, error: timeError(reading, now), offers: offersOf(reading) };
}

/** Readings to choose from, e.g. both halves of the day; if the hour is missing, only the earliest, cautious one. */
function offersOf(reading: NotPast): readonly Iso[] {
  if (reading.kind === 'future') return reading.past === undefined ? [] : [reading.past];
  if (reading.reason !== 'which_hour') return reading.candidates.slice(0, MOST_OFFERED);
  return reading.candidates.toSorted((a, b) => Date.parse(a) - Date.parse(b)).slice(0, 1);
}
const MOST_OFFERED = 3;

/** Reads a span, which is running if it has no end. */
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

/** Reads a future instant, e.g. the time of a review. */
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
  return reading.reason === 'which_hour' && earliest !== undefined
    ? t('read.time.which_hour', { at: instantText(earliest) })
    : asking(offers.map(instantText), reasonKey('time', reading.reason));
}

/** Sentence that asks for a choice or a clearer entry, preceded by the readings. */
function asking(candidates: readonly Text[], reason: MessageKey): Text {
  if (candidates.length === 0) return t(reason);
  return joined([t('read.candidates', { candidates: joined(candidates, 'or') }), t(reason)], 'sentence');
}

/** Message key for a reason: the reason's own key if the catalogue has it, otherwise a general one. */
function reasonKey(kind: 'time' | 'number', reason: TimeReason | NumberReason): MessageKey {
  const key = OTHER_KEYS[reason] ?? `read.${kind}.${reason}`;
  return isMessageKey(key) ? key : `read.${kind}.unclear`;
}
const OTHER_KEYS: Partial<Record<TimeReason | NumberReason, MessageKey>> = {
  empty: 'form.required',
  too_long: 'read.too_long',
  which_hour: 'read.time.unclear',
  which_night: 'read.time.which',
  date_order: 'read.time.which',
  date_or_clock: 'read.time.which',
  year_or_clock: 'read.time.which',
};

/** Reads a number or range in the unit of the question. */
export function readNumber(text: string, unit: FactUnit | undefined): Shown<StatedValue> {
  const reading = asRange(interpretNumber(text, unit ? { unit } : {}), unit);
  if (reading.kind !== 'unclear') {
    return { ok: true, value: statedOf(reading), text: t('read.number.ok', { value: numberText(reading, unit) }) };
  }
  const candidates = (reading.candidates ?? []).slice(0, MOST_OFFERED).map((one) => asRange(one, unit));
  // The expected unit is minutes, so examples of plain numbers would mislead.
  const isOfDuration = unit === 'minutes' && !SAID_OF_DURATIONS.has(reading.reason);
  const reason = isOfDuration ? 'read.number.duration' : reasonKey('number', reading.reason);
  const texts = candidates.map((candidate) => numberText(candidate, unit));
  return { ok: false, error: asking(texts, reason), offers: candidates.map(statedOf) };
}
/** Share by which an estimate may be wrong in either direction. */
const ROUGHLY = 0.1;

/** Converts a rough figure, e.g. 约95万, to a range of a tenth on either side, so that no near threshold is excluded. */
function asRange<R extends NumberReading>(reading: R, unit: FactUnit | undefined): R | NumberCandidate {
  const isCount = unit === 'people' || unit === 'count' || unit === 'cny';
  if (reading.kind !== 'value' || reading.approximate !== true || !isCount || reading.value < LEAST_ROUGH)
    return reading;
  const part = Math.round(reading.value * ROUGHLY);
  return { kind: 'range', min: reading.value - part, max: reading.value + part, approximate: true };
}
/** Smallest number that counts as rounded: for fewer items "about" is only politeness, e.g. 2吧. */
const LEAST_ROUGH = 100;

const SAID_OF_DURATIONS: ReadonlySet<NumberReason> = new Set(['empty', 'too_long', 'negative']);

function statedOf(reading: NumberCandidate): StatedValue {
  if (reading.kind === 'unknown') return 'unknown';
  if (reading.kind === 'value') return reading.value;
  return {
    ...(reading.min === undefined ? {} : { min: reading.min }),
    ...(reading.max === undefined ? {} : { max: reading.max }),
  };
}

function numberText(reading: NumberCandidate, unit: FactUnit | undefined): Text {
  if (reading.kind === 'unknown') return t('value.unknown');
  return quantity(unit, reading.kind === 'value' ? reading.value : reading);
}
