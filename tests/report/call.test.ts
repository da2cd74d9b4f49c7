import fc from 'fast-check';
import { expect, it } from 'vitest';
import { translate } from '../../src/i18n/translate.ts';
import type { CallTurn } from '../../src/incident/drill-call.ts';
import type { ReportDocument } from '../../src/incident/report-document.ts';
import { cueOf, fieldsIn, secondsOf } from '../../src/report/channels/call.ts';
import { soaked } from '../fakes/soak.ts';
import { type Case, leakCase, regime, reportOf } from './cases.ts';
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

/** Call played from its beginning, with a caller who reads out every answer; `said`: percentage of the fields stated. */
function playedCall(document: ReportDocument, prepared: boolean) {
  const turns: CallTurn[] = [];
  for (;;) {
    const cue = cueOf(document, regime, { turns, prepared });
    if (!cue) break;
    turns.push({ item: cue.item, asks: cue.asks, text: cue.says, said: cue.fields });
  }
  const fields = document.sections.flatMap(fieldsIn);
  const said = new Set(turns.flatMap((turn) => turn.said));
  const known = fields.filter(({ id }) => said.has(id)).length;
  return {
    turns,
    seconds: secondsOf(turns),
    said: fields.length === 0 ? 100 : Math.floor((100 * known) / fields.length),
  };
}

const scripted = [leakCase(), longCase(), ...fc.sample(cases, { numRuns: soaked(10, 300), seed: 11 })];

it.each(['zh', 'en'] as const)(
  'a second call is shorter by 30 % with 95 % of the items of Art. 7 said: %s',
  (language) => {
    for (const one of scripted) {
      const document = reportOf(one, { language });
      const [first, second] = [playedCall(document, false), playedCall(document, true)];
      expect(second.said).toBeGreaterThanOrEqual(95);
      for (const { turns } of [first, second]) {
        // No blank of the written report is read out, and the caller asks for the number when nothing else is left.
        expect(turns.filter(({ text }) => /[_＿]{2}/.test(text ?? ''))).toEqual([]);
        expect(turns.at(-1)?.text).toBe(translate(language === 'zh' ? 'zh-CN' : 'en', 'phone.ask'));
        expect(turns.filter(({ text }) => text === turns.at(-1)?.text)).toHaveLength(1);
      }
      // Nothing is left to ask for.
      expect(second.turns.filter(({ item }) => item !== null)).toEqual([]);
      expect(second.seconds / first.seconds).toBeLessThanOrEqual(0.7);
    }
  },
);

it('the officer interrupts after two lines, and asks for each item of which the script leaves something out', () => {
  const { turns, said } = playedCall(reportOf(leakCase()), false);
  expect(turns.slice(0, 4).map(({ item }) => item !== null)).toEqual([false, false, true, false]);
  // The line that was cut off is said again.
  expect(turns[3]?.text).toBe(turns[1]?.text);
  const asked = turns.flatMap(({ item }) => item ?? []);
  expect(new Set(asked).size).toBe(asked.length);
  const answered = turns.flatMap(({ item, said: fields }) => (item === null ? [] : fields));
  expect(answered).toEqual(expect.arrayContaining(['art7.3', 'art7.4', 'art7.6']));
  expect(said).toBe(100);
  const open = turns.find(({ item, said: fields }) => item !== null && fields.includes('art7.6'));
  expect(open?.text).toContain('尚待核实');
});
