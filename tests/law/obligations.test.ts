import { describe, expect, it } from 'vitest';
import { assess } from '../../src/law/assess.ts';
import type { AssessmentInput } from '../../src/law/types.ts';
import { criterion, duty, input, regimeWith, source } from './support.ts';

const regime = regimeWith({
  criteria: [criterion('people', 'major', { fact: 'people', atLeast: 10 })],
  obligations: [
    duty('promptly', { minLevel: 'major', period: { kind: 'promptly' }, when: { operator: 'shop' } }),
    duty('shop', { minLevel: 'major', period: { kind: 'minutes', minutes: 240 }, when: { operator: 'shop' } }),
    duty('utility', { minLevel: 'major', when: { operator: 'utility' } }),
    duty('top', { minLevel: 'significant', when: { operator: 'shop' } }),
    duty('always', { content: 'crime_report', when: { flag: 'suspected_crime' }, anchor: 'request' }),
    duty('hacked', { content: 'data_incident_notice', when: { fact: 'hacked', is: true } }),
    duty('summary', {
      minLevel: 'major',
      content: 'summary_report',
      anchor: 'handling_end',
      onceAnchored: true,
      period: { kind: 'calendar_days', days: 1, firstDay: 'excluded', ends: 'day_end', rollOver: 'none' },
    }),
  ],
});
const AWARE = { awareness: '2026-03-01T02:00:00+08:00' };
const owed = (more: Partial<AssessmentInput> = {}) =>
  assess(regime, input({ facts: { people: 10, hacked: false }, anchors: AWARE, ...more })).obligations;
const ids = (more: Partial<AssessmentInput> = {}) =>
  owed(more).map(({ id, provisional }) => (provisional ? `${id}?` : id));

describe('duties', () => {
  it('from a level up, shortest first, "promptly" last', () => expect(ids()).toEqual(['shop', 'promptly']));
  it('are complete', () => {
    expect(owed()[0]).toEqual({
      id: 'shop',
      recipient: 'office',
      content: 'initial_report',
      due: '2026-03-01T06:00:00+08:00',
      dueMinutes: 240,
      anchor: 'awareness',
      source,
    });
    expect(owed()[1]).toMatchObject({ id: 'promptly', due: null, dueMinutes: null });
  });
  it('have no due time while the anchor is not known', () => {
    expect(owed({ anchors: {} })[0]).toMatchObject({ due: null, dueMinutes: 240 });
    expect(owed({ anchors: { occurrence: '2026-03-01T02:00:00+08:00' } })[0]).toMatchObject({ due: null });
  });
  it('do not exist below their level', () => expect(ids({ facts: { people: 9, hacked: false } })).toEqual([]));
  it('are provisional while only the ceiling reaches it', () => {
    expect(ids({ facts: { people: { min: 0, max: 10 }, hacked: false } })).toEqual(['shop?', 'promptly?']);
  });
  it('are provisional for a kind of operator that is only possible', () => {
    expect(ids({ operator: 'unknown' })).toEqual(['utility?', 'shop?', 'promptly?']);
    expect(ids({ operator: { oneOf: ['utility', 'office'] } })).toEqual(['utility?']);
    expect(ids({ operator: ['utility', 'shop'] })).toEqual(['utility', 'shop', 'promptly']);
    expect(ids({ operator: 'office' })).toEqual([]);
  });
  it('without a threshold exist at any level, provisional while their facts are open', () => {
    const low = { people: 0 };
    expect(ids({ facts: { ...low, hacked: true } })).toEqual(['hacked']);
    expect(ids({ facts: low })).toEqual(['hacked?']);
    expect(ids({ facts: { ...low, hacked: 'unknown' } })).toEqual(['hacked?']);
    expect(ids({ facts: { ...low, hacked: false }, flags: { suspected_crime: 'unknown' } })).toEqual(['always?']);
    expect(ids({ facts: { ...low, hacked: false }, flags: { suspected_crime: true } })).toEqual(['always']);
    expect(ids({ facts: { people: 10, hacked: true }, flags: { suspected_crime: true } })).toEqual([
      'always',
      'hacked',
      'shop',
      'promptly',
    ]);
  });
  it('some are listed only once their anchor is known', () => {
    const anchors = { ...AWARE, handling_end: '2026-03-05T10:00:00+08:00' };
    expect(ids({ anchors })).toEqual(['shop', 'promptly', 'summary']);
    expect(owed({ anchors }).at(-1)).toMatchObject({
      due: '2026-03-07T00:00:00+08:00',
      dueMinutes: null,
      anchor: 'handling_end',
    });
  });
  it('follow a level decided by a person upwards, never downwards', () => {
    const low = { facts: { people: 0, hacked: false } };
    expect(ids({ ...low, decidedLevel: 'major' })).toEqual(['shop', 'promptly']);
    expect(ids({ ...low, decidedLevel: 'significant' })).toEqual(['top', 'shop', 'promptly']);
    expect(ids({ decidedLevel: 'general' })).toEqual(['shop', 'promptly']);
    expect(assess(regime, input({ ...low, decidedLevel: 'major' })).level).toBe('general');
  });
});
