import { describe, expect, it } from 'vitest';
import { dateFaults, inForce } from '../../src/law/dated.ts';
import { allNone, run, theRegime } from './support.ts';

const regime = theRegime();
const DAY = 86_400_000;
const facts = { ...allNone(), personal_info_people: 1_000_000 };
const learntAt = (instant: number) =>
  run({ facts, flags: { suspected_crime: true }, anchors: { awareness: new Date(instant).toISOString() } });

describe('the rules over time', () => {
  it('no rule has a hole or overlaps with itself', () => {
    expect(dateFaults([...regime.criteria, ...regime.obligations, ...regime.notes])).toEqual([]);
  });

  it('no criterion and no duty of the Measures before 2025-11-01, all of them from that day on', () => {
    const measures = [...regime.criteria, ...regime.obligations.filter(({ id }) => id.startsWith('cac.'))];
    const start = Date.parse('2025-10-01');
    for (let day = 0; day < 500; day += 1) {
      const date = new Date(start + day * DAY).toISOString().slice(0, 10);
      expect(`${date} ${inForce(measures, date).length}`).toBe(`${date} ${date < '2025-11-01' ? 0 : measures.length}`);
    }
  });

  it('the day begins at midnight in Beijing', () => {
    const midnight = Date.parse('2025-11-01T00:00:00+08:00');
    expect(learntAt(midnight - 1).level).toBe('general');
    expect(learntAt(midnight).level).toBe('major');
  });

  it('duties of other laws are there before', () => {
    const ids = learntAt(Date.parse('2025-10-01T00:00:00+08:00')).obligations.map(({ id }) => id);
    expect(ids).toEqual([
      ...['police.art14', 'police.art10'],
      ...['pipl.art57.authority', 'pipl.art57.individuals', 'dsl.art29.authority', 'dsl.art29.users'],
      // Art. 44 of the Cybersecurity Law counts under this number from 2026-01-01.
      ...['ndr.art11.authority', 'ndr.art11.parties', 'minors.art35.authority', 'minors.art35.guardians'],
    ]);
  });

  it('the date of occurrence and of the question do not decide when awareness is known', () => {
    const anchors = { occurrence: '2025-01-01T00:00:00+08:00', awareness: '2025-11-02T00:00:00+08:00' };
    expect(run({ facts, anchors, now: '2025-11-03T00:00:00+08:00' }).level).toBe('major');
    const early = { awareness: '2025-10-20T00:00:00+08:00' };
    expect(run({ facts, anchors: early, now: '2026-03-01T00:00:00+08:00' }).level).toBe('general');
    expect(run({ facts, now: '2025-10-20T00:00:00+08:00' }).level).toBe('general');
    expect(run({ facts }).level).toBe('major');
  });
});
