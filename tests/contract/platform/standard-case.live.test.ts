import { expect, it } from 'vitest';
import { roomId } from '../../../src/incident/identity.ts';
import { variants } from '../../fakes/soak.ts';
import { dingtalkRig } from './dingtalk-rig.ts';
import { feishuRig } from './feishu-rig.ts';
import { tableIn } from './message-table.ts';
import type { Act, MakeRig, Rig, Seen, Who } from './rig.ts';
import { slackRig } from './slack-rig.ts';
import { roomsOf } from './stage.ts';
import { wecomAppRig } from './wecom-app-rig.ts';
import { wecomBotRig } from './wecom-bot-rig.ts';

// @module-tag grows

const ID = 'INC-2026-0001';
/** Platforms in the order of the table in `docs/reliability.md`. */
const PLATFORMS: readonly (readonly [string, MakeRig])[] = [
  ['the smart bot of WeCom', wecomBotRig],
  ['the self-built app of WeCom', wecomAppRig],
  ['Slack', (options) => slackRig('socket', options)],
  ['Feishu', feishuRig],
  ['DingTalk', dingtalkRig],
];
/** New messages in the group up to the first filing, and how many of them call people, at most. */
const MOST = { messages: 12, rings: 3 } as const;
const LI = 'lead';
const CHEN = 'colleague';
const WANG = 'stranger';

/** What the bot has posted in the group, below the status as well. */
async function group(rig: Rig): Promise<readonly Seen[]> {
  const { bot, lacks } = rig;
  const known = await bot.store.incident(ID);
  const rooms = known ? roomsOf(known).filter(({ address }) => !address.startsWith('@')) : [];
  const all: Seen[] = [];
  for (const room of rooms) {
    const place = { tenant: room.tenant, address: room.address, thread: null };
    all.push(...(await rig.seen(place)));
    const root = lacks.threads ? null : (await bot.store.surfaces.get(ID, roomId(room), 'status'))?.ref;
    if (root) all.push(...(await rig.seen({ ...place, thread: root })));
  }
  return all;
}
const standing = async (rig: Rig): Promise<number> =>
  (rig.standing ? await rig.standing('home') : await group(rig)).length;
const calls = ({ rings, mentions }: Seen): boolean => rings || mentions.length > 0;

/** New messages and those that call people, by the acts of the table. */
async function played(rig: Rig): Promise<readonly (readonly [messages: number, rings: number])[]> {
  const counts = new Map<string, [number, number]>();
  let about: string | null = null;
  const counted = async (act: string, run: () => Promise<Act | null>): Promise<void> => {
    const [before, stood] = [await group(rig), await standing(rig)];
    await (await run())?.deliver();
    rig.bot.clock.advance(30_000);
    await rig.bot.settle();
    const [after, stands] = [await group(rig), await standing(rig)];
    const [messages, rings] = counts.get(act) ?? [0, 0];
    const rang = after.filter(calls).length - before.filter(calls).length;
    counts.set(act, [messages + stands - stood, rings + rang]);
  };
  const say = (act: string, text: string, who: Who) => counted(act, () => rig.write(who, text, 'home', about));
  const tap = (act: string, label: RegExp, who: Who) => counted(act, () => rig.press(who, label, 'home'));
  // Who is alone with the bot answers what they were asked.
  const asked = (who: Who): Who => (rig.lacks.colleagues ? CHEN : who);
  for (const who of [LI, CHEN, WANG] as const) await (await rig.write(who, '你好', 'direct')).deliver();
  await say('declare', '新建事件 支付系统疑似用户数据泄露', CHEN);
  if (!rig.lacks.threads) about = ID;
  if (rig.lacks.colleagues)
    await counted('first question', async () => {
      await rig.bot.change(ID, { type: 'answer', fact: 'operator', value: 'other' }, rig.account(CHEN));
      return null;
    });
  else await tap('first question', /(^|：)否$/, CHEN);
  await tap('answers by a press', /监测告警/, CHEN);
  await counted('answers by a press', () => rig.tick(asked(LI), ['数据泄露', '涉嫌违法犯罪'], 'home'));
  await counted('answers by a press', () => rig.tick(asked(WANG), ['个人信息'], 'home'));
  await say('verdict', '120万', CHEN);
  if (rig.lacks.colleagues) await say('level', '按较大报', LI);
  else await tap('level', /确认较大/, LI);
  await say(
    'fields',
    '1 系统：支付系统\n2 地点：上海机房\n2 影响：约120万名用户\n2 措施：已隔离\n2 效果：已停止',
    CHEN,
  );
  await say('take', '认领 2', WANG);
  while (rig.bot.clock.now() < Date.parse('2026-03-31T13:12:00+08:00'))
    await counted('reminder', async () => {
      await rig.bot.pass(1);
      return null;
    });
  await say('draft', '首报', LI);
  await say('approval', '提请审批', CHEN);
  await say('approved', '同意', LI);
  await say('filing', '打过12387了，对方工号3321，受理号2026-0331-17', WANG);
  await tap('filing', /确认登记报送/, WANG);
  expect((await rig.bot.state(ID)).filings).toHaveLength(1);
  expect(rig.refusals()).toBe(0);
  return [...counts.values()];
}

const FEW: readonly string[] = ['the smart bot of WeCom', 'Slack'];
const [first, further] = [true, false].map((few) => PLATFORMS.filter(([name]) => FEW.includes(name) === few));

it.each(variants(first ?? [], further ?? []).flat())(
  'the standard case by three people on %s: new messages by act, as the documents list them',
  async (name, make) => {
    const rig = await make({ three: true });
    try {
      const counts = await played(rig);
      const sum = counts.reduce(([m, r], [messages, rings]) => [m + messages, r + rings], [0, 0]);
      expect(sum[0]).toBeLessThanOrEqual(MOST.messages);
      expect(sum[1]).toBeLessThanOrEqual(MOST.rings);
      const column = PLATFORMS.findIndex(([one]) => one === name);
      expect([...counts, sum].map(([messages]) => messages)).toEqual(tableIn('docs/reliability.md', 'declare', column));
    } finally {
      await rig.stop();
    }
  },
);
