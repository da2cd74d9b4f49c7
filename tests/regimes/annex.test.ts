import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FactDefinition, thresholdsOf } from '../../src/law/regime.ts';
import type { FactValue } from '../../src/law/types.ts';
import { type Answer, annexLevel, article4, rankOfAnnex } from './annex.ts';
import { noneOf, run, theRegime, worstOf } from './support.ts';

const regime = theRegime();
const runs = { numRuns: 80 };

/** Values that matter: around every threshold, nothing, and a lot. */
function known(definition: FactDefinition): fc.Arbitrary<Answer> {
  const options = (definition.options ?? []).map(({ id }) => id);
  if (definition.kind === 'boolean') return fc.boolean();
  if (definition.kind === 'one' || definition.kind === 'judgement') return fc.constantFrom(...options);
  if (definition.kind === 'many') {
    return fc.oneof(
      fc.constant(['none']),
      fc.subarray(
        options.filter((id) => id !== 'none'),
        { minLength: 1 },
      ),
    );
  }
  const near = thresholdsOf(regime, definition.id).flatMap(({ value }) => [value - 1, value, value + 1]);
  const usable = near.filter((value) => value >= 0 && value <= (definition.max ?? 1e12));
  return fc.constantFrom(0, ...usable, ...usable);
}

const answers = fc.record(
  Object.fromEntries(
    regime.factDefinitions.map((d) => [d.id, fc.oneof({ weight: 3, arbitrary: fc.constant(simple(d)) }, known(d))]),
  ),
);
function simple(definition: FactDefinition): Answer {
  const none = noneOf(definition);
  return typeof none === 'object' ? 'none' : none;
}

const operators = fc.constantFrom<unknown>('other', 'cii_involved', 'central_state_organ', ['other', 'cii_involved']);

describe('an independent evaluator written from the primary text', () => {
  it('agrees on every complete case', () => {
    fc.assert(
      fc.property(answers, operators, (facts, operator) => {
        const verdict = run({ operator, facts });
        const expected = annexLevel(facts);
        expect([verdict.level, verdict.floor, verdict.ceiling, verdict.ceilingByNumbers]).toEqual(
          Array(4).fill(expected),
        );
        expect(verdict.undetermined).toEqual([]);
        const owed = verdict.obligations
          .filter(({ id }) => id.startsWith('cac.art4'))
          .map((o) => `${o.recipient} ${o.dueMinutes}`);
        const kinds = Array.isArray(operator) ? operator : [String(operator)];
        expect(owed).toEqual(rankOfAnnex(expected) === 0 ? [] : article4(kinds));
      }),
      runs,
    );
  });

  it('agrees on floor and ceiling when facts are missing or ranges', () => {
    const gaps = fc.record(Object.fromEntries(regime.factDefinitions.map(({ id }) => [id, fc.boolean()])));
    fc.assert(
      fc.property(answers, gaps, fc.boolean(), (facts, missing, cii) => {
        const operator = cii ? 'cii_involved' : 'other';
        const given = Object.fromEntries(Object.entries(facts).filter(([id]) => !missing[id]));
        const verdict = run({ operator, facts: given });
        expect(verdict.floor).toBe(annexLevel(completed(given, noneOf)));
        const most = (d: FactDefinition) => (d.appliesTo && !cii ? noneOf(d) : worstOf(d));
        expect(verdict.ceiling).toBe(annexLevel(completed(given, most)));
        const byNumbers = (d: FactDefinition) => (d.kind === 'judgement' ? noneOf(d) : most(d));
        expect(verdict.ceilingByNumbers).toBe(annexLevel(completed(given, byNumbers)));
        expect(verdict.level).toBe(
          verdict.floor === 'general' && verdict.ceiling !== 'general' ? 'undetermined' : verdict.floor,
        );
      }),
      runs,
    );
  });

  it('a fact that is not undetermined cannot change floor or ceiling', () => {
    const gaps = fc.record(Object.fromEntries(regime.factDefinitions.map(({ id }) => [id, fc.boolean()])));
    fc.assert(
      fc.property(answers, gaps, (facts, missing) => {
        const given = Object.fromEntries(Object.entries(facts).filter(([id]) => !missing[id]));
        const verdict = run({ operator: 'cii_involved', facts: given });
        for (const definition of regime.factDefinitions) {
          if (definition.id in given || verdict.undetermined.includes(definition.id)) continue;
          for (const value of [noneOf(definition), worstOf(definition)]) {
            const resolved = run({ operator: 'cii_involved', facts: { ...given, [definition.id]: value } });
            expect([resolved.floor, resolved.ceiling]).toEqual([verdict.floor, verdict.ceiling]);
          }
        }
      }),
      { numRuns: 15 },
    );
  });
});

function completed(
  given: Readonly<Record<string, Answer>>,
  fill: (d: FactDefinition) => FactValue,
): Record<string, Answer> {
  const answers: Record<string, Answer> = {};
  for (const definition of regime.factDefinitions) {
    const value = given[definition.id] ?? fill(definition);
    if (typeof value !== 'object' || Array.isArray(value)) answers[definition.id] = value;
  }
  return answers;
}
