import { DateTime } from 'luxon';
import { hoursOf, type PointCandidate, type PointReading, resolvePoint, type TimeContext } from './resolve-time.ts';
import type { PointParts, TimePhrase } from './time-parts.ts';
import type { TimeAssumption, TimeReading, TimeReason } from './time-reading.ts';

/** Returns ISO 8601 with seconds and offset in the requested zone; milliseconds are cut, so no time gets later. */
export function iso(at: DateTime, context: TimeContext): string {
  return at.setZone(context.zone).toFormat("yyyy-MM-dd'T'HH:mm:ssZZ");
}

export function unclearTime(reason: TimeReason, candidates: readonly DateTime[], context: TimeContext): TimeReading {
  const unique = new Set(candidates.map((at) => iso(at, context)));
  return { kind: 'unclear', reason, candidates: [...unique] };
}

/** Returns an unclear reading with several instants to choose from. */
function among(reason: TimeReason, found: readonly { readonly at: DateTime }[], context: TimeContext): TimeReading {
  const instants = found.map(({ at }) => at);
  return unclearTime(reason, instants, context);
}

type Instant = Extract<TimeReading, { kind: 'instant' }>;

function instant(
  at: DateTime,
  precision: Instant['precision'],
  assumed: readonly TimeAssumption[],
  context: TimeContext,
): Instant {
  return { kind: 'instant', at: iso(at, context), precision, ...(assumed.length > 0 ? { assumed } : {}) };
}

/** Returns true for a time that may be morning or afternoon: 9点 and 9:20 without a part of the day. */
function isHalfOpen(parts: PointParts): boolean {
  return parts.period === undefined && parts.clock?.midnight !== true && hoursOf(parts).length > 1;
}

function halfAssumed(parts: PointParts): readonly TimeAssumption[] {
  return isHalfOpen(parts) ? ['half_of_day'] : [];
}

/** Returns the readings of a clock time without a day as a time of yesterday. */
function yesterday(parts: PointParts, context: TimeContext): readonly PointCandidate[] {
  if (parts.day) return [];
  const reading = resolvePoint(onDay(parts, -1).parts, context);
  return 'problem' in reading ? [] : reading.past;
}

/** Returns an unclear reading of a phrase with two meanings that no calendar can decide: 9.20, 2026, 12点. */
function doubtOf(parts: PointParts, past: readonly PointCandidate[], context: TimeContext): TimeReading | undefined {
  const candidates = [...past, ...(past.length === 0 || isHalfOpen(parts) ? yesterday(parts, context) : [])];
  if (parts.clock?.doubt) return among(parts.clock.doubt, candidates, context);
  const isTwelve = parts.clock?.hour === 12 && isHalfOpen(parts);
  return isTwelve ? among('which_half_of_day', candidates.slice(0, 2), context) : undefined;
}

function settle(
  parts: PointParts,
  reading: Exclude<PointReading, { problem: TimeReason }>,
  context: TimeContext,
): TimeReading {
  const past = reading.past.filter((found) => !found.fallback);
  const doubt = doubtOf(parts, past, context);
  if (doubt) return doubt;
  const [only, ...others] = past;
  if (only && others.length > 0) return among(reading.reason, past, context);
  if (only) return instant(only.at, reading.precision, [...only.assumed, ...halfAssumed(parts)], context);
  const before = [...reading.past, ...yesterday(parts, context)];
  if (!parts.day && isHalfOpen(parts)) return among('which_half_of_day', before, context);
  const [next] = reading.future;
  if (!next) return unclearTime('unreadable', [], context);
  const [last] = before;
  if (last && isEvening(parts) && !context.ahead) return instant(last.at, reading.precision, ['yesterday'], context);
  return { kind: 'future', at: iso(next.at, context), ...(last ? { past: iso(last.at, context) } : {}) };
}

/** Returns true for an evening time without a day: 晚上11点 or "11 pm", said before it, means yesterday's. */
function isEvening({ day, period, clock }: PointParts): boolean {
  const isLate = period === 'pm' && clock !== undefined && clock.hour % 12 >= 6;
  return day === undefined && (period === 'evening' || period === 'night' || isLate);
}

/** Returns the reading of one phrase at `now`. */
export function resolvePhrase(phrase: TimePhrase, context: TimeContext): TimeReading {
  switch (phrase.type) {
    case 'now':
      return instant(context.now, 'minute', [], context);
    case 'ahead': {
      const at = context.now.plus({ minutes: phrase.minutes.high });
      if (phrase.minutes.high > LONGEST_MINUTES || at <= context.now) return unclearTime('unreadable', [], context);
      return { kind: 'future', at: iso(at, context) };
    }
    case 'ago': {
      const { low, high, open } = phrase.minutes;
      const from = context.now.minus({ minutes: low });
      if (!from.isValid || low > LONGEST_MINUTES) return unclearTime('unreadable', [], context);
      if (low !== high || open) return unclearTime('vague', [from, context.now.minus({ minutes: high })], context);
      const approximate = phrase.approximate || phrase.minutes.approximate === true;
      return instant(from, phrase.finest, approximate ? ['approximate'] : [], context);
    }
    case 'point': {
      const reading = resolvePoint(phrase.parts, context);
      if ('problem' in reading) return unclearTime(reading.problem, reading.candidates, context);
      const settled = settle(phrase.parts, reading, context);
      return phrase.parts.before && settled.kind === 'instant' ? moved(settled, -SHORTLY, context) : settled;
    }
  }
}
/** Minutes that "shortly before" subtracts: enough to be true, and few enough for a clock. */
const SHORTLY = 15;

function moved(reading: Instant, minutes: number, context: TimeContext): Instant {
  return { ...reading, at: iso(DateTime.fromISO(reading.at, { zone: context.zone }).plus({ minutes }), context) };
}

/** Longest distance in minutes that is read: a hundred years. */
const LONGEST_MINUTES = 52_560_000;

interface Span {
  readonly from: PointCandidate;
  readonly to: DateTime;
}

/** Returns all instants a phrase can mean, past or future. */
function candidatesOf(phrase: TimePhrase, context: TimeContext): readonly PointCandidate[] {
  if (phrase.type === 'point') {
    const reading = resolvePoint(phrase.parts, context);
    return 'problem' in reading ? [] : [...reading.past.filter((found) => !found.fallback), ...reading.future];
  }
  const reading = resolvePhrase(phrase, context);
  if (reading.kind !== 'instant') return [];
  const minutes = phrase.type === 'ago' ? phrase.minutes.low : 0;
  return [{ at: context.now.minus({ minutes }), assumed: [], repeated: false, fallback: false }];
}

/** Finds the first time after `from` that the end can mean; without a day it is on the day of the start or the next. */
function endAfter(from: DateTime, to: TimePhrase, context: TimeContext): DateTime | undefined {
  const today = context.now.setZone(context.zone).startOf('day');
  const offset = Math.round(from.setZone(context.zone).startOf('day').diff(today, 'days').days);
  const phrases = to.type === 'point' && !to.parts.day ? [onDay(to.parts, offset), onDay(to.parts, offset + 1)] : [to];
  const ends = phrases.flatMap((phrase) => candidatesOf(phrase, context)).map(({ at }) => at);
  return earliest(ends.filter((end) => end > from));
}

/** Returns a phrase for a clock time on the day that is `days` from today. */
function onDay(parts: PointParts, days: number): TimePhrase & { readonly type: 'point' } {
  return { type: 'point', parts: { ...parts, day: { kind: 'offset', days } } };
}

const earliest = (instants: readonly DateTime[]): DateTime | undefined =>
  instants.toSorted((left, right) => left.toMillis() - right.toMillis())[0];

function spansOf(from: TimePhrase, to: TimePhrase, context: TimeContext): readonly Span[] {
  return candidatesOf(from, context).flatMap((start) => {
    const end = endAfter(start.at, to, context);
    return end ? [{ from: start, to: end }] : [];
  });
}

/** Completes a start from the end: "9到11点昨天", "from 9 to 11 pm UTC" name day, half of the day and zone only once. */
function inherited(from: TimePhrase, to: TimePhrase, context: TimeContext): TimePhrase {
  if (from.type !== 'point' || to.type !== 'point') return from;
  const day = from.parts.day ?? to.parts.day;
  const zone = from.parts.zone ?? to.parts.zone;
  const parts = { ...from.parts, ...(day ? { day } : {}), ...(zone ? { zone } : {}) };
  const { period } = to.parts;
  if (period && !parts.period) {
    const together: TimePhrase = { type: 'point', parts: { ...parts, period } };
    const fits = spansOf(together, to, context).some((span) => span.to.diff(span.from.at, 'hours').hours < 12);
    if (fits) return together;
  }
  return { type: 'point', parts };
}

/** Returns an end without a zone in the zone of its start: "22:00 UTC to 23:00". */
function inZoneOf(from: TimePhrase, to: TimePhrase): TimePhrase {
  const zone = from.type === 'point' ? from.parts.zone : undefined;
  if (zone === undefined || to.type !== 'point' || to.parts.zone !== undefined) return to;
  return { type: 'point', parts: { ...to.parts, zone } };
}

/** Returns the reading of two phrases (from, to) as an ended span; unclear, with the reason, if they form none. */
export function resolveSpan(first: TimePhrase, last: TimePhrase, context: TimeContext): TimeReading {
  const from = inherited(first, last, context);
  const to = inZoneOf(from, last);
  const start = resolvePhrase(from, context);
  if (start.kind === 'instant' && start.precision === 'day')
    return unclearTime('which_hour', [DateTime.fromISO(start.at, { zone: context.zone })], context);
  if (start.kind === 'unclear' && start.reason !== 'which_half_of_day' && start.reason !== 'which_night') return start;
  const spans = spansOf(from, to, context);
  const ended = spans.filter((span) => span.to <= context.now);
  if (ended.length === 0 && from.type === 'point' && !from.parts.day) {
    // 22:00-02:00 written in the morning began yesterday.
    const overnight = spansOf(onDay(from.parts, -1), to, context).filter(
      (span) => span.to <= context.now && !span.to.hasSame(span.from.at, 'day'),
    );
    const [only, ...others] = overnight;
    if (only && others.length === 0) return span(only, ['yesterday'], context);
  }
  const [only, ...others] = ended;
  if (only && others.length === 0) return span(only, from.type === 'point' ? halfAssumed(from.parts) : [], context);
  const starts = ended.map((found) => found.from);
  if (only) return among('which_half_of_day', starts, context);
  const running = earliest(spans.map((found) => found.to));
  return running ? { kind: 'future', at: iso(running, context) } : unclearTime('contradiction', [], context);
}

function span(found: Span, extra: readonly TimeAssumption[], context: TimeContext): TimeReading {
  const assumed = [...found.from.assumed, ...extra];
  const period = { since: iso(found.from.at, context), until: iso(found.to, context) };
  return { kind: 'span', ...period, ...(assumed.length > 0 ? { assumed } : {}) };
}
