import { describe, expect, it } from 'vitest';
import { assuming, type Circumstances, circumstances, underReading } from '../../src/law/circumstances.ts';
import { type Condition, evaluate, operatorIs, type Truth, truthIf, weakest } from '../../src/law/condition.ts';
import { boundsOf, chosenOf, isUnknown, minutesBetween, NowIsMissing } from '../../src/law/value.ts';
import { facts as definitions } from './support.ts';

function given(more: Partial<Circumstances> = {}): Circumstances {
  return circumstances({
    definitions: new Map(definitions.map((definition) => [definition.id, definition])),
    operatorKinds: ['utility', 'shop', 'office'],
    operator: 'shop',
    facts: {},
    flags: {},
    readings: { q: 'wide' },
    settled: {},
    now: '2026-03-01T05:00:00+08:00',
    ...more,
  });
}
const truth = (condition: Condition, more: Partial<Circumstances> = {}) => evaluate(condition, given(more)).truth;

/** Conditions with a known truth, to build truth tables from. */
const facts = { people: { min: 5, max: 15 }, loss: 10 };
const YES: Condition = { fact: 'loss', atLeast: 10 };
const NO: Condition = { fact: 'loss', atLeast: 11 };
const MAYBE: Condition = { fact: 'people', atLeast: 10 };
const known: Record<Truth, Condition> = { yes: YES, no: NO, maybe: MAYBE };
const all = ['yes', 'no', 'maybe'] as const;

describe('three-valued truth tables (Kleene)', () => {
  const and: Record<string, Truth> = {
    'yes yes': 'yes',
    'yes no': 'no',
    'yes maybe': 'maybe',
    'no yes': 'no',
    'no no': 'no',
    'no maybe': 'no',
    'maybe yes': 'maybe',
    'maybe no': 'no',
    'maybe maybe': 'maybe',
  };
  const or: Record<string, Truth> = {
    'yes yes': 'yes',
    'yes no': 'yes',
    'yes maybe': 'yes',
    'no yes': 'yes',
    'no no': 'no',
    'no maybe': 'maybe',
    'maybe yes': 'yes',
    'maybe no': 'maybe',
    'maybe maybe': 'maybe',
  };
  const pairs = all.flatMap((a) => all.map((b) => [a, b] as const));
  it.each(pairs)('%s and/or %s', (a, b) => {
    expect(truth({ all: [known[a], known[b]] }, { facts })).toBe(and[`${a} ${b}`]);
    expect(truth({ any: [known[a], known[b]] }, { facts })).toBe(or[`${a} ${b}`]);
    expect(weakest([a, b])).toBe(and[`${a} ${b}`]);
  });
  it('not', () => {
    expect(all.map((a) => truth({ not: known[a] }, { facts }))).toEqual(['no', 'yes', 'maybe']);
  });
  it('nothing at all', () => {
    expect(truth({ all: [] })).toBe('yes');
    expect(truth({ any: [] })).toBe('no');
    expect(weakest([])).toBe('yes');
  });
});

describe('reasons', () => {
  const because = (condition: Condition) => evaluate(condition, given({ facts })).because;
  const hacked: Condition = { fact: 'hacked', is: true };
  it('are the parts that decided, each once, in the order of the rule', () => {
    expect(because({ all: [YES, MAYBE, hacked] })).toEqual(['people', 'hacked']);
    expect(because({ all: [YES, NO, MAYBE] })).toEqual(['loss']);
    expect(because({ all: [MAYBE, NO] })).toEqual(['loss']);
    expect(because({ any: [MAYBE, YES] })).toEqual(['loss']);
    expect(because({ any: [NO, MAYBE, hacked] })).toEqual(['people', 'hacked']);
    expect(because({ any: [MAYBE, hacked, MAYBE] })).toEqual(['people', 'hacked']);
    expect(because({ all: [YES, { operator: 'shop' }] })).toEqual(['loss']);
    expect(because({ all: [{ operator: 'shop' }, YES] })).toEqual(['loss']);
    expect(because({ not: { all: [MAYBE, hacked] } })).toEqual(['people', 'hacked']);
  });
});

describe('figures', () => {
  const people = (value: number | { min?: number; max?: number } | 'unknown' | undefined, atLeast = 10) =>
    truth({ fact: 'people', atLeast }, { facts: value === undefined ? {} : { people: value } });
  it('thresholds include the figure', () => {
    expect([people(9), people(10), people(11)]).toEqual(['no', 'yes', 'yes']);
  });
  it('a range is met by its minimum and excluded by its maximum', () => {
    expect(people({ min: 10, max: 20 })).toBe('yes');
    expect(people({ min: 1, max: 9 })).toBe('no');
    expect(people({ min: 1, max: 10 })).toBe('maybe');
    expect(people({ min: 10 })).toBe('yes');
    expect(people({ min: 9 })).toBe('maybe');
    expect(people({ max: 9 })).toBe('no');
    expect(people({ max: 10 })).toBe('maybe');
  });
  it('unknown is neither 0 nor infinite', () => {
    expect([people('unknown'), people(undefined), people('unknown', 0)]).toEqual(['maybe', 'maybe', 'maybe']);
  });
  it('a possibility is enough for mayReach', () => {
    const may = (value: number | { min?: number; max?: number } | 'unknown') =>
      truth({ fact: 'people', mayReach: 10 }, { facts: { people: value } });
    expect([may(9), may(10), may({ max: 9 }), may({ max: 10 }), may({ min: 0 }), may('unknown')]).toEqual([
      'no',
      'yes',
      'no',
      'yes',
      'yes',
      'maybe',
    ]);
  });
});

describe('durations', () => {
  const outage = (value: { since: string; until?: string }, now = '2026-03-01T05:00:00+08:00') =>
    truth({ fact: 'outage', atLeast: 10 }, { facts: { outage: value }, now });
  it('run until now, or until they ended', () => {
    expect(outage({ since: '2026-03-01T04:50:00+08:00' })).toBe('yes');
    expect(outage({ since: '2026-02-28T20:50:00.001Z' })).toBe('no');
    expect(outage({ since: '2026-03-01T04:00:00+08:00', until: '2026-03-01T04:09:59+08:00' })).toBe('no');
    expect(outage({ since: '2026-03-01T04:00:00+08:00', until: '2026-03-01T04:10:00+08:00' })).toBe('yes');
  });
  it('need to know what time it is', () => {
    const running = { facts: { outage: { since: '2026-03-01T04:50:00+08:00' } }, now: undefined };
    expect(() => truth({ fact: 'outage', atLeast: 10 }, running)).toThrow(NowIsMissing);
    expect(() => truth({ fact: 'outage', atLeast: 10 }, running)).toThrow(
      'now is needed to measure a running duration',
    );
    expect(new NowIsMissing().name).toBe('NowIsMissing');
    const ended = {
      facts: { outage: { since: '2026-03-01T04:50:00Z', until: '2026-03-01T04:51:00Z' } },
      now: undefined,
    };
    expect(truth({ fact: 'outage', atLeast: 1 }, ended)).toBe('yes');
  });
  it('are minutes', () => {
    expect(minutesBetween('2026-03-01T04:00:00Z', '2026-03-01T14:00:30+08:00')).toBe(120.5);
    expect(boundsOf({ since: '2026-03-01T04:00:00Z' }, '2026-03-01T04:30:00Z')).toEqual({ min: 30, max: 30 });
  });
});

describe('choices', () => {
  const kind = (value: string | string[], ...options: string[]) =>
    truth({ fact: 'kind', in: options }, { facts: { kind: value } });
  it('one or several, any of them counts', () => {
    expect([
      kind('low', 'low', 'high'),
      kind('none', 'low'),
      kind(['low', 'high'], 'high'),
      kind(['low'], 'high'),
    ]).toEqual(['yes', 'no', 'yes', 'no']);
    expect(truth({ fact: 'kind', in: ['low'] })).toBe('maybe');
  });
  it('yes and no', () => {
    const hacked = (value: boolean, is: boolean) => truth({ fact: 'hacked', is }, { facts: { hacked: value } });
    expect([
      hacked(true, true),
      hacked(false, true),
      hacked(false, false),
      truth({ fact: 'hacked', is: true }),
    ]).toEqual(['yes', 'no', 'yes', 'maybe']);
  });
  it('what is not a figure may be any figure, what is not a choice chooses nothing', () => {
    expect(boundsOf('low', undefined)).toEqual({ min: 0, max: Number.POSITIVE_INFINITY });
    expect(boundsOf(['low'], undefined)).toEqual({ min: 0, max: Number.POSITIVE_INFINITY });
    expect(boundsOf(true, undefined)).toEqual({ min: 0, max: Number.POSITIVE_INFINITY });
    expect([chosenOf('a'), chosenOf(['a', 'b']), chosenOf(3), chosenOf({ min: 1 })]).toEqual([
      ['a'],
      ['a', 'b'],
      [],
      [],
    ]);
    expect([isUnknown(undefined), isUnknown('unknown'), isUnknown(0), isUnknown(false)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('flags and readings', () => {
  it('a flag is met only when it is true, and open until somebody answers', () => {
    const crime = (flags: Circumstances['flags']) => truth({ flag: 'suspected_crime' }, { flags });
    expect([
      crime({}),
      crime({ suspected_crime: false }),
      crime({ suspected_crime: true }),
      crime({ ransomware: true }),
    ]).toEqual(['maybe', 'no', 'yes', 'maybe']);
  });
  it('the reading in use', () => {
    const reading = (id: string) => truth({ question: 'q', reading: id });
    expect([reading('wide'), reading('narrow'), truth({ question: 'other', reading: 'wide' })]).toEqual([
      'yes',
      'no',
      'no',
    ]);
  });
});

describe('kinds of operator', () => {
  const kinds = ['utility', 'shop', 'office'];
  it.each([
    ['shop', 'yes'],
    ['office', 'no'],
    [['office', 'shop'], 'yes'],
    [['office'], 'no'],
    [{ oneOf: ['shop', 'office'] }, 'maybe'],
    [{ oneOf: ['shop'] }, 'yes'],
    [{ oneOf: ['shop', 'shop'] }, 'yes'],
    [{ oneOf: ['office'] }, 'no'],
    ['unknown', 'maybe'],
  ] as const)('%j → %s', (operator, expected) => {
    expect(operatorIs('shop', operator, kinds)).toBe(expected);
    expect(truth({ operator: 'shop' }, { operator })).toBe(expected);
  });
  it('unknown among a single kind is certain', () => expect(operatorIs('shop', 'unknown', ['shop'])).toBe('yes'));

  it('an unknown fact about another kind of operator is not applicable, a stated one counts', () => {
    const pump = (operator: Circumstances['operator'], value?: number) =>
      truth(
        { fact: 'pump_outage', atLeast: 10 },
        { operator, facts: value === undefined ? {} : { pump_outage: value } },
      );
    expect([pump('shop'), pump(['shop', 'office']), pump({ oneOf: ['shop', 'office'] })]).toEqual(['no', 'no', 'no']);
    expect([pump('utility'), pump('unknown'), pump({ oneOf: ['shop', 'utility'] })]).toEqual([
      'maybe',
      'maybe',
      'maybe',
    ]);
    expect([pump('shop', 10), pump('shop', 9)]).toEqual(['yes', 'no']);
  });
});

describe('assumptions', () => {
  it('settle only what is undecided', () => {
    const assume = (fact: string): Truth => (fact === 'people' ? 'yes' : 'maybe');
    const assumed = (condition: Condition, by: (fact: string) => Truth = assume): Truth =>
      evaluate(condition, assuming(given({ facts }), by)).truth;
    expect([MAYBE, NO, { fact: 'hacked', is: true }].map((one) => assumed(one))).toEqual(['yes', 'no', 'maybe']);
    expect(assumed({ fact: 'pump_outage', atLeast: 1 }, () => 'yes')).toBe('no');
  });
});

describe('at least k of n', () => {
  const combinations = all.flatMap((a) => all.flatMap((b) => all.map((c) => [a, b, c] as const)));
  it.each(combinations)('%s, %s and %s, for every k', (...parts) => {
    const count = (wanted: Truth): number => parts.filter((one) => one === wanted).length;
    for (const k of [1, 2, 3]) {
      const found = truth({ atLeastOf: k, of: parts.map((one) => known[one]) }, { facts });
      // Of every way in which the open parts may turn out, some or all must reach k.
      const worst = count('yes') >= k;
      const best = count('yes') + count('maybe') >= k;
      expect(found, `${k} of ${parts.join()}`).toBe(worst ? 'yes' : best ? 'maybe' : 'no');
    }
  });
});

it('under another reading each case has its own truth, although the same part decides all of them now', () => {
  const condition: Condition = { all: [{ question: 'q', reading: 'narrow' }, YES] };
  const [no, maybe, yes] = [9, 'unknown', 10].map((loss) => {
    const stated = given({ facts: { loss } });
    return truthIf(condition, evaluate(condition, stated), 'q narrow', () => underReading(stated, 'q', 'narrow'));
  });
  expect([no, maybe, yes]).toEqual(['no', 'maybe', 'yes']);
});

describe('a condition with more leaves than one cached number holds', () => {
  const losses = (n: number): Condition[] => Array.from({ length: n }, (_, i) => ({ fact: 'loss', atLeast: 100 + i }));

  it.each([32, 33, 34, 200])('is decided like the smaller ones, alone and under assumptions: %i leaves', (n) => {
    // One part decides all of them, and none may take the results of another for its own.
    const any: Condition = { any: [MAYBE, ...losses(n - 1)] };
    const all: Condition = { all: [MAYBE, { not: { any: losses(n - 1) } }] };
    const few: Condition = { atLeastOf: 2, of: [MAYBE, { not: MAYBE }, ...losses(n - 2)] };
    const wanted = { many: ['yes', 'no', 'yes'], none: ['no', 'no', 'no'] } as const;
    const under = {
      many: () => given({ facts: { people: 15, loss: 1_000 } }),
      none: () => given({ facts: { people: 5, loss: 10 } }),
    };
    for (const assumption of ['many', 'none'] as const) {
      const truths = [any, all, few].map((condition) => {
        const evaluation = evaluate(condition, given({ facts }));
        expect(evaluation).toEqual({ truth: 'maybe', because: ['people'] });
        return truthIf(condition, evaluation, assumption, under[assumption]);
      });
      expect(truths, assumption).toEqual(wanted[assumption]);
    }
  });
});
