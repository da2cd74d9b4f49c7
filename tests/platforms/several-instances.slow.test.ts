import { describe, expect, it, onTestFinished } from 'vitest';
import type { Account } from '../../src/incident/identity.ts';
import { People } from '../../src/platforms/shared/people.ts';
import { Directory } from '../../src/platforms/slack/directory.ts';
import { createApi } from '../../src/platforms/slack/send/api.ts';
import { createWecomApi } from '../../src/platforms/wecom/api/wecom-api.ts';
import { Conversations } from '../../src/platforms/wecom/bot/conversations.ts';
import { Groups } from '../../src/platforms/wecom-app/groups.ts';
import { Suspension } from '../../src/platforms/wecom-app/suspension.ts';
import type { Incoming } from '../../src/platforms/wecom-app/wire.ts';
import type { OpenStore } from '../../src/storage/open-store.ts';
import { withPrefix } from '../../src/use-cases/directory/kept-map.ts';
import { SlackServer } from '../fakes/slack/server.ts';
import { CORP, SECRET, WecomServer } from '../fakes/wecom/app-server.ts';
import { emptyDatabase, giveBack, openOn } from '../storage/postgres-harness.ts';
import { silent } from './slack/kept.ts';

const soon = { timeout: 60_000, interval: 5 };

/** What `make` makes, at two instances that share a database and have heard of each other. */
async function two<T>(make: (store: OpenStore) => Promise<T>): Promise<readonly [T, T]> {
  const url = await emptyDatabase();
  const stores = await Promise.all([openOn(url), openOn(url)]);
  onTestFinished(async () => {
    await Promise.all(stores.map((store) => store.close()));
    giveBack(url);
  });
  const begin = async (store: OpenStore): Promise<T> => {
    const joined = new Promise((resolve) => store.neighbours.onChange(resolve));
    const made = await make(store);
    await joined;
    return made;
  };
  return Promise.all([begin(stores[0]), begin(stores[1])]);
}

describe('the smart bot of WeCom', () => {
  it('who wrote to it, and where, is known to instances that do not have its connection', async () => {
    const [a, b] = await two(async ({ kept, clock }) => {
      const chats = new Conversations({ kept: withPrefix(kept, 'wecom:'), clock });
      await chats.recall();
      return chats;
    });
    await a.noteActing({ id: 'G1', kind: 'group' }, 'chenyu');
    await a.noteActing({ id: 'chenyu', kind: 'single' }, 'chenyu');
    await expect
      .poll(() => [b.reads('chenyu', 'G1'), b.isReachable('chenyu'), b.kindOf('G1')], soon)
      .toEqual([true, true, 'group']);
    await a.lost('chenyu');
    await expect.poll(() => b.isReachable('chenyu'), soon).toBe(false);
  });
});

describe('the app of WeCom', () => {
  async function apps() {
    const server = await WecomServer.start();
    onTestFinished(() => server.stop());
    const [a, b] = await two(async ({ kept: all, clock }) => {
      const kept = withPrefix(all, 'wecom-app:');
      const api = createWecomApi({ apiUrl: server.url, proxy: null, clock, app: { corpId: CORP, secret: SECRET } });
      onTestFinished(() => api.http.close());
      const shared = { kept, clock, api, corpId: CORP, profile: () => null, log: silent };
      const links = { personOf: () => null, claim: async () => false, accountsOf: () => [] };
      const suspension = new Suspension({ ...shared, links, tell: async () => {}, alarm: () => {} });
      const parts = {
        groups: new Groups(shared),
        people: new People({
          ...shared,
          platform: 'wecom-app',
          tenant: CORP,
          lookUp: async (userid) => ({ name: String((await api.call('user/get', { query: { userid } }))['name']) }),
        }),
        suspension,
      };
      await Promise.all([parts.groups.recall(), parts.people.recall(), suspension.recall()]);
      return parts;
    });
    return { server, a, b };
  }
  const zhangsan = { platform: 'wecom-app', tenant: CORP, id: 'zhangsan' };
  const by = (account: Account) => ({ account, language: 'zh-CN' as const });

  it('a group made at one instance is read at the others, and what becomes of it is not undone by a redelivery', async () => {
    const { a, b } = await apps();
    const { address } = await a.groups.roomFor(by(zhangsan), 'k1');
    await expect.poll(() => b.groups.reads('zhangsan', address), soon).toBe(true);
    await a.groups.lost(address);
    expect((await b.groups.roomFor(by(zhangsan), 'k1')).address).toBe(address);
    const other = await a.groups.roomFor(by(zhangsan), 'k2');
    await a.groups.lost(other.address);
    // At once, before anything was heard.
    await b.groups.roomFor(by(zhangsan), 'k2');
    expect((await b.groups.ready(other.address, 'x'))?.state).toBe('people');
    await expect.poll(() => [a, b].map(({ groups }) => groups.writesToPeople(address)), soon).toEqual([true, true]);
  });

  it('a group both write to first is made once', async () => {
    const { server, a, b } = await apps();
    const lisi = { ...zhangsan, id: 'lisi' };
    const { address } = await a.groups.roomFor(by(lisi), 'k1');
    await expect.poll(() => b.groups.reads('lisi', address), soon).toBe(true);
    await a.groups.ready(address, 'x');
    await b.groups.ready(address, 'x');
    expect(server.calls.filter((call) => call.includes('appchat/create')).length).toBeLessThanOrEqual(1);
  });

  it('a name that was asked for, and that WeCom stopped the app, is known everywhere', async () => {
    const { a, b } = await apps();
    await a.people.introduce({ named: async () => {} }, a.people.caller('zhangsan'));
    await expect.poll(() => b.people.nameOf(zhangsan), soon).toBe('张三');
    await a.people.choose('zhangsan', 'en');
    await expect.poll(() => b.people.caller('zhangsan').language, soon).toBe('en');
    const said = (event: string): Incoming => ({
      ...{ to: CORP, agent: '', from: 'sys', key: event, type: 'event', text: '', media: '', event },
      ...{ eventKey: '', taskId: '', responseCode: '', selected: {} },
    });
    await a.suspension.concerns(said('low_active'));
    await expect.poll(() => b.suspension.trouble, soon).toContain('stopped the app');
    await b.suspension.concerns(said('active_restored'));
    await expect.poll(() => a.suspension.trouble, soon).toBeNull();
  });
});

describe('Slack', () => {
  async function directories() {
    const server = new SlackServer();
    const apiUrl = await server.listen();
    const { workspace } = server;
    workspace.addChannel('C1');
    workspace.addChannel('C2', { isPrivate: true });
    workspace.addUser('U1', 'Chen Yu', 'zh-CN');
    onTestFinished(() => server.close());
    const directoryOf = async ({ kept, clock }: Pick<OpenStore, 'kept' | 'clock'>): Promise<Directory> => {
      const api = createApi({ token: 'xoxb-test', apiUrl, proxy: null, clock, log: silent });
      onTestFinished(() => api.http.close());
      const directory = new Directory({
        api,
        clock,
        kept: withPrefix(kept, 'slack:'),
        log: silent,
        profile: () => null,
      });
      await directory.recall();
      await directory.introduce();
      await directory.loadChannels();
      return directory;
    };
    const [a, b] = await two(async (store) => ({ store, directory: await directoryOf(store) }));
    return { workspace, a: a.directory, b: b.directory, store: a.store, directoryOf };
  }

  it('the language somebody chose and the name Slack told are known everywhere', async () => {
    const { a, b } = await directories();
    await a.people.choose('U1', 'en');
    await a.people.learn('U1');
    await expect.poll(() => [b.people.languageOf('U1'), b.isForeign('U1', 'T-OTHER')], soon).toEqual(['en', false]);
    expect(b.people.person('U1')?.name).toBe('Chen Yu');
  });

  it('a channel that is shared with another organisation is closed at the instances that did not get the event', async () => {
    const { workspace, a, b } = await directories();
    const channel = workspace.channels.get('C1');
    if (!channel) throw new Error('no channel');
    channel.isShared = true;
    await a.noted('C1', { is_ext_shared: true });
    await a.refreshChannel('C1');
    await expect
      .poll(() => b.closedFor({ tenant: b.team, address: 'C1', thread: null }, true), soon)
      .toMatchObject({ detail: 'shared_channel' });
    channel.isShared = false;
    await b.refreshChannel('C1');
    await expect.poll(() => a.isShared('C1'), soon).toBe(false);
  });

  it('what an event said counts everywhere although Slack does not answer when asked', async () => {
    const { workspace, a, b } = await directories();
    workspace.channels.delete('C2');
    await a.noted('C2', { is_member: false });
    await a.refreshChannel('C2');
    await expect.poll(() => b.channel('C2')?.is_member, soon).toBe(false);
  });

  it('who leaves a private channel reads it nowhere any more, also where the clock is a little ahead', async () => {
    const { a, b, store, directoryOf } = await directories();
    const ahead = await directoryOf({
      ...store,
      clock: { now: () => store.clock.now() + 300, at: (at, run) => store.clock.at(at, run) },
    });
    const all = [a, b, ahead];
    for (const directory of all) directory.seenIn('U1', 'C2');
    await a.goneFrom('U1', 'C2');
    await ahead.recall();
    const read = () => all.map((directory) => directory.reads('U1', 'C2'));
    await expect.poll(read, soon).toEqual([false, false, false]);
  });

  it('a channel the bot made or was invited to is known everywhere; what the last run knew counts once Slack has told it', async () => {
    const { workspace, a, b, store, directoryOf } = await directories();
    workspace.addChannel('C3', { isPrivate: true });
    await a.refreshChannel('C3');
    await expect.poll(() => b.channel('C3')?.is_private, soon).toBe(true);
    workspace.channels.delete('C3');
    const later = await directoryOf({
      ...store,
      clock: { now: () => store.clock.now() + 61 * 60_000, at: (at, run) => store.clock.at(at, run) },
    });
    expect(later.channel('C1')?.id).toBe('C1');
    expect(later.channel('C3')).toBeNull();
    await a.goneFrom('U1', 'C2');
    await expect.poll(async () => (await store.kept.list('slack:gone:', 9)).length, soon).toBe(1);
    const leftOver = async () => {
      await later.forget();
      return store.kept.list('slack:gone:', 9);
    };
    await expect.poll(leftOver, soon).toEqual([]);
  });
});
