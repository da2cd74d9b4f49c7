import { describe, expect, it } from 'vitest';
import { roomId } from '../../../src/incident/identity.ts';
import type { WantedBackup } from '../../../src/use-cases/notices/platform-backups.ts';
import { ManualClock } from '../../fakes/clock.ts';
import { ran } from '../../fakes/patience.ts';
import { slash } from '../../fakes/slack/payloads.ts';
import { accountOf, CHANNEL, LI } from './bot.ts';
import { start } from './declared.ts';

/** A look at something after what is due at once has been done. */
function at<T>(clock: ManualClock, value: T): T {
  clock.advance(0);
  return value;
}

describe('connections that are greeted and then cut', () => {
  it('are opened ever more rarely', async () => {
    const { bot, server } = await start();
    const before = server.connections;
    const cutting = setInterval(() => server.cut(), 5);
    await ran(2_500);
    clearInterval(cutting);
    // After half a second, one second, two seconds.
    expect(server.connections - before).toBeLessThanOrEqual(3);
    await expect.poll(() => bot.service.health().ok).toBe(true);
  });

  it('one that was up for a while is replaced at once', async () => {
    const clock = new ManualClock(Date.now());
    const { server } = await start({ clock });
    clock.advance(31_000);
    server.cut();
    await expect.poll(() => at(clock, server.connections)).toBe(2);
  });

  it('Slack is asked again when it said', async () => {
    const clock = new ManualClock(Date.now());
    const { bot, server } = await start({ clock });
    const opened = () => server.callsOf('apps.connections.open').length;
    clock.advance(31_000);
    server.fail('apps.connections.open', { kind: 'limited', seconds: 9 });
    server.cut();
    await expect.poll(() => at(clock, opened())).toBe(2);
    // The answer has arrived once it is the reason why there is no connection.
    await expect.poll(() => bot.service.health().detail).not.toMatch(/^closed|^connecting/);
    clock.advance(8_000);
    await ran(100);
    expect(opened()).toBe(2);
    clock.advance(1_500);
    await expect.poll(() => bot.service.health().ok).toBe(true);
  });
});

describe('catching up with many threads', () => {
  it('keeps no backup waiting, and further cuts are made up for together', async () => {
    const clock = new ManualClock(Date.now());
    const backups: WantedBackup[] = [];
    const { bot, server, workspace, send } = await start({ clock, backups });
    for (const n of [1, 2, 3, 4]) await send(slash(`new Outage ${n}`, LI, CHANNEL));
    await expect.poll(() => workspace.inThread(CHANNEL, null).length).toBe(4);
    const read = () => server.callsOf('conversations.replies').length;
    const cut = async (pause: number): Promise<void> => {
      const { connections } = server;
      server.cut();
      await expect.poll(() => bot.service.health().ok).toBe(false);
      clock.advance(pause);
      await expect.poll(() => at(clock, server.connections)).toBe(connections + 1);
      await expect.poll(() => bot.service.health().ok).toBe(true);
    };
    clock.advance(31_000);
    await cut(0);
    await expect.poll(read).toBe(1);
    const incident = (await bot.store.incidents({ limit: 1 }))[0]?.id ?? '';
    const room = roomId({ ...accountOf(LI), address: CHANNEL });
    const postAt = Date.now() + 86_400_000;
    backups.push({ incident, room, thread: null, postAt, language: 'en', mention: [], summary: 'Report by 10:42' });
    // Between the two Slack answers whether the connection is alive.
    clock.advance(30_000);
    await server.ping();
    clock.advance(30_000);
    await expect.poll(() => workspace.scheduledMessages.length).toBe(1);
    expect(read()).toBeLessThan(4);
    for (const pause of [0, 500, 1_000]) await cut(pause);
    const pass = async (): Promise<number> => {
      clock.advance(2_400);
      await server.ping();
      return read();
    };
    // The first, and the other three in one.
    await expect.poll(pass).toBe(8);
    for (let n = 0; n < 30; n += 1) await pass();
    expect(read()).toBe(8);
  });
});
