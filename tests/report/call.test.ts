import fc from 'fast-check';
import { expect, it } from 'vitest';
import { scriptCard } from '../../src/conversation/filing/send-cards.ts';
import { firstCall, preparedCall } from '../../src/report/channels/call.ts';
import { scenariosOf } from '../fakes/law.ts';
import { soaked } from '../fakes/soak.ts';
import { Case, company, leakCase, regime, reportOf } from './cases.ts';
import { cases } from './random-cases.ts';

// @module-tag grows

/** Everything filled in at length. */
function longCase(): Case {
  const it = leakCase();
  const words = '已于当日完成核查并形成书面记录，涉及的系统、账号和数据范围均已逐项登记，后续进展另行补充说明；';
  for (const { id } of regime.items.flatMap(({ fields }) => fields)) {
    it.do('chen-yu', {
      type: 'fill_field',
      field: id,
      value: { state: 'known', text: words.repeat(3) },
      wording: words.repeat(3),
    });
  }
  return it;
}

const scripted = [leakCase(), longCase(), ...fc.sample(cases, { numRuns: soaked(30, 300), seed: 11 })];

it.each(['zh', 'en'] as const)(
  'a second call is shorter by 30 % with 95 % of the items of Art. 7 said: %s',
  (language) => {
    for (const one of scripted) {
      const document = reportOf(one, { language });
      const [first, second] = [firstCall(document, regime), preparedCall(document, regime)];
      expect(second.said).toBeGreaterThanOrEqual(95);
      expect(second.asked).toEqual([]);
      expect(second.seconds / first.seconds).toBeLessThanOrEqual(0.7);
    }
  },
);

it('the officer interrupts after two lines, and asks for everything that the script leaves out', () => {
  const document = reportOf(leakCase());
  const { turns, asked, said } = firstCall(document, regime);
  expect(turns.slice(0, 5).map(({ who }) => who)).toEqual(['caller', 'caller', 'officer', 'caller', 'caller']);
  // The line that was cut off is said again.
  expect(turns[4]?.text).toBe(turns[1]?.text);
  expect(turns.filter(({ who }) => who === 'officer')).toHaveLength(asked.length);
  expect(asked).toEqual(expect.arrayContaining(['art7.3', 'art7.4', 'art7.6']));
  expect(said).toBe(100);
  const open = turns.find(({ who, field }) => who === 'caller' && field === 'art7.6');
  expect(open?.text).toContain('尚待核实');
});

it('the dialogue stands on the phone script of a drill with an officer, the second script after a filing; nowhere else', () => {
  const shown = (it: Case) => JSON.stringify(scriptCard({ state: it.current, ia: it.assess(), regime }));
  const drill = (scenario: string) => {
    const it = new Case(company);
    it.scenarios = scenariosOf();
    it.must('li-wei', { type: 'declare', title: 'x', drill: true, speed: 1, scenario });
    return it;
  };
  expect(shown(leakCase())).not.toContain('call.play');
  expect(shown(drill('ransomware-cii'))).not.toContain('call.play');
  const it = drill('no-chat');
  it.must('li-wei', { type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  it.must('li-wei', { type: 'answer', fact: 'personal_info_compromise', value: ['leaked_or_stolen'] });
  expect(shown(it)).toContain('call.play');
  expect(shown(it)).not.toContain('call.second');
  it.must('li-wei', { type: 'answer', fact: 'operator', value: 'other' });
  it.must('li-wei', { type: 'decide_level', level: 'major', reason: 'counted' });
  it.must('li-wei', { type: 'compile_draft', report: 'initial', cannotDetermine: [] });
  it.must('zhao-min', { type: 'practise_filing', obligation: 'cac.art4.other', channel: 'hotline_12387' });
  expect(shown(it)).toContain('call.second');
});
