import { expect, it } from 'vitest';
import { formatStep, isOfClock, isSameStep, parseStep, seriesOf } from '../../src/incident/steps.ts';

/** Steps as the record keeps them, with what each is one of. */
const KEPT = {
  half: 'clock',
  quarter: 'clock',
  m60: 'clock',
  d7: 'clock',
  due: 'clock',
  late15: 'clock',
  late1440: 'clock',
  review: 'review',
  'crossing:site_outage_minutes:major': 'crossing:site_outage_minutes:major',
  'approval:0': 'approval',
  'approval:3': 'approval',
  'follow:35': 'follow',
  'task:t1': 'task:t1',
};

it.each(Object.entries(KEPT))('%s is read, written as it was, and one of %s', (text, series) => {
  const step = parseStep(text);
  expect(formatStep(step)).toBe(text);
  expect(seriesOf(step)).toBe(series);
  expect(isOfClock(step)).toBe(series === 'clock');
});

it('steps are the same when they are kept as the same', () => {
  expect(isSameStep(parseStep('m60'), { kind: 'before', minutes: 60 })).toBe(true);
  expect(isSameStep(parseStep('m60'), { kind: 'late', minutes: 60 })).toBe(false);
});

it.each([
  ['m60', { kind: 'before', minutes: 60 }],
  ['d7', { kind: 'days_before', days: 7 }],
  ['late120', { kind: 'late', minutes: 120 }],
  ['crossing:users:major', { kind: 'crossing', fact: 'users', level: 'major' }],
  ['approval:2', { kind: 'approval', round: 2 }],
  ['task:t9', { kind: 'task', task: 't9' }],
])('%s has its parts', (text, step) => expect(parseStep(text)).toEqual(step));
