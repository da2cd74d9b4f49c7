import { afterEach, expect, it } from 'vitest';
import { organisationSchema } from '../../../../src/incident/people/profile.ts';
import type { ApiClient } from '../../../../src/platforms/shared/api-client.ts';
import { createWecomApi } from '../../../../src/platforms/wecom/api/wecom-api.ts';
import { createRobots } from '../../../../src/platforms/wecom-webhook/robot.ts';
import { ManualClock } from '../../../fakes/clock.ts';
import { WecomServer } from '../../../fakes/wecom/app-server.ts';
import { BotServer } from '../../../fakes/wecom/bot-server.ts';
import { tableIn } from '../../message-table.ts';
import { CHEN, GROUP, LI, type Rig, startRig } from './rig.ts';
import { acted } from './waits.ts';

// @module-tag soak: case/quiet counts the messages of the standard case.

let rig: Rig;
let clock: ManualClock;
let robots: WecomServer;
let api: ApiClient;
afterEach(async () => {
  await rig.stop();
  await api.http.close();
  await robots.stop();
});

/** What came over the wire into the group because of an act, and how many of it mention people. */
interface Count {
  readonly messages: number;
  readonly rings: number;
}
const counts = new Map<string, Count>();

/** The group with its smart bot, and its robot for mentions. */
async function start(): Promise<void> {
  counts.clear();
  clock = new ManualClock('2026-03-02T09:40:00+08:00');
  robots = await WecomServer.start();
  robots.now = () => clock.now();
  api = createWecomApi({ apiUrl: robots.url, proxy: null, clock });
  const server = new BotServer({ now: () => clock.now() });
  const organisation = organisationSchema.parse({
    organisation: '示例公司',
    entities: [{ id: 'shanghai', name: '示例（上海）有限公司', province: '31' }],
    people: [
      { id: 'li', name: '李伟', roles: ['lead', 'responder', 'filer'], accounts: [account(server, LI)] },
      { id: 'chen', name: '陈宇', roles: ['approver', 'responder'], accounts: [account(server, CHEN)] },
    ],
    rooms: [{ platform: 'wecom', tenant: server.botId, address: GROUP, webhook: '应急' }],
  });
  const { ringer } = createRobots({
    api,
    clock,
    profile: () => organisation,
    robots: [{ name: '应急', key: 'robot-key' }],
  });
  rig = await startRig({ clock, server, ringer, organisation });
}

const account = ({ botId }: BotServer, id: string) => ({ platform: 'wecom', tenant: botId, id });

/** Counts what comes under the name of the act in the tables of the documents. */
async function counted(act: string, run: () => void): Promise<void> {
  const before = robots.delivered.length;
  const came = await acted(rig, clock, run, GROUP);
  const rings = robots.delivered.length - before;
  const { messages, rings: earlier } = counts.get(act) ?? { messages: 0, rings: 0 };
  counts.set(act, { messages: messages + came.length + rings, rings: earlier + rings });
}
const say = (act: string, text: string) => counted(act, () => rig.server.say(LI, `@计时 ${text}`, { chat: GROUP }));
const tap = (act: string, label: string, user = LI, chat = GROUP) =>
  counted(act, () => {
    const found = rig.server.chats.cardWith(chat, label);
    if (!found) throw new Error(`no button ${label}`);
    rig.server.click(user, found.shown, found.key);
  });
const tick = (act: string, ...options: string[]) =>
  counted(act, () => {
    const vote = rig.server.chats.in(GROUP).findLast((one) => one.card?.card_type === 'vote_interaction');
    if (vote?.card?.card_type !== 'vote_interaction') throw new Error('no vote');
    rig.server.click(LI, vote, vote.card.submit_button.key, options);
  });
const choose = (act: string, ...words: string[]) =>
  counted(act, () => {
    const found = rig.server.chats.selectsIn(GROUP, words);
    if (!found) throw new Error('no drop-downs');
    rig.server.click(LI, found.shown, found.key, found.ids);
  });

/** Time passes until this instant; nobody does anything. */
async function passUntil(act: string, instant: string): Promise<void> {
  while (clock.now() < Date.parse(instant)) {
    await counted(act, () => {
      clock.advance(60_000);
      rig.server.say(CHEN, '你好');
    });
  }
}

it('the standard case, to its first filing: new messages in the group by act, as the documents list them', async () => {
  await start();
  for (const person of [LI, CHEN]) await counted('', () => rig.server.say(person, '你好'));
  await say('declare', '新建事件 支付系统疑似用户数据泄露');
  await tap('first question', '否');
  await tap('answers by a press', '监测告警');
  await tick('answers by a press', '0', '1');
  await tick('answers by a press', '0');
  await say('verdict', '120万');
  await tap('level', '确认较大');
  await say('fields', '1 系统：支付系统\n2 地点：上海机房\n2 影响：约120万名用户\n2 措施：已隔离\n2 效果：已停止');
  await say('take', '认领 2');
  await passUntil('reminder', '2026-03-02T13:12:00+08:00');
  await say('draft', '首报');
  await say('approval', '提请审批');
  await tap('approved', '批准', CHEN, CHEN);
  await say('filing', '登记报送');
  await choose('filing', '12387网站', '首报第1稿');
  await tap('filing', '确认登记报送');
  expect(rig.server.refusals).toEqual([]);
  expect(counts.get('')).toEqual({ messages: 0, rings: 0 });
  counts.delete('');
  for (const [act, { messages }] of counts)
    if (act !== 'reminder' && act !== 'filing') expect(messages, act).toBeLessThan(2);
  const all = [...counts.values()];
  const sum = { messages: 0, rings: 0 };
  for (const { messages, rings } of all) {
    sum.messages += messages;
    sum.rings += rings;
  }
  expect(sum.messages).toBeLessThanOrEqual(12);
  expect(sum.rings).toBeLessThanOrEqual(3);
  const rows = [...all, sum].map(({ messages, rings }) => [messages, rings]);
  expect(tableIn('docs/reliability.md', 'declare', 0)).toEqual(rows);
}, 240_000);
