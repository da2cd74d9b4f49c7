import { randomBytes } from 'node:crypto';
import { decryptFile, WSClient } from '@wecom/aibot-node-sdk';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { HttpClient } from '../../../../src/platforms/shared/http-client.ts';
import { Connection } from '../../../../src/platforms/wecom/bot/connection.ts';
import { fetchMedia } from '../../../../src/platforms/wecom/bot/hear/evidence.ts';
import { ManualClock } from '../../../fakes/clock.ts';
import { BotServer } from '../../../fakes/wecom/bot-server.ts';
import { silent } from '../../slack/kept.ts';

/** The client that Tencent publishes shows that our frames, and the server of these tests, are as WeCom has them. */
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function served() {
  const server = new BotServer();
  const wsUrl = await server.listen();
  closing.push(() => server.close());
  server.chats.open('chenyu', 'single');
  return { server, config: { botId: server.botId, secret: 'secret-test', wsUrl } };
}

async function ours() {
  const { server, config } = await served();
  const http = new HttpClient(null);
  const frames: unknown[] = [];
  const connection = new Connection({
    ...{ config, http, clock: new ManualClock(), log: silent, jitter: () => 1 },
    received: (_, frame) => void frames.push(frame),
    connected: () => {},
    alarm: () => {},
  });
  await connection.start();
  closing.push(
    () => http.close(),
    () => connection.stop(),
  );
  return { server, frames, http, client: connection };
}

async function tencents() {
  const { server, config } = await served();
  const nothing = (): void => {};
  const logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };
  const client = new WSClient({ ...config, logger, maxReconnectAttempts: 0 });
  const frames: unknown[] = [];
  client.on('message', (frame: unknown) => void frames.push(frame));
  const { promise, resolve } = Promise.withResolvers<void>();
  client.on('authenticated', () => resolve());
  client.connect();
  await promise;
  closing.push(() => client.disconnect());
  return { server, frames, client };
}

const asked = ({ requests }: BotServer) => requests.map(({ cmd, body }) => ({ cmd, body }));

it('the same acts are the same frames', async () => {
  const content = randomBytes(700 * 1024);
  const text = { chat_type: 1, msgtype: 'markdown', markdown: { content: '状态' } };
  const stream = { msgtype: 'stream', stream: { id: 's1', finish: true, content: '已记录' } };
  const [a, b] = [await ours(), await tencents()];
  const frames = [];
  for (const { server, frames: got } of [a, b]) {
    const req_id = server.say('chenyu', '状态', { msgid: 'm1' });
    await expect.poll(() => got.length).toBe(1);
    frames.push({ req_id, got: got[0] });
  }
  const [[mine, theirs], upload] = [frames, { type: 'file', filename: '系统日志.bin' } as const];
  expect(mine).toEqual(theirs);
  const { req_id = '' } = mine ?? {};
  await a.client.request('aibot_respond_msg', req_id, stream);
  await b.client.reply({ headers: { req_id } }, stream);
  await a.client.request('aibot_send_msg', 'r1', { chatid: 'chenyu', ...text });
  await b.client.reply({ headers: { req_id: 'r1' } }, { chatid: 'chenyu', ...text }, 'aibot_send_msg');
  const media = await a.client.upload(content, upload.filename);
  expect((await b.client.uploadMedia(content, upload)).media_id).toBe(media);
  expect(asked(a.server)).toEqual(asked(b.server));
  expect(a.server.refusals).toEqual([]);
});

it('a file of a person is decrypted as by Tencent', async () => {
  const { server, frames, http } = await ours();
  const given = z.object({ body: z.object({ image: z.object({ url: z.string(), aeskey: z.string() }) }) });
  for (const size of [1, 31, 32, 4_000]) {
    const content = Buffer.from([0x89, ...Buffer.from('PNG'), ...randomBytes(size)]);
    server.sendFile('chenyu', content);
    await expect.poll(() => frames.length).toBe(1);
    const { url, aeskey } = given.parse(frames.pop()).body.image;
    const file = { url, aeskey, user: 'chenyu', message: 'm1', at: 0 };
    const got = await fetchMedia({ http, wsUrl: url.replace(/^http/, 'ws'), clock: new ManualClock(0) }, file);
    const sealed = Buffer.from(await (await http.fetch(url)).arrayBuffer());
    expect(got).toMatchObject({ content: decryptFile(sealed, aeskey) });
    expect(got).toMatchObject({ content });
  }
});
