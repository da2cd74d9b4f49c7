import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { RESTORED_KEY } from '../../src/use-cases/upkeep/restore-mark.ts';
import { BotProgram, freePort } from '../fakes/program.ts';
import { newDatabase } from '../storage/postgres-harness.ts';
import { sqliteHarness } from '../storage/sqlite-harness.ts';

const START = join(import.meta.dirname, '../../src/start.js');

/** Whoever listens for the sign of life. */
async function watcher() {
  let beats = 0;
  const server = createServer((_request, response) => {
    beats += 1;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return { port, url: `http://127.0.0.1:${port}/`, beats: () => beats };
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-start-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts it where it cannot run; answers how it ended by itself, within five seconds, and what it said. */
async function failedStart(settings: Readonly<Record<string, string>>) {
  const { url, beats } = await watcher();
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOST: '127.0.0.1',
    LOG_LEVEL: 'warn',
    HEARTBEAT_URL: url,
    ...settings,
  };
  const child = spawn(process.execPath, [START], { env, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  for (const out of [child.stdout, child.stderr]) out.on('data', (part: Buffer) => (said += part.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  await expect.poll(() => said, { timeout: 60_000 }).toContain('Jishi cannot start: ');
  const tooLong = new Promise<string>((resolve) => setTimeout(() => resolve('still alive'), 120_000).unref());
  return { code: await Promise.race([ended, tooLong]), said, beats: beats() };
}

it('a port that is taken ends the program, and nobody hears that all is well', async () => {
  const taken = await watcher();
  const { code, said, beats } = await failedStart({ PORT: String(taken.port), DATA_DIR: newFolder() });
  expect(said).toBe(`Jishi cannot start: port ${taken.port} is taken; set PORT to another one\n`);
  expect({ code, beats }).toEqual({ code: 1, beats: 0 });
});

it('with PostgreSQL a data folder that is none ends the program, its connections notwithstanding', {
  tags: 'soak',
}, async () => {
  const file = join(newFolder(), 'file');
  writeFileSync(file, '');
  const settings = { DATABASE_URL: await newDatabase(), DATA_DIR: join(file, 'data'), PORT: String(await freePort()) };
  const { code, said, beats } = await failedStart(settings);
  expect(said).toContain(file);
  expect({ code, beats }).toEqual({ code: 1, beats: 0 });
});

it('what goes wrong after the port was opened ends the program just so', { tags: 'soak' }, async () => {
  const h = await sqliteHarness();
  onTestFinished(() => rmSync(h.folder, { recursive: true, force: true }));
  await h.store.kept.put(RESTORED_KEY, 'no mark');
  await h.store.close();
  const { code, beats } = await failedStart({ DATA_DIR: h.folder, PORT: String(await freePort()) });
  expect({ code, beats }).toEqual({ code: 1, beats: 0 });
});

it('once it is up it gives a sign of life', async () => {
  const { url, beats } = await watcher();
  const bot = new BotProgram(newFolder(), await freePort(), { HEARTBEAT_URL: url });
  onTestFinished(async () => void (await bot.end('SIGKILL')));
  await bot.start();
  await expect.poll(beats).toBe(1);
  expect(await bot.end('SIGTERM')).toBe(0);
});
