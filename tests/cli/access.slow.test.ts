import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { run } from '../../src/cli.ts';
import { logins } from '../../src/http/sessions.ts';
import { newDataFolder } from '../fakes/folder.ts';
import { BotProgram, freePort } from '../fakes/program.ts';

const SECRET = 'a-secret-of-32-characters-or-more-1';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'jishi-access-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
function profileIn(dataDir: string): string {
  const file = join(dataDir, 'organisation.yaml');
  const people = [
    '{ id: li-wei, name: 李伟, nameEn: Li Wei, accounts: [{ platform: slack, tenant: T1, id: U0LIWEI }] }',
    '{ id: wang-1, name: 王磊, email: wang@example.com }',
    '{ id: wang-2, name: 王磊 }',
  ];
  writeFileSync(
    file,
    `organisation: x\nentities: [{ id: a, name: x, province: "31" }]\npeople: [${people.join(', ')}]\n`,
  );
  return file;
}
/** Exit code, and what was printed on either stream. */
async function jishi(argv: readonly string[], env: Readonly<Record<string, string>>) {
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  const code = await run(argv, { env, out: say, error: say, stdin: async () => '' });
  return { code, said: said.join('\n') };
}

it('login resolves ids, names and accounts, and refuses whom the profile does not list unless they are a guest', async () => {
  const dataDir = folder();
  const set = { DATA_DIR: dataDir, CONSOLE_SECRET: SECRET, PUBLIC_URL: 'https://jishi.example' };
  const env = { ...set, ORGANISATION_FILE: profileIn(dataDir) };
  const linked = async (argv: string[], settings: Readonly<Record<string, string>> = env) => {
    const { code, said } = await jishi(['login', ...argv], settings);
    expect([argv, code]).toEqual([argv, 0]);
    return logins.open(new URL(said).searchParams.get('token') ?? '', SECRET, Date.now());
  };
  for (const who of ['li-wei', '李伟', 'li  wei', 'U0LIWEI'])
    expect(await linked([who])).toMatchObject({ name: '李伟', person: 'li-wei', guest: false });
  expect(await linked(['--guest', '外人'])).toMatchObject({ name: '外人', person: null, guest: true });
  expect(await linked(['外人'], set)).toMatchObject({ name: '外人', person: null, guest: false });
  for (const [argv, why] of [
    [['外人'], /nobody in the profile is "外人".*\n {2}li-wei {2}李伟/],
    [['王磊'], /may be several people; use an id:\n {2}wang-1 {2}王磊\n {2}wang-2/],
    [['--guest', '李伟'], /is li-wei of the profile, not a guest/],
  ] as const) {
    const { code, said } = await jishi(['login', ...argv], env);
    expect([code, said]).toEqual([1, expect.stringMatching(why)]);
    expect(said).not.toContain('token=');
  }
  const audit = ['login', '--auditor', 'Anna', '--entity', 'b', '--until', '2099-12-31'];
  expect(await jishi(audit, set)).toEqual({ code: 1, said: expect.stringContaining('set ORGANISATION_FILE') });
  expect(await jishi(audit, env)).toEqual({ code: 1, said: expect.stringMatching(/no entity .* "b".*\n {2}a {2}x/) });
  expect(await jishi(['login', '--help'], env)).toMatchObject({ code: 0, said: expect.stringContaining('usage') });
});

describe('beside a program', () => {
  const letters: string[] = [];
  const smtp = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, _session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        letters.push(Buffer.concat(parts).toString('utf8'));
        done();
      });
    },
  });
  let dataDir = '';
  let env: Readonly<Record<string, string>> = {};
  let bot: BotProgram;
  /** A token that was made before the program ran. */
  let before = '';
  const add = async (name: string, scopes: string) =>
    (await jishi(['tokens', 'add', name, '--scopes', scopes, '--days', '7'], env)).said.split('\n')[0] ?? '';
  const start = async (): Promise<void> => {
    letters.length = 0;
    dataDir = newDataFolder('access');
    const address = smtp.server.address();
    const mail = address !== null && typeof address === 'object' ? address.port : 0;
    const port = await freePort();
    const settings = {
      ...{ CONSOLE_SECRET: SECRET, ORGANISATION_FILE: profileIn(dataDir), METRICS_ACCESS: 'token' },
      SMTP_URL: `smtp://127.0.0.1:${mail}?from=jishi@example.com`,
    };
    env = { ...settings, DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: String(port) };
    before = await add('nightly export', 'read,export');
    bot = new BotProgram(dataDir, port, settings);
    await bot.start();
  };
  const stop = async (): Promise<void> => {
    await bot?.end('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
  };
  beforeAll(async () => {
    await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
    await start();
  });
  afterAll(async () => {
    await stop();
    await new Promise<void>((resolve) => void smtp.close(() => resolve()));
  });

  const signedIn = async (token: string) => {
    const body = new URLSearchParams({ token });
    const answer = await fetch(`${bot.url}/login`, { method: 'POST', body, redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    return async () => (await fetch(`${bot.url}/api/v1/incidents`, { headers: { cookie } })).status;
  };
  const get = async (path: string, token: string) =>
    (await fetch(bot.url + path, { headers: { authorization: `Bearer ${token}` } })).status;
  const list = async () => JSON.parse((await jishi(['sessions', 'list', '--json'], env)).said);

  it('it sends a link by mail itself, which signs in', async () => {
    const asked = await fetch(`${bot.url}/api/v1/session/link`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ who: 'wang-1' }),
    });
    expect(asked.status).toBe(202);
    await expect.poll(() => letters.length).toBe(1);
    // Long lines of a letter are folded.
    const text = (letters[0] ?? '').replace(/=\r?\n/g, '').replaceAll('=3D', '=');
    expect(text).toMatch(/^To: wang@example\.com/m);
    await signedIn(/token=([\w.-]+)/.exec(text)?.[1] ?? '');
    expect(await jishi(['sessions', 'end', 'wang-1'], env)).toEqual({ code: 0, said: 'ended: 1' });
  });

  it('sessions and tokens are listed and ended from the command line, while it runs and while it does not', async () => {
    const signIn = async (who: string) =>
      signedIn(new URL((await jishi(['login', who], env)).said).searchParams.get('token') ?? '');
    const [wei, wang] = [await signIn('li-wei'), await signIn('wang-1')];
    expect(await list()).toMatchObject([
      { person: 'wang-1', name: 'wang-1' },
      { person: 'li-wei', way: 'link' },
    ]);
    expect(await jishi(['sessions', 'end', 'li-wei'], env)).toEqual({ code: 0, said: 'ended: 1' });
    expect(await jishi(['sessions', 'end', 'li-wei'], env)).toMatchObject({ code: 1 });
    expect([await wei(), await wang()]).toEqual([401, 200]);
    const other = await jishi(['sessions', 'list'], { ...env, CONSOLE_SECRET: `${SECRET}x` });
    expect(other).toMatchObject({ code: 1, said: expect.stringContaining('another CONSOLE_SECRET') });

    const metrics = await add('prometheus', 'metrics');
    expect([await get('/api/v1/incidents', before), await get('/metrics', before)]).toEqual([200, 401]);
    expect([await get('/api/v1/incidents', metrics), await get('/metrics', metrics)]).toEqual([403, 200]);
    const { said } = await jishi(['tokens', 'list', '--json'], env);
    expect(JSON.parse(said)).toMatchObject([
      { name: 'prometheus', scopes: ['metrics'], by: 'operator' },
      { name: 'nightly export', scopes: ['read', 'export'] },
    ]);
    for (const secret of [before, metrics]) expect(said).not.toContain(secret.split('.')[1]);
    expect(await jishi(['tokens', 'revoke', 'nightly export'], env)).toEqual({ code: 0, said: 'revoked: 1' });
    expect(await get('/api/v1/incidents', before)).toBe(401);

    await bot.end('SIGTERM');
    expect(await list()).toMatchObject([{ person: 'wang-1' }]);
    expect(await jishi(['sessions', 'end', '--all'], env)).toEqual({ code: 0, said: 'ended: 1' });
    expect(await jishi(['tokens', 'revoke', 'prometheus'], env)).toEqual({ code: 0, said: 'revoked: 1' });
    await bot.start();
    expect([await wang(), await get('/metrics', metrics)]).toEqual([401, 401]);
    expect((await jishi(['sessions', 'list'], env)).said).toBe('nobody is signed in');
    expect(await jishi(['tokens', 'add', 'x', '--scopes', 'everything'], env)).toMatchObject({ code: 2 });
    expect(await jishi(['tokens', 'add', 'x'], env)).toMatchObject({
      code: 2,
      said: expect.stringContaining('--scopes'),
    });
    expect((await jishi(['tokens', 'list'], env)).said).toBe('there are no tokens');
  });
});
