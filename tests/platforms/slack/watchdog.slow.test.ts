import { expect, it } from 'vitest';
import { slash } from '../../fakes/slack/payloads.ts';
import { CHANNEL, LI, sender, startBot } from './bot.ts';

it('a connection that has silently died is noticed and replaced', async () => {
  const bot = await startBot();
  // Nothing is read and nothing is said any more, but nothing is closed either: a half-open connection.
  for (const socket of bot.server.sockets) socket.pause();
  await expect.poll(() => bot.server.connections, { timeout: 60_000, interval: 250 }).toBeGreaterThan(1);
  await expect.poll(() => bot.service.health().ok).toBe(true);
  expect(await sender(bot)(slash('help', LI, CHANNEL))).toMatchObject({ response_type: 'ephemeral' });
  await bot.stop();
});
