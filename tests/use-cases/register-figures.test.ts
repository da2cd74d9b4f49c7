import { expect, test } from 'vitest';
import type { RegisterDuty, RegisterRow } from '../../src/use-cases/register.ts';
import { clocksOf } from '../../src/use-cases/register-clocks.ts';
import { figuresOf } from '../../src/use-cases/register-figures.ts';

const duty = (more: Partial<RegisterDuty>): RegisterDuty => ({
  id: 'cac.art4.other',
  content: 'initial_report',
  form: 'first',
  what: 'First report',
  to: 'CAC',
  due: '2026-03-31T13:42:00+08:00',
  provisional: false,
  status: 'running',
  filedAt: null,
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

const NOW = Date.parse('2026-03-31T10:00:00+08:00');
const at = (hours: number): string => new Date(NOW + hours * 3_600_000).toISOString();
const owing = (id: string, due: string | null, more: Partial<RegisterDuty> = {}, of: Partial<RegisterRow> = {}) =>
  row(id, { duties: [duty({ due, ...more })], ...of });

test.each<[string, RegisterRow, number]>([
  ['due within a day', owing('a', at(24)), 1],
  ['due later', owing('a', at(24.01)), 0],
  ['overdue', owing('a', at(-3)), 1],
  ['without a time', owing('a', null), 0],
  ['filed', owing('a', at(1), { status: 'met', filedAt: at(-1) }), 0],
  ['void', owing('a', at(1), { status: 'void' }), 0],
  ['of a drill', owing('a', at(1), {}, { drill: true }), 0],
  ['of a closed incident', owing('a', at(1), {}, { phase: 'closed' }), 0],
  ['of an incident of which only the head is seen', owing('a', at(1), {}, { phase: null, title: null }), 1],
])('a clock %s', (_, one, n) => {
  expect(clocksOf([one], NOW).line).toHaveLength(n);
});

test('clocks are in the order in which they end, recipients of one deadline as one, twelve at most', () => {
  const many = Array.from({ length: 14 }, (_, nth) => owing(`i${nth}`, at(14 - nth)));
  const { line, more } = clocksOf(
    [...many, row('two', { duties: [duty({ due: at(0.5) }), duty({ id: 'b', due: at(0.5), to: 'Police' })] })],
    NOW,
  );
  expect(line.map(({ id }) => id).slice(0, 3)).toEqual(['two', 'i13', 'i12']);
  expect(line[0]?.to).toBe('CAC + Police');
  expect([line.length, more]).toEqual([12, 3]);
});

test('summary reports of the next 30 days, the last of them until 24:00', () => {
  const final = { form: 'final', content: 'summary_report' } as const;
  const rows = [
    owing('late', at(31 * 24 + 1), final),
    owing('b', at(31 * 24), final),
    owing('a', at(50), final),
    owing('c', at(60)),
  ];
  expect(clocksOf(rows, NOW).summaries).toEqual([
    { id: 'a', title: 'a', due: at(50), lead: 'Li' },
    { id: 'b', title: 'b', due: at(31 * 24), lead: 'Li' },
  ]);
});
