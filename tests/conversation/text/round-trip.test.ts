import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interpretNumber } from '../../../src/conversation/text/numbers/numbers.ts';
import { interpretTime } from '../../../src/conversation/text/times/times.ts';
import { inEverySoak } from '../../fakes/soak.ts';
import { instant, isoOf, zone } from './moments.ts';

describe('what is written out is read back', () => {
  const whole = fc.oneof(fc.integer({ min: 0, max: 9_999 }), fc.integer({ min: 0, max: 8_000_000_000 }));

  it('numbers with and without separators, in 万 and 亿, in Chinese numerals', () => {
    fc.assert(
      fc.property(whole, (value) => {
        const expected = { kind: 'value', value };
        expect(interpretNumber(String(value))).toEqual(expected);
        expect(interpretNumber(value.toLocaleString('en'))).toEqual(expected);
        expect(interpretNumber(`${value.toLocaleString('en')} people`, { unit: 'people' })).toEqual(expected);
        expect(interpretNumber(chinese(value)), chinese(value)).toEqual(expected);
        if (value % 100 === 0 && value >= 100) {
          expect(interpretNumber(`${value / 10_000}万`)).toEqual(expected);
          expect(interpretNumber(`${value / 1_000_000} million`)).toEqual(
            readableDecimals(value / 1_000_000, expected),
          );
        }
      }),
    );
  });

  it('English numerals in words, alone, with a unit and with a little more', () => {
    const ones = 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen'.split(' ');
    const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
    const named = [...ones.entries(), ...tens.map((word, index): [number, string] => [20 + 10 * index, word])];
    for (const [value, word] of named.slice(1)) {
      const expected = { kind: 'value', value };
      for (const text of [word, `${word} people`]) expect(interpretNumber(text), text).toEqual(expected);
      expect(interpretNumber(`${word} minutes`, { unit: 'minutes' }), word).toEqual(expected);
      expect(interpretNumber(`${word} thousand`), word).toEqual({ kind: 'value', value: value * 1_000 });
      if (value < 20) continue;
      const more = { kind: 'range', min: value, max: value + 9 };
      for (const text of [`${word}-odd`, `${word} odd people`, `${value} odd`])
        expect(interpretNumber(text), text).toEqual(more);
    }
  });

  it('bounds and ranges', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_000 }), fc.integer({ min: 1, max: 900 }), (low, more) => {
        const high = low + more;
        expect(interpretNumber(`${low}万到${high}万`)).toEqual({
          kind: 'range',
          min: low * 10_000,
          max: high * 10_000,
        });
        expect(interpretNumber(`${low}-${high}万`)).toEqual({ kind: 'range', min: low * 10_000, max: high * 10_000 });
        expect(interpretNumber(`between ${low} and ${high}`)).toEqual({ kind: 'range', min: low, max: high });
        expect(interpretNumber(`不到${high}`)).toEqual({ kind: 'range', max: high - 1 });
        expect(interpretNumber(`至少${low}`)).toEqual({ kind: 'range', min: low });
      }),
    );
  });

  it('durations', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 1, max: 59 }),
        (days, hours, minutes) => {
          const value = days * 1_440 + hours * 60 + minutes;
          const zh = `${days > 0 ? `${days}天` : ''}${hours > 0 ? `${hours}小时` : ''}${minutes}分钟`;
          const en = `${days > 0 ? `${days} days ` : ''}${hours > 0 ? `${hours} hours ` : ''}${minutes} minutes`;
          expect(interpretNumber(zh, { unit: 'minutes' })).toEqual({ kind: 'value', value });
          expect(interpretNumber(en, { unit: 'minutes' })).toEqual({ kind: 'value', value });
        },
      ),
    );
  });

  it('instants in every zone, also in the hour that is there twice', { tags: 'grows' }, () => {
    fc.assert(
      fc.property(instant, zone, fc.integer({ min: 0, max: 500_000 }), (at, where, later) => {
        const when = at.setZone(where).startOf('minute');
        const now = isoOf(when.plus({ minutes: later }));
        const options = { now, zone: where };
        const expected = { kind: 'instant', at: isoOf(when), precision: 'minute' };
        expect(interpretTime(isoOf(when), options)).toEqual(expected);
        const written = interpretTime(when.toFormat('yyyy年M月d日HH:mm'), options);
        if (written.kind === 'unclear') {
          expect(written.reason).toBe('repeated_local_time');
          expect(written.candidates).toContain(isoOf(when));
        } else if (when.getPossibleOffsets().length === 1) {
          expect(written).toEqual(expected);
        }
      }),
      { numRuns: inEverySoak(60, 500) },
    );
  });

  it('distances from now', () => {
    fc.assert(
      fc.property(instant, zone, fc.integer({ min: 1, max: 600 }), (now, where, minutes) => {
        const at = isoOf(now.setZone(where).minus({ minutes }));
        const options = { now: isoOf(now), zone: where };
        expect(interpretTime(`${minutes}分钟前`, options)).toMatchObject({ kind: 'instant', at });
        expect(interpretTime(`${minutes} minutes ago`, options)).toMatchObject({ kind: 'instant', at });
        expect(interpretTime(`for ${minutes} minutes`, options)).toMatchObject({ kind: 'since', since: at });
      }),
    );
  });
});

/** "1.234 million" has a point in front of three digits, which is asked about. */
function readableDecimals(coefficient: number, expected: object): unknown {
  const ambiguous = /^[1-9]\d{0,2}\.\d{3}$/.test(String(coefficient));
  return ambiguous ? expect.objectContaining({ reason: 'thousands_separator' }) : expected;
}

/** A number in Chinese numerals, as schools teach it. Independent of the reader on purpose. */
function chinese(value: number): string {
  if (value === 0) return '零';
  const digits = '零一二三四五六七八九';
  const below = (part: number): string => {
    let text = '';
    let gap = false;
    for (const [unit, name] of [
      [1_000, '千'],
      [100, '百'],
      [10, '十'],
      [1, ''],
    ] as const) {
      const figure = Math.floor(part / unit) % 10;
      if (figure === 0) gap = text !== '';
      else {
        text += `${gap ? '零' : ''}${digits.charAt(figure)}${name}`;
        gap = false;
      }
    }
    return text;
  };
  const parts = [
    [Math.floor(value / 100_000_000), '亿'],
    [Math.floor(value / 10_000) % 10_000, '万'],
    [value % 10_000, ''],
  ] as const;
  let text = '';
  let gap = false;
  for (const [part, name] of parts) {
    if (part === 0) {
      gap = text !== '';
      continue;
    }
    const zero = text !== '' && (gap || part < 1_000);
    text += `${zero ? '零' : ''}${below(part)}${name}`;
    gap = false;
  }
  return text;
}
