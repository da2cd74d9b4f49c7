import { expect, it } from 'vitest';
import { GROUP, person } from '../delivery/rooms-house.ts';
import { Conversation } from './conversation.ts';

const at = { room: GROUP };
const WRITTEN = ['地点：上海市浦东新区', '措施：已隔离两台服务器', '效果：异常外传已停止', '影响：约120万名用户'];

async function written(): Promise<Conversation> {
  const talk = await Conversation.start();
  await talk.rooms.declare('会员数据泄露', GROUP);
  await talk.say(WRITTEN.join('\n'), at);
  await talk.say('原因：SQL injection', at);
  return talk;
}

const wordings = async (talk: Conversation) =>
  Object.entries((await talk.state()).fields).flatMap(([id, { wording }]) =>
    wording ? [[id, wording.text] as const] : [],
  );

it('what was written in Chinese goes into the report by one button, word for word; what is not Chinese does not', async () => {
  const talk = await written();
  const asked = await talk.view('checklist', talk.rooms.incident, at);
  expect(asked.buttons).toContain('按原文写入（4处）');
  expect(await wordings(talk)).toEqual([]);
  const said = await talk.press(asked, '按原文写入', at);
  expect(said.text).toContain('4处');
  expect(new Map(await wordings(talk)).size).toBe(4);
  for (const [, text] of await wordings(talk)) expect(WRITTEN.some((row) => row.endsWith(text ?? '-'))).toBe(true);
});

it('a draft says what was written and is not in it, and one button puts it in and drafts again', async () => {
  const talk = await written();
  await talk.rooms.must({ type: 'compile_draft', report: 'initial', cannotDetermine: [] }, person('li', GROUP));
  const draft = await talk.view('draft', talk.rooms.incident, at);
  expect(draft.text).toContain('有4条新填内容尚未写入本稿');
  await talk.press(draft, '写入并重新出稿', at);
  const { drafts } = await talk.state();
  expect(drafts).toHaveLength(2);
  expect(JSON.stringify(drafts.at(-1)?.text)).toContain('已隔离两台服务器');
  expect((await talk.view('draft', talk.rooms.incident, at)).text).not.toContain('尚未写入本稿');
});

it.each(['就这么写', '没问题，就这么写', '全部确认', '按原文写入报送稿', 'as written'])(
  'is meant by %s',
  async (line) => {
    const talk = await written();
    await talk.say(line, at);
    expect(await wordings(talk)).toHaveLength(4);
  },
);
