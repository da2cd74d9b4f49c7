import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assuming, type Circumstances, circumstances } from '../../src/law/circumstances.ts';
import type { Condition } from '../../src/law/condition.ts';
import { rankOf } from '../../src/law/levels.ts';
import type { Criterion } from '../../src/law/regime.ts';
import type { FactValue } from '../../src/law/types.ts';
import { ceilingByNumbers, ceilingOf, findingsOf, floorOf, undeterminedOf } from '../../src/law/verdict.ts';
import { inEverySoak } from '../fakes/soak.ts';
import { criterion, facts, regimeWith } from './support.ts';

const regime = regimeWith({});
const LEVELS = regime.levels.map(({ id }) => id);

/** What the engine answers by looking only where something can change, worked out by evaluating everything every time. */
function undeterminedTheLongWay(criteria: readonly Criterion[], known: Circumstances): readonly string[] {
  const findings = findingsOf(criteria, known);
  const floor = rankOf(regime, floorOf(regime, findings));
  const open = findings.filter(
    ({ criterion: { level }, evaluation }) => evaluation.truth === 'maybe' && rankOf(regime, level) > floor,
  );
  const openCriteria = open.map((finding) => finding.criterion);
  return facts
    .map(({ id }) => id)
    .filter((id) => open.some(({ evaluation }) => evaluation.because.includes(id)))
    .map((fact) => {
      const met = assuming(known, (other) => (other === fact ? 'yes' : 'maybe'));
      const together = open.filter(({ evaluation }) => evaluation.because.includes(fact));
      return {
        fact,
        alone: rankOf(regime, floorOf(regime, findingsOf(openCriteria, met))),
        together: rankOf(regime, ceilingOf(regime, together)),
      };
    })
    .toSorted((a, b) => b.alone - a.alone || b.together - a.together)
    .map(({ fact }) => fact);
}

function ceilingTheLongWay(criteria: readonly Criterion[], known: Circumstances): string {
  const without = assuming(known, (fact) => (fact === 'harm' ? 'no' : 'maybe'));
  return ceilingOf(regime, findingsOf(criteria, without));
}

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ fact: fc.constantFrom('people', 'loss', 'outage', 'pump_outage'), atLeast: fc.integer({ max: 4 }) }),
  fc.record({ fact: fc.constantFrom('people', 'loss'), mayReach: fc.integer({ min: 0, max: 4 }) }),
  fc.record({ fact: fc.constantFrom('kind', 'harm'), in: fc.constantFrom(['low'], ['high'], ['low', 'high']) }),
  fc.record({ fact: fc.constant('hacked'), is: fc.boolean() }),
  fc.record({ operator: fc.constantFrom('utility', 'shop') }),
);
const condition = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    { weight: 3, arbitrary: leaf },
    { weight: 2, arbitrary: fc.record({ all: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }) },
    { weight: 2, arbitrary: fc.record({ any: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ not: tie('tree') }) },
  ),
})).tree;
const criteria = fc.array(fc.tuple(condition, fc.constantFrom(...LEVELS)), { minLength: 1, maxLength: 8 });
const figure: fc.Arbitrary<FactValue> = fc.oneof(
  fc.integer({ min: 0, max: 4 }),
  fc.record({ min: fc.integer({ min: 0, max: 2 }), max: fc.integer({ min: 2, max: 4 }) }),
  fc.constant('unknown'),
);
const choice = fc.constantFrom<FactValue>('none', 'low', 'high', 'unknown');
const known = fc.record(
  {
    people: figure,
    loss: figure,
    outage: figure,
    pump_outage: figure,
    kind: choice,
    hacked: fc.boolean(),
    harm: choice,
  },
  { requiredKeys: [] },
);
const operator = fc.constantFrom<Circumstances['operator']>('utility', 'shop', 'unknown', {
  oneOf: ['shop', 'utility'],
});

describe('looking only where something can change', () => {
  it('answers what evaluating everything answers', { tags: 'grows' }, () => {
    fc.assert(
      fc.property(criteria, known, operator, (rules, stated, who) => {
        const all = rules.map(([when, level], n) => criterion(`c${n}`, level, when));
        const given = circumstances({
          definitions: new Map(facts.map((definition) => [definition.id, definition])),
          operatorKinds: ['utility', 'shop', 'office'],
          operator: who,
          facts: Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined)),
          flags: {},
          readings: {},
          settled: {},
          now: undefined,
        });
        const findings = findingsOf(all, given);
        expect(undeterminedOf(regimeWith({ criteria: all }), findings, given)).toEqual(
          undeterminedTheLongWay(all, given),
        );
        expect(ceilingByNumbers(regime, findings, given)).toBe(ceilingTheLongWay(all, given));
      }),
      { numRuns: inEverySoak(500, 2_000) },
    );
  });
});
