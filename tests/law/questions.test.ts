import { describe, expect, it } from 'vitest';
import { assess } from '../../src/law/assess.ts';
import type { AssessmentInput } from '../../src/law/types.ts';
import { criterion, input, question, regimeWith } from './support.ts';

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
