import { describe, expect, it } from 'vitest';
import { localise } from '../../src/conversation/cards/localise.ts';
import { levelText, reportText } from '../../src/conversation/cards/situation.ts';
import { hasVerdict, verdictTitle } from '../../src/conversation/level/verdict.ts';
import { levelWords } from '../../src/conversation/text/commands/command-arguments.ts';
import { parseCommand } from '../../src/conversation/text/commands/commands.ts';
import type { Regime } from '../../src/law/regime.ts';
import { RegimeError } from '../../src/regimes/faults.ts';
import { level, people, smallRegime } from '../regimes/small-regime.ts';
import { Case, minutes, START } from './bench-incident.ts';

const two = () =>
  smallRegime({
    levels: [level('minor', 'not_reported'), level('reportable', 'reported')],
    criteria: [people(1_000, 'reportable')],
  });
const five = () =>
  smallRegime({
    levels: [
      ...[level('green', 'not_reported'), level('yellow', 'not_reported'), level('reportable', 'reported')],
      ...[level('red', 'reported'), level('black', 'reported')],
    ],
    criteria: [people(10, 'yellow'), people(1_000, 'reportable'), people(5_000, 'red'), people(9_000, 'black')],
  });
const act = { instrument: 'act', article: 's 1', quote: 'The words of the Act.' };
const none = () => {
  const regime = smallRegime({
    notifiable: act,
    criteria: [people(1_000, 'notifiable')],
    obligations: [
      {
        ...{ id: 'act.alert', from: '2020-01-01', content: 'alert', anchor: 'awareness', recipient: 'authority' },
        ...{ minLevel: 'notifiable', period: { kind: 'minutes', minutes: 600 } },
        ...{ title: { zh: 'Alert', en: 'Alert' }, applies: { zh: 'Always', en: 'Always' } },
        ...{ translation: 'To be notified.', source: act },
      },
    ],
  });
  return regime;
};

interface Played {
  readonly name: string;
  readonly regime: () => Regime;
  readonly reached: string;
  readonly said: string;
}
const PLAYED: readonly Played[] = [
  { name: 'two levels', regime: two, reached: 'reportable', said: 'reportable (Reportable)' },
  { name: 'five levels', regime: five, reached: 'reportable', said: 'reportable (Reportable, 3 of 5)' },
  { name: 'no levels', regime: none, reached: 'notifiable', said: '须报告 (Notifiable)' },
];

describe.each(PLAYED)('a regime of $name', ({ regime: make, reached, said }) => {
  const declared = (): Case => {
    const c = new Case(null, make());
    c.must('li', { type: 'declare', title: 'Outage' });
    return c;
  };
  const situation = (c: Case) => ({ state: c.current, ia: c.assess(), regime: c.assess().regime });

  it('is open at first: the duty is only possible, and its clock runs', () => {
    const { level: now, clocks, phase } = declared().assess();
    expect(now).toBe('undetermined');
    expect(clocks.map(({ id, provisional, dueMinutes }) => [id, provisional, dueMinutes])).toEqual([
      ['act.alert', true, 600],
    ]);
    expect(phase).toBe('classifying');
  });

  it('comes from the facts to a verdict and a certain duty, then to what follows a filing', () => {
    const c = declared();
    c.must('li', { type: 'answer', fact: 'affected_people', value: 1_200 });
    const { level: now, clocks } = c.assess();
    expect([now, clocks[0]?.provisional]).toEqual([reached, false]);
    expect(hasVerdict(situation(c))).toBe(true);
    expect(localise(verdictTitle(situation(c)), 'en')).toContain(said);
    expect(localise(levelText(c.law, reached), 'en')).toBe(said);
    const ofOther = c.do('li', { type: 'decide_level', regime: 'cn-cac-2025', level: reached });
    expect(ofOther, 'of another law').toMatchObject({ refusal: { code: 'invalid', field: 'regime' } });
    c.must('li', { type: 'decide_level', regime: 'test-act', level: reached });
    expect(c.assess().phase).toBe('reporting');
    const at = new Date(START + minutes(5)).toISOString();
    c.now = START + minutes(6);
    const written = c.do('li', { type: 'compile_draft', report: 'initial', cannotDetermine: [] });
    expect(written, 'a report of another regime').toMatchObject({ refusal: { code: 'invalid', field: 'report' } });
    c.must('li', { type: 'compile_draft', report: 'alert', cannotDetermine: [] });
    expect(c.current.drafts[0]).toMatchObject({ role: 'first', text: { twin: { title: 'Alert' } } });
    expect(localise(reportText(c.law, 'alert'), 'en')).toBe('Alert');
    c.must('li', { type: 'record_filing', obligation: 'act.alert', channel: 'mail', at });
    expect(c.current.filings[0]?.form).toBe('first');
    expect(c.assess().phase).toBe('handling');
    const ended = new Date(START + minutes(6)).toISOString();
    c.must('li', { type: 'end_handling', at: ended, reason: 'restored' });
    expect(c.current.handlingEnded?.regime).toBe('test-act');
  });

  it('below its figure nothing is reported only once a person decides so', () => {
    const c = declared();
    c.byTwo('li', 'wang', { type: 'answer', fact: 'affected_people', value: 5 });
    const { floor } = c.assess().assessment;
    expect(c.assess().clocks).toEqual([]);
    c.must('li', { type: 'decide_level', level: floor, reason: 'counted' });
    expect(c.assess().phase).toBe('handling');
  });

  it('refuses a level of another regime, and reads its own in chat', () => {
    const c = declared();
    const refused = c.do('li', { type: 'decide_level', level: 'significant', reason: 'x' });
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'invalid', field: 'level' } });
    const word = c.law.levels.find(({ id }) => id === reached)?.short.zh ?? '';
    expect(parseCommand(`确认 ${word}`, { levels: levelWords(c.law) })).toEqual({
      type: 'confirm_level',
      level: reached,
    });
  });
});

it('a level between that need not be reported needs a reason while more is possible', () => {
  const c = new Case(null, five());
  c.must('li', { type: 'declare', title: 'Outage' });
  c.must('li', { type: 'answer', fact: 'affected_people', value: { min: 20, max: 2_000 } });
  const { floor, ceiling, level: now } = c.assess().assessment;
  expect([floor, ceiling, now]).toEqual(['yellow', 'reportable', 'undetermined']);
  expect(c.do('li', { type: 'decide_level', level: 'yellow' })).toMatchObject({ refusal: { code: 'needs_reason' } });
});

describe('what does not fit is refused', () => {
  const fault = (more: Readonly<Record<string, unknown>>): string => {
    try {
      smallRegime(more);
      return '';
    } catch (error) {
      if (!(error instanceof RegimeError)) throw error;
      return error.faults.map(({ reason }) => reason).join('; ');
    }
  };
  const levels = [level('minor', 'not_reported'), level('reportable', 'reported')];
  const criteria = [people(1, 'reportable')];

  it.each([
    ['reported below not reported', { levels: levels.toReversed(), criteria }, /not_reported first, then reported/],
    ['a criterion of the lowest level', { levels, criteria: [people(1, 'minor')] }, /the lowest level needs no/],
    ['an unknown level', { levels, criteria: [people(1, 'huge')] }, /unknown name huge/],
    ['no first report', { levels, criteria, contents: [] }, /./],
    ['an unknown anchor', { levels, criteria, lawOf: 'birthday' }, /unknown name birthday/],
  ])('%s', (_, more, reason) => {
    expect(fault(more)).toMatch(reason);
  });
});
