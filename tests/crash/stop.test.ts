import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { BotProgram, freePort } from '../fakes/program.ts';
import { slash } from '../fakes/slack/payloads.ts';
import { SlackServer } from '../fakes/slack/server.ts';

// @module-tag soak: trouble.test.ts stops the program with work under way.

const PERSON = 'U00PERSON00';
const CHANNEL = 'C00CHANNEL0';

it('SIGTERM while a platform takes its time: what was on its way is known to have arrived, and the program ends well', async () => {
  const slack = new SlackServer();
  slack.workspace.addUser(PERSON, 'Li Wei', 'en');
  slack.workspace.addChannel(CHANNEL, { isPrivate: true, members: [PERSON, 'U00BOT00001'] });
  const folder = mkdtempSync(join(tmpdir(), 'jishi-stop-'));
  // Something that never lets go of the event loop, as a library may.
  const held = '--import data:text/javascript,setInterval(()=>{},1e3)';
  const env = {
    NODE_OPTIONS: held,
    SLACK_BOT_TOKEN: 'xoxb-test',
    SLACK_APP_TOKEN: 'xapp-test',
    SLACK_API_URL: await slack.listen(),
  };
  const bot = new BotProgram(folder, await freePort(), env);
  onTestFinished(async () => {
    await bot.end('SIGKILL');
    await slack.close();
    rmSync(folder, { recursive: true, force: true });
  });
  await bot.start();
  await expect.poll(() => slack.sockets.size).toBeGreaterThan(0);
  await slack.send('slash_commands', slash('new Mail is down', PERSON, CHANNEL));
  await expect.poll(() => slack.workspace.inThread(CHANNEL, null).length).toBe(1);

  const db = new Database(join(folder, 'jishi.sqlite'));
  onTestFinished(() => void db.close());
  const card = { tone: 'running', drill: false, title: { raw: 'A reminder' }, summary: { raw: 'due' }, blocks: [] };
  db.prepare(
    `INSERT INTO outbox (key, incident, lane, recipient, content, due_at, state, not_before)
     SELECT 'n1', id, 1, json_object('kind', 'room', 'room', ?, 'ring', json('true')), ?, ?, 'ready', 0 FROM incidents`,
  ).run(`slack/T00FAKE0001/${CHANNEL}`, JSON.stringify({ kind: 'card', card }), Date.now());
  const row = () => db.prepare(`SELECT state, ref FROM outbox WHERE key = 'n1'`).get();
  slack.delayMs = 2_000;
  // What is new wakes delivery.
  await slack.send('slash_commands', slash('drill The gate is open', PERSON, CHANNEL));
  await expect.poll(row, { interval: 10 }).toMatchObject({ state: 'sending' });
  expect(await bot.end('SIGTERM')).toBe(0);
  expect(row()).toEqual({ state: 'sent', ref: expect.any(String) });
  expect(slack.workspace.messages.filter(({ text }) => text.includes('A reminder'))).toHaveLength(1);
});
