import { describe, expect, it } from 'vitest';
import { assess } from '../../src/law/assess.ts';
import type { AssessmentInput } from '../../src/law/types.ts';
import { criterion, input, regimeWith } from './support.ts';

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
