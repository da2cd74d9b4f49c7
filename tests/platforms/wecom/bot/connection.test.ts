import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { Connection } from '../../../../src/platforms/wecom/bot/connection.ts';
import { ManualClock } from '../../../fakes/clock.ts';
import { BotServer } from '../../../fakes/wecom/bot-server.ts';
import { silent } from '../../slack/kept.ts';

const open: { connection?: Connection; server?: BotServer; proxy?: Server } = {};
afterEach(async () => {
  open.connection?.stop();
  await open.server?.close();
  open.proxy?.closeAllConnections();
  await new Promise<void>((resolve) => (open.proxy ? open.proxy.close(() => resolve()) : resolve()));
});

const SOON = { timeout: 60_000, interval: 5 };
const alarms: string[] = [];

async function connected(more: { secret?: string; proxy?: string; url?: string } = {}) {
  const server = new BotServer();
  const wsUrl = more.url ?? (await server.listen());
  const clock = new ManualClock();
  alarms.length = 0;
  const connection = new Connection({
    config: { botId: server.botId, secret: more.secret ?? 'secret-test', wsUrl },
    proxy: more.proxy === undefined ? null : { address: more.proxy, except: [] },
    clock,
    log: silent,
    jitter: () => 1,
    received: () => {},
    connected: () => {},
    alarm: () => void alarms.push('kicked'),
  });
  Object.assign(open, { connection, server });
  await connection.start();
  return { server, clock, connection, wsUrl };
}

it('a connection that breaks comes back', async () => {
  const { server, clock, connection } = await connected();
  expect(connection.health.ok).toBe(true);
  server.cut();
  await expect.poll(() => connection.health.ok, SOON).toBe(false);
  clock.advance(1_000);
  await expect.poll(() => connection.health.ok, SOON).toBe(true);
  expect(server.connections).toBe(2);
});

it('taken over by another program it comes back by itself after growing waits, with an alarm each time', async () => {
  const { server, clock, connection } = await connected();
  const back = async (minutes: number, tries: number) => {
    server.kick();
    await expect.poll(() => connection.health.ok, SOON).toBe(false);
    expect(alarms).toHaveLength(tries);
    expect(connection.health.detail).toContain('another program');
    await expect(connection.request('aibot_send_msg', `r${tries}`, {})).rejects.toMatchObject({ sent: false });
    clock.jumpTo(clock.now() + minutes * 60_000 - 1_000);
    expect(server.connections).toBe(tries);
    clock.jumpTo(clock.now() + 1_000);
    await expect.poll(() => connection.health.ok, SOON).toBe(true);
  };
  const waits = [2, 4, 8, 16, 32, 60, 60];
  for (const [n, minutes] of waits.entries()) await back(minutes, n + 1);
  clock.jumpTo(clock.now() + 3_600_000);
  await back(2, waits.length + 1);
});

it('a secret that is refused is said, and tried again rarely', async () => {
  const { server, clock, connection } = await connected({ secret: 'wrong' });
  expect(connection.health).toMatchObject({ ok: false, detail: expect.stringContaining('secret') });
  clock.advance(60_000);
  expect(server.requests.filter(({ cmd }) => cmd === 'aibot_subscribe')).toHaveLength(1);
});

it('a connection without a sign of life is replaced', async () => {
  const { server, clock, connection } = await connected();
  clock.advance(10_000);
  server.isMute = true;
  clock.advance(80_000);
  expect(connection.health).toEqual({ ok: false, detail: 'silent' });
  server.isMute = false;
  clock.advance(1_000);
  await expect.poll(() => connection.health.ok, SOON).toBe(true);
});

it('goes out through a proxy', async () => {
  const asked: string[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    const [host = '', port = ''] = (request.url ?? '').split(':');
    const target = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      target.pipe(socket).pipe(target);
    });
    for (const one of [socket, target]) one.on('error', () => one.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  open.proxy = proxy;
  const address = proxy.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const { connection, wsUrl } = await connected({ proxy: `http://127.0.0.1:${port}` });
  expect(connection.health.ok).toBe(true);
  expect(asked).toEqual([wsUrl.replace('ws://', '')]);
});

it('a proxy that refuses is named as the reason, and tried again', async () => {
  const proxy = createServer();
  proxy.on('connect', (_, socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'));
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  open.proxy = proxy;
  const address = proxy.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const { connection } = await connected({ proxy: `http://127.0.0.1:${port}` });
  await expect.poll(() => connection.health, SOON).toMatchObject({ ok: false, detail: expect.stringContaining('407') });
});

it('a refusal keeps the number of WeCom', async () => {
  const { connection } = await connected();
  const request = connection.request('aibot_send_msg', 'r1', { chatid: 'nobody', msgtype: 'markdown' });
  await expect(request).rejects.toMatchObject({ code: 93006 });
});
