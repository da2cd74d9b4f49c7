import { describe, expect, it } from 'vitest';
import { thresholdsOf } from '../../src/law/regime.ts';
import type { Level } from '../../src/law/types.ts';
import { TABLE } from './annex.ts';
import { allNone, type CaseInput, run, theRegime } from './support.ts';

const regime = theRegime();
const LEVELS = regime.levels.map(({ id }) => id);
const figures = regime.factDefinitions.filter(({ kind }) => kind === 'number' || kind === 'duration');

function contextOf(fact: string) {
  return { ...allNone(), ...TABLE.find((row) => row.fact === fact)?.with };
}
function levelBelow(level: Level | undefined): Level {
  return level === undefined ? 'general' : level;
}
const at = (operator: string, fact: string, value: unknown, now?: string): CaseInput => ({
  operator,
  facts: { ...contextOf(fact), [fact]: value },
  ...(now === undefined ? {} : { now }),
});

describe('the figures of the data are those of the guide', () => {
  it.each(figures.map(({ id }) => id))('%s', (fact) => {
    const row = TABLE.find((one) => one.fact === fact);
    const expected = (row?.at ?? []).flatMap((value, index) =>
      value === null ? [] : [`${LEVELS[index + 1]} ${value}`],
    );
    const found = thresholdsOf(regime, fact).map(({ level, value }) => `${level} ${value}`);
    expect(found).toEqual(expected);
  });
});

describe('below, at and above every threshold', () => {
  const triples = figures.flatMap(({ id, kind, unit }) =>
    thresholdsOf(regime, id).map((threshold, index, all) => ({
      fact: id,
      duration: kind === 'duration',
      step: unit === 'people' || unit === 'count' ? 1 : 0.01,
      value: threshold.value,
      level: threshold.level,
      below: levelBelow(all[index - 1]?.level),
      above: all[index + 1]?.value,
    })),
  );
  it('there is a triple for each of the 33 figures', () => expect(triples).toHaveLength(33));

  describe.each(['other', 'cii_involved', 'central_state_organ'])('operator %s', (operator) => {
    it.each(triples)('$fact $value', ({ fact, value, step, level, below, above }) => {
      expect(run(at(operator, fact, value - step)).level).toBe(below);
      expect(run(at(operator, fact, value)).level).toBe(level);
      const over = run(at(operator, fact, Math.min(value + step, 100 + (fact.startsWith('population') ? 0 : 1e12))));
      expect(over.level).toBe(above !== undefined && value + step >= above ? LEVELS[LEVELS.indexOf(level) + 1] : level);
    });

    it.each(triples)('$fact $value as a range', ({ fact, value, step, level, below }) => {
      const straddling = run(at(operator, fact, { min: value - step, max: value }));
      expect([straddling.floor, straddling.ceiling]).toEqual([below, level]);
      expect(straddling.level).toBe(below === 'general' ? 'undetermined' : below);
      expect(straddling.undetermined).toEqual([fact]);
      const open = run(at(operator, fact, { min: value }));
      expect(open.floor).toBe(level);
      const under = run(at(operator, fact, { max: value - step }));
      expect([under.floor, under.ceiling]).toEqual(['general', below]);
    });
  });

  const running = triples.filter(({ duration }) => duration);
  it.each(running)('$fact running, minute by minute around $value', ({ fact, value, level, below }) => {
    const since = Date.parse('2026-03-01T00:00:00Z');
    for (let minute = value - 3; minute <= value + 3; minute += 1) {
      const now = new Date(since + minute * 60_000).toISOString();
      const verdict = run(at('cii_involved', fact, { since: '2026-03-01T08:00+08:00' }, now));
      expect(`${minute} ${verdict.level}`).toBe(`${minute} ${minute < value ? below : level}`);
    }
    const almost = new Date(since + value * 60_000 - 1).toISOString();
    expect(run(at('cii_involved', fact, { since: '2026-03-01T08:00+08:00' }, almost)).level).toBe(below);
  });
});
