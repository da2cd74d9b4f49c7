import { expect, it } from 'vitest';
import { BERLIN, GROUP, person } from '../delivery/rooms-house.ts';
import { Conversation } from './conversation.ts';

const at = { room: GROUP };
const ME = person('li', GROUP);
const SCREEN = '告警：3月31日08:41发现数据库异常导出\n泄露个人信息120万人\nhost db-prod-01';
const PEOPLE = 'personal_info_people';

async function declared(text: string | null): Promise<Conversation> {
  const talk = await Conversation.start();
  await talk.rooms.declare('会员数据泄露', GROUP);
  talk.rooms.picture = () => text;
  return talk;
}

/** Proposals from a picture, as the one who gave it sees them. */
async function read(talk: Conversation, who = ME) {
  const { version } = await talk.state();
  const picture = { name: 'alert.png', sha256: 'a'.repeat(64), content: async () => new Uint8Array([1]) };
  const place = { kind: 'room', room: who.room ?? GROUP } as const;
  const outcome = await talk.talk.pictureReading({ caller: who, place }, talk.rooms.incident, picture);
  // Whatever stands in a picture, nothing is recorded before a press.
  expect((await talk.state()).version).toBe(version);
  return outcome && Conversation.heard(outcome.answers, GROUP);
}

it('facts in a picture are proposals with their words and a press each; the record says which picture it was', async () => {
  const talk = await declared(SCREEN);
  const found = await read(talk);
  if (!found) throw new Error('nothing was found');
  expect(found.buttons).toEqual(['记录', '记录', '记录', '将文字记为备注']);
  for (const words of ['08:41', '120万人', '数据泄露']) expect(found.text).toContain(words);
  for (const { does } of actionsIn(found)) await talk.press({ ...found, answers: [cardWith(found, does)] }, '记录', at);
  const { facts, candidates, notes } = await talk.state();
  expect(facts[PEOPLE]?.value).toBe(1_200_000);
  expect(facts[PEOPLE]?.basis).toMatch(/^由stand-in从图片“alert.png”读出：“120万人”；文件 SHA-256 a{64}$/);
  expect(candidates.at(-1)).toMatchObject({ instant: expect.stringContaining('T08:41'), reachedUs: true });
  expect(notes).toEqual([]);
  await talk.press(found, '将文字记为备注', at);
  expect((await talk.state()).notes[0]?.text).toContain(SCREEN);
});

it('text without a fact is offered as a note; what cannot be read says nothing', async () => {
  const found = await read(await declared('系统维护公告，请勿操作'));
  expect(found?.buttons).toEqual(['将文字记为备注']);
  for (const text of [null, '', 'ok']) expect(await read(await declared(text))).toBeNull();
});

it('a secret, a stop and a room abroad come first', async () => {
  const secret = await read(await declared(`${SCREEN}\n本文件涉密`));
  expect(secret?.buttons[0]).toContain('停止');
  expect(secret?.text).not.toContain('120万');
  const talk = await declared(SCREEN);
  let looked = 0;
  talk.rooms.picture = () => {
    looked += 1;
    return SCREEN;
  };
  expect(await read(talk, person('li', BERLIN))).toBeNull();
  await talk.rooms.must({ type: 'stop_state_secret' }, ME);
  expect(await read(talk)).toBeNull();
  expect(looked).toBe(0);
});

function actionsIn({ answers: [answer] }: NonNullable<Awaited<ReturnType<typeof read>>>) {
  const blocks = answer?.kind === 'card' ? answer.card.blocks : [];
  return blocks.flatMap((block) => (block.kind === 'row' ? block.actions : []));
}
/** The card with this one button. */
function cardWith(
  found: NonNullable<Awaited<ReturnType<typeof read>>>,
  does: ReturnType<typeof actionsIn>[number]['does'],
) {
  const [answer] = found.answers;
  if (answer?.kind !== 'card') throw new Error('no card');
  const blocks = answer.card.blocks.flatMap((block) =>
    block.kind === 'row' ? [{ ...block, actions: block.actions.filter((one) => one.does === does) }] : [],
  );
  return { ...answer, card: { ...answer.card, blocks } };
}
