import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { isValidSlackRequest } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import { organisationSchema } from '../../../src/incident/people/profile.ts';
import { signatureOf } from '../../../src/platforms/slack/receive/http-mode.ts';
import type { Store } from '../../../src/use-cases/ports.ts';
import { event, press, said, slash } from '../../fakes/slack/payloads.ts';
import type { SlackServer } from '../../fakes/slack/server.ts';
import {
  accountOf,
  type Bot,
  type BotOptions,
  CHANNEL,
  CHEN,
  LI,
  postSigned,
  SECRET,
  sender,
  startBot,
  workspace,
} from './bot.ts';
import { memoryKept, silent } from './kept.ts';

const bots: Bot[] = [];
afterEach(async () => {
  for (const bot of bots.splice(0)) await bot.stop();
});
async function start(options: BotOptions = {}): Promise<Bot> {
  const bot = await startBot(options);
  bots.push(bot);
  await bot.service.idle();
  return bot;
}

/** Commits fail while the switch is on. */
function breakable() {
  const broken = { on: false };
  const store = (real: Store): Store => ({
    ...real,
    change: (request) => (broken.on ? Promise.reject(new Error('disk full')) : real.change(request)),
  });
  return { broken, store };
}

describe.each(['socket', 'http'] as const)('over %s', (mode) => {
  it('a failed commit is not acknowledged, and the same delivery is taken when the disk is back', async () => {
    const { broken, store } = breakable();
    const bot = await start({ mode, store });
    const send = sender(bot, mode);
    const payload = slash('new Outage', LI, CHANNEL);
    const message = said(bot.server.workspace.say(CHANNEL, LI, '<@U00BOT00001> new Leak'));
    broken.on = true;
    const unanswered = sender(bot, mode, 1_000);
    expect(await unanswered(payload)).toBeNull();
    expect(await unanswered(message)).toBeNull();
    broken.on = false;
    expect(await send(payload)).toEqual({});
    expect(await bot.store.incidents({ limit: 9 })).toHaveLength(1);
    expect(bot.failed).toEqual([]);
  });

  it('an unknown action is acknowledged and explained', async () => {
    const bot = await start({ mode });
    const at = { channel: CHANNEL, ts: '1.1', responseUrl: `${bot.server.url}/response/9` };
    expect(await sender(bot, mode)(press({ action_id: 'a', value: 'from another app' }, LI, at))).toEqual({});
    await expect.poll(() => bot.server.responses).toHaveLength(1);
    expect(JSON.stringify(bot.server.responses[0]?.body)).toContain('out of date');
  });

  it('what cannot be handled is kept with its body but without live handles, acknowledged and said', async () => {
    const bot = await start({ mode });
    const odd = {
      ...press({ action_id: 'a', value: 'v' }, LI, { responseUrl: `${bot.server.url}/response/8` }),
      actions: 'none',
    };
    expect(await sender(bot, mode)(odd)).toEqual({});
    expect(bot.failed).toHaveLength(1);
    expect(bot.failed[0]?.body).toContain('block_actions');
    expect(bot.failed[0]?.body).not.toMatch(/response_url|trigger_id|"token"/);
    await expect.poll(() => bot.server.responses).toHaveLength(1);
  });

  it('events nobody asked for are taken and change nothing', async () => {
    const bot = await start({ mode });
    expect(await sender(bot, mode)(event({ type: 'team_icon_changed' }))).toEqual({});
    expect(bot.failed).toEqual([]);
  });
});

describe('socket mode', () => {
  it('a fresh connection is up before the old one is closed: nothing is missed in between', async () => {
    const bot = await start();
    const [old] = bot.server.sockets;
    bot.server.refresh();
    await expect.poll(() => bot.server.connections).toBe(2);
    expect(old?.readyState).toBe(1);
    expect(bot.service.health().ok).toBe(true);
    expect(await sender(bot)(slash('help', LI, CHANNEL))).toMatchObject({ response_type: 'ephemeral' });
  });

  it('comes back after an outage by itself, and catches up on what was said meanwhile', async () => {
    const bot = await start();
    const send = sender(bot);
    await send(slash('new Outage', LI, CHANNEL));
    const roots = () => bot.server.workspace.inThread(CHANNEL, null);
    await expect.poll(() => roots().length).toBe(1);
    const root = roots()[0];
    if (!root) throw new Error('no root');
    bot.server.down = true;
    bot.server.cut();
    await expect.poll(() => bot.service.health().ok).toBe(false);
    bot.server.workspace.say(CHANNEL, CHEN, '<@U00BOT00001> 记录 断网期间的处置', root.ts);
    bot.server.workspace.say(CHANNEL, CHEN, 'and this is only talk', root.ts);
    await expect.poll(() => bot.server.callsOf('apps.connections.open').length).toBeGreaterThan(3);
    bot.server.down = false;
    await expect.poll(() => bot.service.health().ok).toBe(true);
    const [row] = await bot.store.incidents({ limit: 1 });
    const notes = async () => (await bot.store.incident(row?.id ?? ''))?.notes.map((n) => n.text) ?? [];
    await expect.poll(notes).toEqual(['断网期间的处置']);
  });

  it('after a long gap every page of a thread is read, and a pin set meanwhile counts', { tags: 'soak' }, async () => {
    const slack = await workspace();
    const kept = memoryKept();
    const first = await startBot({ ...slack, kept });
    await sender(first)(slash('new Outage', LI, CHANNEL));
    const { workspace: talk } = slack.server;
    await expect.poll(() => talk.inThread(CHANNEL, null).length).toBe(1);
    await first.stop(true);
    const ts = talk.inThread(CHANNEL, null)[0]?.ts ?? '';
    const pinned = talk.say(CHANNEL, CHEN, 'the firewall log shows it', ts);
    pinned.reactions.push({ name: 'pushpin', users: [LI] });
    for (let n = 0; n < 220; n += 1) talk.say(CHANNEL, CHEN, `talk ${n}`, ts);
    talk.say(CHANNEL, CHEN, '<@U00BOT00001> 记录 第二页', ts);
    const second = await start({ ...slack, kept, dataDir: first.dataDir });
    const [row] = await second.store.incidents({ limit: 1 });
    const notes = async () => (await second.store.incident(row?.id ?? ''))?.notes.map((n) => n.text).toSorted();
    await expect.poll(notes).toEqual(['the firewall log shows it', '第二页']);
    await second.stop();
    bots.pop();
    await slack.server.close();
  });

  it('a restart catches up from when it last lived', async () => {
    const slack = await workspace();
    const kept = memoryKept();
    const first = await startBot({ ...slack, kept });
    await sender(first)(slash('new Outage', LI, CHANNEL));
    await expect.poll(() => slack.server.workspace.inThread(CHANNEL, null).length).toBe(1);
    await first.stop(true);
    const ts = slack.server.workspace.inThread(CHANNEL, null)[0]?.ts ?? '';
    slack.server.workspace.say(CHANNEL, CHEN, '<@U00BOT00001> 记录 停机期间', ts);
    const second = await start({ ...slack, kept, dataDir: first.dataDir });
    const [row] = await second.store.incidents({ limit: 1 });
    const notes = async () => (await second.store.incident(row?.id ?? ''))?.notes.map((n) => n.text);
    await expect.poll(notes).toEqual(['停机期间']);
    await second.stop();
    bots.pop();
    await slack.server.close();
  });

  describe('an app that Slack does not accept any more takes Slack down, and nothing else', () => {
    const refused = { kind: 'error', code: 'invalid_auth' } as const;
    const organisation = organisationSchema.parse({
      organisation: '某公司',
      entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
      people: [
        {
          id: 'li',
          name: '李伟',
          roles: ['lead'],
          accounts: [accountOf(LI), { platform: 'mail', tenant: 'mail', id: 'li@acme.example' }],
        },
      ],
    });

    it.each([
      ['the app token is refused', (server: SlackServer) => server.fail('apps.connections.open', refused), null],
      [
        'the bot token is refused',
        ({ workspace: of }: SlackServer) => {
          of.tokenError = 'token_revoked';
        },
        null,
      ],
      ['it is uninstalled', null, event({ type: 'app_uninstalled' })],
      ['its token is revoked', null, event({ type: 'tokens_revoked', tokens: { bot: ['U00BOT00001'] } })],
    ])('%s', async (_, before, payload) => {
      const slack = await workspace();
      before?.(slack.server);
      const bot = await start({ ...slack, organisation });
      if (payload) await sender(bot)(payload);
      await bot.service.idle();
      expect(bot.service.health()).toMatchObject({ ok: false });
      expect(bot.alarms).toEqual(['slack_removed']);
      // By another way, as Slack shows nothing any more.
      expect(bot.told.map(({ to }) => to)).toMatchObject([{ kind: 'person', account: { platform: 'mail' } }]);
      await bot.stop();
      bots.pop();
      await slack.server.close();
    });

    it("but a person's token that is revoked changes nothing", async () => {
      const bot = await start();
      await sender(bot)(event({ type: 'tokens_revoked', tokens: { oauth: ['U0BEN'] } }));
      await bot.service.idle();
      expect(bot.service.health().ok).toBe(true);
      expect(bot.alarms).toEqual([]);
    });

    it('it is well again once Slack accepts a call', async () => {
      const bot = await start();
      await sender(bot)(event({ type: 'app_uninstalled' }));
      await bot.service.idle();
      expect(bot.service.health().ok).toBe(false);
      await sender(bot)(slash('new Outage', LI, CHANNEL));
      await expect.poll(() => bot.service.health().ok).toBe(true);
    });
  });

  it('a clean stop finishes what it took, replies included, and hangs up', async () => {
    const slack = await workspace();
    const bot = await startBot(slack);
    slack.server.delayMs = 150;
    const at = { channel: CHANNEL, ts: '1.1', responseUrl: `${slack.server.url}/response/7` };
    await sender(bot)(press({ action_id: 'a', value: 'old' }, LI, at));
    await bot.stop();
    expect(slack.server.responses).toHaveLength(1);
    await expect.poll(() => slack.server.sockets.size).toBe(0);
    await slack.server.close();
  });
});

describe('HTTP mode', () => {
  const now = () => Math.floor(Date.now() / 1000);

  it('takes what is signed with the new or the old secret, and nothing else', async () => {
    const bot = await start({ mode: 'http', signingSecrets: ['new', 'old'] });
    const payload = slash('help', LI, CHANNEL);
    expect((await postSigned(bot.url, payload, { secret: 'new' })).status).toBe(200);
    expect((await postSigned(bot.url, payload, { secret: 'old' })).status).toBe(200);
    expect((await postSigned(bot.url, payload, { secret: 'wrong' })).status).toBe(401);
    expect((await postSigned(bot.url, payload, { secret: 'new', signature: 'v0=00' })).status).toBe(401);
  });

  it('checks the time both ways', async () => {
    const bot = await start({ mode: 'http' });
    const payload = slash('help', LI, CHANNEL);
    expect((await postSigned(bot.url, payload, { at: now() - 290 })).status).toBe(200);
    expect((await postSigned(bot.url, payload, { at: now() - 400 })).status).toBe(401);
    expect((await postSigned(bot.url, payload, { at: now() + 400 })).status).toBe(401);
  });

  it("signs as Slack's own package checks", () => {
    const timestamp = now();
    const of = { secret: SECRET, timestamp: String(timestamp), body: 'payload=x' };
    const headers = { 'x-slack-signature': signatureOf(of), 'x-slack-request-timestamp': timestamp };
    expect(isValidSlackRequest({ signingSecret: SECRET, body: of.body, headers })).toBe(true);
  });

  it('answers the challenge of the set-up', async () => {
    const bot = await start({ mode: 'http' });
    expect(await postSigned(bot.url, { type: 'url_verification', challenge: 'abc' })).toEqual({
      status: 200,
      body: { challenge: 'abc' },
    });
  });

  it('refuses what is larger than Slack sends', async () => {
    const bot = await start({ mode: 'http' });
    const response = await fetch(bot.url, { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) }).catch(() => null);
    expect([413, undefined]).toContain(response?.status);
    expect((await fetch(bot.url)).status).toBe(404);
  });

  it('takes a body of unknown length, and a client that goes away in the middle is nothing to report', async () => {
    const logged: string[] = [];
    const bot = await start({ mode: 'http', log: { ...silent, error: (_, message) => void logged.push(message) } });
    const timestamp = String(now());
    const body = new URLSearchParams(Object.entries(slash('help', LI, CHANNEL))).toString();
    const mac = createHmac('sha256', SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
    const response = await fetch(bot.url, {
      method: 'POST',
      duplex: 'half',
      body: ReadableStream.from([Buffer.from(body.slice(0, 9)), Buffer.from(body.slice(9))]),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${mac}`,
      },
    });
    expect(response.status).toBe(200);
    const { hostname, port, pathname } = new URL(bot.url);
    const socket = connect(Number(port), hostname);
    socket.write(`POST ${pathname} HTTP/1.1\r\nhost: ${hostname}\r\ncontent-length: 999\r\n\r\npayload`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(logged).not.toContain('request failed');
  });
});

describe('a proxy', () => {
  it('everything goes through it by CONNECT, HTTP and WebSocket alike', async () => {
    const targets: string[] = [];
    const proxy = createServer();
    proxy.on('connect', (request, client, head) => {
      targets.push(request.url ?? '');
      const [host, port] = (request.url ?? '').split(':');
      const upstream = connect(Number(port), host, () => {
        client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        upstream.write(head);
        upstream.pipe(client);
        client.pipe(upstream);
      });
      upstream.on('error', () => client.destroy());
      client.on('error', () => upstream.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const address = proxy.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const bot = await startBot({ proxy: { address: `http://127.0.0.1:${port}`, except: [] } });
    expect(bot.service.health().ok).toBe(true);
    expect(await sender(bot)(slash('help', LI, CHANNEL))).toMatchObject({ response_type: 'ephemeral' });
    const slackPort = new URL(bot.server.url).port;
    expect(new Set(targets)).toEqual(new Set([`127.0.0.1:${slackPort}`]));
    // One tunnel is the WebSocket's own.
    expect(targets.length).toBeGreaterThanOrEqual(2);
    await bot.stop();
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
  });
});
