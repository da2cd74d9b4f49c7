import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assess } from '../../src/law/assess.ts';
import { onFirstUse } from '../../src/law/kept-for.ts';
import { lawSet } from '../../src/law/pack.ts';
import type { Regime } from '../../src/law/regime.ts';
import type { AssessmentInput, FactValue } from '../../src/law/types.ts';
import { allPacks, regime } from '../fakes/law.ts';
import { inEverySoak } from '../fakes/soak.ts';

/** What is remembered of one assessment must never show in another: every case beside a law that remembers nothing. */
const packs = [...allPacks().values()].map(({ pack }) => pack);
const whole = lawSet(regime, packs);
const definitions = [...whole.factDefinitions, ...(whole.packFacts ?? [])];

const figure = fc.oneof(
  fc.constantFrom(0, 9_999, 10_000, 1_000_000, 10_000_000, 100_000_000),
  fc.record({ min: fc.constantFrom(0, 100_000), max: fc.constantFrom(1_000_000, 200_000_000) }),
  fc.constant('unknown'),
);
const at = (clock: string): string => `2026-03-31T${clock}:00+08:00`;
const started = { since: '2026-03-31T09:00:00+08:00' };
const duration = fc.oneof(
  fc.constantFrom<FactValue>(0, 59, 360, started, ...['09:40', '10:00'].map((end) => ({ ...started, until: at(end) }))),
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
  .tuple(...definitions.map((one) => fc.tuple(fc.constant(one.id), fc.option(statedFor(one)))))
  .map((stated): AssessmentInput['facts'] =>
    Object.fromEntries(stated.flatMap(([id, value]) => (value === null ? [] : [[id, value] as const]))),
  );
const input: fc.Arbitrary<AssessmentInput> = fc.record(
  {
    operator: fc.constantFrom<AssessmentInput['operator']>('other', 'cii_involved', 'unknown', {
      oneOf: ['other', 'cii_involved'],
    }),
    facts,
    flags: fc.constantFrom({}, { suspected_crime: true }, { suspected_crime: 'unknown' as const }),
    anchors: fc.constantFrom<AssessmentInput['anchors']>(
      {},
      { awareness: at('09:20') },
      { awareness: '2025-10-31T23:59:00+08:00' },
      ...(whole.packAnchors ?? []).map(({ id }) => ({ awareness: at('09:20'), [id]: at('09:30') })),
    ),
    now: fc.constantFrom(at('10:00'), at('15:00')),
    openEnded: fc.boolean(),
    raised: fc.subarray(definitions.map(({ id }) => id)).map((ids) => new Set(ids)),
    readings: fc.constantFrom(
      {},
      ...whole.openQuestions.flatMap(({ id, readings }) => readings.map((one) => ({ [id]: one.id }))),
    ),
    decidedLevel: fc.constantFrom('general', 'major', 'significant'),
  },
  { requiredKeys: ['operator', 'facts', 'flags', 'anchors', 'now'] },
);

/** Two cases that differ in one part, or in one fact. */
const pair = fc.tuple(input, input, fc.nat(), fc.nat()).map(([one, other, part, fact]) => {
  const parts = Object.keys(other).filter((name) => name !== 'facts');
  const stated = Object.entries(other.facts);
  const name = part % 2 === 0 ? undefined : parts[fact % parts.length];
  const answer = stated[fact % Math.max(1, stated.length)];
  const changed = name === undefined ? {} : Object.fromEntries(Object.entries(other).filter(([key]) => key === name));
  const facts = name === undefined && answer ? { ...one.facts, [answer[0]]: answer[1] } : one.facts;
  return [one, { ...one, ...changed, facts }] as const;
});

const laws = [regime, whole];
it('a case is assessed as by a law that has seen no other, whatever a case like it came to', { tags: 'grows' }, () => {
  fc.assert(
    fc.property(pair, fc.constantFrom(...laws), ([before, after], law) => {
      const { criteria, notes, obligations, openQuestions } = law;
      assess(law, before);
      const forgetful = { ...law, ...structuredClone({ criteria, notes, obligations, openQuestions }) };
      expect(assess(law, after)).toEqual(assess(forgetful, after));
    }),
    { numRuns: inEverySoak(30, 80) },
  );
});

const first = Object.fromEntries(regime.openQuestions.map(({ id, readings }) => [id, readings[0]?.id ?? '']));
const touched: AssessmentInput = {
  operator: 'other',
  facts: {
    site_kind: ['enterprise'],
    site_outage_minutes: started,
    personal_info_people: 500,
    tampered_illegal_content: true,
  },
  ...{ flags: {}, anchors: { awareness: at('09:20') }, now: at('10:00') },
};
/** Long enough for a portal, of which the guide leaves open whose it means. */
const LONG = { ...touched.facts, site_outage_minutes: 30_000 };
const LIKE_IT: readonly (readonly [string, Partial<AssessmentInput>, Partial<AssessmentInput>])[] = [
  [
    'a duration that ended just now',
    { facts: { ...touched.facts, site_outage_minutes: { ...started, until: at('10:00') } } },
    {},
  ],
  ['an open fact that people mentioned', { raised: new Set(['data_class']) }, { raised: new Set() }],
  ['a flag that people mentioned, even as not known', { flags: { product_defect: 'unknown' } }, {}],
  ['a level that people decided', { decidedLevel: 'significant' }, {}],
  ['every question settled as it is read anyway', { facts: LONG, readings: first }, { facts: LONG }],
];
it.each(LIKE_IT)('%s makes a difference although the same conditions hold', (_what, more, like) => {
  const before = assess(regime, { ...touched, ...like });
  const after = assess(regime, { ...touched, ...more });
  expect(after).not.toEqual(before);
  expect(after).toEqual(assess({ ...regime }, { ...touched, ...more }));
});

it('a first use that fails is tried again, e.g. after the disk could not be read', async () => {
  let tries = 0;
  const loaded = onFirstUse(async () => {
    tries += 1;
    if (tries === 1) throw new Error('EMFILE');
    return tries;
  });
  await expect(loaded()).rejects.toThrow('EMFILE');
  expect([await loaded(), await loaded()]).toEqual([2, 2]);
});
