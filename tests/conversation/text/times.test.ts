import { describe, expect, it } from 'vitest';
import {
  interpretTime,
  splitLeadingTime,
  type TimeAssumption,
  type TimeReading,
} from '../../../src/conversation/text/times.ts';

/** A Tuesday. */
const NOW = '2026-03-31T09:44:00+08:00';

/** "30 23:00" → 30 March 2026, 23:00 in Shanghai; "02-29 …" or a full date for other months. */
function on(short: string): string {
  const [day = '', clock = ''] = short.split(' ');
  const date = day.length > 5 ? day : day.length > 2 ? `2026-${day}` : `2026-03-${day}`;
  return `${date}T${clock}:00+08:00`;
}
function at(short: string, precision: 'minute' | 'hour' | 'day', ...assumed: readonly TimeAssumption[]): object {
  return { kind: 'instant', at: on(short), precision, ...(assumed.length > 0 ? { assumed } : {}) };
}
const minute = (short: string, ...assumed: readonly TimeAssumption[]) => at(short, 'minute', ...assumed);
const hour = (short: string, ...assumed: readonly TimeAssumption[]) => at(short, 'hour', ...assumed);
const day = (short: string, ...assumed: readonly TimeAssumption[]) => at(`${short} 00:00`, 'day', ...assumed);
const since = (short: string, ...assumed: readonly TimeAssumption[]) => ({
  kind: 'since',
  since: on(short),
  ...(assumed.length > 0 ? { assumed } : {}),
});
const span = (from: string, to: string, ...assumed: readonly TimeAssumption[]) => ({
  kind: 'span',
  since: on(from),
  until: on(to),
  ...(assumed.length > 0 ? { assumed } : {}),
});
const future = (short: string, past?: string) => ({
  kind: 'future',
  at: on(short),
  ...(past === undefined ? {} : { past: on(past) }),
});
const asks = (reason: string, ...candidates: readonly string[]) => ({
  kind: 'unclear',
  reason,
  candidates: candidates.map(on),
});
const unknown: TimeReading = { kind: 'unknown' };

const CHINESE: readonly (readonly [string, object])[] = [
  ['昨晚11点', hour('30 23:00')],
  ['昨晚11点半', minute('30 23:30')],
  ['昨晚十一点', hour('30 23:00')],
  ['昨夜23:10', minute('30 23:10')],
  ['昨晚12点', hour('31 00:00')],
  ['昨晚12点半', minute('31 00:30')],
  ['昨天夜里十一点半', minute('30 23:30')],
  ['昨天二十三点十五分', minute('30 23:15')],
  ['上午9点20', minute('31 09:20')],
  ['上午９点２０', minute('31 09:20')],
  ['上午9点20分', minute('31 09:20')],
  ['今天上午9:20', minute('31 09:20')],
  ['今早8点', hour('31 08:00')],
  ['早上八点一刻', minute('31 08:15')],
  ['早上八点三刻', minute('31 08:45')],
  ['凌晨2点半', minute('31 02:30')],
  ['凌晨两点', hour('31 02:00')],
  ['今天凌晨2点半', minute('31 02:30')],
  ['昨天凌晨3点', hour('30 03:00')],
  ['前天下午3点', hour('29 15:00')],
  ['大前天晚上8点', hour('28 20:00')],
  ['昨天中午12点', hour('30 12:00')],
  ['昨天中午1点', hour('30 13:00')],
  ['昨天下午4:05', minute('30 16:05')],
  ['昨天傍晚6点', hour('30 18:00')],
  ['昨天14:30', minute('30 14:30')],
  ['零点', hour('31 00:00')],
  ['9点', hour('31 09:00', 'half_of_day')],
  ['9點', hour('31 09:00', 'half_of_day')],
  ['9点整', minute('31 09:00', 'half_of_day')],
  ['09点', hour('31 09:00')],
  ['9点多', hour('31 09:00', 'approximate', 'half_of_day')],
  ['大概9点', hour('31 09:00', 'approximate', 'half_of_day')],
  ['9点左右', hour('31 09:00', 'approximate', 'half_of_day')],
  ['上午9点20左右', minute('31 09:20', 'approximate')],
  ['9时20分', minute('31 09:20', 'half_of_day')],
  ['北京时间9点20', minute('31 09:20', 'half_of_day')],
  ['3月31日9:42', minute('31 09:42')],
  ['3月31日上午9点42分', minute('31 09:42')],
  ['2026年3月31日09时42分', minute('31 09:42')],
  ['2026/3/30 17:05', minute('30 17:05')],
  ['三月三十日下午五点', hour('30 17:00')],
  ['3/31 09:42', minute('31 09:42')],
  ['3.31 9:42', minute('31 09:42')],
  ['03-30 21:15', minute('30 21:15')],
  ['30号下午5点', hour('30 17:00')],
  ['31号9:42', minute('31 09:42')],
  ['12月31日23:00', minute('2025-12-31 23:00', 'previous_year')],
  ['周五晚上8点', hour('27 20:00', 'most_recent_weekday')],
  ['星期五晚上八点', hour('27 20:00', 'most_recent_weekday')],
  ['上周五', day('27')],
  ['上周五晚上8点', hour('27 20:00')],
  ['上周一', day('23')],
  ['上上周五', day('20')],
  ['本周一下午2点', hour('30 14:00')],
  ['周日', day('29', 'most_recent_weekday')],
  ['昨天', day('30')],
  ['今天', day('31')],
  ['3月30日', day('30')],
  ['两天前', day('29')],
  ['两天前下午3点', hour('29 15:00')],
  ['一周前', day('24')],
  ['半小时前', minute('31 09:14')],
  ['半个小时前', minute('31 09:14')],
  ['十分钟前', minute('31 09:34')],
  ['20分钟之前', minute('31 09:24')],
  ['大约20分钟前', minute('31 09:24', 'approximate')],
  ['三刻钟前', minute('31 08:59')],
  ['两个小时前', hour('31 07:44')],
  ['一个半小时前', minute('31 08:14')],
  ['刚才', minute('31 09:44')],
  ['刚刚', minute('31 09:44')],
  ['现在', minute('31 09:44')],
  ['从9点20开始', since('31 09:20', 'half_of_day')],
  ['自上午9点20起', since('31 09:20')],
  ['昨晚11点至今', since('30 23:00')],
  ['上午9点到现在', since('31 09:00')],
  ['2小时前开始', since('31 07:44')],
  ['持续了2小时', since('31 07:44')],
  ['已经半小时了', since('31 09:14')],
  ['昨天下午3点到5点', span('30 15:00', '30 17:00')],
  ['昨晚11点到2点', span('30 23:00', '31 02:00')],
  ['昨晚11点到今天凌晨2点', span('30 23:00', '31 02:00')],
  ['8点半到9点', span('31 08:30', '31 09:00', 'half_of_day')],
  ['22:00-02:00', span('30 22:00', '31 02:00', 'yesterday')],
  ['上午8点至9点20分之间', span('31 08:00', '31 09:20')],
  ['9点半到11点', future('31 11:00')],
  ['14:30', future('31 14:30', '30 14:30')],
  ['下午3点', future('31 15:00', '30 15:00')],
  ['今晚8点', future('31 20:00')],
  ['明天', future('04-01 00:00')],
  ['20分钟后', future('31 10:04')],
  ['4月5日9:00', future('04-05 09:00', '2025-04-05 09:00')],
  ['不清楚', unknown],
  ['时间不详', unknown],
  ['正在核实', unknown],
  ['今早', asks('which_hour', '31 06:00', '31 07:00', '31 08:00', '31 09:00')],
  ['昨天下午', asks('which_hour', '30 13:00', '30 14:00', '30 15:00', '30 16:00', '30 17:00')],
  ['凌晨', asks('which_hour', '31 00:00', '31 01:00', '31 02:00', '31 03:00', '31 04:00', '31 05:00')],
  ['昨晚2点', asks('which_night', '31 02:00', '30 02:00')],
  ['昨晚凌晨2点', asks('which_night', '31 02:00', '30 02:00')],
  ['昨天9:20', asks('which_half_of_day', '30 21:20', '30 09:20')],
  ['12点', asks('which_half_of_day', '31 00:00', '30 12:00')],
  ['9点50', asks('which_half_of_day', '30 21:50', '30 09:50')],
  ['周二', asks('which_day', '31 00:00', '24 00:00')],
  ['上周', asks('which_day')],
  ['上午15点', asks('contradiction')],
  ['昨天前天9点', asks('contradiction')],
  ['2月30日', asks('no_such_date')],
  ['最近', asks('vague')],
  ['几分钟前', asks('vague', '31 09:42', '31 09:34')],
  ['2个多小时前', asks('vague', '31 07:44', '31 06:44')],
  ['昨晚11点 供应商来电', asks('unread_text', '30 23:00')],
  ['服务器', asks('unreadable')],
];

const ENGLISH: readonly (readonly [string, object])[] = [
  ['20 minutes ago', minute('31 09:24')],
  ['20 min ago', minute('31 09:24')],
  ['about 20 minutes ago', minute('31 09:24', 'approximate')],
  ['1h ago', hour('31 08:44')],
  ['two hours ago', hour('31 07:44')],
  ['an hour and a half ago', minute('31 08:14')],
  ['half an hour ago', minute('31 09:14')],
  ['1h30 ago', minute('31 08:14')],
  ['2 days ago', day('29')],
  ['2 days ago at 3pm', hour('29 15:00')],
  ['a week ago', day('24')],
  ['just now', minute('31 09:44')],
  ['now', minute('31 09:44')],
  ['since 09:20', since('31 09:20')],
  ['since 9:20 this morning', since('31 09:20')],
  ['since yesterday', since('30 00:00')],
  ['from 09:20 until now', since('31 09:20')],
  ['for 2 hours', since('31 07:44')],
  ['yesterday 11pm', hour('30 23:00')],
  ['yesterday at 11 pm', hour('30 23:00')],
  ['yesterday at 23:10', minute('30 23:10')],
  ['yesterday afternoon at 3', hour('30 15:00')],
  ['the day before yesterday 3pm', hour('29 15:00')],
  ['last Friday at 8 in the evening', hour('27 20:00')],
  ['Friday 8pm', hour('27 20:00', 'most_recent_weekday')],
  ['on Fri at 8 p.m.', hour('27 20:00', 'most_recent_weekday')],
  ['last Friday', day('27')],
  ['last night at 11', hour('30 23:00')],
  ['9 this morning', hour('31 09:00')],
  ['this morning at 9', hour('31 09:00')],
  ['9:20', minute('31 09:20', 'half_of_day')],
  ['09:20', minute('31 09:20')],
  ['0920', minute('31 09:20')],
  ['9.20 am', minute('31 09:20')],
  ['9am', hour('31 09:00')],
  ['9 a.m.', hour('31 09:00')],
  ['at 9', hour('31 09:00', 'half_of_day')],
  ['9', hour('31 09:00', 'half_of_day')],
  ["9 o'clock", hour('31 09:00', 'half_of_day')],
  ['half past nine', minute('31 09:30', 'half_of_day')],
  ['quarter past nine', minute('31 09:15', 'half_of_day')],
  ['twenty past nine', minute('31 09:20', 'half_of_day')],
  ['nine thirty', minute('31 09:30', 'half_of_day')],
  ['quarter to nine this morning', minute('31 08:45')],
  ['midnight', minute('31 00:00')],
  ['yesterday at noon', minute('30 12:00')],
  ['March 31 9:42', minute('31 09:42')],
  ['31 March 2026 09:42', minute('31 09:42')],
  ['Mar 30th, 2026 at 17:05', minute('30 17:05')],
  ['17:05 on 30 March', minute('30 17:05')],
  ['March 30', day('30')],
  ['the 30th at 5pm', hour('30 17:00')],
  ['2026-03-31 09:42', minute('31 09:42')],
  ['2026-03-31T09:42:00+08:00', minute('31 09:42')],
  ['2026-03-31T01:42:00Z', minute('31 09:42')],
  ['01:42 UTC', minute('31 09:42')],
  ['2:42 am BST', minute('31 09:42')],
  ['31/03/2026 9:42', minute('31 09:42')],
  ['03/04/2026', day('04', 'date_order')],
  ['yesterday from 9 to 11 pm', span('30 21:00', '30 23:00')],
  ['between 8 and 9 this morning', span('31 08:00', '31 09:00')],
  ['from 8 to 9:30', span('31 08:00', '31 09:30', 'half_of_day')],
  ['from 9 to 11:30', future('31 11:30')],
  ['21:15', future('31 21:15', '30 21:15')],
  ['noon', future('31 12:00', '30 12:00')],
  ['12:30', future('31 12:30', '30 12:30')],
  ['tomorrow', future('04-01 00:00')],
  ['tonight at 8', future('31 20:00')],
  ['in 20 minutes', future('31 10:04')],
  ["don't know", unknown],
  ['unknown', unknown],
  ['last night at 2', asks('which_night', '31 02:00', '30 02:00')],
  ['midnight yesterday', asks('which_night', '31 00:00', '30 00:00')],
  ['9:20 yesterday', asks('which_half_of_day', '30 21:20', '30 09:20')],
  ['quarter to ten', asks('which_half_of_day', '30 21:45', '30 09:45')],
  ['yesterday from 9 to 11', asks('which_half_of_day', '30 21:00', '30 09:00')],
  ['this morning', asks('which_hour', '31 06:00', '31 07:00', '31 08:00', '31 09:00')],
  ['last Monday', asks('which_day', '30 00:00', '23 00:00')],
  ['last week', asks('which_day')],
  ['02/03/2026', asks('date_order', '02 00:00', '02-03 00:00')],
  ['9.20', asks('date_or_clock', '31 09:20', '30 21:20', '30 09:20')],
  ['2026', asks('year_or_clock', '30 20:26')],
  ['09:20 CST', asks('ambiguous_zone', '31 09:20', '30 22:20')],
  ['Feb 30', asks('no_such_date')],
  ['recently', asks('vague')],
  ['25:00', asks('unreadable')],
  ['9:99', asks('unreadable')],
  ['hello', asks('unreadable')],
  ['', asks('empty')],
  ['x'.repeat(300), asks('too_long')],
];

const read = (text: string, now = NOW, zone?: string) =>
  interpretTime(text, zone === undefined ? { now } : { now, zone });

describe('times as people write them, on a Tuesday at 09:44', () => {
  it.each(CHINESE)('%s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });
  it.each(ENGLISH)('%s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});

describe('the same words at another moment', () => {
  it.each([
    ['9点', '2026-03-31T22:00:00+08:00', asks('which_half_of_day', '31 21:00', '31 09:00')],
    ['9点', '2026-03-31T08:00:00+08:00', asks('which_half_of_day', '30 21:00', '30 09:00')],
    ['今天9点', '2026-03-31T08:00:00+08:00', future('31 09:00')],
    ['11点', '2026-03-31T00:30:00+08:00', asks('which_half_of_day', '30 23:00', '30 11:00')],
    ['23:10', '2026-03-31T00:30:00+08:00', future('31 23:10', '30 23:10')],
    ['昨晚11点', '2026-03-31T01:30:00+08:00', hour('30 23:00')],
    ['凌晨2点半', '2026-03-31T01:00:00+08:00', future('31 02:30', '30 02:30')],
    ['上周五', '2026-03-29T10:00:00+08:00', asks('which_day', '27 00:00', '20 00:00')],
    ['上周五', '2026-03-28T10:00:00+08:00', day('20')],
    ['周五晚上8点', '2026-03-27T09:00:00+08:00', hour('20 20:00', 'most_recent_weekday')],
    ['周五晚上8点', '2026-03-27T21:00:00+08:00', asks('which_day', '27 20:00', '20 20:00')],
    ['31号', '2026-03-02T09:00:00+08:00', future('31 00:00')],
    ['28号', '2026-03-02T09:00:00+08:00', day('02-28', 'previous_month')],
    ['12月31日', '2026-01-02T09:00:00+08:00', day('2025-12-31', 'previous_year')],
    ['2月29日', '2026-03-02T09:00:00+08:00', asks('no_such_date')],
    ['9点半到11点', '2026-03-31T14:00:00+08:00', span('31 09:30', '31 11:00', 'half_of_day')],
    ['9点半到11点', '2026-03-31T23:30:00+08:00', asks('which_half_of_day', '31 21:30', '31 09:30')],
    ['12点', '2026-03-31T14:00:00+08:00', asks('which_half_of_day', '31 12:00', '31 00:00')],
  ])('%s at %s', (text, now, expected) => {
    expect(read(text, now)).toEqual(expected);
  });
});

describe('zones in which clocks change', () => {
  const spring = '2026-03-29T12:00:00+02:00';
  it('asks about a time that was skipped', () => {
    expect(read('02:30', spring, 'Europe/Berlin')).toEqual({
      kind: 'unclear',
      reason: 'nonexistent_local_time',
      candidates: ['2026-03-29T03:30:00+02:00'],
    });
  });
  it('asks which one when the time was there twice', () => {
    expect(read('01:30', '2026-11-01T12:00:00-05:00', 'America/New_York')).toEqual({
      kind: 'unclear',
      reason: 'repeated_local_time',
      candidates: ['2026-11-01T01:30:00-05:00', '2026-11-01T01:30:00-04:00'],
    });
  });
  it('takes the first one while the second is still to come', () => {
    expect(read('01:30', '2026-11-01T01:45:00-04:00', 'America/New_York')).toMatchObject({
      at: '2026-11-01T01:30:00-04:00',
    });
  });
  it('counts a distance in real minutes over the change', () => {
    expect(read('3 hours ago', '2026-03-29T04:00:00+02:00', 'Europe/Berlin')).toMatchObject({
      at: '2026-03-29T00:00:00+01:00',
    });
  });
  it('keeps the wall clock over the change', () => {
    expect(read('yesterday 11pm', spring, 'Europe/Berlin')).toMatchObject({ at: '2026-03-28T23:00:00+01:00' });
  });
  it('reads "today" in the zone of the writer, not of the host', () => {
    expect(read('09:20', '2026-03-31T22:00:00+08:00', 'America/New_York')).toMatchObject({
      at: '2026-03-31T09:20:00-04:00',
    });
  });
  it('refuses a zone or a clock that is none', () => {
    expect(() => read('9:20', NOW, 'Mars/Olympus')).toThrow(RangeError);
    expect(() => read('9:20', 'soon')).toThrow(RangeError);
  });
});

describe('a time in front of a line', () => {
  it.each([
    ['09:50 已隔离两台服务器', '09:50', '已隔离两台服务器', true],
    ['昨晚11点 供应商来电', '昨晚11点', '供应商来电', true],
    ['昨晚11点供应商来电', '昨晚11点', '供应商来电', true],
    ['09:20 运维告警', '09:20', '运维告警', true],
    ['上午９点２０：运维告警', '上午９点２０', '运维告警', true],
    ['20 minutes ago the site went down', '20 minutes ago', 'the site went down', true],
    ['yesterday 3 servers went down', 'yesterday', '3 servers went down', false],
    ['09:50', '09:50', '', true],
  ])('%s', (line, time, rest, exact) => {
    expect(splitLeadingTime(line)).toEqual({ time, rest, exact });
  });
  it.each([
    '3台服务器',
    '9.20 is out',
    '2026 plan',
    '周五的会议',
    'half the users',
    'Monday.com is down',
    '4 servers',
    'hello',
    '',
  ])('none in: %s', (line) => {
    expect(splitLeadingTime(line)).toBeUndefined();
  });
});
