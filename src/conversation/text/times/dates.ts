import * as en from 'chrono-node/en';
import type { Cursor } from '../cursor.ts';
import { figureOf } from '../numbers/numerals-zh.ts';
import type { DayPart, MonthDay } from './time-parts.ts';

/**
 * Calendar dates: 2026-03-31, 2026年3月31日, 3月31日, 31号, 3/31, "March 31st, 2026", "the 30th".
 *
 * English month names are read by chrono. Only its two month-name parsers are used: its casual parsers read
 * "last night at 11" as 11:00 two days ago, "9:20 CST" as Chicago, and "the day before yesterday" by the zone of the host.
 */
const monthNames = new en.Chrono({
  parsers: en.configuration
    .createConfiguration(true)
    .parsers.filter((parser) => /^ENMonthName(?:Little|Middle)Endian/.test(parser.constructor.name)),
  refiners: [],
});
const LONGEST_ENGLISH_DATE = 32;
const MONTH_NAME = /(?=(?:\d{1,2}|[a-z]))[^:]{0,24}?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/y;

function readMonthName(cursor: Cursor): DayPart | undefined {
  if (!cursor.sees(MONTH_NAME)) return undefined;
  const text = cursor.text.slice(cursor.at, cursor.at + LONGEST_ENGLISH_DATE);
  // The reference only fills in what is not certain, and nothing uncertain is used.
  const [found] = monthNames.parse(text, { instant: new Date(0), timezone: 0 });
  if (found?.index !== 0 || found.end) return undefined;
  const month = found.start.get('month');
  const day = found.start.get('day');
  if (month === null || day === null || !found.start.isCertain('day')) return undefined;
  cursor.at += found.text.length;
  const year = found.start.isCertain('year') ? found.start.get('year') : null;
  return { kind: 'date', month, day, ...(year === null ? {} : { year }) };
}

const FULL = /(\d{4})(?:-(\d{1,2})-(\d{1,2})|\/(\d{1,2})\/(\d{1,2})|\.(\d{1,2})\.(\d{1,2}))(?![\d/-])/y;
const ONES = '一二三四五六七八九';
const DAY_FIGURE = `(\\d{1,2}|三十一?|二?十[${ONES}]?|[${ONES}])`;
const CHINESE = new RegExp(
  `(?:(\\d{4}|\\d{2}|[零${ONES}]{4}|[零${ONES}]{2})年)?(\\d{1,2}|十[一二]?|[${ONES}])月${DAY_FIGURE}(?:日|号|(?![\\d小个台]))`,
  'y',
);
const DAY_ZH = /(\d{1,2})[日号](?!线|楼|机)/y;
const OF_MONTH_ZH = new RegExp(`(上上|上|这|本)个?月的?${DAY_FIGURE}[日号]?`, 'y');
const DAY_EN = /(?:the )(\d{1,2})(?:st|nd|rd|th)(?![a-z])/y;
const OF_MONTH_EN =
  /(?:the )?(\d{1,2})(?:st|nd|rd|th)? (?:of )?(?:(last)|this) month|(?:(last)|this) month,?(?: on)? (?:the )?(\d{1,2})(?:st|nd|rd|th)?(?![a-z\d:])/y;
const DAY_FIRST_YEAR = /(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)/y;
const SLASH = /(\d{1,2})\/(\d{1,2})(?![\d/%])/y;
const DASH = /(\d{2})-(\d{2})(?![\d:-])/y;
const DOT = /(\d{1,2})\.(\d{1,2})(?![\d.%])(?= ?\d{1,2}[:点时]| ?(?:凌晨|上午|下午|晚上|早上|中午))/y;

function isMonthDay({ month, day }: MonthDay): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/** Two numbers without a word between them: month and day in the one order or the other. */
function either(first: number, second: number, year?: number): DayPart | undefined {
  const monthFirst = { month: first, day: second };
  const dayFirst = { month: second, day: first };
  const withYear = year === undefined ? {} : { year };
  if (isMonthDay(monthFirst) && isMonthDay(dayFirst) && first !== second) {
    return { kind: 'either', options: [monthFirst, dayFirst], ...withYear };
  }
  const only = isMonthDay(monthFirst) ? monthFirst : dayFirst;
  return isMonthDay(only) ? { kind: 'date', ...only, ...withYear } : undefined;
}

function readNumeric(cursor: Cursor, clockKnown: boolean): DayPart | undefined {
  const full = cursor.take(FULL);
  if (full) {
    const month = Number(full[2] ?? full[4] ?? full[6]);
    const day = Number(full[3] ?? full[5] ?? full[7]);
    return { kind: 'date', year: Number(full[1]), month, day };
  }
  const dayFirst = cursor.take(DAY_FIRST_YEAR);
  if (dayFirst) return either(Number(dayFirst[1]), Number(dayFirst[3]), Number(dayFirst[4]));
  const slash = cursor.take(SLASH);
  if (slash) return either(Number(slash[1]), Number(slash[2]));
  const dot = cursor.take(DOT);
  // 3.31 9:42 and 03-31 are how dates are written in China: the month comes first.
  if (dot) return { kind: 'date', month: Number(dot[1]), day: Number(dot[2]) };
  const dash = cursor.sees(DASH) ? cursor.take(DASH) : undefined;
  if (dash && (clockKnown || cursor.sees(/ \d/y) || Number(dash[2]) > 24)) {
    return { kind: 'date', month: Number(dash[1]), day: Number(dash[2]) };
  }
  return undefined;
}

/** Reads one calendar date. `clockKnown`: a clock was read before, so a number here is no clock. */
export function readDate(cursor: Cursor, clockKnown: boolean): DayPart | undefined {
  const numeric = cursor.attempt((here) => readNumeric(here, clockKnown));
  if (numeric) return numeric;
  const zh = cursor.take(CHINESE);
  if (zh) {
    const stated = figureOf(zh[1] ?? '');
    const year = zh[1] === undefined ? {} : { year: stated < 100 ? 2_000 + stated : stated };
    return { kind: 'date', month: figureOf(zh[2] ?? ''), day: figureOf(zh[3] ?? ''), ...year };
  }
  const ofMonth = cursor.take(OF_MONTH_ZH);
  if (ofMonth) {
    const months = { 上上: -2, 上: -1 }[ofMonth[1] ?? ''] ?? 0;
    return { kind: 'day_of_month', day: figureOf(ofMonth[2] ?? ''), months };
  }
  const ofMonthEn = cursor.take(OF_MONTH_EN);
  if (ofMonthEn) {
    const months = (ofMonthEn[2] ?? ofMonthEn[3]) === undefined ? 0 : -1;
    return { kind: 'day_of_month', day: Number(ofMonthEn[1] ?? ofMonthEn[4]), months };
  }
  const day = cursor.take(DAY_ZH);
  if (day) return { kind: 'day_of_month', day: Number(day[1]) };
  const named = readMonthName(cursor);
  if (named) return named;
  const english = cursor.take(DAY_EN);
  return english && { kind: 'day_of_month', day: Number(english[1]) };
}
