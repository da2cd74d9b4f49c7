import { afterEach, expect, it } from 'vitest';
import { ManualClock } from '../../../fakes/clock.ts';
import { wordsOf } from '../../../fakes/wecom/bot-chats.ts';
import { BotServer } from '../../../fakes/wecom/bot-server.ts';
import { CHEN, GROUP, LI, type Rig, startRig } from './rig.ts';
import { acted } from './waits.ts';

let rig: Rig;
let clock: ManualClock;
afterEach(() => rig.stop());

async function start(): Promise<void> {
  clock = new ManualClock('2026-03-02T09:40:00+08:00');
  rig = await startRig({ clock, server: new BotServer({ now: () => clock.now() }) });
}
const say = async (text: string, user = LI, more: { readonly quote?: string } = {}): Promise<string> => {
  const act = () => void rig.server.say(user, `@计时 ${text}`, { chat: GROUP, ...more });
  return (await acted(rig, clock, act, GROUP)).map(wordsOf).join('\n');
};
const state = (id = 'INC-2026-0001') => rig.store.incident(id);

/** A verdict, and the question whether it may be a crime: [确认较大] [其他级别…] [依据] [是] [否] [不清楚]. */
async function verdict(): Promise<void> {
  await start();
  await say('新建事件 支付系统疑似用户数据泄露');
  await say('否');
  await say('09:30 运维告警');
  await say('1');
  await say('1');
  expect(await say('120万')).toContain('[确认较大]');
}

it('a bare number answers and does nothing else: not what decides the level, nor what takes the lead', async () => {
  await verdict();
  expect(await say('120万')).toContain('这句话没有记录。要记为备注吗？待回答：');
  await say('1');
  expect((await state())?.levelDecision).toBeNull();
  expect((await state())?.facts['suspected_crime']?.value).toBe(false);
  const lead = (await state())?.lead;
  await say('人员', CHEN);
  await say('1', CHEN);
  expect((await state())?.lead).toBe(lead);
});

it('a bare number below a draft neither asks for its approval nor gives it', async () => {
  await verdict();
  expect(await say('首报')).toContain('[提请审批]');
  await say('1', CHEN);
  expect((await state())?.approvals).toEqual([]);
  await say('提请审批');
  await say('1', CHEN);
  expect((await state())?.approvals.map(({ approved }) => approved)).toEqual([null]);
});

it('an entry of a menu is no question: a number below it is about the question that is open', async () => {
  await start();
  await say('新建事件 支付系统疑似用户数据泄露');
  expect(await say('更多')).toContain('中央和国家机关');
  await say('1', CHEN);
  expect((await state())?.facts['operator']?.value).toBe('other');
});

it('a bare number is about the incident that is quoted or was switched to, not about the card that came last', async () => {
  await start();
  await say('新建事件 官网首页被篡改');
  await say('新建事件 支付系统疑似用户数据泄露');
  const sources = async (id: string) => (await state(id))?.candidates.map(({ source }) => source);
  const before = await sources('INC-2026-0002');
  await say('2', CHEN, { quote: '〔INC-2026-0001〕本单位最早何时获知？' });
  expect((await sources('INC-2026-0001'))?.at(-1)).toBe('call');
  expect(await sources('INC-2026-0002')).toEqual(before);
  expect(await say('切换 INC-2026-0001')).toContain('是否涉及关键信息基础设施');
  await say('1');
  expect((await state('INC-2026-0001'))?.facts['operator']?.value).toBe('other');
  await say('1', CHEN, { quote: '〔INC-2026-0002〕本单位最早何时获知？' });
  expect((await sources('INC-2026-0002'))?.at(-1)).toBe('alert');
  expect((await state('INC-2026-0002'))?.facts['operator']).toBeUndefined();
});
