import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankOf as rank } from '../../src/law/levels.ts';
import { type FactDefinition, thresholdsOf } from '../../src/law/regime.ts';
import type { FactValue } from '../../src/law/types.ts';
import { inEverySoak } from '../fakes/soak.ts';
import { noneOf, run, theRegime } from './support.ts';

const regime = theRegime();
const rankOf = (level: string): number => rank(regime, level);
const NOW = '2026-03-10T12:00:00+08:00';
const runs = { numRuns: 25 };

function figureOf(definition: FactDefinition): fc.Arbitrary<number> {
  const near = thresholdsOf(regime, definition.id).flatMap(({ value }) => [value - 1, value, value + 1]);
  return fc.constantFrom(0, ...near.filter((value) => value >= 0 && value <= (definition.max ?? 1e12)));
}
function optionsOf(definition: FactDefinition): readonly string[] {
  return (definition.options ?? []).map(({ id }) => id);
}
function anyValue(definition: FactDefinition): fc.Arbitrary<FactValue> {
  const options = optionsOf(definition);
  if (definition.kind === 'boolean') return fc.boolean();
  if (definition.kind === 'many')
    return fc.subarray(
      options.filter((id) => id !== 'none'),
      { minLength: 1 },
    );
  if (options.length > 0) return fc.constantFrom(...options);
  const figure = figureOf(definition);
  const range = fc.tuple(figure, figure).map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) }));
  if (definition.kind === 'number') return fc.oneof(figure, range);
  const since = figure.map((minutes) => ({ since: new Date(Date.parse(NOW) - minutes * 60_000).toISOString() }));
  return fc.oneof(figure, range, since);
}
const someFacts = fc.record(Object.fromEntries(regime.factDefinitions.map((d) => [d.id, anyValue(d)])), {
  requiredKeys: [],
});
const operator = fc.constantFrom<unknown>('other', 'cii_involved', 'central_state_organ', 'unknown', {
  oneOf: ['other', 'cii_involved'],
});
const anchors = { awareness: '2026-03-10T08:00:00+08:00' };
const verdictOf = (facts: Record<string, unknown>, kind: unknown) => run({ operator: kind, facts, now: NOW, anchors });

/** At least as much harm as before. */
function worse(definition: FactDefinition, value: FactValue | undefined, bump: number): FactValue | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number') return Math.min(value + bump, definition.max ?? Number.MAX_SAFE_INTEGER);
  if (typeof value === 'boolean') return true;
  const options = optionsOf(definition);
  if (typeof value === 'string') return options[Math.min(options.indexOf(value) + (bump % 3), options.length - 1)];
  if (Array.isArray(value))
    return [...new Set([...value, options[bump % (options.length - 1)] ?? 'none'])].filter((id) => id !== 'none');
  if ('since' in value) return { since: new Date(Date.parse(value.since) - bump * 60_000).toISOString() };
  return value;
}

describe('whatever the case', () => {
  it('more harm never lowers the level', { tags: 'grows' }, () => {
    fc.assert(
      fc.property(
        someFacts,
        operator,
        fc.constantFrom(...regime.factDefinitions),
        fc.nat(10_000_000),
        (facts, kind, fact, bump) => {
          const before = verdictOf(facts, kind);
          const after = verdictOf({ ...facts, [fact.id]: worse(fact, facts[fact.id], bump) ?? noneOf(fact) }, kind);
          const known = facts[fact.id] !== undefined;
          expect(rankOf(after.floor)).toBeGreaterThanOrEqual(rankOf(known ? before.floor : 'general'));
          if (known) expect(rankOf(after.ceiling)).toBeGreaterThanOrEqual(rankOf(before.ceiling));
        },
      ),
      { numRuns: inEverySoak(30, 80) },
    );
  });

  it('learning a fact narrows floor and ceiling, never widens them', () => {
    const of = fc
      .constantFrom(...regime.factDefinitions)
      .chain((d) => anyValue(d).map((value) => ({ id: d.id, value })));
    fc.assert(
      fc.property(someFacts, of, (facts, { id, value }) => {
        const { [id]: _forgotten, ...rest } = facts;
        const before = verdictOf(rest, 'cii_involved');
        const after = verdictOf({ ...rest, [id]: value }, 'cii_involved');
        expect(rankOf(after.floor)).toBeGreaterThanOrEqual(rankOf(before.floor));
        expect(rankOf(after.ceiling)).toBeLessThanOrEqual(rankOf(before.ceiling));
        expect(rankOf(after.ceilingByNumbers)).toBeLessThanOrEqual(rankOf(after.ceiling));
        expect(rankOf(after.floor)).toBeLessThanOrEqual(rankOf(after.ceilingByNumbers));
      }),
      runs,
    );
  });

  it('the order of the facts and of the options does not matter', () => {
    fc.assert(
      fc.property(someFacts, operator, (facts, kind) => {
        const reversed = Object.fromEntries(
          Object.entries(facts)
            .reverse()
            .map(([id, value]) => [id, Array.isArray(value) ? value.toReversed() : value]),
        );
        expect(verdictOf(reversed, kind)).toEqual(verdictOf(facts, kind));
      }),
      runs,
    );
  });

  it('unknown is the same as absent', () => {
    fc.assert(
      fc.property(someFacts, operator, (facts, kind) => {
        const spelt = Object.fromEntries(regime.factDefinitions.map(({ id }) => [id, facts[id] ?? 'unknown']));
        expect(verdictOf(spelt, kind)).toEqual(verdictOf(facts, kind));
      }),
      runs,
    );
  });

  it('an unrelated fact changes nothing', () => {
    fc.assert(
      fc.property(someFacts, operator, (facts, kind) => {
        const { tampered_illegal_content: _content, ...rest } = facts;
        const clean = { ...rest, tampered_illegal_content: false };
        const { level, matched } = verdictOf(clean, kind);
        const noisy = verdictOf({ ...clean, tampered_views: 5_000_000, tampered_finding: 'particularly_large' }, kind);
        expect({ level: noisy.level, matched: noisy.matched }).toEqual({ level, matched });
      }),
      runs,
    );
  });

  it('the offset in which a time is written changes nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.constantFrom(8, 0, -5), (minutes, hours) => {
        const since = Date.parse(NOW) - minutes * 60_000;
        const at = (offset: number) => written(since, offset);
        const one = run({
          operator: 'cii_involved',
          facts: { cii_whole_outage_minutes: { since: at(hours) } },
          now: written(Date.parse(NOW), hours),
          anchors: { awareness: at(hours) },
        });
        const other = run({
          operator: 'cii_involved',
          facts: { cii_whole_outage_minutes: { since: at(8) } },
          now: NOW,
          anchors: { awareness: at(8) },
        });
        expect(one).toEqual(other);
      }),
      runs,
    );
  });

  it('the zone of the machine changes nothing', () => {
    const facts = { direct_loss_cny: 5_000_000 };
    const input = {
      facts,
      anchors: { awareness: '2026-03-08T02:30:00-05:00', handling_end: '2026-03-08T23:30:00+08:00' },
    };
    const before = process.env['TZ'];
    try {
      const verdicts = ['Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati', 'UTC'].map((zone) => {
        process.env['TZ'] = zone;
        return JSON.stringify(run(input));
      });
      expect(new Set(verdicts).size).toBe(1);
      expect(verdicts[0]).toContain('2026-04-08T00:00:00+08:00');
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });
});

function written(instant: number, hours: number): string {
  const local = new Date(instant + hours * 3_600_000).toISOString().slice(0, 19);
  return `${local}${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`;
}
