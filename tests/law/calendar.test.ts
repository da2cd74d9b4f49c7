import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { dateOf, dueAfter, minutesAfter, type Period } from '../../src/law/calendar.ts';
import { dateFaults, inForce } from '../../src/law/dated.ts';
import { inEverySoak } from '../fakes/soak.ts';

const SHANGHAI = 'Asia/Shanghai';
const due = (anchor: string, period: Period, zone = SHANGHAI) => dueAfter(anchor, period, zone);

describe('minutes', () => {
  it('are clock time and written in the zone of the regime', () => {
    expect(due('2026-03-31T09:42:00+08:00', { kind: 'minutes', minutes: 240 })).toBe('2026-03-31T13:42:00+08:00');
    expect(due('2026-03-31T20:00Z', { kind: 'minutes', minutes: 60 })).toBe('2026-04-01T05:00:00+08:00');
    expect(due('2026-03-31T20:00:00.500Z', { kind: 'minutes', minutes: 60 })).toBe('2026-04-01T05:00:00.500+08:00');
  });
  it('run through a change of the clocks', () => {
    expect(due('2026-03-29T01:30:00+01:00', { kind: 'minutes', minutes: 60 }, 'Europe/Berlin')).toBe(
      '2026-03-29T03:30:00+02:00',
    );
  });
  it('promptly has no instant', () => expect(due('2026-03-31T09:42:00+08:00', { kind: 'promptly' })).toBeNull());
});

describe('calendar days', () => {
  const days = (more: Partial<Extract<Period, { kind: 'calendar_days' }>> = {}): Period => ({
    kind: 'calendar_days',
    days: 30,
    firstDay: 'excluded',
    ends: 'day_end',
    rollOver: 'none',
    ...more,
  });
  it('first day excluded, ends at 24:00 of the last day, whatever day that is', () => {
    for (const time of ['00:00:00', '15:00:00', '23:59:59']) {
      expect(due(`2026-03-01T${time}+08:00`, days())).toBe('2026-04-01T00:00:00+08:00');
    }
    expect(due('2026-09-04T10:00:00+08:00', days())).toBe('2026-10-05T00:00:00+08:00');
  });
  it('the day is that of the zone', () => {
    expect(due('2026-03-01T15:59:59Z', days())).toBe('2026-04-01T00:00:00+08:00');
    expect(due('2026-03-01T16:00:00Z', days())).toBe('2026-04-02T00:00:00+08:00');
  });
  it('first day included ends a day earlier', () => {
    expect(due('2026-03-01T15:00:00+08:00', days({ firstDay: 'included' }))).toBe('2026-03-31T00:00:00+08:00');
  });
  it('same time keeps the time of day', () => {
    expect(due('2026-03-01T15:00:00+08:00', days({ ends: 'same_time' }))).toBe('2026-03-31T15:00:00+08:00');
  });
  it('rolls over to the next business day only if told to', () => {
    const roll = days({ days: 5, rollOver: 'next_business_day' });
    expect(due('2026-03-02T10:00:00+08:00', roll)).toBe('2026-03-10T00:00:00+08:00');
    expect(due('2026-03-01T10:00:00+08:00', roll)).toBe('2026-03-07T00:00:00+08:00');
    const holidays = { off: ['2026-03-09'], worked: [] };
    expect(due('2026-03-02T10:00:00+08:00', { ...roll, holidays } as Period)).toBe('2026-03-11T00:00:00+08:00');
    expect(due('2026-03-02T10:00:00+08:00', { ...roll, ends: 'same_time' } as Period)).toBe(
      '2026-03-09T10:00:00+08:00',
    );
    const worked = { off: [], worked: ['2026-03-07'] };
    expect(due('2026-03-02T10:00:00+08:00', { ...roll, holidays: worked } as Period)).toBe('2026-03-08T00:00:00+08:00');
  });
  it('29 February exists', () => {
    expect(due('2028-02-28T10:00:00+08:00', days({ days: 1 }))).toBe('2028-03-01T00:00:00+08:00');
    expect(due('2026-02-28T10:00:00+08:00', days({ days: 1 }))).toBe('2026-03-02T00:00:00+08:00');
  });
});

describe('business days', () => {
  const five = (off: string[] = [], worked: string[] = []): Period => ({
    kind: 'business_days',
    days: 5,
    holidays: { off, worked },
  });
  it('weekends do not count', () => {
    expect(due('2026-03-05T10:00:00+08:00', five())).toBe('2026-03-13T00:00:00+08:00');
    expect(due('2026-03-07T10:00:00+08:00', five())).toBe('2026-03-14T00:00:00+08:00');
  });
  it('holidays do not count, worked weekends do', () => {
    expect(due('2026-03-05T10:00:00+08:00', five(['2026-03-06']))).toBe('2026-03-14T00:00:00+08:00');
    expect(due('2026-03-05T10:00:00+08:00', five([], ['2026-03-07', '2026-03-08']))).toBe('2026-03-11T00:00:00+08:00');
  });
});

describe('months', () => {
  it('end with the day of the same number, or the last of a shorter month', () => {
    const one: Period = { kind: 'months', months: 1 };
    expect(due('2026-03-15T10:00:00+08:00', one)).toBe('2026-04-16T00:00:00+08:00');
    expect(due('2026-01-31T10:00:00+08:00', one)).toBe('2026-03-01T00:00:00+08:00');
  });
});

describe('helpers', () => {
  it('dates and minutes in a zone', () => {
    expect(dateOf('2025-10-31T16:00:00Z', SHANGHAI)).toBe('2025-11-01');
    expect(dateOf('2025-10-31T15:59:59Z', SHANGHAI)).toBe('2025-10-31');
    expect(minutesAfter('2026-03-01T00:00:00Z', 10, SHANGHAI)).toBe('2026-03-01T08:10:00+08:00');
  });
});

describe('dated rules', () => {
  const rules = [
    { id: 'a', from: '2020-01-01', until: '2021-01-01' },
    { id: 'a', from: '2021-01-01' },
    { id: 'b', from: '2020-06-01' },
  ];
  it('are law from their first day until the day before their end', () => {
    const on = (date: string | null) => inForce(rules, date).map(({ id, from }) => `${id} ${from}`);
    expect(on('2019-12-31')).toEqual([]);
    expect(on('2020-01-01')).toEqual(['a 2020-01-01']);
    expect(on('2020-12-31')).toEqual(['a 2020-01-01', 'b 2020-06-01']);
    expect(on('2021-01-01')).toEqual(['a 2021-01-01', 'b 2020-06-01']);
    expect(on(null)).toEqual(['a 2021-01-01', 'b 2020-06-01']);
  });
  it('overlaps, holes and empty periods are found, in whatever order they stand', () => {
    expect(dateFaults(rules)).toEqual([]);
    expect(dateFaults(rules.toReversed())).toEqual([]);
    expect(
      dateFaults([
        { id: 'a', from: '2020-01-01' },
        { id: 'a', from: '2021-01-01' },
      ]),
    ).toEqual([{ id: 'a', kind: 'overlap', at: '2021-01-01' }]);
    expect(
      dateFaults([
        { id: 'a', from: '2021-01-01' },
        { id: 'a', from: '2020-01-01', until: '2020-06-01' },
      ]),
    ).toEqual([{ id: 'a', kind: 'gap', at: '2021-01-01' }]);
    expect(
      dateFaults([
        { id: 'a', from: '2020-01-01', until: '2022-01-01' },
        { id: 'a', from: '2021-01-01' },
      ]),
    ).toEqual([{ id: 'a', kind: 'overlap', at: '2021-01-01' }]);
    expect(dateFaults([{ id: 'a', from: '2020-01-01', until: '2020-01-01' }])).toEqual([
      { id: 'a', kind: 'empty', at: '2020-01-01' },
    ]);
    expect(dateFaults([{ id: 'a', from: '2020-01-02', until: '2020-01-01' }])).toEqual([
      { id: 'a', kind: 'empty', at: '2020-01-02' },
    ]);
  });
});

const ZONES = [
  SHANGHAI,
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'UTC',
];

it('instants are written as luxon writes them, on the days on which clocks change as well', { tags: 'grows' }, () => {
  const changes = [
    '2026-03-29T01:00Z',
    '2026-10-25T01:00Z',
    '2026-03-08T07:00Z',
    '2026-11-01T06:00Z',
    '2026-04-04T15:00Z',
  ];
  const near = fc.tuple(fc.constantFrom(...changes), fc.integer({ min: -90_000_000, max: 90_000_000 }));
  const instant = fc.oneof(
    near.map(([change, ms]) => Date.parse(change) + ms),
    fc.integer({ min: Date.parse('1990-01-01T00:00Z'), max: Date.parse('2100-01-01T00:00Z') }),
  );
  fc.assert(
    fc.property(instant, fc.integer({ min: 0, max: 100_000 }), fc.constantFrom(...ZONES), (ms, minutes, zone) => {
      const start = new Date(ms).toISOString();
      const end = DateTime.fromMillis(ms + minutes * 60_000, { zone });
      expect(minutesAfter(start, minutes, zone)).toBe(end.toISO({ suppressMilliseconds: true }));
      expect(dateOf(start, zone)).toBe(DateTime.fromMillis(ms, { zone }).toISODate());
    }),
    { numRuns: inEverySoak(500, 1_500) },
  );
  expect(minutesAfter('no instant', 1, SHANGHAI)).toBe('no instant');
});
