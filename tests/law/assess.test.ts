import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { assess } from '../../src/law/assess.ts';
import { higherOf } from '../../src/law/levels.ts';
import { thresholdsOf } from '../../src/law/regime.ts';
import type { AssessmentInput } from '../../src/law/types.ts';
import { criterion, duty, input, regimeWith, source } from './support.ts';

const regime = regimeWith({
  criteria: [
    criterion('people.top', 'particularly_significant', { fact: 'people', atLeast: 1000 }),
    criterion('people.mid', 'significant', { fact: 'people', atLeast: 100 }),
    criterion('people.low', 'major', { fact: 'people', atLeast: 10 }),
    criterion('loss.low', 'major', { fact: 'loss', atLeast: 50 }),
    criterion('outage.mid', 'significant', {
      all: [
        { fact: 'kind', in: ['high'] },
        { fact: 'outage', atLeast: 60 },
      ],
    }),
    criterion('outage.low', 'major', {
      all: [
        { fact: 'kind', in: ['high'] },
        { fact: 'outage', atLeast: 10 },
      ],
    }),
    criterion('harm.mid', 'significant', { fact: 'harm', in: ['high'] }),
  ],
});
const none = { people: 0, loss: 0, kind: 'none', outage: 0, harm: 'none' };
const verdict = (facts: AssessmentInput['facts'], more: Partial<AssessmentInput> = {}) =>
  assess(regime, input({ facts, ...more }));

describe('floor, ceiling and level', () => {
  it('everything unknown: undetermined', () => {
    const { level, floor, ceiling, matched } = verdict({});
    expect({ level, floor, ceiling, matched }).toEqual({
      level: 'undetermined',
      floor: 'general',
      ceiling: 'particularly_significant',
      matched: [],
    });
  });
  it('everything known and nothing reached: general', () => {
    const { level, floor, ceiling, undetermined } = verdict(none);
    expect({ level, floor, ceiling, undetermined }).toEqual({
      level: 'general',
      floor: 'general',
      ceiling: 'general',
      undetermined: [],
    });
  });
  it('something reached: the floor is the level, even if it could be higher', () => {
    const { level, floor, ceiling } = verdict({ ...none, people: { min: 10, max: 100 } });
    expect([level, floor, ceiling]).toEqual(['major', 'major', 'significant']);
  });
  it('the ceiling by numbers takes unmade judgements for none, and only those', () => {
    expect(verdict({ ...none, harm: 'unknown' })).toMatchObject({
      ceiling: 'significant',
      ceilingByNumbers: 'general',
    });
    expect(verdict({ ...none, harm: 'high' })).toMatchObject({
      ceiling: 'significant',
      ceilingByNumbers: 'significant',
    });
    expect(verdict({ ...none, loss: 'unknown' })).toMatchObject({ ceiling: 'major', ceilingByNumbers: 'major' });
  });
  it('the higher of two levels', () => {
    expect([
      higherOf(regimeWith({}), 'major', 'general'),
      higherOf(regimeWith({}), 'major', 'significant'),
      higherOf(regimeWith({}), 'general', 'general'),
    ]).toEqual(['major', 'significant', 'general']);
  });
});

describe('trace', () => {
  it('names what is met, the highest level first, with the facts used', () => {
    expect(verdict({ ...none, people: 100, loss: { min: 60 } }).matched).toEqual([
      { criterion: 'people.mid', level: 'significant', source, facts: { people: 100 } },
      { criterion: 'people.low', level: 'major', source, facts: { people: 100 } },
      { criterion: 'loss.low', level: 'major', source, facts: { loss: { min: 60 } } },
    ]);
  });
  it('puts the highest level first whatever the order of the rules', () => {
    const upside = regimeWith({ criteria: regime.criteria.toReversed() });
    const levels = assess(upside, input({ facts: { ...none, people: 1000 } })).matched.map(({ level }) => level);
    expect(levels).toEqual(['particularly_significant', 'significant', 'major']);
  });
  it('says unknown for a fact that was never answered', () => {
    const odd = regimeWith({ criteria: [criterion('c', 'major', { not: { fact: 'pump_outage', atLeast: 1 } })] });
    expect(assess(odd, input()).matched[0]?.facts).toEqual({ pump_outage: 'unknown' });
  });
});

describe('undetermined facts', () => {
  it('the one that can change the level most by itself first, then together with others, then in the order of the regime', () => {
    expect(verdict({}).undetermined).toEqual(['people', 'harm', 'loss', 'outage', 'kind']);
    expect(verdict({ kind: 'high' }).undetermined).toEqual(['people', 'outage', 'harm', 'loss']);
    expect(verdict({ ...none, kind: 'unknown', outage: 20, loss: 'unknown' }).undetermined).toEqual(['loss', 'kind']);
  });
  it('of facts that do nothing alone, the one that reaches higher with others comes first', () => {
    const both = (one: string, other: string) => ({
      all: [
        { fact: one, atLeast: 1 },
        { fact: other, atLeast: 1 },
      ],
    });
    const pairs = regimeWith({
      criteria: [
        criterion('low', 'major', both('people', 'loss')),
        criterion('high', 'significant', both('outage', 'loss')),
      ],
    });
    expect(assess(pairs, input()).undetermined).toEqual(['loss', 'outage', 'people']);
  });
  it('what cannot raise the floor any more is not asked', () => {
    expect(verdict({ people: 100 }).undetermined).toEqual(['people'].slice(1));
    expect(verdict({ people: { min: 100, max: 1000 } }).undetermined).toEqual(['people']);
    expect(verdict({ people: 10 }).undetermined).toEqual(['harm', 'outage', 'kind']);
  });
});

describe('thresholds of a figure', () => {
  it('smallest first, wherever they stand in the rules', () => {
    expect(thresholdsOf(regime, 'people')).toEqual([
      { value: 10, level: 'major', criterion: 'people.low' },
      { value: 100, level: 'significant', criterion: 'people.mid' },
      { value: 1000, level: 'particularly_significant', criterion: 'people.top' },
    ]);
    expect(thresholdsOf(regime, 'outage').map(({ value }) => value)).toEqual([10, 60]);
    expect(thresholdsOf(regime, 'harm')).toEqual([]);
    const nested = regimeWith({
      criteria: [
        criterion('n', 'major', {
          not: {
            any: [
              { fact: 'loss', atLeast: 7 },
              { fact: 'people', mayReach: 3 },
            ],
          },
        }),
      ],
    });
    expect(thresholdsOf(nested, 'loss').map(({ value }) => value)).toEqual([7]);
    expect(thresholdsOf(nested, 'people')).toEqual([]);
  });
});

describe('the law of the day', () => {
  const dated = regimeWith({
    criteria: [
      criterion('c', 'major', { fact: 'people', atLeast: 10 }, { from: '2020-01-01', until: '2021-01-01' }),
      criterion('c', 'significant', { fact: 'people', atLeast: 5 }, { from: '2021-01-01' }),
    ],
    obligations: [duty('d', { from: '2021-01-01' })],
  });
  const at = (more: Partial<AssessmentInput>) => {
    const { level, obligations } = assess(dated, input({ facts: { people: 10 }, ...more }));
    return `${level} ${obligations.length}`;
  };
  it('is that of awareness, else of the moment asked, else the latest', () => {
    expect(at({ anchors: { awareness: '2020-12-31T15:59:00Z' } })).toBe('major 0');
    expect(at({ anchors: { awareness: '2020-12-31T16:00:00Z' } })).toBe('significant 1');
    expect(at({ anchors: { awareness: '2020-06-01T00:00:00Z' }, now: '2022-01-01T00:00:00Z' })).toBe('major 0');
    expect(at({ anchors: { occurrence: '2020-06-01T00:00:00Z' }, now: '2022-01-01T00:00:00Z' })).toBe('significant 1');
    expect(at({ now: '2020-06-01T00:00:00Z' })).toBe('major 0');
    expect(at({})).toBe('significant 1');
  });
});

describe('the engine', () => {
  it('knows no regime', () => {
    const folder = fileURLToPath(new URL('../../src/law/', import.meta.url));
    for (const file of readdirSync(folder))
      expect(readFileSync(`${folder}${file}`, 'utf8')).not.toMatch(/cac(?!h)|cn-|cii/i);
  });
});
