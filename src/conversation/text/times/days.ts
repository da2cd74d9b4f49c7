import type { Cursor } from '../cursor.ts';
import { readDate } from './dates.ts';
import { readDuration } from './durations.ts';
import type { DayPart, Period, WhichWeek } from './time-parts.ts';

/** Days and parts of the day: 昨晚, 前天下午, 上周五, last Friday, in the evening, two days ago. */

export interface DayAndPeriod {
  readonly day?: DayPart;
  readonly period?: Period;
}

const offset = (days: number): DayPart => ({ kind: 'offset', days });

/** Words that name a day, most with a part of it. Order matters: 大前天 before 前天. */
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
  [/last night(?![a-z])/y, { day: offset(-1), period: 'night' }],
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
  for (const [pattern, period] of PERIODS) if (cursor.take(pattern)) return period;
  return undefined;
}

const WEEKDAY_ZH = /(上上个?|上个?|这个?|本)?(?:周|星期|礼拜)([一二三四五六日天末])/y;
const WEEK_ZH = /(上上个?|上个?|这个?|本)(?:周|星期|礼拜)(?![一二三四五六日天末])/y;
const WEEKDAY_EN =
  /(last |this |past |this past )?(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|rs|rsday|nesday|urday|r)?(?![a-z])\.?/y;
const WEEK_EN = /(last|this|the past) week(?:end)?(?![a-z])/y;
const ENGLISH_DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function weekOf(word: string | undefined): WhichWeek {
  if (word === undefined) return 'nearest';
  if (word.startsWith('上上')) return 'last_but_one';
  if (word.startsWith('上') || word === 'last ') return 'last';
  return word.includes('past') ? 'nearest' : 'this';
}

function readWeekday(cursor: Cursor): DayPart | undefined {
  const zh = cursor.take(WEEKDAY_ZH);
  if (zh) {
    const name = zh[2] ?? '';
    const weeks = { nearest: 0, this: 0, last: -1, last_but_one: -2 }[weekOf(zh[1])];
    if (name === '末') return { kind: 'week', weeks };
    return {
      kind: 'weekday',
      weekday: '一二三四五六日'.indexOf(name === '天' ? '日' : name) + 1,
      week: weekOf(zh[1]),
      language: 'zh',
    };
  }
  const en = cursor.take(WEEKDAY_EN);
  if (en)
    return { kind: 'weekday', weekday: ENGLISH_DAYS.indexOf(en[2] ?? '') + 1, week: weekOf(en[1]), language: 'en' };
  const week = cursor.take(WEEK_ZH) ?? cursor.take(WEEK_EN);
  if (!week) return undefined;
  const which = week[1] ?? '';
  return { kind: 'week', weeks: which.startsWith('上上') ? -2 : which.startsWith('上') || which === 'last' ? -1 : 0 };
}

/** A hundred years: beyond that, nobody counts days. */
const LONGEST_AGO_DAYS = 36_500;

/** 两天前, "2 days ago", "a week ago": whole days, so that a clock may follow. */
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
  for (const [pattern, named] of NAMED) if (cursor.take(pattern)) return named;
  const day = readDate(cursor, clockKnown) ?? readWeekday(cursor) ?? readDaysAgo(cursor);
  return day && { day };
}
