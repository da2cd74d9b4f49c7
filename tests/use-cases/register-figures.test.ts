import { expect, test } from 'vitest';
import { type RegisterDuty, type RegisterRow, registerTable } from '../../src/use-cases/register.ts';
import { figuresOf } from './figures-model.ts';

const duty = (more: Partial<RegisterDuty>): RegisterDuty => ({
  id: 'cac.art4.other',
  content: 'initial_report',
  form: 'first',
  what: 'First report',
  to: 'CAC',
  due: '2026-03-31T13:42:00+08:00',
  provisional: false,
  latest: false,
  status: 'running',
  filedAt: null,
  unconfirmed: false,
  receipt: null,
  ...more,
});
const row = (id: string, more: Partial<RegisterRow>): RegisterRow => ({
  id,
  drill: false,
  recordedAfterwards: null,
  title: id,
  phase: 'reporting',
  level: 'major',
  levelName: '较大 (Major, 2 of 4)',
  levelDecided: true,
  lead: 'Li',
  entity: null,
  system: null,
  declaredAt: '2026-03-31T09:44:00+08:00',
  awareAt: '2026-03-31T09:42:00+08:00',
  awarenessConfirmed: true,
  verdictAt: null,
  draftedAt: null,
  nextDue: null,
  overdue: 0,
  handlingEndedAt: null,
  closedAt: null,
  duties: [],
  ...more,
});

test('shares and medians count from awareness, by month in Beijing', () => {
  const rows = [
    row('a', {
      verdictAt: '2026-03-31T10:02:00+08:00',
      draftedAt: '2026-03-31T10:42:00+08:00',
      duties: [duty({ status: 'met', filedAt: '2026-03-31T11:42:00+08:00' })],
    }),
    // Declared on 31 March in UTC, on 1 April in Beijing.
    row('b', {
      level: 'significant',
      declaredAt: '2026-03-31T16:30:00Z',
      awareAt: '2026-03-31T16:00:00Z',
      verdictAt: '2026-03-31T16:40:00Z',
      duties: [
        duty({ status: 'late', filedAt: '2026-03-31T22:00:00Z' }),
        duty({ id: 'police', content: 'crime_report', form: null, status: 'met', filedAt: '2026-03-31T16:10:00Z' }),
      ],
    }),
    row('c', {
      level: null,
      declaredAt: null,
      awareAt: null,
      duties: [duty({}), duty({ status: 'late', provisional: true })],
    }),
  ];
  const { months, ...all } = figuresOf(rows);
  expect(all).toEqual({
    incidents: 3,
    recordedAfterwards: 0,
    levels: { major: 1, significant: 1, undetermined: 1 },
    due: 2,
    inTime: 1,
    verdict: 30,
    draft: 60,
    filing: 240,
  });
  expect(months.map(({ month, incidents, due, inTime, filing }) => [month, incidents, due, inTime, filing])).toEqual([
    ['2026-03', 1, 1, 1, 120],
    ['2026-04', 1, 1, 0, 360],
  ]);
});

test('nothing has no figures', () => {
  expect(figuresOf([])).toEqual({
    ...{
      incidents: 0,
      recordedAfterwards: 0,
      levels: {},
      due: 0,
      inTime: 0,
      verdict: null,
      draft: null,
      filing: null,
      months: [],
    },
  });
});

test('the table marks a time that nobody confirmed, and says midnight as 24:00', () => {
  const filing = duty({ status: 'late', filedAt: '2026-03-31T12:30:00+08:00', unconfirmed: true });
  const table = registerTable([row('a', { nextDue: '2026-04-01T00:00:00+08:00', duties: [filing] })], 'zh-CN');
  expect(table).toContain('"2026-03-31 13:42","2026-03-31 12:30（待复核）"');
  expect(table).toContain('"2026-03-31 24:00"');
  expect(figuresOf([row('a', { duties: [filing] })])).toMatchObject({ due: 1, inTime: 0, filing: null });
});
