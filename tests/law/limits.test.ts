import { describe, expect, it } from 'vitest';
import { assess } from '../../src/law/assess.ts';
import { dueAfter, type Holidays, movedToBusinessDay, OutsideCalendar } from '../../src/law/calendar.ts';
import { circumstances } from '../../src/law/circumstances.ts';
import { type Condition, evaluate } from '../../src/law/condition.ts';
import { lawSet, type Pack } from '../../src/law/pack.ts';
import type { ObligationRule } from '../../src/law/regime.ts';
import type { AssessmentInput, Obligation } from '../../src/law/types.ts';
import { theRegime } from '../regimes/support.ts';

const base = theRegime();
const [model] = base.obligations;
const BRUSSELS = 'Europe/Brussels';
const holidays: Holidays = {
  off: ['2026-04-06'],
  worked: [],
  calendar: { id: 'be', from: '2026-01-01', to: '2026-12-31' },
};

function packOf(...duties: readonly Partial<ObligationRule>[]): Pack {
  if (!model) throw new Error('the regime has no duties');
  const { when: _when, minLevel: _minLevel, ...rest } = model;
  const rules = duties.map((duty) => ({ ...rest, regime: 'p', zone: BRUSSELS, content: 'first' as const, ...duty }));
  const text = { zh: '例', en: 'Example' };
  return {
    ...{ id: 'p', version: 'v', title: text, bound: text, rank: 'law', zone: BRUSSELS, checked: '2026-01-01' },
    ...{
      suggests: { sectors: [], countries: [] },
      recipients: [],
      anchors: [],
      facts: [],
      openQuestions: [],
      papers: [],
    },
    duties: rules,
  };
}

function owed(pack: Pack, input: Partial<AssessmentInput>): readonly Obligation[] {
  const whole = { operator: 'other', facts: {}, flags: {}, anchors: {}, ...input } as const;
  return assess(lawSet(base, [pack]), whole).obligations.filter(({ regime }) => regime === 'p');
}

const hours = (n: number) => ({ kind: 'minutes' as const, minutes: n * 60 });
const awareness = '2026-03-04T10:00:00+01:00';

describe('limits', () => {
  it('the earliest of two, by what is known so far', () => {
    const parts = [
      { anchor: 'classification', period: hours(4) },
      { anchor: 'awareness', period: hours(24) },
    ];
    const pack = packOf({ id: 'p.a', anchor: 'classification', period: { kind: 'earliest_of', of: parts } });
    expect(owed(pack, { anchors: { awareness } })).toMatchObject([
      { due: '2026-03-05T10:00:00+01:00', anchor: 'awareness', dueMinutes: 1440 },
    ]);
    expect(owed(pack, { anchors: { awareness, classification: '2026-03-04T12:00:00+01:00' } })).toMatchObject([
      { due: '2026-03-04T16:00:00+01:00', anchor: 'classification', dueMinutes: 240 },
    ]);
    const latest = packOf({ id: 'p.a', anchor: 'classification', period: { kind: 'latest_of', of: parts } });
    expect(owed(latest, { anchors: { awareness, classification: '2026-03-04T12:00:00+01:00' } })).toMatchObject([
      { due: '2026-03-05T10:00:00+01:00', anchor: 'awareness' },
    ]);
  });

  it('runs from the filing of the named duty, never from that of another', () => {
    const pack = packOf(
      { id: 'p.first', anchor: 'awareness', period: hours(24) },
      { id: 'p.final', anchor: 'filing:p.first', period: { kind: 'months', months: 1 } },
      { id: 'p.last', anchor: 'last_filing:p.first', period: hours(1) },
    );
    const dueOf = (filings: AssessmentInput['filings']) =>
      Object.fromEntries(
        owed(pack, { anchors: { awareness }, ...(filings ? { filings } : {}) }).map(({ id, due }) => [id, due]),
      );
    expect(dueOf({ 'cac.art4.other': ['2026-03-04T11:00:00+01:00'] })).toMatchObject({
      'p.final': null,
      'p.last': null,
    });
    expect(dueOf({ 'p.first': ['2026-01-31T11:00:00+01:00', '2026-02-02T11:00:00+01:00'] })).toMatchObject({
      // A shorter month ends earlier: 28 February, at 24:00.
      'p.final': '2026-03-01T00:00:00+01:00',
      'p.last': '2026-02-02T12:00:00+01:00',
    });
  });

  it('repeats every two hours until the anchor that ends it', () => {
    const pack = packOf({
      id: 'p.every',
      anchor: 'occurrence',
      period: hours(2),
      repeat: { minutes: 120, until: 'handling_end' },
    });
    const at = (filings: readonly string[], end?: string) =>
      owed(pack, {
        anchors: { occurrence: awareness, ...(end === undefined ? {} : { handling_end: end }) },
        filings: { 'p.every': filings },
      }).map(({ due }) => due);
    expect(at([])).toEqual(['2026-03-04T12:00:00+01:00']);
    expect(at(['2026-03-04T11:50:00+01:00'])).toEqual(['2026-03-04T13:50:00+01:00']);
    expect(at(['2026-03-04T12:00:00+01:00'])).toEqual(['2026-03-04T14:00:00+01:00']);
    expect(at(['2026-03-04T17:10:00+01:00'])).toEqual(['2026-03-04T19:10:00+01:00']);
    // What was due before the end and never filed stays owed; what was filed in time is over.
    expect(at([], '2026-03-04T20:00:00+01:00')).toEqual(['2026-03-04T12:00:00+01:00']);
    expect(at(['2026-03-04T18:30:00+01:00'], '2026-03-04T20:00:00+01:00')).toEqual([]);
  });

  it('moves a weekend to an hour of the next working day, unless the exception holds or may hold', () => {
    const unless: Condition = { fact: 'tampered_illegal_content', is: true };
    const rule = { id: 'p.w', anchor: 'awareness', period: hours(72) };
    const weekend = { holidays, until: '12:00', unless };
    const thursday = { awareness: '2026-04-02T15:00:00+02:00' };
    const due = (facts: AssessmentInput['facts']) =>
      owed(packOf({ ...rule, weekend }), { anchors: thursday, facts })[0]?.due;
    // 5 April is a Sunday and the 6th Easter Monday.
    expect(due({ tampered_illegal_content: false })).toBe('2026-04-07T12:00:00+02:00');
    expect(due({ tampered_illegal_content: true })).toBe('2026-04-05T15:00:00+02:00');
    expect(due({})).toBe('2026-04-05T15:00:00+02:00');
    // 24:00 of a Friday is no weekend.
    expect(movedToBusinessDay('2026-04-11T00:00:00+02:00', holidays, '12:00', BRUSSELS)).toBe(
      '2026-04-11T00:00:00+02:00',
    );
  });

  it('says that a calendar ends instead of guessing', () => {
    const period = { kind: 'business_days', days: 4, holidays } as const;
    expect(dueAfter('2026-04-02T15:00:00+02:00', period, BRUSSELS)).toBe('2026-04-10T00:00:00+02:00');
    expect(() => dueAfter('2026-12-30T15:00:00+01:00', period, BRUSSELS)).toThrow(OutsideCalendar);
    expect(
      owed(packOf({ id: 'p.b', anchor: 'awareness', period }), { anchors: { awareness: '2026-12-30T15:00:00+01:00' } }),
    ).toMatchObject([{ due: null, uncovered: { calendar: 'be', date: '2027-01-01' } }]);
  });

  it('extends clock time to so many business days, over the change to summer time by the clock', () => {
    const period = { ...hours(72), businessDays: { days: 2, holidays } };
    expect(dueAfter('2026-04-03T10:00:00+02:00', period, BRUSSELS)).toBe('2026-04-09T00:00:00+02:00');
    expect(dueAfter('2026-03-28T12:00:00+01:00', hours(72), BRUSSELS)).toBe('2026-03-31T13:00:00+02:00');
    expect(dueAfter('2028-01-31T12:00:00+01:00', { kind: 'months', months: 1 }, BRUSSELS)).toBe(
      '2028-03-01T00:00:00+01:00',
    );
  });
});

describe('at least k of n', () => {
  const parts = ['a', 'b', 'c'].map((fact) => ({ fact, is: true }));
  const truth = (facts: Record<string, boolean>) =>
    evaluate(
      { atLeastOf: 2, of: parts },
      circumstances({
        ...{
          definitions: new Map(),
          operatorKinds: [],
          operator: 'other',
          facts,
          flags: {},
          readings: {},
          settled: {},
        },
        now: undefined,
      }),
    );
  it('is decided once k are met or too few can be', () => {
    expect(truth({ a: true, b: true })).toEqual({ truth: 'yes', because: ['a', 'b'] });
    expect(truth({ a: true })).toEqual({ truth: 'maybe', because: ['b', 'c'] });
    expect(truth({ a: false, b: false }).truth).toBe('no');
  });
});

it('business days end at the hour the law names', () => {
  const period = { kind: 'business_days' as const, days: 4, holidays: { off: [], worked: [] }, at: '17:30' };
  expect(dueAfter('2026-03-02T09:00:00-05:00', period, 'America/New_York')).toBe('2026-03-06T17:30:00-05:00');
  // The clocks change on the night before the last day.
  expect(dueAfter('2026-03-04T23:00:00-05:00', period, 'America/New_York')).toBe('2026-03-10T17:30:00-04:00');
});

it('a law begins with the day of its own zone, east and west of that of the base law', () => {
  const rule = (zone: string) => packOf({ id: 'p.a', anchor: 'awareness', period: hours(1), zone, from: '2026-09-11' });
  const late = { anchors: { awareness: '2026-09-10T23:00:00+02:00' } };
  expect(owed(rule(BRUSSELS), late)).toEqual([]);
  expect(owed(rule('Australia/Sydney'), late)).toHaveLength(1);
  expect(owed(rule(BRUSSELS), { anchors: { awareness: '2026-09-11T00:00:00+02:00' } })).toHaveLength(1);
  expect(owed(rule('Australia/Sydney'), { anchors: { awareness: '2026-09-10T13:59:00Z' } })).toEqual([]);
});

it('an unknown start gives the limit at the latest, and never one later than what is known', () => {
  const parts = [
    { anchor: 'classification', period: hours(4) },
    { anchor: 'awareness', period: hours(24) },
  ];
  const pack = packOf({ id: 'p.a', anchor: 'classification', period: { kind: 'earliest_of', of: parts } });
  const at = (notAfter: string) => owed(pack, { anchors: { awareness }, notAfter: { classification: notAfter } })[0];
  expect(at('2026-03-04T12:00:00+01:00')).toMatchObject({ due: null, latestDue: '2026-03-04T16:00:00+01:00' });
  expect(at('2026-03-05T12:00:00+01:00')).toMatchObject({ due: '2026-03-05T10:00:00+01:00' });
  expect(at('2026-03-05T12:00:00+01:00')).not.toHaveProperty('latestDue');
  const since = packOf({ id: 'p.b', anchor: 'occurrence', period: hours(2) });
  expect(owed(since, { anchors: { awareness } })).toMatchObject([
    { due: null, latestDue: '2026-03-04T12:00:00+01:00' },
  ]);
  expect(owed(since, { anchors: { awareness, occurrence: '2026-03-04T01:00:00+01:00' } })).toMatchObject([
    { due: '2026-03-04T03:00:00+01:00' },
  ]);
});
