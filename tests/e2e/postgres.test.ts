import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { loginLink } from '../../src/http/sessions.ts';
import { openClient } from '../../src/storage/postgres/connect.ts';
import { secretive } from '../conversation/secrets.ts';
import { command } from '../fakes/postgres.ts';
import { BotProgram, freePort } from '../fakes/program.ts';
import { BotServer } from '../fakes/wecom/bot-server.ts';
import { newDatabase } from '../storage/postgres-harness.ts';

const SECRET = 'a-secret-that-all-instances-share';

/** Programs as a company runs them: one database, one set of secrets, an address each. */
async function programs(
  count: number,
  url: string,
  more: Readonly<Record<string, string>> = {},
): Promise<readonly BotProgram[]> {
  const folder = await mkdtemp(join(tmpdir(), 'jishi-several-'));
  const all = await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const env = {
        DATABASE_URL: url,
        API_TOKEN: 'a-token-for-tests-of-32-characters',
        CONSOLE_SECRET: SECRET,
        ...more,
      };
      return new BotProgram(join(folder, String(n)), await freePort(), env);
    }),
  );
  onTestFinished(async () => {
    await Promise.all(all.map((program) => program.end('SIGKILL')));
    await rm(folder, { recursive: true, force: true });
  });
  return all;
}

async function api(program: BotProgram, path: string, body?: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${program.url}/api/v1${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      authorization: 'Bearer a-token-for-tests-of-32-characters',
      'content-type': 'application/json',
      'idempotency-key': String(Math.random()),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  const answer: Record<string, unknown> = JSON.parse(await response.text());
  return answer;
}

/** Signs somebody in and follows what the console shows them; answers what was heard so far. */
async function follow(program: BotProgram, name: string): Promise<() => string> {
  const link = loginLink({ secret: SECRET, name, publicUrl: program.url, now: Date.now() });
  const nonce = new URL(link);
  const token = nonce.searchParams.get('token') ?? '';
  const body = new URLSearchParams({ token });
  const page = await fetch(`${program.url}/login`, { method: 'POST', body, redirect: 'manual' });
  const cookie = page.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  expect(cookie, `${nonce.pathname} ${page.status}`).not.toBe('');
  const ending = new AbortController();
  onTestFinished(() => ending.abort());
  const stream = await fetch(`${program.url}/api/v1/stream`, { headers: { cookie }, signal: ending.signal });
  let heard = '';
  void (async () => {
    for await (const chunk of stream.body ?? []) heard += Buffer.from(chunk).toString('utf8');
  })().catch(() => undefined);
  await expect.poll(() => heard).toContain('event: hello');
  return () => heard;
}

it('what is declared at one instance shows up in a browser at another, before and after the one that delivers dies', async () => {
  const url = await newDatabase();
  const [a, b] = await programs(2, url);
  if (!a || !b) throw new Error('two');
  await a.start();
  await b.start();
  const heard = await follow(b, 'Lin');
  const { id } = await api(a, '/incidents', { title: 'Mail is down' });
  await expect.poll(heard).toContain(`"incident":"${String(id)}"`);
  await expect.poll(heard).toContain('Mail is down');
  await a.end('SIGKILL');
  await api(b, '/incidents', { title: 'The other one' });
  await expect.poll(heard).toContain('The other one');
  expect(await api(b, `/incidents/${String(id)}`)).toMatchObject({ title: 'Mail is down' });
});

it('the one connection to WeCom, what goes there, and who is who move to another instance when theirs dies', {
  tags: 'soak',
}, async () => {
  const server = new BotServer();
  onTestFinished(() => server.close());
  const folder = await mkdtemp(join(tmpdir(), 'jishi-profile-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const profile = join(folder, 'organisation.yaml');
  const accounts = [{ platform: 'wecom', tenant: server.botId, id: 'liwei' }];
  await writeFile(profile, JSON.stringify({ ...secretive, people: [{ id: 'li', name: '李伟', accounts }] }));
  const [a, b] = await programs(2, await newDatabase(), {
    ...{ WECOM_BOT_ID: server.botId, WECOM_BOT_SECRET: 'secret-test', WECOM_BOT_WS_URL: await server.listen() },
    ORGANISATION_FILE: profile,
  });
  if (!a || !b) throw new Error('two');
  const soon = { timeout: 60_000, interval: 20 };
  const connected = () => server.isConnected;
  await a.start();
  await expect.poll(connected, soon).toBe(true);
  await b.start();
  const words = (who: string) => server.chats.words(who).join('\n');
  server.say('liwei', '关联账号');
  await expect.poll(() => words('liwei'), soon).toMatch(/[A-Z2-9]{8}/);
  const code = /[A-Z2-9]{8}/.exec(words('liwei'))?.[0] ?? '';
  server.say('chenyu', `关联账号 ${code}`);
  await expect.poll(() => words('chenyu'), soon).toContain('李伟');

  await a.end('SIGKILL');
  await expect.poll(connected, soon).toBe(false);
  await expect.poll(connected, soon).toBe(true);
  server.say('chenyu', '演练 邮件系统中断');
  await expect.poll(() => words('chenyu'), soon).toContain('DRILL-');
  server.say('chenyu', '关联账号');
  await expect.poll(() => words('chenyu'), soon).toMatch(/[A-Z2-9]{8}/);
});

it('a rolling update: each instance is replaced while the other takes requests, and none is refused', {
  tags: 'soak',
}, async () => {
  const url = await newDatabase();
  const all = await programs(2, url);
  await Promise.all(all.map((program) => program.start()));
  const declared: unknown[] = [];
  for (const [n, program] of all.entries()) {
    const others = all.filter((other) => other !== program);
    const ending = program.end('SIGTERM');
    for (const [m, other] of [...others, ...others, ...others].entries()) {
      declared.push((await api(other, '/incidents', { title: `during update ${n}.${m}` }))['id']);
    }
    expect(await ending).toBe(0);
    await program.start();
  }
  expect(new Set(declared).size).toBe(6);
  const shown = () => command(url, `SELECT count(*)::int AS n FROM surfaces WHERE key = 'status' AND ref IS NOT NULL`);
  await expect.poll(shown).toEqual([{ n: 6 }]);
});

it('waits, alive and not ready, while another instance migrates', { tags: 'soak' }, async () => {
  const url = await newDatabase();
  const [program] = await programs(1, url);
  if (!program) throw new Error('one');
  const other = await openClient(url);
  await other.query('SELECT pg_advisory_lock(1246317384)');
  const starting = program.start();
  const status = (path: string) =>
    fetch(program.url + path).then(
      (r) => r.status,
      () => 0,
    );
  await expect.poll(() => status('/readyz')).toBe(503);
  expect(await (await fetch(`${program.url}/readyz`)).json()).toMatchObject({ store: 'migrating' });
  expect(await status('/healthz')).toBe(200);
  await other.end();
  await starting;
  expect(await status('/readyz')).toBe(200);
});

it('an older program on a newer database ends with a sentence', { tags: 'soak' }, async () => {
  const url = await newDatabase();
  const [program] = await programs(1, url);
  await command(url, 'CREATE TABLE jishi_schema (one int, version int)');
  await command(url, 'INSERT INTO jishi_schema VALUES (1, 99)');
  await expect(program?.start()).rejects.toThrow(/Jishi cannot start: the database \w+ has schema 99/);
});
