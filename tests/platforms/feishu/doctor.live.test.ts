import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import { systemClock } from '../../../src/ops/system-clock.ts';
import { feishu } from '../../../src/platforms/feishu/index.ts';
import { APP, FeishuServer, SECRET } from '../../fakes/feishu/server.ts';
import { memoryKept } from '../slack/kept.ts';

async function fake(): Promise<FeishuServer> {
  const server = new FeishuServer();
  await server.listen();
  onTestFinished(() => server.close());
  return server;
}

/** A person who types these lines; resolves with the exit code, what was said, and what was written. */
async function connect(server: FeishuServer, lines: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-feishu-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const envFile = join(folder, '.env');
  const said: string[] = [];
  const waiting = [...lines];
  const code = await feishu.connect?.run({
    terminal: {
      out: (text) => void said.push(text),
      error: (text) => void said.push(text),
      ask: async () => waiting.shift() ?? null,
    },
    ...{ options: {}, settings: { FEISHU_API_URL: server.url }, environment: {}, envFile },
    ...{ language: 'en', proxy: null, clock: systemClock },
  });
  const written = (): string => {
    try {
      return readFileSync(envFile, 'utf8');
    } catch {
      return '';
    }
  };
  return { code, said: said.join('\n'), written: written() };
}

describe('connect', () => {
  it('writes credentials that Feishu accepts, and says what to set up', async () => {
    const { code, said, written } = await connect(await fake(), [APP, SECRET]);
    expect(code).toBe(0);
    expect(written).toContain(`FEISHU_APP_ID=${APP}`);
    expect(written).toContain(`FEISHU_APP_SECRET=${SECRET}`);
    expect(said).toContain('card.action.trigger');
  });

  it('asks again for what Feishu refuses, and writes nothing when nothing more is typed', async () => {
    const { code, said, written } = await connect(await fake(), [APP, 'wrong', `FEISHU_APP_ID=${APP}`, '"wrong too"']);
    expect(code).toBe(1);
    expect(said).toContain('10014');
    expect(said).toContain('npx jishi connect feishu');
    expect(written).toBe('');
  });
});

describe('doctor', () => {
  async function findings(server: FeishuServer, more: Readonly<Record<string, string>> = {}, clicked = false) {
    const env = { FEISHU_APP_ID: APP, FEISHU_APP_SECRET: SECRET, FEISHU_API_URL: server.url, ...more };
    const loaded = loadConfig(env, [feishu.settings]);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
    const kept = memoryKept();
    if (clicked) await kept.put('clicked', 'e1');
    const { config } = loaded;
    return feishu.doctor({ config, clock: systemClock, mayConnect: true, organisation: null, running: null, kept });
  }
  const stateOf = (all: Awaited<ReturnType<typeof findings>>, what: string) =>
    all.find((one) => one.what === `feishu ${what}`)?.state;

  it('is content with an app in use whose buttons have been pressed', async () => {
    const all = await findings(await fake(), {}, true);
    expect(all.map(({ state }) => state)).toEqual(['ok', 'ok', 'ok']);
  });

  it('warns until a click has arrived: callbacks are subscribed to apart from events', async () => {
    const all = await findings(await fake());
    expect(stateOf(all, 'buttons')).toBe('warning');
  });

  it('says that a secret is wrong, and that one of the two settings of callbacks is missing', async () => {
    const server = await fake();
    expect(stateOf(await findings(server, { FEISHU_APP_SECRET: 'wrong' }), 'app')).toBe('wrong');
    expect(stateOf(await findings(server, { FEISHU_ENCRYPT_KEY: 'key' }), 'callbacks')).toBe('wrong');
  });

  it('callbacks need a public address', async () => {
    const callback = { FEISHU_VERIFICATION_TOKEN: 't', FEISHU_ENCRYPT_KEY: 'k' };
    expect(stateOf(await findings(await fake(), callback), 'events')).toBe('wrong');
  });

  it('an App ID of another form is refused with the settings', () => {
    const loaded = loadConfig({ FEISHU_APP_ID: 'cli_short', FEISHU_APP_SECRET: 'x' }, [feishu.settings]);
    expect(loaded.ok).toBe(false);
  });
});
