import { Cursor } from '../cursor.ts';
import { readDuration } from '../times/durations.ts';
import { type Comparing, noComparison, readBefore, readBehind } from './comparisons.ts';
import { type Counted, readCounted, readMoneySign } from './counted.ts';
import { exactly, type Interval, isExact } from './interval.ts';
import { readEnglishNumeral } from './numerals-en.ts';
import { readChineseNumeral } from './numerals-zh.ts';
import { percentPerUnit, readShare } from './shares.ts';

/** One side of a statement: the number, the words around it, and what was counted. */
export interface Quantity {
  readonly interval: Interval;
  readonly comparing: Comparing;
  readonly counted: Counted | undefined;
  /** The text of the numeral and its unit, as folded. */
  readonly text: string;
  /** True if no unit of any kind (万, million, 小时, %) stands with the number. */
  readonly bare: boolean;
}

interface Measured {
  readonly interval: Interval;
  readonly counted: Counted | undefined;
  readonly bare: boolean;
}

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
      bare: !/[十百千万亿w多余]/.test(cursor.text.slice(start, cursor.at)),
    };
  const english = readEnglishNumeral(cursor);
  const bare = english?.bare === true && !cursor.text.slice(start, cursor.at).includes('hundred');
  return english && { interval: english.interval, counted: undefined, bare };
}

/** Reads one quantity with everything that belongs to it. */
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
    // "5 million RMB or more": the bound may also stand behind the unit; "1 million RMB yuan" names it twice.
    if (counted === 'money') readCounted(here);
    readBehind(here, comparing);
    return { interval: measured.interval, comparing, counted: counted ?? sign, text, bare: measured.bare };
  });
}

const TRAILING_FACTOR =
  /^(?:[\d.]+|[一二两三四五六七八九]|one|two|three|four|five|six|seven|eight|nine)( ?[十百千万亿w]+| ?(?:hundred (?:thousand|million)|hundred|thousand|million|billion|mn|bn|k|m|b))$/;
/** Possible values of the left side of "3–5万", "1-2 hours", "30-50%" when only the right side has the unit. */
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
  // 三到五十人 may be 3 to 50 or 30 to 50; nobody means 3 to 50,000 by 3–5万. Two units in words are asked about.
  return unit === '十' || unit.startsWith('hundred ') ? [scaled, left] : [scaled];
}

/** 万 → 10,000, 百万 → 1,000,000, "hundred thousand" → 100,000. */
function factorOf(unit: string): number {
  const measured = readMeasured(new Cursor(/[a-z]/.test(unit) ? `1 ${unit}` : `一${unit}`), false);
  return measured?.interval.low ?? 1;
}
