import { randomIds, systemClock } from '../../src/ops/system-clock.ts';
import { Chats } from '../../src/platforms/wecom/bot/chats.ts';
import { Connection } from '../../src/platforms/wecom/bot/connection.ts';
import { createMessenger } from '../../src/platforms/wecom/bot/messenger.ts';
import { Renewals } from '../../src/platforms/wecom/bot/renewals.ts';
import { Sender } from '../../src/platforms/wecom/bot/sender.ts';
import { Tasks } from '../../src/platforms/wecom/cards/task.ts';
import { wordsOf } from '../fakes/wecom/bot-chats.ts';
import { BotServer } from '../fakes/wecom/bot-server.ts';
import { memoryKept, silent } from '../platforms/slack/kept.ts';
import { platformContract } from './platform.contract.ts';

platformContract('WeCom smart bot', async () => {
  const server = new BotServer();
  const wsUrl = await server.listen();
  const kept = memoryKept();
  const shared = { clock: systemClock, ids: randomIds, kept };
  const config = { botId: server.botId, secret: 'secret-test', wsUrl };
  const chats = new Chats(shared);
  const connection = new Connection({
    ...shared,
    config,
    proxy: null,
    log: silent,
    jitter: () => 0.5,
    received: () => {},
    connected: () => {},
    alarm: () => {},
  });
  await connection.start();
  server.chats.open('G1', 'group');
  server.chats.open('chenyu', 'single');
  await chats.seen({ id: 'G1', kind: 'group' }, 'chenyu');
  await chats.seen({ id: 'chenyu', kind: 'single' }, 'chenyu');
  const sender = new Sender({ ...shared, connection, chats, tasks: new Tasks(shared) });
  const messenger = createMessenger({ ...shared, botId: server.botId, sender, chats, renewals: new Renewals() });
  return {
    messenger,
    room: { tenant: server.botId, address: 'G1', thread: null },
    person: { platform: 'wecom', tenant: server.botId, id: 'chenyu' },
    stranger: { platform: 'wecom', tenant: server.botId, id: 'never-wrote' },
    goneRef: 'gone',
    loseNextAnswer: () => server.fail('aibot_send_msg', { kind: 'lost' }),
    // WeCom has no threads: what belongs below a message stands after it.
    seen: async (place) => {
      const all = server.chats.in(place.address).map((shown) => ({ text: wordsOf(shown) }));
      return place.address !== 'G1' ? all : place.thread === null ? all.slice(0, 1) : all.slice(1);
    },
    destroy: async () => {
      connection.stop();
      await server.close();
    },
  };
});
