import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { BotProgram, freePort } from '../fakes/program.ts';

/** Says which packages a program loads, as it loads them. */
const TELLING = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  const told = new Set();
  registerHooks({
    load(url, context, next) {
      const name = /.*\\/node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1];
      if (name && !told.has(name)) process.stderr.write('loads ' + name + '\\n');
      told.add(name);
      return next(url, context);
    },
  });
`)}`;

async function program(env: Readonly<Record<string, string>>): Promise<{ bot: BotProgram; loads: () => string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-drivers-'));
  const options = { NODE_OPTIONS: `--import=${TELLING}`, API_TOKEN: 'a-token-of-tests-0123456789abcdef', ...env };
  const bot = new BotProgram(folder, await freePort(), options);
  onTestFinished(async () => {
    await bot.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  return { bot, loads: () => [...bot.said.matchAll(/^loads (.*)$/gm)].map(([, name = '']) => name) };
}

it('with SQLite nothing of PostgreSQL is loaded, neither at the start nor with an incident', async () => {
  const { bot, loads } = await program({});
  await bot.start();
  const headers = {
    authorization: 'Bearer a-token-of-tests-0123456789abcdef',
    'content-type': 'application/json',
    'idempotency-key': 'a',
  };
  const request = { method: 'POST', headers, body: JSON.stringify({ title: 'Mail is down' }) };
  expect((await fetch(`${bot.url}/api/v1/incidents`, request)).status).toBe(201);
  expect((await fetch(`${bot.url}/readyz`)).status).toBe(200);
  expect(loads()).toContain('better-sqlite3');
  expect(loads().filter((name) => /^(?:pg|postgres|kysely|@slack|nodemailer)/.test(name))).toEqual([]);
});

it('with PostgreSQL nothing of SQLite is', { tags: 'soak' }, async () => {
  const { bot, loads } = await program({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' });
  void bot.start().catch(() => {});
  await expect.poll(loads).toContain('pg');
  expect(loads()).not.toContain('better-sqlite3');
});
