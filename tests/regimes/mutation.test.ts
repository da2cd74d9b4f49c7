import { describe, expect, it } from 'vitest';
import type { Condition } from '../../src/law/condition.ts';
import { type Regime, thresholdsOf } from '../../src/law/regime.ts';
import { type Answers, annexLevel, article4, TABLE } from './annex.ts';
import { allNone, REGIME, run, theRegime } from './support.ts';

const regime = theRegime();

/** The short list of checks that has to notice every changed figure: each threshold of the guide's table at and below. */
function figureDisagrees(candidate: Regime, rows = TABLE): string | null {
  const regimes = new Map([[REGIME, candidate]]);
  for (const { fact, at, with: context } of rows) {
    for (const value of at.flatMap((one) => (one === null ? [] : [one - 1, one]))) {
      const facts: Answers = { ...plain(), ...context, [fact]: value };
      if (run({ operator: 'cii_involved', facts }, regimes).level !== annexLevel(facts)) return `${fact} ${value}`;
    }
  }
  return null;
}

function deadlineDisagrees(candidate: Regime): string | null {
  const regimes = new Map([[REGIME, candidate]]);
  for (const kind of ['cii_involved', 'central_state_organ', 'other']) {
    const { obligations } = run({ operator: kind, facts: { ...plain(), other_threat: 'serious' } }, regimes);
    const owed = obligations.map(({ recipient, dueMinutes }) => `${recipient} ${dueMinutes}`);
    if (owed.join() !== article4([kind]).join()) return kind;
  }
  return null;
}

function plain(): Answers {
  return Object.fromEntries(
    Object.entries(allNone()).flatMap(([id, value]) => (typeof value === 'object' ? [] : [[id, value]])),
  );
}

/** The condition with the n-th of its figures changed. */
function withFigure(condition: Condition, change: (value: number) => number): Condition {
  if ('all' in condition) return { all: condition.all.map((part) => withFigure(part, change)) };
  if ('any' in condition) return { any: condition.any.map((part) => withFigure(part, change)) };
  if ('not' in condition) return { not: withFigure(condition.not, change) };
  return 'atLeast' in condition ? { ...condition, atLeast: change(condition.atLeast) } : condition;
}

function mutated(criterion: string, change: (value: number) => number): Regime {
  const criteria = regime.criteria.map((one) =>
    one.id === criterion ? { ...one, when: withFigure(one.when, change) } : one,
  );
  return { ...regime, criteria };
}

describe('every figure of the data is held by a case', () => {
  const figures = regime.factDefinitions.flatMap(({ id }) =>
    thresholdsOf(regime, id).map((one) => ({ ...one, fact: id })),
  );

  it('the data as it is agrees', () => {
    expect(figureDisagrees(regime)).toBeNull();
    expect(deadlineDisagrees(regime)).toBeNull();
  });
  it('there are 33 figures', () => expect(figures).toHaveLength(33));

  it.each(figures)('$criterion $value', ({ fact, criterion }) => {
    const rows = TABLE.filter((row) => row.fact === fact);
    const changes = [(n: number) => n + 1, (n: number) => n - 1, (n: number) => n * 10];
    expect(changes.map((change) => figureDisagrees(mutated(criterion, change), rows) !== null)).toEqual([
      true,
      true,
      true,
    ]);
  });

  it.each(regime.obligations.filter(({ id }) => id.startsWith('cac.art4') && id !== 'cac.art4.sector'))(
    '$id',
    ({ id }) => {
      const obligations = regime.obligations.map((rule) =>
        rule.id === id && rule.period.kind === 'minutes'
          ? { ...rule, period: { ...rule.period, minutes: rule.period.minutes + 1 } }
          : rule,
      );
      expect(deadlineDisagrees({ ...regime, obligations })).not.toBeNull();
      expect(
        deadlineDisagrees({ ...regime, obligations: regime.obligations.filter((rule) => rule.id !== id) }),
      ).not.toBeNull();
    },
  );
});
