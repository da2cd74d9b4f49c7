import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { freePort } from '../fakes/program.ts';
import { slash } from '../fakes/slack/payloads.ts';
import { SlackServer } from '../fakes/slack/server.ts';
import { BotServer } from '../fakes/wecom/bot-server.ts';
import { Programs, type WholeOrders } from './program.ts';

/** The whole program on a machine, and between platforms, that do not behave: what it says, and that it goes on by itself. */
const START = join(import.meta.dirname, '../../src/start.js');
const MINUTE = 60_000;
const SOON = { timeout: 60_000, interval: 50 };
const PERSON = 'U00PERSON00';
const CHANNEL = 'C00CHANNEL0';
/** Ids are given by the year in Shanghai. */
const YEAR = new Date(Date.now() + 8 * 60 * MINUTE).getUTCFullYear();
const GROUP = 'wrGROUP0000';

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-hard-'));
  ending.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Slack and WeCom, and the program between them. */
async function stage() {
  let aheadMs = 0;
  const now = (): number => Date.now() + aheadMs;
  const slack = new SlackServer(now);
  const wecom = new BotServer({ now });
  slack.workspace.addUser(PERSON, 'Li Wei', 'zh-CN');
  slack.workspace.addChannel(CHANNEL, { isPrivate: true, members: [PERSON, 'U00BOT00001'] });
  const port = await freePort();
  const env = {
    ...{
      PORT: String(port),
      DATA_DIR: newFolder(),
      LOG_LEVEL: 'warn',
      API_TOKEN: 'a-token-for-tests-of-32-characters',
    },
    ...{ SLACK_BOT_TOKEN: 'xoxb-test', SLACK_APP_TOKEN: 'xapp-test', SLACK_API_URL: await slack.listen() },
    ...{ WECOM_BOT_ID: wecom.botId, WECOM_BOT_SECRET: 'secret-test', WECOM_BOT_WS_URL: await wecom.listen() },
  };
  const programs: Programs<WholeOrders> = Programs.whole({ isRestarted: false });
  ending.push(
    () => programs.close(),
    () => slack.close(),
    () => wecom.close(),
  );
  await programs.start({ env, aheadMs });
  await expect.poll(() => slack.sockets.size > 0 && wecom.isConnected, SOON).toBe(true);
  return {
    ...{ slack, wecom, programs },
    setClock: (ms: number): void => {
      aheadMs = ms;
      programs.setClock(ms);
    },
    ready: async (): Promise<{ status: number; body: string }> => {
      const response = await fetch(`http://127.0.0.1:${port}/readyz`);
      return { status: response.status, body: await response.text() };
    },
    command: (text: string) => slack.send('slash_commands', slash(text, PERSON, CHANNEL), { within: 3_000 }),
    /** How many reminders are on the record of the first incident. */
    reminders: async (): Promise<number> => {
      const headers = { authorization: 'Bearer a-token-for-tests-of-32-characters' };
      const url = `http://127.0.0.1:${port}/api/v1/incidents/INC-${YEAR}-0001/record`;
      return (await (await fetch(url, { headers })).text()).split('reminder_due').length - 1;
    },
    /** What the bot said in the thread of the incident, and to people. */
    said: (words: RegExp) => slack.workspace.messages.filter((one) => one.user !== PERSON && words.test(one.text)),
  };
}

it('platforms that take everything and answer nothing: acknowledged all the same, /readyz names the part, all arrives once', {
  tags: 'soak',
}, async () => {
  const { slack, wecom, setClock, ready, command } = await stage();
  wecom.say('chenyu', '@计时 演练 群内演练', { chat: GROUP });
  await expect.poll(() => wecom.chats.in(GROUP).length, SOON).toBeGreaterThan(0);
  slack.isMute = true;
  wecom.isMute = true;
  expect(await command('drill Mail is down')).not.toBeNull();
  await expect.poll(() => slack.callsOf('chat.postMessage').length, SOON).toBeGreaterThan(0);
  expect((await ready()).status).toBe(200);
  // Every ten seconds it looks whether anything was heard since the last look; what was heard before the silence counts once.
  await new Promise((resolve) => setTimeout(resolve, 11_000));
  // Longer than anything of a living connection may stay away.
  setClock(2 * MINUTE);
  await expect.poll(async () => (await ready()).body, SOON).toMatch(/"degraded".*"wecom","ok":false/);
  // The jump of the clock costs the socket, as by that clock no ping came for two minutes: now, or a moment after
  // something was sent to it. Whoever sent that is told by Slack, and types again.
  const typed = () => slack.sockets.size > 0 && command(`DRILL-${YEAR}-0002 记录 still there`);
  await expect.poll(typed, SOON).toBeTruthy();
  slack.isMute = false;
  wecom.isMute = false;
  await expect.poll(async () => (await ready()).body, SOON).toContain('"status":"ready"');
  await expect.poll(() => slack.workspace.inThread(CHANNEL, null).length, SOON).toBe(1);
  setClock(4 * MINUTE);
  expect(await command('status')).not.toBeNull();
  const keys = slack.workspace.messages.map(({ metadata }) => String(metadata?.event_payload['key']));
  expect(new Set(keys).size).toBe(keys.length);
});

it('a clock that jumps while it runs: what it jumped over is said at once, once, and late; back again nothing is repeated', async () => {
  const { slack, setClock, ready, command, said, reminders } = await stage();
  await command('new Mail is down');
  await expect.poll(() => slack.workspace.inThread(CHANNEL, null).length, SOON).toBe(1);
  // Past half of the hour an operator of critical infrastructure would have.
  setClock(50 * MINUTE);
  await command(`INC-${YEAR}-0001 记录 after the jump`);
  await expect.poll(() => said(/late|[迟晚]到/).length, SOON).toBeGreaterThan(0);
  const after = await reminders();
  expect(after).toBeGreaterThan(0);
  for (const ms of [-60 * MINUTE, 45 * MINUTE, -5 * MINUTE, 50 * MINUTE]) {
    setClock(ms);
    await command(`INC-${YEAR}-0001 记录 ${ms}`);
  }
  expect((await ready()).status).toBe(200);
  expect(await reminders()).toBe(after);
  const keys = slack.workspace.messages.map(({ metadata }) => String(metadata?.event_payload['key']));
  expect(new Set(keys).size).toBe(keys.length);
});

/** Starts it where it cannot run; answers what it says before it ends. */
async function refusal(folder: string, user: { readonly uid?: number } = {}) {
  const env = { PATH: process.env['PATH'] ?? '', PORT: String(await freePort()), DATA_DIR: folder };
  const child = spawn(process.execPath, [START], { env, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'], ...user });
  let says = '';
  for (const out of [child.stdout, child.stderr]) out.on('data', (part: Buffer) => (says += part.toString()));
  // Not `exit`: what it said last may still be on its way.
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, says };
}

it('a file that is no database, or a damaged one, is refused with a sentence and left as it is', {
  tags: 'soak',
}, async () => {
  const folder = newFolder();
  const file = join(folder, 'jishi.sqlite');
  writeFileSync(file, Buffer.alloc(64 * 1024, 'not a database '));
  const before = readFileSync(file);
  const { code, says } = await refusal(folder);
  expect(code).toBe(1);
  expect(says).toMatch(/Jishi cannot start: .*jishi\.sqlite/);
  expect(says).not.toContain('    at ');
  expect(readFileSync(file).equals(before)).toBe(true);
});

/** Whoever may write everywhere is not stopped by a folder; then it is nobody who tries. */
const NOBODY = userInfo().uid === 0 ? { uid: 65_534, gid: 65_534 } : {};
const mayRun = spawnSync(process.execPath, ['-e', `require('fs').readFileSync(${JSON.stringify(START)})`], {
  ...NOBODY,
  cwd: '/',
});

it.skipIf(mayRun.status !== 0)(
  'a data folder that cannot be written is named, with what to do',
  { tags: 'soak' },
  async () => {
    const folder = newFolder();
    chmodSync(folder, 0o555);
    const { code, says } = await refusal(folder, NOBODY);
    expect(code).toBe(1);
    expect(says).toContain('Jishi cannot start: ');
    expect(says).toContain(folder);
    expect(says).not.toContain('    at ');
  },
);
