import type { Cursor } from '../cursor.ts';
import { add, andMore, exactly, type Interval, scale } from './interval.ts';
import { readChineseNumeral } from './numerals-zh.ts';

/** Shares in percent: 30%, 百分之三十, 三成, 三成半, 三分之一, half, two thirds, 30 percent. */

const FRACTIONS: readonly (readonly [RegExp, number])[] = [
  [/(?:一半|半数|half)(?![a-z]| (?:of )?an? (?:thousand|million|billion))/y, 50],
  [/(?:a |one[ -])?third(?![a-z])/y, 33.33],
  [/two[ -]thirds(?![a-z])/y, 66.67],
  [/(?:a |one[ -])?quarter(?![a-z]| (?:of )?an? (?:thousand|million|billion))/y, 25],
  [/three[ -]quarters(?![a-z])/y, 75],
];
const PERCENT = / ?(?:%|percent(?:age points)?|per ?cent|pct)(?![a-z])/y;

function digitsOrChinese(cursor: Cursor): Interval | undefined {
  const chinese = readChineseNumeral(cursor);
  if (chinese) return chinese;
  const digits = cursor.take(/\d+(?:\.\d+)?/y);
  return digits ? exactly(Number(digits[0])) : undefined;
}

/** Reads one share; the left side of "30-50%" and 三到五成 is the business of the caller (`percentPerUnit`). */
export function readShare(cursor: Cursor): Interval | undefined {
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

/** "ten percent": the few words people still write out in front of "percent". */
function wordNumber(cursor: Cursor): Interval | undefined {
  const match = cursor.take(/(?:zero|one|two|three|four|five|six|seven|eight|nine|ten)(?= (?:percent|per ?cent))/y);
  return match ? exactly(WORDS.indexOf(match[0])) : undefined;
}

/** 三成半 is 35, 三成五 too; 三成多 is 30 to under 40. */
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

/** The factor that makes percent of a bare number in front of a range like "30-50%" or 三到五成. */
export function percentPerUnit(text: string): number | undefined {
  if (/%|per ?cent|pct/.test(text)) return 1;
  return /成/.test(text) ? 10 : undefined;
}
