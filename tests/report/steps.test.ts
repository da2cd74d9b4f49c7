import { expect, it } from 'vitest';
import { medianMinutes, STEPS, stepMinutes } from '../../src/report/drills/score.ts';
import { type Case, leakCase, minutes } from './cases.ts';

const at = (clock: string): string => `2026-03-31T${clock}:00+08:00`;

function filed(): Case {
  const it = leakCase();
  const then = (clock: string) => {
    it.now = Date.parse(at(clock));
  };
  it.now = Date.parse(at('10:00'));
  it.must('li-wei', { type: 'confirm_awareness', candidate: 'a2', reason: 'read the alert' });
  then('10:20');
  it.must('li-wei', { type: 'decide_level', level: 'major', reason: 'counted' });
  then('11:00');
  it.must('li-wei', { type: 'compile_draft', report: 'initial', cannotDetermine: ['cause', 'trend'] });
  then('12:30');
  it.must('zhao-min', {
    type: 'record_filing',
    obligation: 'cac.art4.other',
    at: at('12:00'),
    channel: 'hotline_12387',
    noReceipt: 'by phone',
  });
  return it;
}

it('minutes are counted from the first word that reached the company, step by step, to the time of the sending', () => {
  const it = filed();
  const steps = stepMinutes(it.current, it.events);
  expect(steps.map(({ step }) => step)).toEqual([...STEPS]);
  expect(steps.map(({ minutes: took }) => took)).toEqual([null, 22, 18, 20, 40, null, 60]);
  expect(steps[0]?.at).toBe(new Date(at('09:20')).toISOString());
  // Their sum is the whole time: nothing is counted twice, and nothing is lost.
  const sum = steps.reduce((total, one) => total + (one.minutes ?? 0), 0);
  expect(minutes(sum)).toBe(Date.parse(at('12:00')) - Date.parse(at('09:20')));
});

it('a step that came before an earlier one took no time, and what a supplier knew is no first word', () => {
  const it = leakCase();
  it.must('li-wei', { type: 'add_awareness', at: at('08:00'), source: 'supplier', reachedUs: false });
  it.must('li-wei', { type: 'compile_draft', report: 'initial', cannotDetermine: ['cause', 'trend'] });
  it.now += minutes(10);
  it.must('li-wei', { type: 'decide_level', level: 'major', reason: 'counted' });
  const took = Object.fromEntries(stepMinutes(it.current, it.events).map(({ step, minutes: n }) => [step, n]));
  expect(took).toMatchObject({ first_word: null, declared: 22, level: 213, draft: 0 });
});

it('the median of drills is that of the steps they reached', () => {
  const drill = (...after: (number | null)[]) => ({
    stages: (['awareness', 'level', 'draft', 'approval', 'filing'] as const).map((stage, index) => ({
      stage,
      minutes: after[index] ?? null,
    })),
  });
  const medians = medianMinutes([drill(5, 15, 40, 50, 60), drill(10, 30, 31), drill(8, 50)]);
  expect(medians).toEqual({ awareness: 8, level: 20, draft: 1, approval: 10, filing: 10 });
  expect(medianMinutes([])).toEqual({});
});
