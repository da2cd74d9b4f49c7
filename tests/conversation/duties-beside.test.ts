import { beforeEach, describe, expect, it } from 'vitest';
import { listCard } from '../../src/conversation/cards/card-views.ts';
import { clockBlock, headline, standing } from '../../src/conversation/cards/headline.ts';
import { localise, localiseCard } from '../../src/conversation/cards/localise.ts';
import { statusCard } from '../../src/conversation/cards/status-card.ts';
import { reminderCard } from '../../src/conversation/reminding/reminders.ts';
import { parseStep } from '../../src/incident/steps.ts';
import { company, read, regime, Story } from './story.ts';

let story: Story;
beforeEach(() => {
  story = new Story('2026-03-31T09:42:00+08:00', company).do({ type: 'declare', title: '支付系统疑似用户数据泄露' });
  story.do({ type: 'answer', fact: 'system', value: 'shop' });
  story.do({ type: 'answer', fact: 'affected', value: ['personal_info'] });
  story.do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  story.do({ type: 'answer', fact: 'suspected_crime', value: true });
  story.do({ type: 'decide_level', level: 'major' });
});

const at = (time: string): void => {
  story.now = Date.parse(time);
};
const filed = (): void => {
  at('2026-03-31T13:21:00+08:00');
  const now = new Date(story.now).toISOString();
  story.do({ type: 'record_filing', obligation: 'cac.art4.other', channel: 'web_12387', at: now }, 'Zhao Min');
};
const ended = (): void => {
  filed();
  at('2026-03-31T15:00:00+08:00');
  story.do({ type: 'end_handling', at: new Date(story.now).toISOString(), reason: 'restored' });
};
const clock = (language: 'en' | 'zh-CN'): string => {
  const block = clockBlock(story.situation);
  return 'text' in block ? localise(block.text, language) : '';
};

describe('the police deadline', () => {
  it('comes first once the first report is filed, with its own time left', () => {
    filed();
    at('2026-04-01T09:30:00+08:00');
    expect(clock('zh-CN')).toMatch(/^报案：09:42前报公安机关 · 余12分钟（截至09:30） · 首报已于3月31日13:21报送/);
    expect(clock('en')).toMatch(
      /^Police report \(报案\) to the police \(公安机关\) by 09:42 · 12 min left · as of 09:30 · First report filed/,
    );
    expect(clockBlock(story.situation)).toMatchObject({
      kind: 'clock',
      tone: 'urgent',
      due: '2026-04-01T09:42:00+08:00',
    });
  });

  it('is not hidden behind the 30 days of the summary report', () => {
    ended();
    at('2026-04-01T09:30:00+08:00');
    expect(clock('en')).toContain('12 min left');
    expect(localise(headline(story.situation), 'zh-CN')).toMatch(/^报案：09:42前报公安机关 · .*总结报告/);
    const lines = read(statusCard(story.situation), 'zh-CN');
    expect(lines.filter((line) => line.includes('报案'))).toHaveLength(3);
  });

  it('says by how much it is overdue', () => {
    ended();
    at('2026-04-01T10:00:00+08:00');
    expect(clock('en')).toContain('18 min overdue (due 09:42)');
    expect(clock('zh-CN')).toContain('应于09:42前报公安机关，尚未报送，已逾期18分钟，请立即报送');
  });

  it('reminds with the ways to meet it and the time left', () => {
    filed();
    at('2026-04-01T09:12:00+08:00');
    const { ia } = story.situation;
    const due = ia.clocks.find(({ content }) => content === 'crime_report')?.due ?? '';
    const obligations = ia.clocks.filter((one) => one.due === due).map(({ id }) => id);
    const card = reminderCard(story.situation, { step: parseStep('m30'), dueAt: ia.now, obligations }, null);
    const { title, summary, blocks } = localiseCard(card, 'zh-CN');
    expect(title).toBe('INC-2026-0007 · 余30分钟');
    expect(summary).not.toContain('、');
    expect(summary).toContain('支付系统疑似用户数据泄露');
    const labels = blocks.flatMap((block) => (block.kind === 'actions' ? block.actions.map(({ label }) => label) : []));
    expect(labels[0]).toBe('起草通知…');
    expect(labels).toContain('登记报送…');
  });
});

it('the next deadline is one to come, or is said to be over', () => {
  at('2026-03-31T13:00:00+08:00');
  expect(localise(standing(story.situation), 'en')).toContain('next deadline 13:42');
  filed();
  at('2026-04-01T09:43:00+08:00');
  expect(localise(standing(story.situation), 'en')).toMatch(/ · deadline 09:42 has passed$/);
  expect(localise(standing(story.situation), 'zh-CN')).toMatch(/已逾期（时限09:42）$/);
});

it('a row of an overdue incident is marked red', () => {
  const row = { id: 'INC-2026-0007', title: '泄露', drill: false, level: 'major', nextDue: '2026-03-31T05:42:00.000Z' };
  const card = listCard({ rows: [row], more: 0, elsewhere: 0 }, regime, Date.parse('2026-03-31T14:00:00+08:00'));
  expect(card.blocks[0]).toMatchObject({ kind: 'row', mark: 'urgent' });
});
