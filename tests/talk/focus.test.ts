import { expect, it } from 'vitest';
import { z } from 'zod';
import { roomId } from '../../src/incident/identity.ts';
import { createLogger } from '../../src/ops/logger.ts';
import { inFocus, keepAsked } from '../../src/talk/focus.ts';
import { createServiceParts } from '../../src/talk/service.ts';
import type { IncidentRow } from '../../src/use-cases/ports.ts';
import { explaining } from '../../src/wiring/explain.ts';
import { GROUP, person } from '../delivery/rooms-house.ts';
import { Conversation } from './conversation.ts';

const at = { room: GROUP };
const CHEN = { ...at, who: { ...person('chen', GROUP), name: '陈宇' } };

/** INC-2026-0001 of li and INC-2026-0002 of chen in one group; both ask when it became known. */
async function two(): Promise<Conversation> {
  const talk = await Conversation.start();
  for (const [words, by] of [
    ['新建事件 支付系统疑似用户数据泄露', at],
    ['否', at],
    ['新建事件 官网首页被篡改', CHEN],
    ['否 INC-2026-0002', CHEN],
  ] as const)
    await talk.say(words, by);
  talk.rooms.incident = 'INC-2026-0001';
  return talk;
}
const candidates = async (talk: Conversation, id: string) => (await talk.rooms.store.incident(id))?.candidates.length;

it('an answer goes to the incident whose question was asked last in the conversation', async () => {
  const talk = await two();
  await talk.view('question', 'INC-2026-0001', at);
  await talk.say('昨晚10点 客服接到投诉', at);
  expect(await candidates(talk, 'INC-2026-0001')).toBe(2);
  expect(await candidates(talk, 'INC-2026-0002')).toBe(1);
});

it('two open questions are told apart by two buttons', async () => {
  const talk = await two();
  await keepAsked(talk.rooms.store.kept, { kind: 'room', address: GROUP.address }, 'INC-2026-0001', {
    task: 't1',
    at: talk.rooms.clock.now() + 1,
  });
  const asked = await talk.say('昨晚10点 客服接到投诉', CHEN);
  expect(asked.text).toContain('哪一起事件');
  expect(asked.buttons).toEqual(['这一起', '这一起']);
  expect(await candidates(talk, 'INC-2026-0001')).toBe(1);
  expect(await candidates(talk, 'INC-2026-0002')).toBe(1);
});

it('two people work on an incident each: whoever chose one is asked again only after a question about the other', async () => {
  const talk = await two();
  const LI = at;
  const question = (incident: string, task: string) => {
    talk.rooms.clock.advance(1_000);
    const asked = { task, at: talk.rooms.clock.now() };
    return keepAsked(talk.rooms.store.kept, { kind: 'room', address: GROUP.address }, incident, asked);
  };
  await question('INC-2026-0002', 't1');
  const which = await talk.say('2 措施：断网', LI);
  expect(which.text).toContain('哪一起事件');
  talk.rooms.clock.advance(1_000);
  const lines = which.answers.flatMap((answer) => JSON.stringify(answer).match(/INC-2026-0001 2 措施：断网/g) ?? []);
  await talk.say(lines[0] ?? '', LI);
  const note = async (id: string) => JSON.stringify(await talk.rooms.store.events(id));
  for (const words of ['备注 zqA', '备注 zqB']) {
    await talk.say(`${words} li`, LI);
    await talk.say(`${words} chen`, CHEN);
  }
  for (const words of ['zqA li', 'zqB li']) expect(await note('INC-2026-0001')).toContain(words);
  for (const words of ['zqA chen', 'zqB chen']) expect(await note('INC-2026-0002')).toContain(words);
  await question('INC-2026-0002', 't2');
  expect((await talk.say('120万人', LI)).text).toContain('哪一起事件');
});

it('somebody new does not act on a drill beside an incident, and 演练结束 ends the drill', async () => {
  const talk = await Conversation.start();
  await talk.say('新建事件 支付系统疑似用户数据泄露', at);
  await talk.say('演练 勒索', CHEN);
  const SUN = { ...at, who: person('sun', GROUP) };
  expect((await talk.say('备注 已断网', SUN)).text).toContain('哪一起事件');
  expect((await talk.say('演练结束', SUN)).text).toContain('结案');
  expect((await talk.say('end the drill', at)).answers).toMatchObject([
    { kind: 'form', ref: { form: 'close', args: { incident: 'DRILL-2026-0001' } } },
  ]);
  expect(await talk.rooms.store.incident('DRILL-2026-0002')).toBeNull();
});

it.each(['结案：其实是演练流量', 'close: real incident, no drill needed'])('“%s” closes no drill', async (words) => {
  const talk = await Conversation.start();
  await talk.say('演练 勒索', CHEN);
  await talk.say('新建事件 支付系统疑似用户数据泄露', at);
  expect((await talk.say(words, at)).text).toContain('不能结案');
});

it('small talk is about no incident: it moves no focus, and no second reader gets it', async () => {
  const talk = await two();
  for (const text of ['bye', '收工']) {
    const place = { kind: 'room', room: GROUP } as const;
    const line = { caller: person('li', GROUP), place, text, command: talk.rooms.house.app.read(text) };
    const outcome = await talk.talk.line({
      ...{ ...line, about: 'INC-2026-0002' },
      delivery: { platform: 'talk', key: text, body: '' },
    });
    expect([outcome.incident, outcome.answers.length]).toEqual([null, 1]);
  }
});

it('a line that quotes a question answers that one, not the one asked last', async () => {
  const talk = await Conversation.start();
  await talk.rooms.declare('支付系统疑似用户数据泄露', GROUP);
  const operator = (await talk.view('question', 'INC-2026-0001', at)).text;
  expect(operator).toContain('最早何时');
  await talk.say('09:20 运维告警', { ...at, quoted: `〔INC-2026-0001〕${operator}`, about: 'INC-2026-0001' });
  expect((await talk.state()).candidates).toHaveLength(2);
  for (const words of ['否', '1', '个人信息']) await talk.say(words, at);
  const people = `〔INC-2026-0001〕${(await talk.view('question', 'INC-2026-0001', at)).text}`;
  await talk.say('120万', at);
  expect((await talk.state()).facts['personal_info_people']?.value).toBe(1_200_000);
  const again = await talk.say('130万', { ...at, quoted: people, about: 'INC-2026-0001' });
  expect(again.text).toContain('已有回答');
  expect((await talk.state()).facts['personal_info_people']?.value).toBe(1_200_000);
  await talk.press(again, '更正为', at);
  expect((await talk.state()).facts['personal_info_people']?.value).toBe(1_300_000);
  // An awareness time that is given to its own question again is one more candidate; the open question stays open.
  const open = (await talk.state()).facts['suspected_crime'];
  await talk.say('09:10 客服来电', { ...at, quoted: `〔INC-2026-0001〕${operator}`, about: 'INC-2026-0001' });
  expect((await talk.state()).candidates.at(-1)?.instant).toContain('T09:10');
  expect((await talk.state()).facts['suspected_crime']).toEqual(open);
});

it('suspected crime is never ticked in advance', async () => {
  const talk = await Conversation.start();
  await talk.rooms.declare('数据库被黑客勒索，客户数据被盗', GROUP);
  for (const words of ['否', '09:20 运维告警']) await talk.say(words, at);
  await talk.say('发生时间 08:00', at);
  const cards = await talk.rooms.house.app.cards('INC-2026-0001', person('li', GROUP));
  const ticked = JSON.stringify(cards).match(/"chosen":\[[^\]]*\]/g) ?? [];
  expect(ticked.length).toBeGreaterThan(0);
  expect(ticked.join()).not.toContain('suspected_crime');
});

it("in a room that shows none, somebody's only incident is offered, never assumed: others read along", async () => {
  const store = new Map<string, string>();
  const kept = { get: async (key: string) => store.get(key) ?? null, put: async () => {}, remove: async () => false };
  const caller = person('li', GROUP);
  const row = { id: 'INC-2026-0007', title: 'Leak', rooms: ['one/t/elsewhere'] };
  const rig = (rooms: readonly string[]) => ({
    clock: { now: () => 0 },
    kept: { ...kept, list: async () => [], watch: async () => {} },
    app: { state: async () => null, openIncidents: async () => ({ rows: [{ ...ROW, ...row, rooms }], more: 0 }) },
  });
  const inRoom = { caller, place: { kind: 'room', room: GROUP } as const };
  const alone = { caller, place: { kind: 'direct', room: null } as const };
  expect(await inFocus(rig(row.rooms), inRoom)).toBeNull();
  expect(await inFocus(rig(row.rooms), alone)).toBe(row.id);
  expect(await inFocus(rig([roomId(GROUP)]), inRoom)).toBe(row.id);
});

it('no act waits for the focus to be on disk, and the next line finds it all the same', async () => {
  const { store, house, clock } = (await Conversation.start()).rooms;
  const { promise: written, resolve: write } = Promise.withResolvers<void>();
  const put = (key: string, value: string) => written.then(() => store.kept.put(key, value));
  const needs = { kept: { ...store.kept, put }, clock, log: createLogger('silent'), inbox: store.inbox };
  const core = { app: house.app, explain: explaining(house).asCard };
  const parts = createServiceParts(needs, core, { platform: GROUP.platform, prefix: 'job:', jobs: z.never() });
  const say = (text: string, key: string) =>
    parts.talk.line({
      ...{ caller: person('li', GROUP), place: { kind: 'room', room: GROUP }, text, command: house.app.read(text) },
      ...{ about: null, delivery: { platform: GROUP.platform, key, body: text } },
    });
  for (const [key, title] of ['支付系统疑似用户数据泄露', '官网首页被篡改'].entries())
    await say(`新建事件 ${title}`, `${key}`);
  expect((await say('记录 已断网', 'note')).incident).toBe('INC-2026-0002');
  const focus = `focus:${GROUP.address}`;
  expect(await store.kept.get(focus)).toBeNull();
  write();
  await parts.idle();
  expect(await store.kept.get(focus)).toMatch(/^INC-2026-0002 /);
  await parts.stop();
});

const ROW: IncidentRow = {
  ...{ id: '', title: '', drill: false, phase: 'classifying', level: 'undetermined', lead: 'li' },
  ...{ declaredAt: '2026-03-31T01:42:00.000Z', nextDue: null, version: 1, participants: [], rooms: [] },
};
