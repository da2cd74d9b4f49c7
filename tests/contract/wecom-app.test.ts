import { randomIds, systemClock } from '../../src/ops/system-clock.ts';
import { WecomApp, WecomHttp } from '../../src/platforms/wecom/api/http-api.ts';
import { Tasks } from '../../src/platforms/wecom/cards/task.ts';
import { Groups } from '../../src/platforms/wecom-app/groups.ts';
import { createMessenger } from '../../src/platforms/wecom-app/messenger.ts';
import { Sender } from '../../src/platforms/wecom-app/sender.ts';
import { AGENT, CORP, SECRET, WecomServer } from '../fakes/wecom/app-server.ts';
import { memoryKept, silent } from '../platforms/slack/kept.ts';
import { platformContract } from './platform.contract.ts';

platformContract('WeCom self-built app', async () => {
  const server = await WecomServer.start();
  const kept = memoryKept();
  const shared = {
    clock: systemClock,
    ids: randomIds,
    kept,
    corpId: CORP,
    agentId: AGENT,
    log: silent,
    organisation: null,
  };
  const http = new WecomHttp({ apiUrl: server.url, proxy: null });
  const api = new WecomApp(http, { corpId: CORP, secret: SECRET }, systemClock);
  const groups = new Groups({ ...shared, api });
  const account = { platform: 'wecom-app', tenant: CORP, id: 'zhangsan' };
  const { address } = await groups.roomFor({ account, language: 'zh-CN' }, 'k');
  const sender = new Sender({ ...shared, api, tasks: new Tasks(shared) });
  // It finds nothing: it only knows where WeCom itself drops what is sent again, which its own tests look at.
  const { canFind: _, ...messenger } = createMessenger({
    ...shared,
    api,
    groups,
    sender,
    publicUrl: null,
    ended: () => {},
  });
  return {
    messenger,
    room: { tenant: CORP, address, thread: null },
    person: { platform: 'wecom-app', tenant: CORP, id: 'lisi' },
    stranger: { platform: 'wecom-app', tenant: 'another-company', id: 'lisi' },
    goneRef: 'gone',
    loseNextAnswer: () => server.losses.push('message/send'),
    // There are no threads: what belongs below a message stands after it. A file is a message of its own, after its words.
    seen: async (place) => {
      const user = place.address === address ? 'zhangsan' : place.address.slice(1);
      const all = server.seenBy(`user:${user}`).map((text) => ({ text: server.media.get(text)?.name ?? text }));
      if (place.address !== address) return all;
      return place.thread === null ? all.slice(0, 1) : all.slice(1).toReversed();
    },
    destroy: async () => {
      await http.close();
      await server.stop();
    },
  };
});
