import { afterEach, expect, it } from 'vitest';
import { ManualClock } from '../../../fakes/clock.ts';
import { CHEN, GROUP, LI, type Rig, startRig } from './rig.ts';
import { pressed, settled, shownWith } from './waits.ts';

let rig: Rig;
let clock: ManualClock;
afterEach(() => rig.stop());

/** A declared incident on a clock of our own; the times of Tencent's client are real. */
async function declared(): Promise<void> {
  clock = new ManualClock('2026-03-02T09:00:00+08:00');
  rig = await startRig({ clock });
  rig.server.say(LI, '@计时 新建事件 支付系统故障', { chat: GROUP });
  await shownWith(rig.server, GROUP, '是否涉及关键信息基础设施');
  await rig.house.settle();
}
const SOON = { timeout: 60_000, interval: 20 };
const words = () => rig.server.chats.words(GROUP);
/** Time passes while the house works. */
async function pass(minutes: number, step = 10_000): Promise<void> {
  for (let left = minutes * 60_000; left > 0; left -= step) {
    clock.advance(Math.min(step, left));
    await rig.house.settle();
  }
}

it('a reminder whose answer was lost is sent once more, marked, over a connection made anew', async () => {
  await declared();
  const sends = () => rig.server.requests.filter(({ cmd }) => cmd === 'aibot_send_msg').length;
  const [sent, before] = [sends(), rig.server.connections];
  rig.server.fail('aibot_send_msg', { kind: 'lost' });
  await expect.poll(() => pass(1).then(sends), SOON).toBeGreaterThan(sent);
  // Tencent's client waits five real seconds for the answer that was lost.
  await expect.poll(() => pass(1 / 60).then(() => rig.server.connections), SOON).toBeGreaterThan(before);
  const reminders = () => words().filter((one) => one.includes('可能重复'));
  await expect.poll(() => pass(0.5).then(() => reminders().length), SOON).toBe(1);
  expect(new Set(words()).size).toBe(words().length);
});

it('however much is asked, no conversation gets more than WeCom allows', async () => {
  await declared();
  for (let n = 0; n < 60; n += 1) rig.server.say(CHEN, '@计时 状态', { chat: GROUP });
  await rig.service.idle();
  await settled(() => rig.server.chats.in(GROUP).length >= 20);
  expect(rig.server.refusals).toEqual([]);
  expect(rig.server.chats.in(GROUP).length).toBeLessThanOrEqual(30);
});

it('a card that answers somebody comes at once, also after more messages than reminders may use', async () => {
  await declared();
  for (let n = 0; n < 24; n += 1) rig.server.say(CHEN, '@计时 状态', { chat: GROUP });
  await rig.service.idle();
  await settled(() => rig.server.chats.in(GROUP).length >= 25);
  rig.server.say(LI, '@计时 首报', { chat: GROUP });
  await shownWith(rig.server, GROUP, '[报送稿 DOCX]');
  expect(rig.server.refusals).toEqual([]);
});

it('while the connection is down nothing is lost: what is due arrives when it is back, late and saying so', async () => {
  await declared();
  rig.server.isDown = true;
  rig.server.cut();
  await expect.poll(() => rig.service.health().ok, { timeout: 60_000, interval: 5 }).toBe(false);
  const sent = words().length;
  // The last reminder of that time is some minutes old when it is back; it speaks for those before it.
  await pass(50);
  expect(words()).toHaveLength(sent);
  rig.server.isDown = false;
  await expect
    .poll(() => {
      clock.advance(1_000);
      return rig.service.health().ok;
    })
    .toBe(true);
  const isLate = () => /[迟晚]到/.test(words().slice(sent).join());
  await expect.poll(() => pass(0.5).then(isLate), SOON).toBe(true);
  await pressed(rig.server, CHEN, GROUP, '否');
});

it('who declared in a direct conversation is reminded there once, not twice', async () => {
  clock = new ManualClock('2026-03-02T09:00:00+08:00');
  rig = await startRig({ clock });
  rig.server.say(LI, '新建事件 支付系统故障');
  await shownWith(rig.server, LI, '是否涉及关键信息基础设施');
  await rig.house.settle();
  await pass(50);
  const reminders = (): readonly string[] => rig.server.chats.words(LI).filter((one) => one.includes('〕余'));
  await expect.poll(() => reminders().length).toBeGreaterThan(0);
  const titles = reminders().map((one) => one.split('\n')[0]);
  expect(new Set(titles).size).toBe(titles.length);
});
