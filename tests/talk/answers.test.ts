import { expect, it } from 'vitest';
import { GROUP, OPS, person } from '../delivery/rooms-house.ts';
import { Conversation } from './conversation.ts';

const at = { room: GROUP };
const CHEN = { ...at, who: { ...person('chen', GROUP), name: '陈宇' } };

/** The question that is open asks when it became known; the clock says 09:42. */
async function declared(): Promise<Conversation> {
  const talk = await Conversation.start();
  await talk.rooms.declare('支付系统疑似用户数据泄露', GROUP);
  await talk.say('否', at);
  return talk;
}

it.each([
  ['SOC saw the alert at 09:20', '09:20'],
  ['our SIEM alerted at 09:20 today', '09:20'],
  ['own alert 22 minutes ago', '09:20'],
  ['alert at 9.20', '09:20'],
  ['运维9点20收到告警', '09:20'],
  ['我们是09:20接到通报的', '09:20'],
  ['昨天运维23点10分收到告警', '23:10'],
  ['around 9:20 this morning the on-call engineer noticed', '09:20'],
])('the time may stand anywhere: %s', async (line, time) => {
  const talk = await declared();
  const said = await talk.say(line, at);
  const [, told] = (await talk.state()).candidates;
  expect(told?.instant).toContain(`T${time}`);
  expect(told?.reachedUs).toBe(true);
  expect(said.text).toContain(time);
});

it.each(['9点20之前没人知道吗？', '下午3点开会', 'version 9.20 is out', '10.20.30.40 was scanned'])(
  'is no answer: %s',
  async (line) => {
    const talk = await declared();
    await talk.say(line, at);
    expect((await talk.state()).candidates).toHaveLength(1);
  },
);

it('of two times in one sentence the one that is meant is chosen', async () => {
  const talk = await declared();
  const asked = await talk.say('监控9点20告警，人工9点30确认', at);
  expect(asked.buttons).toEqual(['9点20', '9点30']);
  await talk.press(asked, '9点20', at);
  expect((await talk.state()).candidates.at(-1)?.instant).toContain('T09:20');
});

it.each(['10点到10点半', '已经结束，8点到9点', '8点到9点结束', '从8点开始，9点结束了'])(
  'the end of what is over is read: %s',
  async (line) => {
    const talk = await declared();
    await talk.rooms.skip(2 * 3_600_000);
    for (const words of ['09:20 告警', '1', '个人信息', '120万', '否']) await talk.say(words, at);
    await talk.say(line, at);
    expect((await talk.state()).facts['ongoing']?.value).toMatchObject({
      since: expect.any(String),
      until: expect.any(String),
    });
  },
);

it('“no” to what is still going on asks when it was over, “yes” takes the start that is offered', async () => {
  const talk = await declared();
  for (const words of ['09:20 告警', '1', '个人信息', '120万', '否']) await talk.say(words, at);
  const [answer] = (await talk.say('否', at)).answers;
  expect(answer).toMatchObject({ kind: 'form', ref: { form: 'ongoing' } });
  await talk.say('是', at);
  expect((await talk.state()).facts['ongoing']?.value).toMatchObject({ since: expect.any(String) });
});

async function counted(): Promise<Conversation> {
  const talk = await declared();
  for (const words of ['09:20 告警', '1', '个人信息', '120万']) await talk.say(words, at);
  expect((await talk.state()).facts['personal_info_people']?.value).toBe(1_200_000);
  return talk;
}

it.each([
  ['改成130万', 1_300_000],
  ['人数改成130万', 1_300_000],
  ['人数应该是130万', 1_300_000],
  ['更正 130万', 1_300_000],
  ['更正：130万', 1_300_000],
  ['correction: 1.3 million', 1_300_000],
  ['不对，是130万', 1_300_000],
  ['不是120万，是130万', 1_300_000],
  ['make it 1.3 million', 1_300_000],
  ['change it to 1.3 million', 1_300_000],
])('an answer is corrected as people write it: %s', async (line, value) => {
  const talk = await counted();
  await talk.say('否', at);
  const said = await talk.say(line, at);
  expect((await talk.state()).facts['personal_info_people']?.value).toBe(value);
  expect(said.text).toContain('130');
});

it('a correction is about what its writer said last, and nobody else’s', async () => {
  const talk = await counted();
  const other = await talk.say('改成130万', CHEN);
  expect((await talk.state()).facts['personal_info_people']?.value).toBe(1_200_000);
  expect(other.buttons).toEqual(['泄露公民个人信息涉及人数：更正为130万人']);
  await talk.say('措施：断网', at);
  await talk.say('改成 断网并改口令', at);
  expect(await talk.field('art7.2.measures')).toBe('断网并改口令');
  const earlier = await talk.say('得知时间改成今天9点', at);
  expect((await talk.state()).candidates.at(-1)?.instant).toContain('T09:00');
  expect(earlier.text).not.toContain('按最早的计');
  // A later time changes nothing by itself, and the answer says so.
  const later = await talk.say('改成今天9点10分', at);
  expect(later.text).toMatch(/暂按09:00起算.*按最早的计；改用09:10须确认起算/s);
});

it.each(['撤销', '刚才说错了', 'undo'])('%s brings back what stood before, or asks', async (line) => {
  const talk = await counted();
  const asked = await talk.say(line, at);
  expect(asked.text).toContain('120万');
  expect(asked.buttons).toEqual(['更正', '泄露人数：不清楚', '不是这个']);
  await talk.say('改成80万', at);
  const named = await talk.say(line, at);
  expect((await talk.state()).facts['personal_info_people']?.value).toBe(800_000);
  await talk.press(named, '撤销', at);
  expect((await talk.state()).facts['personal_info_people']?.value).toBe(1_200_000);
});

it.each(['第二个', '第2个', 'the second one'])('an option is chosen by its place: %s', async (line) => {
  const talk = await declared();
  for (const words of ['09:20 告警', '1', '个人信息']) await talk.say(words, at);
  const before = (await talk.state()).version;
  await talk.say(line, at);
  expect((await talk.state()).facts['personal_info_people']?.value).toEqual({ min: 1_000_000, max: 9_999_999 });
  expect((await talk.state()).version).toBeGreaterThan(before);
});

it.each(['ransomware on the file server!!', '数据库被勒索了'])(
  '%s offers to open an incident with that title',
  async (line) => {
    const talk = await Conversation.start();
    const offered = await talk.say(line, { room: OPS });
    expect(offered.buttons).toHaveLength(1);
    talk.rooms.incident = '';
    const [answer] = offered.answers;
    const [block] = answer?.kind === 'card' ? answer.card.blocks : [];
    expect(block).toMatchObject({
      kind: 'actions',
      actions: [{ does: { kind: 'intent', intent: { type: 'declare', title: line.replace('!!', '') } } }],
    });
  },
);

it('the id may stand behind the command, or its number alone', async () => {
  const talk = await declared();
  await talk.rooms.declare('官网首页被篡改', GROUP);
  expect((await talk.say('状态 0001', at)).text).toContain('INC-2026-0001');
  expect((await talk.say('状态 2', at)).text).toContain('INC-2026-0002');
  const stop = await talk.say('涉密 INC-2026-0001', at);
  expect(stop.text).toContain('INC-2026-0001可能涉及国家秘密');
});

it('a title stays one line in one direction', async () => {
  const talk = await Conversation.start();
  await talk.say('新建事件 官网\u202e被黑\u0000了', at);
  talk.rooms.incident = 'INC-2026-0001';
  expect((await talk.state()).title).toBe('官网 被黑 了');
});

it.each([
  ['昨天', '3月30日00:00'],
  ['yesterday', '3月30日00:00'],
  ['3月30日', '3月30日00:00'],
  ['前天晚上', '3月29日18:00'],
])('a day alone is no instant: %s asks for the hour and offers the cautious reading', async (line, offered) => {
  const talk = await declared();
  const asked = await talk.say(line, at);
  expect((await talk.state()).candidates).toHaveLength(1);
  expect(asked.text).toContain('请写明几点');
  expect(asked.buttons).toEqual([offered]);
  await talk.press(asked, offered, at);
  expect((await talk.state()).candidates).toHaveLength(2);
});

it('each half of the day can be chosen', async () => {
  const talk = await declared();
  const asked = await talk.say('昨天9点20', at);
  expect(asked.buttons).toEqual(['3月30日21:20', '3月30日09:20']);
});

it('a figure that does not fit the open question may correct the answer it fits', async () => {
  const talk = await counted();
  await talk.say('否', at);
  const asked = await talk.say('大概一百三十万人左右', at);
  expect((await talk.state()).facts['personal_info_people']?.value).toBe(1_200_000);
  expect(asked.buttons).toContain('泄露公民个人信息涉及人数：更正为117万至143万人');
  await talk.press(asked, '泄露', at);
  expect((await talk.state()).facts['personal_info_people']?.value).toEqual({ min: 1_170_000, max: 1_430_000 });
});
