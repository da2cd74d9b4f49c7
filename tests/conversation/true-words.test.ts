import { describe, expect, it } from 'vitest';
import { latestStartLine } from '../../src/conversation/asking/answer-confirmations.ts';
import { optionsIn, typedForms } from '../../src/conversation/asking/named-options.ts';
import { viewOf } from '../../src/conversation/cards/card-views.ts';
import { localise } from '../../src/conversation/cards/localise.ts';
import { saidLine } from '../../src/conversation/record/command-confirmations.ts';
import { LANGUAGES } from '../../src/incident/identity.ts';
import { documentLines } from '../../src/report/paper.ts';
import { company, read, regime, Story } from './story.ts';

const MEASURES = 'art7.2.measures';
const START = '2026-03-31T09:20:00+08:00';

/** An incident known since 09:20 and told of some minutes later; whether a CII is involved is open unless answered. */
function toldAfter(minutes: number, isOperatorKnown: boolean): Story {
  const story = new Story(START).wait(minutes).do({ type: 'declare', title: '支付系统疑似用户数据泄露' });
  if (isOperatorKnown) story.do({ type: 'answer', fact: 'operator', value: 'other' });
  return story.do({ type: 'add_awareness', source: 'alert', at: START, reachedUs: true });
}

describe('the short line on awareness', () => {
  const AFTER = Array.from({ length: 20 }, (_, n) => n * 30);
  it.each(AFTER)('says that a deadline has passed exactly if it has: %i minutes after', (minutes) => {
    for (const isOperatorKnown of [false, true]) {
      const line = latestStartLine(toldAfter(minutes, isOperatorKnown).situation);
      const [en, zh] = LANGUAGES.map((language) => (line ? localise(line, language) : ''));
      const late = minutes > (isOperatorKnown ? 240 : 60);
      expect(`${late} ${/已逾期/.test(zh ?? '')} ${/has passed/.test(en ?? '')}`).toBe(`${late} ${late} ${late}`);
      expect(/须.*前报送$/.test(zh ?? '')).toBe(!late);
    }
  });
});

describe('words without a confirmed wording', () => {
  const written = () =>
    new Story(START, company)
      .do({ type: 'declare', title: '支付系统疑似用户数据泄露' })
      .do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 })
      .do({ type: 'fill_field', field: MEASURES, value: { state: 'known', text: '已隔离' } })
      .do({ type: 'compile_draft', report: 'initial', cannotDetermine: [] });

  it('are left blank in the report, never said to be verified', () => {
    const document = written().situation.state.drafts.at(-1)?.text?.document;
    if (!document) throw new Error('no text');
    const text = documentLines(document).join('\n');
    expect(text).toMatch(/已采取的措施：＿+/);
    expect(text).not.toMatch(/已采取的措施：正在核实/);
  });

  it('are named with the draft that does not have them', () => {
    const line = saidLine(written().situation, { type: 'compile_draft', report: 'initial', cannotDetermine: [] });
    expect(line && localise(line, 'zh-CN')).toMatch(
      /首报第1稿已生成，缺漏\d+处。1处文字待确认，尚未写入：请先确认文字。/,
    );
    expect(line && localise(line, 'en')).toMatch(/1 wording is not confirmed and not in it yet: confirm it first\./);
  });
});

describe('a provisional duty', () => {
  const rows = (story: Story, language: 'en' | 'zh-CN') => {
    const { state, ia } = story.situation;
    const card = viewOf({ view: 'why', args: { incident: state.id } }, { state, ia, regime });
    return card ? read(card, language).filter((line) => /\d\d:\d\d前：向|^Report to .*by \d\d:\d\d/.test(line)) : [];
  };

  it('needs both the level and the kind of operator while both are open', () => {
    const story = toldAfter(0, false);
    expect(rows(story, 'zh-CN')).toEqual([
      '10:20前：向保护工作部门报告（如属较大以上且涉及关基）',
      '10:20前：向公安机关报告（如属较大以上且涉及关基）',
      '13:20前：向属地省级网信部门报告（如属较大以上且不涉及关基）',
    ]);
    expect(rows(story, 'en')[0]).toBe(
      'Report to the protection department (保护工作部门), by 10:20, if the level is 较大 (Major, 2 of 4) or above and CII is involved',
    );
  });

  it('needs only what is still open', () => {
    expect(rows(toldAfter(0, true), 'zh-CN')).toEqual(['13:20前：向属地省级网信部门报告（如属较大以上）']);
    const reached = toldAfter(0, false).do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
    expect(rows(reached, 'zh-CN').at(-1)).toBe('13:20前：向属地省级网信部门报告（如不涉及关基）');
  });
});

it('every type of incident is understood without the word for its kind', () => {
  const labels = regime.types.flatMap(({ types, name }) => [name.zh, ...types.map((type) => type.name.zh)]);
  const ending = labels.filter((label) => /.{2}事件$/.test(label));
  expect(ending.length).toBeGreaterThan(5);
  const options = [...new Set(labels)].map((label) => ({ value: label, isAlone: false, labels: typedForms(label) }));
  for (const label of ending) {
    expect(optionsIn(label.replace(/(?:网络安全)?事件$/, ''), options)?.map(({ value }) => value)).toContain(label);
  }
});
