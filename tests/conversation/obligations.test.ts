import { beforeEach, describe, expect, it } from 'vitest';
import { localise } from '../../src/conversation/cards/localise.ts';
import { statusCard } from '../../src/conversation/cards/status-card.ts';
import { correctedCard } from '../../src/conversation/filing/changes-since-filing.ts';
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
      'the provincial cyberspace administration',
      'First report · by 13:42 · unassigned · not filed yet · 《国家网络安全事件报告管理办法》第四条第四款第一句 [Draft first report…] [Record the filing…] [Assign…]',
    ]);
    expect(rows('zh-CN')).toContain(
      '通知个人 · 立即 · 待认领 · 尚未报送 · 《个人信息保护法》第五十七条第一款 [起草通知…] [登记报送…] [无须履行…] [指派…]',
    );
  });

  it('has the title of the law, which stays in Chinese, apart from what a row says', () => {
    file('cac.art4.other');
    for (const { what, recipient, due, owner, state, marks, rule } of dutyRows(story.situation)) {
      const row = [what, recipient, due, owner, state, ...marks].map((text) => localise(text, 'en')).join(' · ');
      expect(row).not.toMatch(/第.+条/);
      expect(rule && localise(rule, 'en')).toMatch(/\p{Script=Han}.*第.+条/u);
    }
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
    expect(read(owedCard(story.situation), 'en')[1]).toBe('No duty is open: each is filed or decided as not required.');
    expect(read(owedCard(story.situation), 'zh-CN')[1]).toBe('应报事项均已报送，或已决定无须履行。');
  });

  it('has rows for reports of news, with owner and buttons, and says meanwhile nowhere that nothing is left', () => {
    const said = (language: 'en' | 'zh-CN') => read(owedCard(story.situation), language).join('\n');
    story.do({ type: 'compile_draft', report: 'initial', cannotDetermine: [] });
    expect(said('zh-CN')).not.toMatch(/^(?:续报|补报)/m);
    expect(() => story.do({ type: 'take_item', item: 'report.update' })).toThrow('unknown_item');
    const at = story.situation.ia.now;
    story.do({ type: 'record_filing', obligation: 'cac.art4.other', channel: 'web_12387', at, draft: 1 }).wait(5);
    expect(said('zh-CN')).toMatch(/^补报 · 及时 · 待认领 · 尚未报送 \[起草补报\] \[无须履行…\] \[指派…\]$/m);
    expect(said('zh-CN')).not.toMatch(/^续报/m);
    story.do({ type: 'answer', fact: 'personal_info_people', value: 9_000_000 });
    story.do({ type: 'take_item', item: 'report.update' }, 'Chen Yu');
    expect(said('zh-CN')).toMatch(/^续报 · 及时 · Chen Yu · 尚未报送 \[起草续报\]/m);
    expect(said('en')).toMatch(/^follow-up \(续报\) · promptly.* · Chen Yu · not filed yet/m);
    for (const { duty, mark } of dutyRows(story.situation))
      if (mark !== 'done') {
        story.wait(1);
        file(duty.id);
      }
    expect(said('en')).toMatch(/^\d duties of \d+ still open\.$/m);
    const status = read(statusCard(story.situation), 'zh-CN').join();
    expect(status).toContain('请及时续报');
    expect(status).not.toContain('无待补报内容');
  });

  it('says that a later filing is late once the one to another office is taken back', () => {
    story.wait(230);
    const filing = { type: 'record_filing', obligation: 'cac.art4.other', channel: 'web_12387' } as const;
    story.do({ ...filing, at: story.situation.ia.now, to: '浦东新区网信办' }).wait(30);
    story.do({ ...filing, at: story.situation.ia.now });
    const [wrong] = story.situation.state.filings;
    const version = wrong?.version ?? 0;
    story.do({ type: 'correct_filing', filing: version, mistaken: '送错', sentTo: '浦东新区网信办' });
    const said = read(correctedCard(story.situation, version), 'zh-CN').join('\n');
    expect(said).toContain('浦东新区网信办');
    expect(said).toContain('现以14:02的报送为准：逾期20分钟。');
    expect(rows('zh-CN').join('\n')).toContain('已于14:02报送（逾期）');
  });

  it('asks for a correction where the level fell after it was reported', () => {
    story.do({ type: 'compile_draft', report: 'initial', cannotDetermine: [] });
    const at = story.situation.ia.now;
    story.do({ type: 'record_filing', obligation: 'cac.art4.other', channel: 'web_12387', at, draft: 1 }).wait(5);
    story.do({ type: 'answer', fact: 'personal_info_people', value: 900 });
    story.do({ type: 'decide_level', level: 'general', reason: '人数下调' });
    for (const { id, settled } of story.situation.state.proposals)
      if (settled === null) story.do({ type: 'second', proposal: id, agree: true }, 'Zhao Min');
    expect(read(owedCard(story.situation), 'zh-CN').join('\n')).toMatch(
      /^续报或更正 · 及时 · 待认领 · 尚未报送 .*\[更正或说明…\]/m,
    );
  });

  it('names who decided that a duty is not owed, and why', () => {
    story.do({ type: 'not_owed', obligation: 'pipl.art57.individuals', reason: '数据已加密' });
    story.do({ type: 'second', proposal: 'p1', agree: true }, 'Zhao Min');
    const row = rows('zh-CN').find((one) => one.includes('无须履行（'));
    expect(row).toMatch(
      /^通知个人 · 受影响的个人和用户 · 立即 · 无须履行（Li Wei（提议）、Zhao Min（复核同意））：数据已加密 · /,
    );
    expect(row).toContain('[撤回决定]');
    for (const command of [
      { type: 'answer', fact: 'personal_info_people', value: 900 },
      { type: 'decide_level', level: 'general', reason: '人数下调' },
    ] as const) {
      story.do(command);
      for (const { id, settled } of story.situation.state.proposals)
        if (settled === null) story.do({ type: 'second', proposal: id, agree: true }, 'Zhao Min');
    }
    const status = read(statusCard(story.situation), 'zh-CN').join();
    expect(status).toMatch(/Li Wei（提议）、Zhao Min（复核同意）/);
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
