import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { evolve } from '../../src/incident/evolve.ts';
import { openReadOnlyStore } from '../../src/storage/sqlite/read-only.ts';
import { button, buttonsIn, press, said, slash, submit } from '../fakes/slack/payloads.ts';
import { CHANNEL, CHEN, LI, workspace } from '../platforms/slack/bot.ts';

/** The real program with Slack as the fake, killed on the way: what people see is what they would have seen without. */
const running = new Set<ChildProcess>();
const folders: string[] = [];
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const SETTLE = { timeout: 30_000, interval: 50 };

async function program(dataDir: string, apiUrl: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../src/start.js'), 'start'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'] ?? '',
      NODE_ENV: 'test',
      DATA_DIR: dataDir,
      PORT: '0',
      LOG_LEVEL: 'error',
      SLACK_BOT_TOKEN: 'xoxb-test',
      SLACK_APP_TOKEN: 'xapp-test',
      SLACK_API_URL: apiUrl,
    },
  });
  running.add(child);
  let complaints = '';
  child.stderr?.on('data', (chunk) => {
    complaints += String(chunk);
  });
  child.stdout?.on('data', (chunk) => {
    complaints += String(chunk);
  });
  child.once('exit', (code) => {
    running.delete(child);
    if (code !== null && code !== 0) process.stderr.write(complaints);
  });
  return child;
}

async function killed(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> {
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  child.kill(signal);
  return ended;
}

it('a whole case with two kills on the way: nothing lost, nothing doubled', async () => {
  const { server, apiUrl } = await workspace();
  const dataDir = mkdtempSync(join(tmpdir(), 'jishi-slack-e2e-'));
  folders.push(dataDir);
  const talk = server.workspace;
  const up = async (connections: number): Promise<void> => {
    await expect.poll(() => server.connections >= connections && server.sockets.size > 0, SETTLE).toBe(true);
  };
  const kind = (payload: object) =>
    'command' in payload
      ? ('slash_commands' as const)
      : 'event_id' in payload
        ? ('events_api' as const)
        : ('interactive' as const);
  const send = async (payload: object): Promise<unknown> =>
    (await server.send(kind(payload), payload, { within: 5_000 }))?.payload ?? null;
  const roots = () => talk.inThread(CHANNEL, null).filter((m) => m.user === 'U00BOT00001');
  const below = () => talk.inThread(CHANNEL, roots()[0]?.ts ?? '').filter((m) => m.user === 'U00BOT00001');

  // Declared, and killed as soon as it was acknowledged: the card may or may not be on the wire.
  const first = await program(dataDir, apiUrl);
  await up(1);
  expect(await send(slash('new 支付系统疑似用户数据泄露', LI, CHANNEL))).not.toBeNull();
  await killed(first);

  const second = await program(dataDir, apiUrl);
  await up(2);
  await expect.poll(() => roots().length, SETTLE).toBe(1);
  await expect.poll(() => below().length, SETTLE).toBeGreaterThan(0);
  const root = roots()[0];
  if (!root) throw new Error('no root');
  await expect.poll(() => buttonsIn(root.blocks).some((b) => b.label === 'No'), SETTLE).toBe(true);
  const no = press(button(root.blocks, 'No'), LI, { channel: CHANNEL, ts: root.ts });
  // Slack's own repetition and a double click: one answer.
  await Promise.all([
    send(no),
    send(no),
    send(press(button(root.blocks, 'No'), CHEN, { channel: CHANNEL, ts: root.ts })),
  ]);
  const line = talk.say(CHANNEL, CHEN, '<@U00BOT00001> 记录 09:50 已隔离两台服务器', root.ts);
  expect(await send(said(line))).not.toBeNull();
  await killed(second);
  const missed = talk.say(CHANNEL, CHEN, '<@U00BOT00001> 记录 10:05 已重置口令', root.ts);

  const third = await program(dataDir, apiUrl);
  await up(3);
  // Slack delivers what was not acknowledged; it also arrives by catching up.
  await send(said(missed));
  await send(said(line));
  const before = talk.views.length;
  await expect.poll(() => buttonsIn(root.blocks).length, SETTLE).toBeGreaterThan(0);
  await send(press(button(root.blocks, 'Add information'), LI, { channel: CHANNEL, ts: root.ts }));
  await expect.poll(() => talk.views.length, SETTLE).toBe(before + 1);
  const modal = talk.views.at(-1);
  if (!modal) throw new Error('no modal');
  const form = submit(modal.view, modal.id, LI, {
    text: { value: 'Third-party storage bucket was public' },
    at: { value: '' },
  });
  const [one, two] = [await send(form), await send(form)];
  expect([one, two]).toEqual([{ response_action: 'clear' }, { response_action: 'clear' }]);
  await expect.poll(() => server.callsOf('chat.update').length, SETTLE).toBeGreaterThan(0);
  expect(await killed(third, 'SIGTERM')).toBe(0);

  expect(roots()).toHaveLength(1);
  const keys = talk.messages.flatMap((m) => (m.metadata ? [String(m.metadata.event_payload['key'])] : []));
  expect(new Set(keys).size).toBe(keys.length);
  const store = await openReadOnlyStore({ file: join(dataDir, 'jishi.sqlite'), evolve });
  const [row] = await store.incidents({ limit: 5 });
  const state = await store.incident(row?.id ?? '');
  expect(await store.incidents({ limit: 5 })).toHaveLength(1);
  expect(state?.facts['operator']?.value).toBe('other');
  expect(state?.notes.map((n) => n.text)).toEqual([
    '已隔离两台服务器',
    '已重置口令',
    'Third-party storage bucket was public',
  ]);
  await store.close();
  await server.close();
});

it('declared while Slack is down: on disk, acknowledged, and shown once when it is back', async () => {
  const { server, apiUrl } = await workspace();
  const dataDir = mkdtempSync(join(tmpdir(), 'jishi-slack-e2e-'));
  folders.push(dataDir);
  const child = await program(dataDir, apiUrl);
  await expect.poll(() => server.sockets.size, SETTLE).toBe(1);
  server.down = true;
  const acked = await server.send('slash_commands', slash('new Outage', LI, CHANNEL));
  expect(acked).not.toBeNull();
  await expect
    .poll(() => server.callsOf('chat.postMessage').length + server.callsOf('conversations.history').length, SETTLE)
    .toBeGreaterThan(0);
  server.down = false;
  await expect.poll(() => server.workspace.inThread(CHANNEL, null).length, SETTLE).toBe(1);
  expect(await killed(child, 'SIGTERM')).toBe(0);
  expect(server.workspace.inThread(CHANNEL, null)).toHaveLength(1);
  await server.close();
});

it('a revoked token ends the program with a sentence that says what to do', async () => {
  const { server, apiUrl } = await workspace();
  const dataDir = mkdtempSync(join(tmpdir(), 'jishi-slack-e2e-'));
  folders.push(dataDir);
  server.workspace.tokenError = 'token_revoked';
  const child = await program(dataDir, apiUrl);
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += String(chunk);
  });
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  expect(code).toBe(1);
  expect(said).toMatch(/token_revoked.*npx jishi connect slack/);
  await server.close();
});
