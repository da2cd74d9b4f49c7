import { afterEach, expect, it } from 'vitest';
import { ManualClock } from '../../../fakes/clock.ts';
import { wordsOf } from '../../../fakes/wecom/bot-chats.ts';
import { BotServer } from '../../../fakes/wecom/bot-server.ts';
import { GROUP, LI, type Rig, startRig } from './rig.ts';
import { acted } from './waits.ts';

const HAN = /\p{Script=Han}/u;
let rig: Rig;
let clock: ManualClock;
afterEach(() => rig.stop());

async function start(): Promise<void> {
  clock = new ManualClock('2026-03-02T09:40:00+08:00');
  rig = await startRig({ clock, server: new BotServer({ now: () => clock.now() }) });
}
async function say(text: string, chat: string | null = null): Promise<readonly string[]> {
  const act = () => void rig.server.say(LI, chat === null ? text : `@计时 ${text}`, chat === null ? {} : { chat });
  return (await acted(rig, clock, act, chat ?? LI)).map(wordsOf);
}

it.each(['语言 英文', 'language en'])(
  '“%s” in a direct conversation: everything after it is in English',
  async (line) => {
    await start();
    expect((await say('新建事件 payment system')).join()).toMatch(HAN);
    expect((await say(line)).join()).toContain('I will write to you in English from now on');
    const status = (await say('status')).join('\n');
    expect(status).toContain('payment system');
    expect(status).toMatch(/report to .* by/i);
    const asked = (await say('09:30 alert')).join('\n');
    expect(asked).toContain('What type of incident?');
    expect(asked).not.toContain('属于哪类事件');
    expect((await say('help')).join()).toContain('note');
    expect((await say('语言 中文')).join()).toContain('以后将用中文与您交流');
    expect((await say('status')).join()).toContain('前报');
  },
);

it('needs no incident, is remembered after a restart, and holds for what is declared then', async () => {
  await start();
  expect((await say('语言 英文')).join()).toBe('I will write to you in English from now on.');
  const { server, wsUrl, dataDir } = rig;
  await rig.stop(true);
  rig = await startRig({ clock, server, wsUrl, dataDir });
  expect((await say('hello')).join()).not.toMatch(HAN);
  const declared = (await say('new payment system')).join('\n');
  expect(declared).toMatch(/report to .* by/i);
  expect(declared).not.toMatch(/前报/);
  await rig.server.close();
});

it('in a group it is the language of the person: the group keeps its own, and is told so', async () => {
  await start();
  await say('新建事件 支付系统', GROUP);
  const told = (await say('语言 英文', GROUP)).join();
  expect(told).toContain('以后单独发给您的消息使用英文');
  expect(told).toContain('本群仍使用中文');
  expect((await say('状态', GROUP)).join()).toContain('前报');
  expect((await say('status')).join()).toMatch(/report to .* by/i);
});
