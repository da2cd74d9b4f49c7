import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assess } from '../../src/law/assess.ts';
import type { Regime } from '../../src/law/regime.ts';
import type { AssessmentInput, FactValue } from '../../src/law/types.ts';
import { regime } from '../fakes/law.ts';

/** What is remembered of one assessment must never show in another: every case beside a law that remembers nothing. */

const figure = fc.oneof(
  fc.constantFrom(0, 9_999, 10_000, 1_000_000, 10_000_000, 100_000_000),
  fc.record({ min: fc.constantFrom(0, 100_000), max: fc.constantFrom(1_000_000, 200_000_000) }),
  fc.constant('unknown'),
);
const started = { since: '2026-03-31T09:00:00+08:00' };
const duration = fc.oneof(
  fc.constantFrom<FactValue>(0, 59, 360, started, { ...started, until: '2026-03-31T09:40:00+08:00' }),
  fc.constant<FactValue>({ spans: [started, 30] }),
);
const statedFor = ({ kind, options = [] }: Regime['factDefinitions'][number]): fc.Arbitrary<FactValue> => {
  if (kind === 'number') return figure;
  if (kind === 'duration') return duration;
  if (kind === 'boolean') return fc.boolean();
  const one = fc.constantFrom('none', ...options.map(({ id }) => id));
  return kind === 'many' ? one.map((chosen) => [chosen]) : one;
};
const facts = fc
  .tuple(...regime.factDefinitions.map((one) => fc.tuple(fc.constant(one.id), fc.option(statedFor(one)))))
  .map((stated): AssessmentInput['facts'] =>
    Object.fromEntries(stated.flatMap(([id, value]) => (value === null ? [] : [[id, value] as const]))),
  );
const at = (clock: string): string => `2026-03-31T${clock}:00+08:00`;
const input: fc.Arbitrary<AssessmentInput> = fc.record(
  {
    operator: fc.constantFrom<AssessmentInput['operator']>('other', 'cii_involved', 'unknown', {
      oneOf: ['other', 'cii_involved'],
    }),
    facts,
    flags: fc.constantFrom({}, { suspected_crime: true }, { suspected_crime: 'unknown' as const }),
    anchors: fc.constantFrom({}, { awareness: at('09:20') }, { awareness: '2025-10-31T23:59:00+08:00' }),
    now: fc.constantFrom(at('10:00'), at('15:00')),
    openEnded: fc.boolean(),
    raised: fc.subarray(regime.factDefinitions.map(({ id }) => id)),
    readings: fc.constantFrom(
      {},
      ...regime.openQuestions.flatMap(({ id, readings }) => readings.map((one) => ({ [id]: one.id }))),
    ),
    decidedLevel: fc.constantFrom('general', 'major', 'significant'),
  },
  { requiredKeys: ['operator', 'facts', 'flags', 'anchors', 'now'] },
);

it('a case is assessed as by a law that has seen no other', () => {
  fc.assert(
    fc.property(fc.array(input, { minLength: 1, maxLength: 8 }), (cases) => {
      const all = cases.map((one) => assess(regime, one));
      const last = cases.at(-1);
      const forgetful = structuredClone(Object.fromEntries(Object.entries(regime).filter(isData)));
      expect(all.at(-1)).toEqual(last && assess({ ...regime, ...forgetful }, last));
    }),
    { numRuns: 60 },
  );
});

const isData = ([, value]: readonly [string, unknown]): boolean => typeof value === 'object' && !(value instanceof Map);
