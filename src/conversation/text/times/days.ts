import type { Cursor } from '../cursor.ts';
import { figureOf } from '../numbers/numerals-zh.ts';
import { readDuration } from './durations.ts';
import type { DayPart, MonthDay, Period, WhichWeek } from './time-parts.ts';

/** Readers of calendar dates: 2026-03-31, 2026年3月31日, 3月31日, 31号, 3/31, "March 31st, 2026", "the 30th". */

const ORDINALS =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'.split(
    ' ',
  );
const DAY_NAME = `(?:\\d{1,2}(?:st|nd|rd|th)?|twenty[ -](?:${ORDINALS.slice(0, 9).join('|')})|thirtieth|thirty[ -]first|${ORDINALS.toReversed().join('|')})`;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  '(?<month>jan(?:uary|\\.)?|feb(?:ruary|\\.)?|mar(?:ch|\\.)?|apr(?:il|\\.)?|may|jun(?:e|\\.)?|jul(?:y|\\.)?|aug(?:ust|\\.)?|sep(?:tember|t\\.|t|\\.)?|oct(?:ober|\\.)?|nov(?:ember|\\.)?|dec(?:ember|\\.)?)';
const YEAR = `(?<year>[1-9]\\d{3}|\\d{2}(?!\\w|:\\d| +(?:am|pm|o *clock|${MONTHS.join('|')})))`;
/** Patterns of a day with the name of its month, in either order; with `until` it is a range, which is no day. */
const DAY_THEN_MONTH = new RegExp(
  `(?:on {0,3})?(?<day>${DAY_NAME})(?<until> {0,3}(?:to|-|–|until|through|till) {0,3}${DAY_NAME})?(?:-|/| {0,3}(?:of)? {0,3})${MONTH}(?:(?:-|/|,? {0,3})${YEAR}(?!\\w))?(?!\\w)`,
  'y',
);
const MONTH_THEN_DAY = new RegExp(
  `${MONTH}(?:-|/| *,? *)(?<day>${DAY_NAME})(?! *(?:am|pm)) *(?<until>(?:to|-) *${DAY_NAME} *)?(?:(?:-|/| *, *| +)${YEAR})?(?!\\w|:\\d)`,
  'y',
);

function readMonthName(cursor: Cursor): DayPart | undefined {
  return cursor.attempt((here) => {
    const found = (here.take(DAY_THEN_MONTH) ?? here.take(MONTH_THEN_DAY))?.groups;
    const day = dayOf(found?.['day'] ?? '');
    if (!found || found['until'] !== undefined || day > 31) return undefined;
    const year = found['year'] === undefined ? undefined : Number(found['year']);
    const full = year !== undefined && year < 100 ? year + (year > 50 ? 1_900 : 2_000) : year;
    return { kind: 'date', month: MONTHS.indexOf(found['month']?.slice(0, 3) ?? '') + 1, day, year: full };
  });
}

/** Returns the number of a day in words or figures: 31st, twenty-first. */
function dayOf(words: string): number {
  if (/^\d/.test(words)) return Number.parseInt(words, 10);
  if (words === 'thirtieth') return 30;
  const [, tens, ones = words] = /^(twenty|thirty)[ -](\w+)$/.exec(words) ?? [];
  return ({ twenty: 20, thirty: 30 }[tens ?? ''] ?? 0) + ORDINALS.indexOf(ones) + 1;
}

const FULL = /(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d/-])/y;
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

/** Returns a date of two numbers without a word between them: month and day in either order. */
function either(first: number, second: number, year?: number): DayPart | undefined {
  const orders: readonly [MonthDay, MonthDay] = [
    { month: first, day: second },
    { month: second, day: first },
  ];
  const [only, other] = orders.filter(({ month, day }) => month >= 1 && month <= 12 && day >= 1 && day <= 31);
  if (only && other && first !== second) return { kind: 'either', options: orders, year };
  return only && { kind: 'date', ...only, year };
}

function readNumeric(cursor: Cursor, clockKnown: boolean): DayPart | undefined {
  const full = cursor.take(FULL);
  if (full) return { kind: 'date', year: Number(full[1]), month: Number(full[3]), day: Number(full[4]) };
  const dayFirst = cursor.take(DAY_FIRST_YEAR);
  if (dayFirst) return either(Number(dayFirst[1]), Number(dayFirst[3]), Number(dayFirst[4]));
  const slash = cursor.take(SLASH);
  if (slash) return either(Number(slash[1]), Number(slash[2]));
  // 3.31 9:42 and 03-31 are Chinese forms of a date, with the month first.
  const dot = cursor.take(DOT);
  const written = dot ?? cursor.take(DASH);
  if (!written) return undefined;
  const [month, day] = [Number(written[1]), Number(written[2])];
  return dot || clockKnown || cursor.sees(/ \d/y) || day > 24 ? { kind: 'date', month, day } : undefined;
}

/** Reads one calendar date. `clockKnown`: a clock time was read before, so a number here is no clock time. */
function readDate(cursor: Cursor, clockKnown: boolean): DayPart | undefined {
  const numeric = cursor.attempt((here) => readNumeric(here, clockKnown));
  if (numeric) return numeric;
  const zh = cursor.take(CHINESE);
  if (zh) {
    const stated = zh[1] === undefined ? undefined : figureOf(zh[1]);
    const year = stated !== undefined && stated < 100 ? 2_000 + stated : stated;
    return { kind: 'date', month: figureOf(zh[2] ?? ''), day: figureOf(zh[3] ?? ''), year };
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

/** Readers of days and parts of the day: 昨晚, 前天下午, 上周五, last Friday, in the evening, two days ago. */

export interface DayAndPeriod {
  readonly day?: DayPart;
  readonly period?: Period;
}

const offset = (days: number): DayPart => ({ kind: 'offset', days });

/** Patterns of words that name a day, most with a part of it, in order of trial: 大前天 before 前天. */
const NAMED: readonly (readonly [RegExp, DayAndPeriod])[] = [
  [/今(?:早上?|晨)(?!点)/y, { day: offset(0), period: 'morning' }],
  [/今(?:晚上?|夜)(?!点)/y, { day: offset(0), period: 'evening' }],
  [/(?:今天|今日|本日|当天)/y, { day: offset(0) }],
  [/昨(?:早上?|晨)(?!点)/y, { day: offset(-1), period: 'morning' }],
  [/昨(?:晚上?|夜里?)(?!点)/y, { day: offset(-1), period: 'night' }],
  [/(?:昨天|昨日)/y, { day: offset(-1) }],
  [/大前[天日]/y, { day: offset(-3) }],
  [/前晚/y, { day: offset(-2), period: 'night' }],
  [/前[天日]/y, { day: offset(-2) }],
  [/(?:明天|明日|明早|明晚)/y, { day: offset(1) }],
  [/后天/y, { day: offset(2) }],
  [/(?:the )?night before last(?![a-z])/y, { day: offset(-2), period: 'night' }],
  [/(?:the )?day before yesterday(?![a-z])/y, { day: offset(-2) }],
  [/(?:the )?day after tomorrow(?![a-z])/y, { day: offset(2) }],
  [/last (?:night|nite)(?![a-z])/y, { day: offset(-1), period: 'night' }],
  [/yesterday(?![a-z])/y, { day: offset(-1) }],
  [/early this morning(?![a-z])/y, { day: offset(0), period: 'early' }],
  [/(?:earlier )?this morning(?![a-z])/y, { day: offset(0), period: 'morning' }],
  [/(?:earlier )?this afternoon(?![a-z])/y, { day: offset(0), period: 'afternoon' }],
  [/(?:(?:earlier )?this evening|(?:earlier )?tonight)(?![a-z])/y, { day: offset(0), period: 'evening' }],
  [/(?:earlier )?today(?![a-z])/y, { day: offset(0) }],
  [/tomorrow(?![a-z])/y, { day: offset(1) }],
];

const PERIODS: readonly (readonly [RegExp, Period])[] = [
  [/凌晨/y, 'early'],
  [/(?:清晨|早晨|早上|一早|上午|晨间|早(?=[ \d一二两三四五六七八九十]))/y, 'morning'],
  [/(?:中午|正午(?=[ \d一二两三四五六七八九十])|午间)/y, 'noon'],
  [/(?:下午|午后)/y, 'afternoon'],
  [/(?:傍晚|晚上|晚间|今晚|晚(?=[ \d一二两三四五六七八九十]))/y, 'evening'],
  [/(?:半夜|深夜|夜里|夜间|夜晚|午夜(?=[ \d一二两三四五六七八九十]))/y, 'night'],
  [/(?:early in the morning|in the early hours|in the small hours)(?![a-z])/y, 'early'],
  [/(?:in the )?morning(?![a-z])/y, 'morning'],
  [/(?:in the )?afternoon(?![a-z])/y, 'afternoon'],
  [/(?:in the )?evening(?![a-z])/y, 'evening'],
  [/(?:(?:at|in the) )?night(?![a-z])/y, 'night'],
  [/(?:am|a\.m\.?)(?![a-z])/y, 'am'],
  [/(?:pm|p\.m\.?)(?![a-z])/y, 'pm'],
];

export function readPeriod(cursor: Cursor): Period | undefined {
  return cursor.oneOf(PERIODS);
}

const WEEKDAY_ZH = /(上上个?|上个?|这个?|本)?(?:周|星期|礼拜)([一二三四五六日天])/y;
const WEEKDAY_EN =
  /(last |this |past |this past )?(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|rs|rsday|nesday|urday|r)?(?![a-z])\.?/y;
/** Pattern of a week without a day: 周末, 上周, "last week". */
const WEEK =
  /(?:周|星期|礼拜)末|(?:上上个?|上个?|这个?|本)(?:周|星期|礼拜)末?|(?:last|this|the past) week(?:end)?(?![a-z])/y;
const ENGLISH_DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function weekOf(word: string | undefined): WhichWeek {
  if (word === undefined) return 'nearest';
  if (word.startsWith('上上')) return 'last_but_one';
  if (word.startsWith('上') || word === 'last ') return 'last';
  return word.includes('past') ? 'nearest' : 'this';
}

function readWeekday(cursor: Cursor): DayPart | undefined {
  const [, zhWeek, zhDay] = cursor.take(WEEKDAY_ZH) ?? [];
  if (zhDay !== undefined) {
    const weekday = '一二三四五六日'.indexOf(zhDay === '天' ? '日' : zhDay) + 1;
    return { kind: 'weekday', weekday, week: weekOf(zhWeek), language: 'zh' };
  }
  const [, enWeek, enDay] = cursor.take(WEEKDAY_EN) ?? [];
  if (enDay !== undefined)
    return { kind: 'weekday', weekday: ENGLISH_DAYS.indexOf(enDay) + 1, week: weekOf(enWeek), language: 'en' };
  return cursor.take(WEEK) && { kind: 'week' };
}

/** Longest distance in days that is read: a hundred years. */
const LONGEST_AGO_DAYS = 36_500;

/** Reads whole days before now, which a clock time may follow: 两天前, "2 days ago", "a week ago". */
function readDaysAgo(cursor: Cursor): DayPart | undefined {
  return cursor.attempt((here) => {
    if (!here.sees(/[\d一二两三四五六七八九十a-z]/y)) return undefined;
    const duration = readDuration(here);
    if (duration?.finest !== 'day' || duration.minutes.low !== duration.minutes.high) return undefined;
    if (duration.minutes.low / 1_440 > LONGEST_AGO_DAYS) return undefined;
    return here.take(/ ?(?:之前|以前|前)| (?:ago|earlier|back)(?![a-z])/y)
      ? offset(-duration.minutes.low / 1_440)
      : undefined;
  });
}

/** Reads one word or group of words that names a day (and perhaps a part of it). */
export function readDay(cursor: Cursor, clockKnown: boolean): DayAndPeriod | undefined {
  const named = cursor.oneOf(NAMED);
  if (named) return named;
  const day = readDate(cursor, clockKnown) ?? readWeekday(cursor) ?? readDaysAgo(cursor);
  return day && { day };
}
