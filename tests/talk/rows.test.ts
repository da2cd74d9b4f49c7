import { expect, it } from 'vitest';
import { GROUP, person } from '../delivery/rooms-house.ts';
import { Conversation, type Heard } from './conversation.ts';

const at = { room: GROUP };
const CHEN = { ...at, who: { ...person('chen', GROUP), name: '陈宇' } };

async function fresh(): Promise<Conversation> {
  const talk = await Conversation.start();
  await talk.rooms.declare('支付系统疑似用户数据泄露', GROUP);
  return talk;
}

it('several rows of one message fill several fields, and every one is read back', async () => {
  const talk = await fresh();
  const said = await talk.say(
    '地点：上海市浦东新区张江机房\n影响：约120万名用户的姓名、手机号泄露\n措施：已隔离两台服务器\n效果：异常外传已停止',
    at,
  );
  expect(await talk.field('art7.2.place')).toBe('上海市浦东新区张江机房');
  expect(await talk.field('art7.2.impact')).toBe('约120万名用户的姓名、手机号泄露');
  expect(await talk.field('art7.2.measures')).toBe('已隔离两台服务器');
  expect(await talk.field('art7.2.effect')).toBe('异常外传已停止');
  for (const words of [
    '“地点”：上海市',
    '“已造成的影响和危害”：约120万',
    '“已采取的措施”：已隔离',
    '“措施的效果”：异常',
  ])
    expect(said.text).toContain(words);
});

it.each([
  ['2 地点：上海\n影响：约130万名\n措施：断网', { place: '上海', impact: '约130万名', measures: '断网' }],
  ['第2项 地点：上海\n第2项 措施：断网', { place: '上海', measures: '断网' }],
  ['修改 2 措施：已断网\n修改 2 效果：已停止', { measures: '已断网', effect: '已停止' }],
  ['记录 措施：已断网\n效果：已停止', { measures: '已断网', effect: '已停止' }],
  ['影响：甲；措施：乙', { impact: '甲', measures: '乙' }],
  ['影响：甲；另有乙；措施：丙', { impact: '甲；另有乙', measures: '丙' }],
  ['措施：\n1. 断网\n2. 改口令\n\n地点：上海', { measures: '1. 断网\n2. 改口令', place: '上海' }],
  ['impact: 1.2 million users\nmeasures: cut off', { impact: '1.2 million users', measures: 'cut off' }],
] as const)('reads %s row by row', async (text, fields) => {
  const talk = await fresh();
  await talk.say(text, at);
  for (const [name, words] of Object.entries(fields)) expect(await talk.field(`art7.2.${name}`), name).toBe(words);
});

it('rows of a form answer no question about a time', async () => {
  const talk = await fresh();
  await talk.say('obligation: 1\nchannel: 1\nfiled at: 1 minute ago\nreceipt: 2026-0331-17', at);
  const { facts, candidates } = await talk.rooms.state();
  expect(Object.keys(facts)).toEqual([]);
  expect(candidates).toHaveLength(1);
});

it('an item number in front counts for its own row only', async () => {
  const talk = await fresh();
  await talk.say('修改 2 措施：已断网\n3 趋势：可能继续扩散', at);
  expect(await talk.field('art7.2.measures')).toBe('已断网');
  expect(await talk.field('art7.3.trend')).toBe('可能继续扩散');
});

it('a row without a known name is asked back: never added to the field above, never dropped', async () => {
  const talk = await fresh();
  const unknown = await talk.say('地点：上海\n未知项：甲', at);
  expect(await talk.field('art7.2.place')).toBe('上海');
  expect(unknown.text).toContain('“未知项：甲”没有对应的栏目，内容尚未记录');
  expect(unknown.buttons).toEqual(['确认文字…', '接在“地点”后面', '记为备注']);
  const leading = await talk.say('情况如下\n影响：约120万名用户', at);
  expect(leading.text).toContain('“情况如下”没有对应的栏目');
  await talk.press(leading, '记为备注', at);
  expect((await talk.state()).notes.map(({ text }) => text)).toEqual(['情况如下']);
  const longer = await talk.say('措施：断网\n改了口令', at);
  expect(await talk.field('art7.2.measures')).toBe('断网');
  await talk.press(longer, '接在', at);
  expect(await talk.field('art7.2.measures')).toBe('断网\n改了口令');
});

it('a name that may mean two fields is asked back beside what was recorded', async () => {
  const talk = await fresh();
  const said = await talk.say('地点：上海\n时间：昨晚11点', at);
  expect(await talk.field('art7.2.place')).toBe('上海');
  expect(said.buttons).toEqual(['确认文字…', '发现时间', '发生时间']);
  await talk.press(said, '发生时间', at);
  expect(await talk.field('art7.2.occurrence_time')).toMatch(/日23时00分$/);
});

it('a row whose time cannot be is asked back alone; the others are recorded', async () => {
  const talk = await fresh();
  const said = await talk.say('地点：上海\n发生时间：明天下午5点', at);
  expect(await talk.field('art7.2.place')).toBe('上海');
  expect(await talk.field('art7.2.occurrence_time')).toBeUndefined();
  expect(said.text).toContain('明天下午5点');
});

it('what somebody else wrote is replaced visibly and can be restored', async () => {
  const talk = await fresh();
  await talk.say('影响：约5万名客户资料外泄', CHEN);
  const replaced = await talk.say('影响：未造成实际影响', at);
  expect(replaced.text).toContain('已替换陈宇');
  expect(replaced.text).toContain('约5万名客户资料外泄');
  await talk.press(replaced, '恢复', at);
  expect(await talk.field('art7.2.impact')).toBe('约5万名客户资料外泄');
  const own = await talk.say('影响：约6万名客户资料外泄', CHEN);
  expect(own.buttons).toEqual(['确认文字…']);
  const deleted = await talk.say('删除 2 影响', at);
  expect(deleted.text).toContain('约6万名客户资料外泄');
  await talk.say('恢复', CHEN);
  expect(await talk.field('art7.2.impact')).toBe('约6万名客户资料外泄');
});

it('ordinary words get no card, and a hint proposes nothing that decides', async () => {
  const talk = await fresh();
  for (const words of ['收到', '谢谢', '好的', 'ok thanks'])
    expect((await talk.say(words, at)).answers, words).toEqual([]);
  const hints: Heard[] = [];
  for (const words of ['已经结束，10点到10点半都这样', '人数这块再确认下', '谁来负责这个事情', 'clsoe it'])
    hints.push(await talk.say(words, at));
  for (const { text } of hints) expect(text).not.toMatch(/您是想说/);
  expect((await talk.say('列标', at)).buttons).toContain('列表');
  const secret = await talk.say('系统涉密，怎么办', at);
  expect(secret.text).toContain('时限照常计算');
  expect(secret.buttons).not.toContain('记为备注');
  expect((await talk.state()).stopped).toBeNull();
});

it('an answer of somebody else is replaced visibly as well', async () => {
  const talk = await fresh();
  for (const words of ['否', '09:20 运维告警', '1', '个人信息']) await talk.say(words, at);
  await talk.say('120万', CHEN);
  const replaced = await talk.say('修改 人数：80万', at);
  expect(replaced.text).toContain('已替换陈宇');
  expect(replaced.text).toContain('120万');
  await talk.press(replaced, '恢复', at);
  expect((await talk.state()).facts['personal_info_people']?.value).toBe(1_200_000);
});
