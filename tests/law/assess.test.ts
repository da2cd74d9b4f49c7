import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { assess } from '../../src/law/assess.ts';
import { thresholdsOf } from '../../src/law/regime.ts';
import type { AssessmentInput } from '../../src/law/types.ts';
import { higherOf } from '../../src/law/verdict.ts';
import { criterion, duty, input, question, regimeWith, source } from './support.ts';

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
    expect([higherOf('major', 'general'), higherOf('major', 'significant'), higherOf('general', 'general')]).toEqual([
      'major',
      'significant',
      'general',
    ]);
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

describe('escalations', () => {
  const NOW = '2026-03-01T05:00:00+08:00';
  it('the next threshold of every stated figure that raises the floor', () => {
    expect(verdict({ ...none, people: 12, loss: 3 }).escalations).toEqual([
      { fact: 'people', criterion: 'people.mid', level: 'significant', threshold: 100 },
    ]);
    expect(verdict({ ...none, people: 9 }).escalations).toEqual([
      { fact: 'people', criterion: 'people.low', level: 'major', threshold: 10 },
      { fact: 'loss', criterion: 'loss.low', level: 'major', threshold: 50 },
    ]);
  });
  it('skips what raises nothing, and counts a range from its minimum', () => {
    expect(verdict({ ...none, people: 100, loss: { min: 0, max: 60 } }).escalations).toEqual([
      { fact: 'people', criterion: 'people.top', level: 'particularly_significant', threshold: 1000 },
    ]);
    expect(verdict({ ...none, people: { min: 10, max: 500 } }).escalations).toMatchObject([{ threshold: 100 }]);
    expect(verdict({ ...none, people: 1000 }).escalations).toEqual([]);
  });
  it('a running duration says when, and comes before what only might happen', () => {
    const running = { ...none, people: 1, kind: 'high', outage: { since: '2026-02-28T20:55:00Z' } };
    expect(verdict(running, { now: NOW }).escalations.slice(0, 2)).toEqual([
      { fact: 'outage', criterion: 'outage.low', level: 'major', threshold: 10, at: '2026-03-01T05:05:00+08:00' },
      { fact: 'people', criterion: 'people.low', level: 'major', threshold: 10 },
    ]);
    expect(verdict(running, { now: '2026-03-01T05:05:00+08:00' }).escalations[0]).toMatchObject({
      criterion: 'outage.mid',
      at: '2026-03-01T05:55:00+08:00',
    });
  });
  it('the sooner of two running durations first', () => {
    const two = regimeWith({
      criteria: [
        criterion('a', 'major', { fact: 'outage', atLeast: 100 }),
        criterion('b', 'significant', { fact: 'pump_outage', atLeast: 10 }),
      ],
    });
    const since = { since: '2026-03-01T04:59:00+08:00' };
    const result = assess(two, input({ facts: { outage: since, pump_outage: since }, now: NOW }));
    expect(result.escalations.map(({ criterion: id }) => id)).toEqual(['b', 'a']);
  });
  it('lower levels first where nothing happens by itself', () => {
    const two = regimeWith({
      criteria: [
        criterion('a', 'significant', { fact: 'people', atLeast: 100 }),
        criterion('b', 'major', { fact: 'loss', atLeast: 10 }),
      ],
    });
    expect(assess(two, input({ facts: { people: 1, loss: 1 } })).escalations.map(({ criterion: id }) => id)).toEqual([
      'b',
      'a',
    ]);
  });
  it('what would still depend on something unknown is not promised', () => {
    const gated = regimeWith({
      criteria: [
        criterion('gated', 'significant', {
          all: [
            { fact: 'people', atLeast: 10 },
            { fact: 'hacked', is: true },
          ],
        }),
        criterion('plain', 'major', { fact: 'people', atLeast: 20 }),
      ],
    });
    expect(assess(gated, input({ facts: { people: 1 } })).escalations).toEqual([
      { fact: 'people', criterion: 'plain', level: 'major', threshold: 20 },
    ]);
  });
  it('an ended duration rises no more; one without effect is left out', () => {
    const ended = { since: '2026-03-01T04:00:00+08:00', until: '2026-03-01T04:05:00+08:00' };
    expect(verdict({ ...none, kind: 'high', outage: ended }).escalations.map(({ fact }) => fact)).not.toContain(
      'outage',
    );
    const idle = { since: '2026-03-01T04:55:00+08:00' };
    expect(
      verdict({ ...none, kind: 'low', outage: idle }, { now: NOW }).escalations.map(({ fact }) => fact),
    ).not.toContain('outage');
    expect(verdict({ people: 'unknown' }).escalations).toEqual([]);
  });
  it('names the criterion of the highest level that is met there', () => {
    const both = regimeWith({
      criteria: [
        criterion('low', 'major', { fact: 'people', atLeast: 10 }),
        criterion('high', 'significant', { fact: 'people', atLeast: 10 }),
      ],
    });
    expect(assess(both, input({ facts: { people: 1 } })).escalations).toMatchObject([
      { criterion: 'high', level: 'significant' },
    ]);
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

describe('open questions', () => {
  const when = {
    all: [
      { fact: 'people', atLeast: 10 },
      {
        any: [
          { fact: 'kind', in: ['high'] },
          { question: 'q', reading: 'wide' },
        ],
      },
    ],
  } as const;
  const open = regimeWith({
    criteria: [criterion('c', 'significant', when), criterion('d', 'major', { fact: 'loss', atLeast: 1 })],
    openQuestions: [
      question('idle'),
      question('lone', { touchedBy: { when: { fact: 'hacked', is: true } } }),
      question('q'),
      question('floor', { touchedBy: { ceiling: 'general' } }),
    ],
  });
  const warnings = (facts: AssessmentInput['facts'], readings?: Record<string, string>) =>
    assess(open, input({ facts, ...(readings ? { readings } : {}) })).warnings;
  it('are named where another reading changes what is met, with the level it gives', () => {
    expect(warnings({ people: 10, kind: 'low', loss: 0 })).toEqual([
      { question: 'q', reading: 'wide', levelIfReadOtherwise: 'general' },
    ]);
    expect(warnings({ people: 10, kind: 'low', loss: 1 })).toEqual([
      { question: 'q', reading: 'wide', levelIfReadOtherwise: 'major' },
    ]);
    expect(warnings({ people: 10, kind: 'high', loss: 0 })).toEqual([]);
  });
  it('stay silent while it is not certain that they matter', () => {
    expect(warnings({ people: 10, loss: 0 })).toEqual([]);
    expect(warnings({ people: { min: 1, max: 20 }, kind: 'low', loss: 0 })).toEqual([]);
  });
  it('are named where the regime says so, after those that decide the level', () => {
    expect(warnings({ people: 10, kind: 'low', loss: 0, hacked: true })).toEqual([
      { question: 'q', reading: 'wide', levelIfReadOtherwise: 'general' },
      { question: 'lone', reading: 'wide' },
    ]);
    expect(warnings({ people: 0, kind: 'low', loss: 0 })).toEqual([{ question: 'floor', reading: 'wide' }]);
    expect(warnings({ people: 0, loss: 'unknown' })).toEqual([]);
  });
  it('once settled the chosen reading is used and the question is not named again', () => {
    const settled = assess(open, input({ facts: { people: 10, kind: 'low', loss: 0 }, readings: { q: 'narrow' } }));
    expect([settled.level, settled.warnings]).toEqual(['general', [{ question: 'floor', reading: 'wide' }]]);
    expect(warnings({ people: 10, kind: 'low', loss: 0 }, { q: 'wide' })).toEqual([]);
    expect(
      assess(open, input({ facts: { people: 10, kind: 'low', loss: 0 }, readings: { q: 'nonsense' } })).level,
    ).toBe('significant');
  });
  it('a reading that would add a level is named too', () => {
    const literal = regimeWith({
      criteria: [
        criterion('c', 'major', {
          all: [
            { fact: 'people', atLeast: 10 },
            { question: 'q', reading: 'narrow' },
          ],
        }),
      ],
      openQuestions: [question('q')],
    });
    expect(assess(literal, input({ facts: { people: 10 } })).warnings).toEqual([
      { question: 'q', reading: 'wide', levelIfReadOtherwise: 'major' },
    ]);
  });
  it('of several other readings the one farthest from the verdict is named', () => {
    const three = question('q', {
      readings: ['wide', 'middle', 'narrow'].map((id) => ({ id, name: { zh: id, en: id } })),
    });
    const is = (reading: string) => ({ question: 'q', reading });
    const many = regimeWith({
      criteria: [
        criterion('a', 'particularly_significant', { all: [{ fact: 'people', atLeast: 1 }, is('wide')] }),
        criterion('b', 'significant', { all: [{ fact: 'people', atLeast: 1 }, is('middle')] }),
        criterion('c', 'major', { all: [{ fact: 'people', atLeast: 1 }, is('narrow')] }),
      ],
      openQuestions: [three],
    });
    expect(assess(many, input({ facts: { people: 1 } })).warnings).toEqual([
      { question: 'q', reading: 'wide', levelIfReadOtherwise: 'major' },
    ]);
  });
  it('the question that moves the level farthest comes first', () => {
    const two = regimeWith({
      criteria: [
        criterion('a', 'significant', {
          all: [
            { fact: 'people', atLeast: 1 },
            { question: 'far', reading: 'wide' },
          ],
        }),
        criterion('b', 'particularly_significant', {
          all: [
            { fact: 'people', atLeast: 1 },
            { question: 'near', reading: 'narrow' },
          ],
        }),
      ],
      openQuestions: [question('near'), question('far')],
    });
    expect(assess(two, input({ facts: { people: 1 } })).warnings.map((w) => w.question)).toEqual(['far', 'near']);
  });
});

describe('the engine', () => {
  it('knows no regime', () => {
    const folder = fileURLToPath(new URL('../../src/law/', import.meta.url));
    for (const file of readdirSync(folder))
      expect(readFileSync(`${folder}${file}`, 'utf8')).not.toMatch(/cac\b|cn-|cii/i);
  });
});
