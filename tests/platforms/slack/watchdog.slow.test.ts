import { expect, it } from 'vitest';
import { ManualClock } from '../../fakes/clock.ts';
import { ran } from '../../fakes/patience.ts';
import { slash } from '../../fakes/slack/payloads.ts';
import { CHANNEL, LI, sender, startBot } from './bot.ts';

it('a connection that has silently died is noticed and replaced', async () => {
  const clock = new ManualClock(Date.now());
  const bot = await startBot({ clock });
  const pass = async (ms: number): Promise<number> => {
    clock.advance(ms);
    await ran(30);
    return bot.server.connections;
  };
  // One that answers stays.
  for (let n = 0; n < 15; n += 1) expect(await pass(10_000)).toBe(1);
  // Nothing is read and nothing is said any more, but nothing is closed either: a half-open connection.
  for (const socket of bot.server.sockets) socket.pause();
  for (let n = 0; n < 12; n += 1) await pass(10_000);
  await expect.poll(() => pass(1_000)).toBeGreaterThan(1);
  await expect.poll(() => bot.service.health().ok).toBe(true);
  expect(await sender(bot)(slash('help', LI, CHANNEL))).toMatchObject({ response_type: 'ephemeral' });
  await bot.stop();
});
