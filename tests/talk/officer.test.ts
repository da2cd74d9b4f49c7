import { expect, it } from 'vitest';
import { BERLIN, GROUP, MINUTE, OPS, person } from '../delivery/rooms-house.ts';
import { Conversation, type Heard } from './conversation.ts';

/** A drill in a group and a practised call in it. */
async function dialled(line: string, room = GROUP): Promise<{ talk: Conversation; heard: Heard }> {
  const talk = await Conversation.start();
  await talk.say(room.language === 'en' ? 'drill Member data leak' : '演练 会员数据泄露', { room });
  talk.rooms.incident = 'DRILL-2026-0001';
  return { talk, heard: await talk.say(line, { room }) };
}
const calls = async (talk: Conversation) => (await talk.state()).calls;

it.each([
  ['拨打12387', GROUP, '照此念出', /12387：“(.*)”/],
  ['call 12387', OPS, 'Read it out', /12387: “(.*)”/],
] as const)(
  'a call by taps after "%s": questions one at a time, a receipt, the result',
  async (line, room, read, officer) => {
    const { talk, heard } = await dialled(line, room);
    expect(heard.text).toMatch(officer);
    expect(heard.buttons).toContain(read);
    let last = heard;
    const questions: string[] = [];
    for (let n = 0; n < 40 && last.buttons.includes(read); n++) {
      last = await talk.press(last, read, { room });
      questions.push(officer.exec(last.text)?.[1] ?? '');
    }
    const [call, second] = await calls(talk);
    expect(second).toBeUndefined();
    expect(call?.ended?.left).toEqual([]);
    expect(last.text).toContain(call?.ended?.receipt ?? 'none');
    const asked = questions.filter((text) => /(?:说一下|need this from you|First tell me)/.test(text));
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.length).toBeGreaterThan(2);
  },
);

it('takes answers by line from the caller alone; what another person writes is no answer', async () => {
  const { talk } = await dialled('拨打12387');
  const said = async () => (await calls(talk))[0]?.turns.map(({ text }) => text);
  await talk.say('我们是某某公司，数据库被拖库了', { room: GROUP });
  expect(await said()).toEqual(['我们是某某公司，数据库被拖库了']);
  await talk.say('我这边在查日志', { room: GROUP, who: person('wang', GROUP) });
  expect(await said()).toHaveLength(1);
  await talk.say('对', { room: GROUP });
  const heard = await talk.say('不清楚', { room: GROUP });
  expect(await said()).toHaveLength(3);
  expect(heard.buttons).toContain('挂断');
  // Commands remain commands.
  const status = await talk.say('状态', { room: GROUP });
  expect(status.buttons).not.toContain('挂断');
  await talk.say('挂断', { room: GROUP });
  expect((await calls(talk))[0]?.ended).toMatchObject({ receipt: null });
  // With the call over a line is what it always was.
  await talk.say('影响：约120万名用户', { room: GROUP });
  expect(await said()).toHaveLength(3);
});

it('the officer calls back with a request that has its own clock, told to the room', async () => {
  const { talk, heard } = await dialled('拨打12387');
  let last = heard;
  for (let n = 0; n < 40 && last.buttons.includes('照此念出'); n++)
    last = await talk.press(last, '照此念出', { room: GROUP });
  await talk.rooms.pass(16 * MINUTE);
  const { requests } = await talk.state();
  expect(requests).toMatchObject([{ from: '12387值班员（演练）' }]);
  expect(talk.rooms.two.messages.filter(({ body }) => body.includes('12387值班员（演练）'))).not.toEqual([]);
  // The score names the answer that is owed, not only who asked for it.
  expect((await talk.say('演练成绩', { room: GROUP })).text).toContain('答复12387值班员（演练）的要求：未完成');
});

it.each([
  ['演练 first-steps', '演练成绩', GROUP, '未确定级别，应为较大'],
  ['drill first-steps', 'drill score', OPS, 'No level confirmed; the answer is 较大 (Major, 2 of 4).'],
] as const)('the score after "%s" says that no level was decided', async (line, asked, room, said) => {
  const talk = await Conversation.start();
  await talk.say(line, { room });
  talk.rooms.incident = 'DRILL-2026-0001';
  expect((await talk.say(asked, { room })).text).toContain(said);
});

it('words of the report are not read out in a room abroad before they are released', async () => {
  const { talk } = await dialled('status', OPS);
  await talk.say('Measures: isolated two servers', { room: OPS });
  await talk.rooms.must({ type: 'add_room', room: BERLIN }, person('li', OPS));
  const heard = await talk.say('call 12387', { room: BERLIN, about: talk.rooms.incident });
  expect(heard.text).not.toContain('isolated two servers');
  expect(heard.buttons).not.toContain('Read it out');
  expect(JSON.stringify(talk.rooms.one.messages.filter(({ address }) => address === BERLIN.address))).not.toContain(
    'isolated two servers',
  );
});

it('a real incident has no officer: the words open the phone script', async () => {
  const talk = await Conversation.start();
  await talk.rooms.declare('会员数据泄露', GROUP);
  const heard = await talk.say('拨打12387', { room: GROUP });
  expect(heard.text).toContain('电话报告稿');
  expect(heard.buttons.join()).not.toMatch(/演练/);
  expect(await calls(talk)).toEqual([]);
});
