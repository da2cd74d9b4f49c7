import { subscribe } from 'node:diagnostics_channel';
import { IncomingMessage } from 'node:http';
import { ManualClock } from '../../../tests/fakes/clock.ts';
import '../../../tests/fakes/platform-messages.ts';
import { slash } from '../../../tests/fakes/slack/payloads.ts';
import { CHANNEL, LI, postSigned, SECRET, startBot } from '../../../tests/platforms/slack/bot.ts';
import { stopTrace } from '../trace.ts';
import { finished, walked } from '../walk.ts';

// A second that ends on the way would have everything assessed anew.
const clock = new ManualClock('2026-03-31T09:42:00+08:00');
const bot = await startBot({ mode: 'http', clock });
const command = (text: string): ReturnType<typeof postSigned> =>
  postSigned(bot.url, slash(text, LI, CHANNEL), { secret: SECRET, at: Math.floor(clock.now() / 1_000) });
const incidents = async (): Promise<number> => (await bot.store.incidents({ limit: 10 })).length;
// The walk ends with the acknowledgement, not when the client has read it: by then delivery is on its way.
subscribe('http.server.response.finish', (message) => {
  const request = typeof message === 'object' && message !== null && 'request' in message ? message.request : null;
  if (request instanceof IncomingMessage && request.url === '/slack/events') stopTrace();
});

await command('new warm up');
await bot.house.settle();
await walked(
  'slack-command',
  () => command('new 支付系统数据泄露'),
  async () => (await incidents()) === 2,
);
finished();
