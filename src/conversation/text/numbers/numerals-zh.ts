import type { Cursor } from '../cursor.ts';
import { add, andMore, exactly, type Interval, scale } from './interval.ts';

/**
 * Reads Chinese numerals, also mixed with digits: 两千, 一百二十万, 1.2亿, 3千5百万, 三十多万, 几十万, 两三万, 一万二. It covers the
 * coefficient and its units only; `numbers.ts` reads comparisons (超过, 以上) and counted objects (人, 元).
 */

const DIGITS = '零一二三四五六七八九';
const SMALL_UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1_000 };
/** Values of units; `w` means 万 in chats. */
const BIG_UNITS: Readonly<Record<string, number>> = { 万: 10_000, w: 10_000, 亿: 100_000_000 };

const ARABIC = /\d+(?:\.\d+)?/y;
const NUMERAL = /[零一二两三四五六七八九几数十百千万亿]|半(?= ?个? ?[万亿])/y;
const CHINESE_DIGIT = /[零一二两三四五六七八九]/y;
const UNIT = / ?([十百千万亿]|w(?![a-z]))/y;
/** Pattern of half a unit: 半个亿, 半亿. */
const HALF_OF = /半 ?个? ?(?=[万亿])/y;
/** Pattern of a decimal in words: 一点二亿. */
const POINT = /([零一二两三四五六七八九])点([零一二三四五六七八九]{1,4})(?= ?[百千万亿])/y;
/** Pattern of "a hundred or a little less": 百八十, 千八百. */
const OR_LESS = /(?:百八十|千八百)(?![一二三四五六七八九\d])/y;
const MORE = /[多余]|出头/y;
const OR_SO = /来(?=[十百千万亿个号名位人元块天条次台小分])/y;
const VAGUE = /[几数](?=[十百千万亿个名位人元块条次台天小分])|几$/y;

function digit(char: string): number {
  return char === '两' ? 2 : DIGITS.indexOf(char);
}

/** Returns the value of a figure below 100, or of single digits as in dates: 三十一 → 31, 零五 → 5, 二零二六 → 2026, 07 → 7. */
export function figureOf(text: string): number {
  const [tens, ones] = text.includes('十') ? text.split('十') : ['零', text];
  const value = (digits = ''): number =>
    Number(Array.from(digits, (char) => (/\d/.test(char) ? char : digit(char))).join(''));
  return (tens === '' ? 1 : value(tens)) * 10 + value(ones);
}

/** Returns true for two digits that together mean "one or the other": 两三, 七八, 三五. */
function isPair(low: number, high: number): boolean {
  return low > 0 && (high === low + 1 || (low === 3 && high === 5));
}

/** Partial reading: `whole` is the part up to 万 or 亿, `section` the part below, `pending` has no unit yet. */
interface Reading {
  whole: Interval;
  section: Interval;
  pending: Interval | undefined;
  /** Digits of `pending`, empty if it was in words; two or more after a unit must fill all places below it: 1万2345. */
  pendingText: string;
  lastUnit: number;
  zero: boolean;
  units: number;
  fuzzy: boolean;
}

const NOTHING: Interval = exactly(0);

function isNothing(interval: Interval): boolean {
  return interval.low === 0 && interval.high === 0;
}

function applyUnit(reading: Reading, unit: number): void {
  reading.units += 1;
  if (unit < 10_000) {
    reading.section = add(reading.section, scale(reading.pending ?? exactly(1), unit));
  } else {
    const below = add(reading.section, reading.pending ?? NOTHING);
    // 亿 multiplies everything before it (一万亿), 万 only the part below 亿 (1亿2000万).
    const factor = unit === 100_000_000 ? add(reading.whole, below) : below;
    const product = scale(isNothing(factor) ? exactly(1) : factor, unit);
    reading.whole = unit === 100_000_000 ? product : add(reading.whole, product);
    reading.section = NOTHING;
  }
  reading.pending = undefined;
  reading.pendingText = '';
  reading.zero = false;
  reading.lastUnit = unit;
}

/** Reads 几, 数, 两三, 三 or 1.2 as the next coefficient. */
function readCoefficient(cursor: Cursor, reading: Reading): boolean {
  if (reading.pending !== undefined) return false;
  const arabic = cursor.take(ARABIC);
  if (arabic) {
    reading.pending = exactly(Number(arabic[0]));
    reading.pendingText = arabic[0];
    return Number.isFinite(reading.pending.low);
  }
  if (cursor.take(VAGUE)) {
    const afterTen = reading.lastUnit === 10;
    reading.pending = { low: afterTen ? 1 : 2, high: 10, open: true, approximate: true };
    return true;
  }
  if (cursor.take(HALF_OF)) {
    reading.pending = exactly(0.5);
    return true;
  }
  const point = cursor.take(POINT);
  if (point) {
    reading.pending = exactly(Number(`${figureOf(point[1] ?? '')}.${Array.from(point[2] ?? '', digit).join('')}`));
    return true;
  }
  const first = cursor.take(CHINESE_DIGIT);
  if (!first) return false;
  const low = digit(first[0]);
  if (low === 0) {
    reading.zero = true;
    return true;
  }
  reading.pending = exactly(low);
  const start = cursor.at;
  const second = cursor.take(CHINESE_DIGIT);
  if (second && isPair(low, digit(second[0]))) {
    reading.pending = { low, high: digit(second[0]), approximate: true };
  } else {
    cursor.at = start;
  }
  return true;
}

/** Reads the last digits: 一万二 is 12,000, 三百五 350, 一百零五 105, 1万2345 12,345. Undefined if they do not fit. */
function lastCoefficient(reading: Reading): Interval | undefined {
  const { pending, pendingText, lastUnit, zero } = reading;
  if (pending === undefined) return NOTHING;
  if (lastUnit === 0 || zero) return pending;
  if (pendingText.length > 1) {
    return pendingText.length === String(lastUnit).length - 1 && !pendingText.includes('.') ? pending : undefined;
  }
  return scale(pending, lastUnit / 10);
}

/** Reads 多, 余, 来 after a number, which widen its interval; a unit may follow (三十多万). */
function applyTail(cursor: Cursor, reading: Reading): boolean {
  const more = cursor.take(MORE) !== undefined;
  if (!more && !cursor.take(OR_SO)) return false;
  const widen = (interval: Interval): Interval => (more ? andMore(interval) : { ...interval, approximate: true });
  if (reading.pending) reading.pending = widen(reading.pending);
  else if (!isNothing(reading.section)) reading.section = widen(reading.section);
  else reading.whole = widen(reading.whole);
  reading.fuzzy = true;
  return true;
}

/** Reads single digits: 二零二六, 一三八. At least two with a zero, otherwise three. */
function readDigitByDigit(cursor: Cursor): Interval | undefined {
  const match = cursor.take(/[零一二三四五六七八九]{2,15}(?![十百千万亿几多余来])/y);
  if (!match) return undefined;
  if (match[0].length === 2 && !match[0].includes('零')) return undefined;
  return exactly(Number(Array.from(match[0], digit).join('')));
}

interface Numeral {
  readonly interval: Interval | undefined;
  /** Position after the numeral. */
  readonly end: number;
}
/** Cache of numerals by position, because readers of lengths, shares and plain figures try the same position. */
const known = new WeakMap<Cursor, Map<number, Numeral>>();

/**
 * Reads one Chinese or mixed numeral. Undefined for digits without a Chinese unit: the number may be English, and the
 * caller reads it.
 */
export function readChineseNumeral(cursor: Cursor): Interval | undefined {
  const start = cursor.at;
  const there = known.get(cursor) ?? new Map<number, Numeral>();
  known.set(cursor, there);
  const before = there.get(start);
  const interval = before ? before.interval : readNumeral(cursor);
  if (before) cursor.at = before.end;
  else there.set(start, { interval, end: cursor.at });
  return interval;
}

function readNumeral(cursor: Cursor): Interval | undefined {
  return cursor.attempt((here) => {
    const spelled = here.attempt(readDigitByDigit);
    if (spelled) return spelled;
    if (!here.sees(NUMERAL) && !here.sees(/\d/y)) return undefined;
    const start = here.at;
    // 百八十 is "a hundred or a little less", not 180 (一百八十).
    const most = { 百: 100, 千: 1_000 }[here.take(OR_LESS)?.[0].charAt(0) ?? ''];
    if (most === undefined && here.sees(/[百千][一二三四五六七八九]/y)) return undefined;
    const reading: Reading = {
      whole: NOTHING,
      section: NOTHING,
      pending: most === undefined ? undefined : { low: most * 0.8, high: most, approximate: true },
      pendingText: '',
      lastUnit: 0,
      zero: false,
      units: 0,
      fuzzy: false,
    };
    for (;;) {
      if (reading.pending || reading.units > 0) applyTail(here, reading);
      const unit = here.take(/ ?个?(?=亿)/y) && here.take(UNIT) ? '亿' : here.take(UNIT)?.[1];
      if (unit !== undefined) applyUnit(reading, SMALL_UNITS[unit] ?? BIG_UNITS[unit] ?? 1);
      else if (reading.fuzzy || !readCoefficient(here, reading)) break;
    }
    const digitsOnly = /^\d+(\.\d+)?$/.test(here.text.slice(start, here.at));
    if (digitsOnly || here.at === start) return undefined;
    const last = lastCoefficient(reading);
    return last === undefined ? undefined : add(add(reading.whole, reading.section), last);
  });
}
