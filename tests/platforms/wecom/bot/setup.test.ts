import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, it, onTestFinished } from 'vitest';
import { connectCommand, createAsk } from '../../../../src/cli/connect.ts';
import { systemClock } from '../../../../src/ops/system-clock.ts';
import { botDoctor } from '../../../../src/platforms/wecom/doctor.ts';
import { BotServer } from '../../../fakes/wecom/bot-server.ts';
import { memoryKept } from '../../slack/kept.ts';

async function server() {
  const wecom = new BotServer();
  const wsUrl = await wecom.listen();
  onTestFinished(() => wecom.close());
  return { wecom, wsUrl };
}

async function connect(wsUrl: string, lines: readonly string[], language = 'zh-CN') {
  const home = mkdtempSync(join(tmpdir(), 'jishi-connect-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const envFile = join(home, '.env');
  writeFileSync(envFile, 'PORT=4000\n');
  const input = Object.assign(new PassThrough(), { isTTY: false });
  input.end(lines.map((line) => `${line}\n`).join(''));
  const said: string[] = [];
  const say = (text: string): void => void said.push(text);
  const terminal = { env: { WECOM_BOT_WS_URL: wsUrl, LANG: language }, out: say, error: say, stdin: async () => '' };
  const asking = () => createAsk(input, new PassThrough());
  const code = await connectCommand(['wecom'], terminal, asking, envFile);
  return { code, said: said.join('\n'), env: readFileSync(envFile, 'utf8'), envFile };
}

it('connect: three steps, checked live, written where nobody else reads', async () => {
  const { wsUrl } = await server();
  const { code, said, env, envFile } = await connect(wsUrl, [
    'aib-test',
    'wrong',
    'aib-test',
    'WECOM_BOT_SECRET="secret-test"',
  ]);
  expect(code).toBe(0);
  expect(said).toContain('不接受这组');
  expect(said).toContain('✓ 企业微信已接受连接');
  expect(said).toContain('第3步');
  expect(env).toBe('PORT=4000\nWECOM_BOT_ID=aib-test\nWECOM_BOT_SECRET=secret-test\n');
  expect(statSync(envFile).mode & 0o007).toBe(0);
  expect(said).not.toContain('secret-test');
});

it('connect: nothing is written before it works', async () => {
  const { wsUrl } = await server();
  const { code, said, env } = await connect(wsUrl, ['aib-test', 'wrong'], 'en');
  expect(code).toBe(1);
  expect(said).toContain('nothing was written');
  expect(env).toBe('PORT=4000\n');
});

it('connect: an address that is none, or where nobody answers, is no wrong secret', async () => {
  for (const [address, reason] of [
    ['http://wecom.example', /连接不上（[^）]*wss:\/\/example\.com/],
    ['ws://127.0.0.1:9', /连接不上（.*ECONNREFUSED/],
  ] as const) {
    const { code, said, env } = await connect(address, ['aib-test', 'secret-test']);
    expect(code).toBe(1);
    expect(said).toMatch(reason);
    expect(env).toBe('PORT=4000\n');
  }
});

it('doctor: the secret, who wrote to the bot, who cannot be reached, and whose account nobody knows', async () => {
  const { wecom, wsUrl } = await server();
  const kept = memoryKept();
  const seen = (id: string, kind: string) => kept.put(`chat:${id}`, JSON.stringify({ id, kind, at: 1 }));
  await seen('wrG', 'group');
  await seen('zhaomin', 'single');
  await seen('woOPAQUE', 'single');
  const { loadOrganisation } = await import('../../../../src/config/organisation.ts');
  const profile = await loadOrganisation('manifests/organisation.example.yaml');
  const [first, ...others] = profile.people;
  if (!first) throw new Error('no people');
  const account = { platform: 'wecom', tenant: wecom.botId, id: 'zhaomin' };
  const organisation = { ...profile, people: [{ ...first, accounts: [account] }, ...others] };
  const config = { botId: wecom.botId, secret: 'secret-test', wsUrl };
  const options = { config: { proxy: null }, clock: systemClock, organisation, running: null, kept, mayConnect: true };
  const found = await botDoctor(config, options);
  expect(found[0]).toMatchObject({ state: 'ok' });
  const all = found.map(({ say }) => say).join('\n');
  expect(all).toContain('1 group and 2 people');
  expect(all).toContain('wrG · 1970-01-01');
  expect(all).toContain('woOPAQUE');
  expect(all).not.toContain(`for ${first.name}`);
  if (others[0]) expect(all).toContain(others[0].name);
  expect((await botDoctor({ ...config, secret: 'wrong' }, options))[0]).toMatchObject({ state: 'wrong' });
});

it('doctor: a running bot is asked, not kicked', async () => {
  const { wecom, wsUrl } = await server();
  const config = { botId: wecom.botId, secret: 'secret-test', wsUrl };
  const running = { ok: false, detail: 'kicked' };
  const found = await botDoctor(config, {
    ...{ config: { proxy: null }, clock: systemClock, organisation: null, running, kept: null, mayConnect: true },
  });
  expect(found).toMatchObject([{ state: 'wrong', say: expect.stringContaining('kicked') }]);
  expect(wecom.connections).toBe(0);
});

it('doctor: a bot that does not answer here may run elsewhere, and is not kicked unless the operator says that none does', async () => {
  const { wecom, wsUrl } = await server();
  const config = { botId: wecom.botId, secret: 'secret-test', wsUrl };
  const options = { config: { proxy: null }, clock: systemClock, organisation: null, running: null, kept: null };
  const found = await botDoctor(config, { ...options, mayConnect: false });
  expect(found).toMatchObject([{ state: 'warning', say: expect.stringContaining('--connect') }]);
  expect(wecom.connections).toBe(0);
});
