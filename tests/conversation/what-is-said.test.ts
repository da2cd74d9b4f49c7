import { beforeEach, describe, expect, it } from 'vitest';
import { viewOf } from '../../src/conversation/cards/card-views.ts';
import { localise, localiseCard } from '../../src/conversation/cards/localise.ts';
import { statusCard } from '../../src/conversation/cards/status-card.ts';
import { openPoints } from '../../src/conversation/collecting/gap-blocks.ts';
import { tasksCard } from '../../src/conversation/collecting/tasks.ts';
import { timelineLine } from '../../src/conversation/commands.ts';
import { awarenessOf } from '../../src/conversation/meaning/times.ts';
import { saidLine } from '../../src/conversation/record/command-confirmations.ts';
import { refusalCard } from '../../src/conversation/record/refusals.ts';
import { company, read, regime, Story } from './story.ts';

const at = '2026-03-31T01:20:00.000Z';
let story: Story;
beforeEach(() => {
  story = new Story('2026-03-31T09:42:00+08:00', company).do({ type: 'declare', title: '支付系统疑似用户数据泄露' });
  story.do({ type: 'answer', fact: 'system', value: 'shop' });
  story.do({ type: 'answer', fact: 'affected', value: ['personal_info', 'loss'] });
  story.do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
});
const view = (name: string, language: 'en' | 'zh-CN'): readonly string[] => {
  const { state, ia } = story.situation;
  const card = viewOf({ view: name, args: { incident: state.id } }, { state, ia, regime });
  return card ? read(card, language) : [];
};

describe('the source of awareness', () => {
  it.each([
    ['alert', 'alert', undefined],
    ['own alert', 'alert', 'own alert'],
    ['our SIEM alerted', 'alert', 'our SIEM alerted'],
    ['运维告警', 'alert', '运维告警'],
    ['告警邮件', 'alert', '告警邮件'],
    ['邮件', 'mail', undefined],
    ['call', 'call', undefined],
    ['a call from a supplier', 'supplier', 'a call from a supplier'],
    ['供应商来电', 'supplier', '供应商来电'],
    ['客服接到投诉', 'customer', '客服接到投诉'],
    ['接到网信办电话', 'authority', '接到网信办电话'],
    ['值班同事发现', 'other', '值班同事发现'],
    ['', 'other', undefined],
  ])('“%s” is %s', (words, source, description) => {
    expect(awarenessOf(at, words)).toMatchObject({ source, reachedUs: true });
    expect(awarenessOf(at, words).description).toBe(description);
  });
});

it('open rows are counted as open, whatever they are', () => {
  story.do({ type: 'decide_level', level: 'major' });
  const card = localiseCard(tasksCard(story.situation), 'zh-CN');
  const open = card.blocks.filter((block) => block.kind === 'row' && block.mark !== 'done').length;
  expect(open).toBeGreaterThan(0);
  expect(card.summary).toBe(`待办${open}项，已完成0项`);
});

it.each([
  ['major', undefined, 'Level confirmed: 较大 (Major, 2 of 4), as the thresholds give', '定级：较大，与标准一致'],
  ['major', '见群', undefined, '定级：较大，与标准一致。理由：见群'],
  ['significant', '见群', undefined, '定级：重大（按标准为较大）。理由：见群'],
] as const)('a level of the thresholds is named once: %s, %s', (level, reason, en, zh) => {
  story.do({ type: 'decide_level', level, ...(reason === undefined ? {} : { reason }) });
  const event = story.events.findLast(({ type }) => type === 'level_decided');
  const line = (language: 'en' | 'zh-CN') => event && localise(timelineLine(story.situation, event), language);
  expect(line('zh-CN')).toBe(zh);
  if (en !== undefined) expect(line('en')).toBe(en);
});

it('a level that no person confirmed is said to be unconfirmed', () => {
  const level = (language: 'en' | 'zh-CN') =>
    read(statusCard(story.situation), language).find((line) => /Level:|级别：/.test(line));
  expect(level('zh-CN')).toContain('级别：较大（待确认）');
  expect(level('en')).toContain('not confirmed');
  story.do({ type: 'decide_level', level: 'major' });
  expect(level('zh-CN')).not.toContain('待确认');
});

it('whoever asks for the list sees every gap', () => {
  story.do({ type: 'decide_level', level: 'major' });
  expect(view('checklist', 'zh-CN').join('\n')).not.toMatch(/另有\d+处/);
  const [, told = ''] = /缺漏(\d+)处：/.exec(view('checklist', 'zh-CN').join('\n')) ?? [];
  const points = openPoints(story.situation).gaps.length;
  expect(points).toBeGreaterThan(4);
  expect(Number(told)).toBe(points);
});

it('the refusal to close names each open duty once', () => {
  story.do({ type: 'decide_level', level: 'major' });
  const refusal = story.try({ type: 'close', reason: 'done' });
  if (!refusal) throw new Error('closed');
  const lines = read(refusalCard(refusal, story.situation), 'zh-CN');
  expect(lines.filter((line) => line.includes('向上海市网信办报告'))).toHaveLength(1);
});

it('an answer that does not decide the level is not said to be its cause', () => {
  const answer = { type: 'answer', fact: 'direct_loss_cny', value: 3_000_000 } as const;
  story.do(answer);
  const line = saidLine(story.situation, answer);
  expect(line && localise(line, 'en')).toMatch(/^Recorded: .*3 million.*Still at least 较大 /);
  const people = saidLine(story.situation, { type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  expect(people && localise(people, 'en')).toContain('→ at least 较大 ');
});

it('an account whose name nobody knows is not called by its id', () => {
  const person = {
    actor: 'p9',
    name: 'u00liwei001',
    account: { platform: 'slack', tenant: 'T1', id: 'U00LIWEI001' },
    person: null,
    roles: [],
    language: null,
  };
  const joined = { type: 'person_joined', payload: { ...person, unnamed: true } } as const;
  expect(localise(timelineLine(story.situation, joined), 'en')).toBe('a Slack account without a known name joined');
  const { state, ...rest } = story.situation;
  const known = { ...rest, state: { ...state, people: { ...state.people, p9: { ...person, name: 'Li Wei' } } } };
  const named = {
    type: 'person_named',
    payload: { actor: 'p9', name: 'Li Wei', was: 'u00liwei001', language: null },
  } as const;
  expect(localise(timelineLine(known, named), 'zh-CN')).toBe('Slack账号的姓名已确认：Li Wei');
});
