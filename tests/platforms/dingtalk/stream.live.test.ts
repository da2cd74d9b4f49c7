import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import { systemClock } from '../../../src/ops/system-clock.ts';
import { dingtalk } from '../../../src/platforms/dingtalk/index.ts';
import { dingtalkRig } from '../../contract/platform/dingtalk-rig.ts';
import { CLIENT, DingtalkServer, SECRET, TEMPLATE } from '../../fakes/dingtalk/server.ts';

async function fake(): Promise<DingtalkServer> {
  const server = new DingtalkServer();
  await server.listen();
  onTestFinished(() => server.close());
  return server;
}

/** A person who types these lines; resolves with the exit code, what was said, and what was written. */
async function connect(lines: readonly string[]) {
  const server = await fake();
  const folder = mkdtempSync(join(tmpdir(), 'jishi-dingtalk-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const envFile = join(folder, '.env');
  const said: string[] = [];
  const waiting = [...lines];
  const code = await dingtalk.connect?.run({
    terminal: {
      out: (text) => void said.push(text),
      error: (text) => void said.push(text),
      ask: async () => waiting.shift() ?? null,
    },
    ...{ options: {}, settings: { DINGTALK_API_URL: server.url }, environment: {}, envFile },
    ...{ language: 'zh-CN', proxy: null, clock: systemClock },
  });
  return { code, said: said.join('\n'), written: code === 0 ? readFileSync(envFile, 'utf8') : '' };
}

describe('connect', () => {
  it('writes what DingTalk accepts, and asks again for what it refuses', async () => {
    const taken = await connect([CLIENT, SECRET, TEMPLATE]);
    expect(taken).toMatchObject({ code: 0, said: expect.stringContaining('readers: acting') });
    for (const line of [`DINGTALK_CLIENT_ID=${CLIENT}`, `DINGTALK_CARD_TEMPLATE=${TEMPLATE}`])
      expect(taken.written).toContain(line);
    const refused = await connect([CLIENT, 'wrong', TEMPLATE]);
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('invalidClientIdOrSecret') });
  });
});

describe('doctor', () => {
  async function findings(secret: string, running: { ok: boolean; detail: string } | null = null) {
    const server = await fake();
    const env = { DINGTALK_CLIENT_ID: CLIENT, DINGTALK_CLIENT_SECRET: secret, DINGTALK_CARD_TEMPLATE: TEMPLATE };
    const loaded = loadConfig({ ...env, DINGTALK_API_URL: server.url }, [dingtalk.settings]);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
    return dingtalk.doctor({
      config: loaded.config,
      clock: systemClock,
      mayConnect: true,
      organisation: null,
      running,
      kept: null,
    });
  }

  it('says in both languages what is well and what to do', async () => {
    const all = await findings(SECRET, { ok: false, detail: 'silent' });
    expect(all.map(({ what, state }) => [what, state])).toEqual([
      ['dingtalk app', 'ok'],
      ['dingtalk events', 'wrong'],
      ['dingtalk buttons', 'warning'],
    ]);
    const [app] = await findings('wrong');
    expect(app).toMatchObject({ state: 'wrong', say: expect.stringContaining('Check DINGTALK_CLIENT_ID') });
    expect(app?.chinese).toContain('请检查 DINGTALK_CLIENT_ID');
  });
});

describe('the stream', () => {
  it('answers a ping, is up again after a cut, and has a new connection before the old one ends', async () => {
    const rig = await dingtalkRig();
    onTestFinished(() => rig.stop());
    const { bot, server } = rig;
    expect(await server.ping()).toMatchObject({ code: 200, data: JSON.stringify({ opaque: 'x' }) });
    const opened = () => server.calls.filter((call) => call.endsWith('connections/open')).length;
    server.disconnect();
    for (let n = 0; n < 200 && opened() < 2; n += 1) {
      bot.clock.advance(1);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(opened()).toBe(2);
    expect(bot.health().ok).toBe(true);
    await expect.poll(() => server.connections, { timeout: 60_000 }).toBe(2);
    // The bot knows as well that it is up before minutes go by.
    await server.ping();
    await bot.pass(1);
    await expect.poll(() => server.connections, { timeout: 60_000 }).toBe(1);
    server.drop();
    await expect.poll(() => bot.health().ok, { timeout: 60_000 }).toBe(false);
    await bot.pass(1);
    await expect.poll(() => bot.health().ok, { timeout: 60_000 }).toBe(true);
    expect((await (await rig.write('lead', 'new after the cut', 'home')).deliver()).acknowledged).toBe(true);
  });

  it('a connection without any sign is replaced', async () => {
    const rig = await dingtalkRig();
    onTestFinished(() => rig.stop());
    const before = rig.server.calls.filter((call) => call.endsWith('connections/open')).length;
    rig.server.isSilent = true;
    for (let n = 0; n < 30; n += 1) {
      rig.bot.clock.advance(10_000);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await expect
      .poll(() => rig.server.calls.filter((call) => call.endsWith('connections/open')).length)
      .toBeGreaterThan(before);
  });
});
