import { Directory } from '../../src/platforms/slack/directory.ts';
import { createApi } from '../../src/platforms/slack/send/api.ts';
import { createMessenger } from '../../src/platforms/slack/send/messenger.ts';
import { createNet } from '../../src/platforms/slack/send/net.ts';
import { ManualClock } from '../fakes/clock.ts';
import { SlackServer } from '../fakes/slack/server.ts';
import { TEAM } from '../fakes/slack/workspace.ts';
import { memoryKept, silent } from '../platforms/slack/kept.ts';
import { platformContract } from './platform.contract.ts';

platformContract('Slack', async () => {
  const server = new SlackServer();
  const apiUrl = await server.listen();
  server.workspace.addChannel('C1');
  server.workspace.addUser('U1', 'Chen Yu');
  const clock = new ManualClock(Date.now());
  const net = createNet(null);
  const kept = memoryKept();
  const api = createApi({ token: 'xoxb-test', apiUrl, net, clock });
  const directory = new Directory({ api, clock, kept, log: silent });
  await directory.introduce();
  const messenger = createMessenger({ api, net, clock, kept, directory, publicUrl: null, end: () => {} });
  return {
    messenger,
    room: { tenant: TEAM, address: 'C1', thread: null },
    person: { platform: 'slack', tenant: TEAM, id: 'U1' },
    stranger: { platform: 'slack', tenant: 'T-other', id: 'U9' },
    goneRef: '1700000000.000001',
    loseNextAnswer: () => server.fail('chat.postMessage', { kind: 'lost' }),
    seen: async (place) => {
      const channel = place.address.replace(/^U/, 'D');
      return server.workspace
        .inThread(channel, place.thread)
        .map((m) => ({ text: `${m.text} ${JSON.stringify(m.blocks)} ${m.files.map((f) => f.name).join(' ')}` }));
    },
    destroy: async () => {
      await net.close();
      await server.close();
    },
  };
});
