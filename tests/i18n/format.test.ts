import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAmount, formatDuration, formatInstant, nearStyle, sameBeijingDay } from '../../src/i18n/format.ts';

describe('instants', () => {
  const at = '2026-03-31T02:42:00Z';
  it.each([
    ['time', '10:42', '10:42'],
    ['short', '31 Mar 10:42', '3月31日10:42'],
    ['dated', '31 Mar 2026 10:42', '2026年3月31日10:42'],
    ['full', '31 Mar 2026, 10:42 (Beijing, UTC+8)', '2026年3月31日10:42（北京时间）'],
    ['date', '31 Mar 2026', '2026年3月31日'],
    ['deadline', '31 Mar 10:42', '3月31日10:42'],
  ] as const)('%s', (style, en, zh) => {
    expect(formatInstant(at, 'en', style)).toBe(en);
    expect(formatInstant(at, 'zh-CN', style)).toBe(zh);
  });

  it('calls a midnight deadline 24:00 of the day that ends', () => {
    expect(formatInstant('2026-05-01T00:00:00+08:00', 'en', 'deadline')).toBe('30 Apr 24:00');
    expect(formatInstant('2026-05-01T00:00:00+08:00', 'zh-CN', 'deadline')).toBe('4月30日24:00');
  });

  it('says the year where it is not this one: a mistyped one must be seen', () => {
    const now = '2026-12-31T16:30:00Z';
    expect(nearStyle('2027-01-01T00:10:00+08:00', now)).toBe('time');
    expect(nearStyle('2026-12-31T23:59:00+08:00', now)).toBe('dated');
    expect(nearStyle('2027-03-01T00:10:00+08:00', now)).toBe('short');
  });

  it('knows the day in Beijing, whatever offset the instant is written in', () => {
    expect(sameBeijingDay('2026-03-30T16:00:00Z', '2026-03-31T23:59:59+08:00')).toBe(true);
    expect(sameBeijingDay('2026-03-30T15:59:59Z', '2026-03-31T00:00:00+08:00')).toBe(false);
  });
});

describe('durations', () => {
  it.each([
    [0, '0 min', '0分钟'],
    [58, '58 min', '58分钟'],
    [60, '1 h', '1小时'],
    [238, '3 h 58 min', '3小时58分'],
    [1_440, '24 h', '24小时'],
    [2_880, '2 d', '2天'],
    [43_190, '29 d 23 h', '29天23小时'],
    [-5, '0 min', '0分钟'],
    [1.9, '1 min', '1分钟'],
  ])('%d minutes', (minutes, en, zh) => {
    expect(formatDuration(minutes, 'en')).toBe(en);
    expect(formatDuration(minutes, 'zh-CN')).toBe(zh);
  });
});

describe('amounts', () => {
  it.each([
    [0, '0', '0'],
    [999, '999', '999'],
    [12_345, '12,345', '12,345'],
    [12_000, '12,000', '1.2万'],
    [999_999, '999,999', '999,999'],
    [1_000_000, '1 million', '100万'],
    [1_200_000, '1.2 million', '120万'],
    [1_234_567, '1,234,567', '1,234,567'],
    [20_000_000, '20 million', '2000万'],
    [100_000_000, '100 million', '1亿'],
    [120_000_000, '120 million', '1.2亿'],
    [1_500_000_000, '1.5 billion', '15亿'],
    [29.99, '29.99', '29.99'],
  ])('%d', (value, en, zh) => {
    expect(formatAmount(value, 'en')).toBe(en);
    expect(formatAmount(value, 'zh-CN')).toBe(zh);
  });

  it('never upkeep: what is shown means exactly the value', () => {
    const scales = { ' million': 1e6, ' billion': 1e9, 万: 1e4, 亿: 1e8 } as const;
    const back = (text: string): number => {
      const scale = Object.entries(scales).find(([word]) => text.endsWith(word));
      const digits = Number(text.slice(0, text.length - (scale?.[0].length ?? 0)).replaceAll(',', ''));
      return Math.round(digits * (scale?.[1] ?? 1));
    };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_000_000_000 }), (value) => {
        expect(back(formatAmount(value, 'en'))).toBe(value);
        expect(back(formatAmount(value, 'zh-CN'))).toBe(value);
      }),
      { numRuns: 500 },
    );
  });
});
