import { Cursor } from '../cursor.ts';
import { readDuration } from '../times/durations.ts';
import { type Comparing, noComparison, readBefore, readBehind } from './comparisons.ts';
import { type Counted, readCounted, readMoneySign } from './counted.ts';
import { add, andMore, exactly, type Interval, isExact, scale } from './interval.ts';
import { readEnglishNumeral } from './numerals-en.ts';
import { readChineseNumeral } from './numerals-zh.ts';

/** One side of a statement: the number, its comparison, and the counted unit. */
export interface Quantity {
  readonly interval: Interval;
  readonly comparing: Comparing;
  readonly counted: Counted | undefined;
  /** Text of the numeral with its unit, folded. */
  readonly text: string;
  /** True if the number has no unit of any kind (万, million, 小时, %). */
  readonly bare: boolean;
}

type Measured = Pick<Quantity, 'interval' | 'counted' | 'bare'>;

const LONE_M = /^[\d.]+ ?m$/;

function readMeasured(cursor: Cursor, mLetterIsMinutes: boolean): Measured | undefined {
  const start = cursor.at;
  const duration = cursor.attempt((here) => {
    const read = readDuration(here);
    return read && !mLetterIsMinutes && LONE_M.test(here.text.slice(start, here.at)) ? undefined : read;
  });
  if (duration) return { interval: duration.minutes, counted: 'minutes', bare: false };
  const share = cursor.attempt(readShare);
  if (share) return { interval: share, counted: 'percent', bare: false };
  const chinese = readChineseNumeral(cursor);
  if (chinese)
    return {
      interval: chinese,
      counted: undefined,
      bare: !/[十百千万亿w多余]|出头/.test(cursor.text.slice(start, cursor.at)),
    };
  const english = readEnglishNumeral(cursor);
  const bare = english?.bare === true && !cursor.text.slice(start, cursor.at).includes('hundred');
  return english && { interval: english.interval, counted: undefined, bare };
}

/** Reads one quantity with its bound and unit. */
export function readQuantity(cursor: Cursor, mLetterIsMinutes: boolean): Quantity | undefined {
  return cursor.attempt((here) => {
    const comparing = noComparison();
    readBefore(here, comparing);
    const sign = readMoneySign(here);
    if (sign) readBefore(here, comparing);
    const start = here.at;
    const measured = readMeasured(here, mLetterIsMinutes);
    if (!measured) return undefined;
    const text = here.text.slice(start, here.at);
    readBehind(here, comparing);
    const counted = measured.counted ?? readCounted(here);
    if (counted === undefined) here.take(/ ?个/y);
    // "5 million RMB or more": a bound may follow the unit; "1 million RMB yuan" has the unit twice.
    if (counted === 'money') readCounted(here);
    readBehind(here, comparing);
    return { interval: measured.interval, comparing, counted: counted ?? sign, text, bare: measured.bare };
  });
}

const TRAILING_FACTOR =
  /^(?:[\d.]+|[一二两三四五六七八九]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|[a-z]+ty(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)( ?[十百千万亿w]+| ?(?:hundred (?:thousand|million)|hundred|thousand|million|billion|mn|bn|k|m|b))$/;
/** Returns possible values of the left side of "3–5万", "1-2 hours", "30-50%" if only the right has the unit. */
export function shareUnit(left: Quantity, right: Quantity, mLetterIsMinutes: boolean): readonly Quantity[] {
  if (!left.bare || right.bare || !isExact(left.interval)) return [left];
  const value = left.interval.low;
  const as = (interval: Interval): Quantity => ({ ...left, interval, counted: left.counted ?? right.counted });
  if (right.counted === 'percent') {
    const perUnit = percentPerUnit(right.text);
    return perUnit === undefined ? [left] : [as(exactly(value * perUnit))];
  }
  if (right.counted === 'minutes') {
    const unit = right.text.replace(/^(?:[\d.]+|[零一二两三四五六七八九十百]+|[a-z]+(?= ))/, '');
    const cursor = new Cursor(left.text + unit);
    const same = readMeasured(cursor, mLetterIsMinutes);
    return same && cursor.finished ? [as(same.interval)] : [left];
  }
  const shared = TRAILING_FACTOR.exec(right.text);
  if (!shared) return [left];
  const unit = (shared[1] ?? '').trim();
  const factor = factorOf(unit);
  if (value * factor >= right.interval.high) return [left];
  const scaled = as(exactly(value * factor));
  // 三到五十人 is 3 to 50 or 30 to 50, so the bot asks; 3–5万 can only be 30,000 to 50,000.
  return unit === '十' || unit.startsWith('hundred ') ? [scaled, left] : [scaled];
}

/** Returns the factor of a unit: 万 → 10,000, 百万 → 1,000,000, "hundred thousand" → 100,000. */
function factorOf(unit: string): number {
  const measured = readMeasured(new Cursor(/[a-z]/.test(unit) ? `1 ${unit}` : `一${unit}`), false);
  return measured?.interval.low ?? 1;
}

/** Fractions in words, as percent: 一半, half, a third, two thirds, a quarter. `readShare` also reads other shares. */
const FRACTIONS: readonly (readonly [RegExp, number])[] = [
  [/(?:一半|半数|half)(?![a-z]| (?:of )?an? (?:thousand|mill?(?:ion)?|billion))/y, 50],
  [/(?:a |one[ -])?third(?![a-z])/y, 33.33],
  [/two[ -]thirds(?![a-z])/y, 66.67],
  [/(?:a |one[ -])?quarter(?![a-z]| (?:of )?an? (?:thousand|mill?(?:ion)?|billion))/y, 25],
  [/three[ -]quarters(?![a-z])/y, 75],
];
const PERCENT = / ?(?:%|percent(?:age points)?|per ?cent|pct)(?![a-z])/y;

function digitsOrChinese(cursor: Cursor): Interval | undefined {
  const chinese = readChineseNumeral(cursor);
  if (chinese) return chinese;
  const digits = cursor.take(/\d+(?:\.\d+)?/y);
  return digits ? exactly(Number(digits[0])) : undefined;
}

/** Reads one share; for the left side of "30-50%" and 三到五成 see `percentPerUnit`. */
function readShare(cursor: Cursor): Interval | undefined {
  const fraction = cursor.oneOf(FRACTIONS);
  if (fraction !== undefined) return exactly(fraction);
  return cursor.attempt((here) => {
    const per = here.take(/(百|千|万)分之/y)?.[1];
    if (per) {
      const number = digitsOrChinese(here);
      return number && scale(number, per === '百' ? 1 : per === '千' ? 0.1 : 0.01);
    }
    const number = digitsOrChinese(here) ?? wordNumber(here);
    if (!number) return undefined;
    if (here.take(PERCENT)) return here.take(/多/y) ? andMore(number) : number;
    if (here.take(/ ?成(?!立|员|功|本|为)/y)) return readTenths(here, number);
    if (here.take(/分之/y)) {
      const above = digitsOrChinese(here);
      if (!above || number.low <= 0 || above.low > number.low) return undefined;
      return exactly(Math.round((above.low / number.low) * 10_000) / 100);
    }
    return undefined;
  });
}

const WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** Reads a number in words before "percent": "ten percent". */
function wordNumber(cursor: Cursor): Interval | undefined {
  const match = cursor.take(/(?:zero|one|two|three|four|five|six|seven|eight|nine|ten)(?= (?:percent|per ?cent))/y);
  return match ? exactly(WORDS.indexOf(match[0])) : undefined;
}

/** Returns the percentage of a number of tenths: 三成半 and 三成五 are 35; 三成多 is 30 to under 40. */
function readTenths(cursor: Cursor, tenths: Interval): Interval {
  const base = scale(tenths, 10);
  if (cursor.take(/半/y)) return add(base, exactly(5));
  if (cursor.take(/多/y)) return { low: base.low, high: base.high + 10, open: true };
  const more = cursor.attempt((here) => {
    const match = here.take(/[一二三四五六七八九]/y);
    return match ? '零一二三四五六七八九'.indexOf(match[0]) : undefined;
  });
  return more === undefined ? base : add(base, exactly(more));
}

/** Returns the factor from a bare number to percent, for the left side of a range like "30-50%" or 三到五成. */
function percentPerUnit(text: string): number | undefined {
  if (/%|per ?cent|pct/.test(text)) return 1;
  return /成/.test(text) ? 10 : undefined;
}
