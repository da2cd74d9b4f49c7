import { describe, expect, it } from 'vitest';
import {
  interpretTime,
  splitLeadingTime,
  timesFoundIn,
  zonedTimesIn,
} from '../../../src/conversation/text/times/times.ts';
import { timeIn } from '../../../src/conversation/words-against-record.ts';
import { momentOf } from '../../../src/report/format.ts';
import { asks, day, future, hour, NOW, span } from './time-expectations.ts';
import { ENGLISH } from './time-phrases-en.ts';
import { CHINESE } from './time-phrases-zh.ts';

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

describe('a time as the papers print it', () => {
  const hours = Array.from({ length: 24 }, (_, index) => String(index).padStart(2, '0'));
  it.each(['zh', 'en'] as const)('is read back as that time at any later hour: %s', (language) => {
    const pairs = hours.flatMap((at) => hours.map((now) => ({ at, now })));
    const told = pairs.map(({ at, now }) => {
      const moment = `2026-03-30T${at}:08:00+08:00`;
      return { moment, read: timeIn(momentOf(moment, language), `2026-03-31T${now}:30:00+08:00`)?.at };
    });
    expect(told.filter(({ moment, read }) => read !== moment)).toEqual([]);
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

it('finds the times of other zones in all lines above, though most are not read for it', () => {
  const lines = [...CHINESE, ...ENGLISH].map(([text]) => text);
  const zoned = lines.filter((text) => timesFoundIn(text, true).some((one) => one.isOfOtherZone));
  expect(lines.filter((text) => zonedTimesIn(text).length > 0)).toEqual(zoned);
  expect(zoned.length).toBeGreaterThan(5);
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
    ["nine o'clock vendor called", "nine o'clock", 'vendor called', true],
    ['nine: vendor called', 'nine', 'vendor called', true],
    ['ten past nine vendor called', 'ten past nine', 'vendor called', true],
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
    'two servers are off',
    'five to nine servers are off',
    'hello',
    '',
  ])('none in: %s', (line) => {
    expect(splitLeadingTime(line)).toBeUndefined();
  });
});
