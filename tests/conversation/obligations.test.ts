import { beforeEach, describe, expect, it } from 'vitest';
import { localise } from '../../src/conversation/cards/localise.ts';
import { dutyRows, owedCard } from '../../src/conversation/filing/obligations.ts';
import { formOf, parseForm } from '../../src/conversation/forms/form-kinds.ts';
import { meant } from '../../src/conversation/meaning/command-meaning.ts';
import { parseCommand } from '../../src/conversation/text/commands/commands.ts';
import { MAIN_ROOM, read, Story } from './story.ts';

let story: Story;
beforeEach(() => {
  story = new Story('2026-03-31T09:42:00+08:00')
    .do({ type: 'declare', title: '支付系统疑似用户数据泄露' })
    .do({ type: 'answer', fact: 'operator', value: 'other' })
    .do({ type: 'answer', fact: 'affected', value: ['personal_info'] })
    .do({ type: 'answer', fact: 'personal_info_compromise', value: ['leaked_or_stolen'] })
    .do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 })
    .do({ type: 'answer', fact: 'suspected_crime', value: true })
    .do({ type: 'decide_level', level: 'major' });
});
const file = (obligation: string): void => {
  const channel = obligation.startsWith('cac.') ? 'web_12387' : 'own_contact';
  story.do({ type: 'record_filing', obligation, channel, at: story.situation.ia.now });
};
const rows = (language: 'en' | 'zh-CN') => read(owedCard(story.situation), language).slice(3);

describe('what we owe', () => {
  it('is a row for each duty below its recipient: what, until when, by whom, what became of it, with its buttons', () => {
    expect(rows('en').slice(0, 2)).toEqual([
      'the provincial cyberspace administration of the locality',
      'First report · by 13:42 · unassigned · not filed yet · 国家网络安全事件报告管理办法 第四条第四款第一句 [Write first report…] [Record the filing…] [Assign…]',
    ]);
    expect(rows('zh-CN')).toContain(
      '通知个人 · 立即 · 待认领 · 尚未报送 · 个人信息保护法 第五十七条第一款 [起草通知…] [登记报送…] [无须履行…] [指派…]',
    );
  });

  it('says that everything is filed only if that is true of every row', () => {
    file('cac.art4.other');
    story.do({ type: 'end_handling', at: story.situation.ia.now, reason: 'over' });
    story.wait(1);
    file('cac.art8.other');
    expect(read(owedCard(story.situation), 'en')[1]).toMatch(/^\d+ duties of \d+ still open\.$/);
    for (const { duty, mark } of dutyRows(story.situation))
      if (mark !== 'done') {
        story.wait(1);
        file(duty.id);
      }
    expect(dutyRows(story.situation).every(({ mark }) => mark === 'done')).toBe(true);
    expect(read(owedCard(story.situation), 'en')[1]).toBe(
      'Everything that was owed is filed or decided not to be owed.',
    );
    expect(read(owedCard(story.situation), 'zh-CN')[1]).toBe('应报事项均已报送，或已决定无须履行。');
  });

  it('names who decided that a duty is not owed, and why', () => {
    story.do({ type: 'not_owed', obligation: 'pipl.art57.individuals', reason: '数据已加密' });
    story.do({ type: 'second', proposal: 'p1', agree: true }, 'Zhao Min');
    const row = rows('zh-CN').find((one) => one.includes('无须履行（'));
    expect(row).toMatch(/^通知个人 · 受影响的个人和用户 · 立即 · 无须履行（Li Wei.*Zhao Min.*）：数据已加密 · /);
    expect(row).toContain('[撤回决定]');
  });

  it('gives a duty an owner, who stands in its row, and says so in the words of the duty', () => {
    const ref = { form: 'assign', args: { incident: story.situation.state.id, item: 'pipl.art57.individuals' } };
    const { state, ia, regime } = story.situation;
    const context = { state, ia, regime, now: ia.now };
    expect(formOf(ref, { state, ia, regime, now: ia.now })?.title).toEqual(
      expect.objectContaining({ key: 'form.assign.title' }),
    );
    const parsed = parseForm(ref, { person: state.lead }, context);
    if ('errors' in parsed) throw new Error(JSON.stringify(parsed.errors));
    for (const command of parsed.commands) story.do(command);
    expect(rows('zh-CN')).toContainEqual(expect.stringMatching(/^通知个人 · 立即 · Li Wei · 尚未报送/));
    expect(() => story.do({ type: 'take_item', item: 'no.such.duty' })).toThrow('unknown_item');
  });

  it.each(['what do we owe', 'obligations', '还要报什么', '应报事项'])('opens at the words %s', (line) => {
    const command = parseCommand(line, { fields: [] });
    const reader = { situation: story.situation, room: MAIN_ROOM, me: null, quoted: null };
    expect(meant(command, reader)).toMatchObject({ kind: 'view', ref: { view: 'owed' } });
  });

  it('gives the same rows to the page', () => {
    const [first] = dutyRows(story.situation);
    expect(first && [localise(first.what, 'zh-CN'), localise(first.due, 'zh-CN'), first.mark]).toEqual([
      '首报',
      '13:42前',
      'open',
    ]);
  });
});
