import type { Cursor } from '../cursor.ts';
import { add, andMore, exactly, type Interval, scale } from '../numbers/interval.ts';
import { readEnglishNumeral } from '../numbers/numerals-en.ts';
import { figureOf, readChineseNumeral } from '../numbers/numerals-zh.ts';

/** Readers of lengths of time, in minutes: 1小时10分, 一个半小时, 三刻钟, 两天半, 90 minutes, 1h30, an hour and a half. */

export type DurationUnit = 'minute' | 'hour' | 'day';

export interface Duration {
  readonly minutes: Interval;
  /** Smallest named unit, which shows the precision. */
  readonly finest: DurationUnit;
}

interface Unit {
  readonly minutes: number;
  readonly name: DurationUnit;
}
const SECOND: Unit = { minutes: 1 / 60, name: 'minute' };
const MINUTE: Unit = { minutes: 1, name: 'minute' };
const QUARTER: Unit = { minutes: 15, name: 'minute' };
const HOUR: Unit = { minutes: 60, name: 'hour' };
const DAY: Unit = { minutes: 1_440, name: 'day' };
const WEEK: Unit = { minutes: 10_080, name: 'day' };

const UNITS: readonly (readonly [RegExp, Unit])[] = [
  [/ ?秒钟?/y, SECOND],
  [/ ?(?:分钟|分(?!之|[0-9一二三四五六七八九十]))/y, MINUTE],
  [/ ?刻钟?/y, QUARTER],
  [/ ?(?:小时|钟头)/y, HOUR],
  [/ ?(?:天|日(?!期))/y, DAY],
  [/ ?(?:周(?![一二三四五六日天末])|星期(?![一二三四五六日天])|礼拜(?![一二三四五六日天]))/y, WEEK],
  [/[ -]?(?:seconds?|secs?|s)(?![a-z0-9])/y, SECOND],
  [/[ -]?(?:minutes?|mins?|min|m)(?![a-z0-9])\.?/y, MINUTE],
  [/[ -]?(?:hours?|hrs?|hr|h)(?![a-z])\.?/y, HOUR],
  [/[ -]?(?:days?|d)(?![a-z0-9])/y, DAY],
  [/[ -]?(?:weeks?|wks?)(?![a-z0-9])/y, WEEK],
];
const A_UNIT = /(?:an?|one) (?=hour|minute|day|week|hr|min)|(?=hour and a )/y;
const HALF_A = /half (?:an )?hour(?![a-z])/y;
const QUARTER_HOUR = /(?:a )?quarter (?:of an? )?hour|three quarters of an hour/y;
const HALF_ZH = /半个?(多?)(?:小时|钟头|(?<=个多?)钟)|半分钟/y;
const AND_A_HALF = / and a (half|quarter)(?![a-z])/y;

/** Pattern of a rough figure before its unit: "20ish min". */
const ISH = /-?ish(?= )/y;

function readNumber(cursor: Cursor): Interval | undefined {
  const chinese = readChineseNumeral(cursor);
  if (chinese) return chinese;
  // The scale letters k, m, b belong to amounts; here m means minutes.
  const digits = cursor.take(/\d+(?:\.\d+)?/y);
  if (digits) return { ...exactly(Number(digits[0])), ...(cursor.take(ISH) ? { approximate: true } : {}) };
  if (cursor.take(A_UNIT)) return exactly(1);
  return readEnglishNumeral(cursor)?.interval;
}

/** Returns half an hour (up to a whole one for 半个多小时), or half a minute. */
function halfOf([text, more]: RegExpExecArray): Interval {
  if (text.endsWith('分钟')) return exactly(0.5);
  return more ? { low: 30, high: 60, open: true } : exactly(30);
}

function readHalf(cursor: Cursor): Duration | undefined {
  const zh = cursor.take(HALF_ZH);
  if (zh) return { minutes: halfOf(zh), finest: 'minute' };
  if (cursor.take(HALF_A)) return { minutes: exactly(30), finest: 'minute' };
  const quarter = cursor.take(QUARTER_HOUR);
  return quarter ? { minutes: exactly(quarter[0].startsWith('three') ? 45 : 15), finest: 'minute' } : undefined;
}

/** Reads one number with its unit: 一个半小时, 2个多小时, one and a half hours, an hour and a half. */
function readPart(cursor: Cursor): { minutes: Interval; unit: Unit; halved: boolean } | undefined {
  return cursor.attempt((here) => {
    const number = readNumber(here);
    if (!number) return undefined;
    const half = here.take(/ ?个?半 ?(?=小时|钟头|月)/y) ?? here.take(/ and a half(?= )/y);
    const more = half ? undefined : here.take(/ ?个多 ?(?=小时|钟头)/y);
    if (!half && !more) here.take(/ ?个 ?(?=小时|钟头|星期|礼拜)/y);
    const amount = half ? add(number, exactly(0.5)) : more ? andMore(number) : number;
    const unit = here.oneOf(UNITS);
    if (!unit) return undefined;
    const behind = here.take(/半(?!个)/y) ? 0.5 : AND_A_HALF_VALUE[here.take(AND_A_HALF)?.[1] ?? ''];
    const total = behind === undefined ? amount : add(amount, exactly(behind));
    return { minutes: scale(total, unit.minutes), unit, halved: half !== undefined || behind !== undefined };
  });
}
const AND_A_HALF_VALUE: Readonly<Record<string, number>> = { half: 0.5, quarter: 0.25 };

function finerOf(unit: Unit, halved: boolean): DurationUnit {
  if (!halved || unit.name === 'minute') return unit.name;
  return unit.name === 'day' ? 'hour' : 'minute';
}

/** Reads one length of time, with units in descending order, each at most once; undefined if there is none here. */
export function readDuration(cursor: Cursor): Duration | undefined {
  const half = readHalf(cursor);
  if (half) return half;
  const first = readPart(cursor);
  if (!first) return undefined;
  let minutes = first.minutes;
  let last = first.unit;
  let finest = finerOf(last, first.halved);
  for (;;) {
    const next = cursor.attempt((here) => {
      here.take(/ ?(?:and |零|又|,)? ?/y);
      const halfHour = last.minutes > 60 ? here.take(HALF_ZH) : undefined;
      if (halfHour) return { minutes: exactly(30), unit: MINUTE, halved: false };
      const part = readPart(here);
      return part && part.unit.minutes < last.minutes ? part : undefined;
    });
    if (!next) break;
    minutes = add(minutes, next.minutes);
    last = next.unit;
    finest = finerOf(last, next.halved);
  }
  // The minutes of "1h30" have no unit: two digits after an hour.
  const bare = last.name === 'hour' ? cursor.take(BARE_MINUTES) : undefined;
  if (bare) return { minutes: add(minutes, exactly(minutesOf(bare))), finest: 'minute' };
  const more = last.name !== 'minute' && minutes.low === minutes.high ? cursor.take(/多(?!少)/y) : undefined;
  if (more) return { minutes: { low: minutes.low, high: minutes.high + last.minutes, open: true }, finest };
  return { minutes: { ...minutes, low: round(minutes.low), high: round(minutes.high) }, finest };
}

/** Pattern of minutes without a unit behind an hour: 1h30, "an hour twenty", 一小时二十. */
const BARE_MINUTES =
  / ?(?:([0-5]\d)(?![\d:]|\.\d| ?[%万千])|([二三四五]?十[一二三四五六七八九]?)(?![一-龥])|(twenty|thirty|forty|fifty)(?![a-z-]| (?:one|two|three|four|five|six|seven|eight|nine)))/y;
const TENS: Readonly<Record<string, number>> = { twenty: 20, thirty: 30, forty: 40, fifty: 50 };

function minutesOf([, digits, chinese, word = '']: RegExpExecArray): number {
  if (chinese !== undefined) return figureOf(chinese);
  return digits === undefined ? (TENS[word] ?? 0) : Number(digits);
}

/** Rounds to hundredths of a minute, because seconds make fractions. */
function round(minutes: number): number {
  return Math.round(minutes * 100) / 100;
}
