import { afterEach, expect, it } from 'vitest';
import { ManualClock } from '../../../fakes/clock.ts';
import { wordsOf } from '../../../fakes/wecom/bot-chats.ts';
import { BotServer } from '../../../fakes/wecom/bot-server.ts';
import { deskOf } from './desk.ts';
import { CHEN, LI, type Rig, startRig } from './rig.ts';
import { acted } from './waits.ts';

let rig: Rig;
let clock: ManualClock;
afterEach(() => rig.stop());

const { say, tap, state } = deskOf(() => ({ rig, clock }));
const notes = async () => (await state()).notes.map(({ text }) => text);
const field = async (id: string) => {
  const { current } = (await state()).fields[id] ?? {};
  return current ? { state: current.state, text: current.text } : undefined;
};

async function declared(): Promise<void> {
  clock = new ManualClock('2026-03-02T09:40:00+08:00');
  rig = await startRig({ clock, server: new BotServer({ now: () => clock.now() }) });
  await say('新建事件 支付系统疑似用户数据泄露');
}
/** The question that is open asks whether it may be a crime. */
async function verdict(): Promise<void> {
  await declared();
  for (const answer of ['否', '09:30 运维告警', '1', '1']) await say(answer);
  expect(await say('120万')).toContain('是否涉嫌违法犯罪');
}

it('in a group the mention is no part of what is filled in', async () => {
  await declared();
  await say('否');
  await say('补充信息');
  await say('供应商的存储桶曾被公开访问');
  expect(await notes()).toEqual(['供应商的存储桶曾被公开访问']);
  await say('新建事件');
  expect(await say('官网首页被篡改')).toContain('官网首页被篡改');
  expect((await rig.store.incident('INC-2026-0002'))?.title).toBe('官网首页被篡改');
});

it('a form that a line in a group asks for is sent to its author, and ended by a word in either place', async () => {
  await declared();
  const alone = async (text: string): Promise<string> =>
    (await acted(rig, clock, () => void rig.server.say(LI, text, {}), LI)).map(wordsOf).join('\n');
  await say('否');
  await alone('你好');
  expect(await say('补充信息')).toBe('');
  expect(await alone('供应商的存储桶曾被公开访问')).toContain('已记录');
  expect(await notes()).toEqual(['供应商的存储桶曾被公开访问']);
  await say('补充信息');
  await say('算了');
  await alone('商城的后台口令已全部更换完毕');
  expect(await notes()).toHaveLength(1);
  // The incident belongs to the room in which somebody asked for it.
  expect(await say('新建事件')).toContain('用一句话概括事件');
  await say('官网首页被篡改');
  const [room] = Object.values((await rig.store.incident('INC-2026-0002'))?.rooms ?? {});
  expect(room?.address).toBe(Object.values((await state()).rooms)[0]?.address);
});

it('in a group the first line of several counts, a name assigns and a level is one', async () => {
  await verdict();
  await say('填写 4');
  expect(await say('原因初步分析：口令泄露')).toContain('口令泄露');
  await say('其他级别');
  expect(await say('级别：重大\n理由：预计影响扩大')).toContain('已定级：重大');
  await say('记录 来了', CHEN);
  await say('清单');
  await tap('指派…');
  expect(await say('chenyu')).toContain('chenyu');
  const { owners, people } = await state();
  expect(Object.values(owners).map(({ owner }) => owner && people[owner]?.name)).toEqual(['chenyu']);
});

it('the lines of a form mean the same when they come back, and nothing more', async () => {
  await declared();
  const offered = await say('填写 3');
  const lines = offered.split('\n');
  expect(lines).toContain('事态发展趋势：');
  expect(lines).toContain('例：已得到控制，暂未发现扩散');
  expect(offered).not.toContain('确定程度');
  const before = (await state()).version;
  expect(await say(offered)).toContain('没有改动');
  expect((await state()).version).toBe(before);
  await say('填写 3');
  await say(offered.replace('事态发展趋势：', '事态发展趋势：仍在扩散（估算）'));
  expect(await field('art7.3.trend')).toEqual({ state: 'estimate', text: '仍在扩散' });
  const again = await say('填写 3');
  expect(again).toContain('事态发展趋势：仍在扩散（估算）');
  await say(again.replace('可能造成的进一步影响和危害：', '可能造成的进一步影响和危害：尚未查明'));
  expect(await field('art7.3.trend')).toEqual({ state: 'estimate', text: '仍在扩散' });
  expect(await field('art7.3.further_impact')).toMatchObject({ state: 'unknown' });
});

it('a label that another one begins with is still itself', async () => {
  await declared();
  await say('填写 2');
  await say('发现时间：2026年3月2日09时40分\n地点：上海机房\n地点：确定程度：1');
  expect(await field('art7.2.discovery_time')).toEqual({ state: 'known', text: '2026年3月2日09时40分' });
  expect(await field('art7.2.place')).toEqual({ state: 'estimate', text: '上海机房' });
});

it('a form left open takes no answer that is meant for a question', async () => {
  await verdict();
  await say('补充信息');
  // The number of an option is no note, whatever was asked first.
  await say('1');
  expect((await state()).facts['suspected_crime']?.value).toBe(false);
  expect(await notes()).toEqual([]);
  // The next question came after the form: a figure is for it, words are still what was to be added.
  await say('不清楚');
  expect(await notes()).toEqual([]);
  await say('供应商的存储桶曾被公开访问');
  expect(await notes()).toEqual(['供应商的存储桶曾被公开访问']);
});

it('the first report takes rows, a province by its name and “none”; after another command a number is none', async () => {
  await verdict();
  await say('清单');
  const form = await tap('填写首报');
  expect(form).toContain('地点：');
  expect(form).not.toContain('天津');
  await say('更多');
  await say('1');
  expect((await state()).drafts).toEqual([]);
  await say('清单');
  await tap('填写首报');
  await say('无法判定的项目很多');
  expect((await state()).drafts).toEqual([]);
  await say('地点：上海机房\n省份：上海\n无法判定：无');
  expect((await state()).facts['suspected_crime']?.value).not.toBe(true);
  expect((await state()).facts['province']?.value).toBe('shanghai');
  expect((await state()).drafts).toMatchObject([{ cannotDetermine: [] }]);
});
