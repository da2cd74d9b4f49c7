import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

interface Launched {
  readonly child: ChildProcess;
  output(): string;
}

/** Starts a command without the settings of whoever runs the tests. */
function launch(command: string, args: readonly string[], env: Record<string, string>, cwd = '.'): Launched {
  let output = '';
  const child = spawn(command, args, {
    cwd,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.on('data', (part: Buffer) => (output += part.toString()));
  child.stderr.on('data', (part: Buffer) => (output += part.toString()));
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, output: () => output };
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'jishi-launch-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** The link it says it is up at. */
async function linkOf(launched: Launched): Promise<URL> {
  for (;;) {
    const link = /^(?:Jishi · 计时: )?(http:\S+)\n/m.exec(launched.output())?.[1];
    if (link) return new URL(link);
    if (launched.child.exitCode !== null) throw new Error(launched.output());
    await new Promise((done) => setTimeout(done, 20));
  }
}

it('prints one link for a browser, with a token of its own for each data folder, and never logs it; reads .env of the folder it is started in', async () => {
  const [home, other] = [folder(), folder()];
  const start = (dataDir: string) =>
    launch(process.execPath, ['src/start.js'], { PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'trace' });
  const first = start(home);
  const link = await linkOf(first);
  const token = link.searchParams.get('token') ?? '';
  expect(token.length).toBeGreaterThanOrEqual(43);
  expect(link.pathname).toBe('/');
  const mode = async (cookie: string): Promise<unknown> =>
    (await fetch(`${link.origin}/api/v1/session`, { headers: { cookie } })).json();
  expect(await mode('')).toMatchObject({ signIn: 'link' });
  const page = await fetch(link);
  expect(await mode(page.headers.get('set-cookie')?.split(';')[0] ?? '')).toMatchObject({ signIn: 'local' });
  expect(statSync(join(home, 'console.token')).mode & 0o777).toBe(0o600);
  // A token is made while the bot keeps the clock, without a secret in the settings.
  const made = { PORT: link.port, DATA_DIR: home };
  const tokens = launch(process.execPath, ['src/start.js', 'tokens', 'add', 'x', '--scopes', 'read'], made);
  expect((await once(tokens.child, 'close'))[0]).toBe(0);
  const [bearer = ''] = tokens.output().split('\n');
  const asked = await fetch(`${link.origin}/api/v1/incidents`, { headers: { authorization: `Bearer ${bearer}` } });
  expect(asked.status).toBe(200);
  expect(first.output().split(token)).toHaveLength(2);
  first.child.kill('SIGTERM');
  await once(first.child, 'exit');
  const again = start(home);
  expect((await linkOf(again)).searchParams.get('token')).toBe(token);
  writeFileSync(join(other, '.env'), 'PORT=0\nDATA_DIR=./kept\n');
  const elsewhere = await linkOf(launch(process.execPath, [resolve('src/start.js')], {}, other));
  expect(elsewhere.searchParams.get('token')).not.toBe(token);
  expect(readdirSync(join(other, 'kept'))).toContain('console.token');
  const said = launch(process.execPath, ['src/start.js', 'login'], { PORT: '3000', DATA_DIR: home });
  expect((await linkOf(said)).href).toBe(`http://127.0.0.1:3000/?token=${token}`);
});

it('limits its heap as `npm start` does, unless it was given a size', { tags: 'soak' }, async () => {
  const sizeOf = async (...options: readonly string[]): Promise<string | undefined> => {
    const start = [...options, 'src/start.js', 'start'];
    const launched = launch(process.execPath, start, { PORT: '0', DATA_DIR: folder() });
    await linkOf(launched);
    const line = readFileSync(`/proc/${launched.child.pid}/cmdline`, 'utf8');
    launched.child.kill('SIGTERM');
    await once(launched.child, 'exit');
    return /--max-old-space-size=(\d+)/.exec(line)?.[1];
  };
  expect([await sizeOf(), await sizeOf('--max-old-space-size=700')]).toEqual(['512', '700']);
});

it('a wrong configuration stops the start with one list', async () => {
  const launched = launch(process.execPath, ['src/start.js'], { PORT: 'x', HOST: 'http://h', DATA_DIR: folder() });
  expect((await once(launched.child, 'close'))[0]).toBe(78);
  expect(launched.output().trim().split('\n')).toEqual([
    'Jishi cannot start: 2 settings are wrong.',
    '  HOST must be a host name or address without scheme and port.',
    '  PORT must be a whole number between 0 and 65535.',
    expect.stringContaining('.env.example'),
  ]);
});

it('a wrong organisation profile stops the start with its mistakes, not with a stack', { tags: 'soak' }, async () => {
  const file = join(folder(), 'organisation.yaml');
  writeFileSync(file, 'organisation: A\nentities: []\n');
  const launched = launch(process.execPath, ['src/start.js'], {
    PORT: '0',
    DATA_DIR: folder(),
    ORGANISATION_FILE: file,
  });
  expect((await once(launched.child, 'close'))[0]).toBe(78);
  expect(launched.output().trim()).toBe(`Jishi cannot start: ${file}:2: entities needs at least one entry`);
});

it('keeps compiled code beside the program, not in the folder all users share', async () => {
  const TMPDIR = folder();
  const launched = launch(process.execPath, ['src/start.js', 'help'], { TMPDIR });
  expect((await once(launched.child, 'exit'))[0]).toBe(0);
  expect(readdirSync(TMPDIR)).toEqual([]);
  expect(readdirSync('node_modules/.cache/jishi')).not.toEqual([]);
});

it('does not begin anew where a record was kept that is gone, unless somebody says so', { tags: 'soak' }, async () => {
  const DATA_DIR = folder();
  const begin = async (): Promise<Launched> => {
    const launched = launch(process.execPath, ['src/start.js'], { PORT: '0', DATA_DIR });
    const closed = once(launched.child, 'close');
    await Promise.race([linkOf(launched).catch(() => undefined), closed]);
    launched.child.kill('SIGTERM');
    await closed;
    return launched;
  };
  expect((await begin()).child.exitCode).toBe(0);
  truncateSync(join(DATA_DIR, 'jishi.sqlite'));
  for (const lost of [() => undefined, () => rmSync(join(DATA_DIR, 'jishi.sqlite'))]) {
    lost();
    const launched = await begin();
    expect(launched.child.exitCode).toBe(1);
    expect(launched.output()).toMatch(/a bot has kept its record there.* restore a backup/);
  }
  rmSync(join(DATA_DIR, 'record.known'));
  expect((await begin()).child.exitCode).toBe(0);
});

it('doctor tells of settings others can read and data others can write', { tags: 'soak' }, async () => {
  const home = folder();
  writeFileSync(join(home, '.env'), 'DATA_DIR=./kept\n', { mode: 0o644 });
  mkdirSync(join(home, 'kept'));
  chmodSync(join(home, 'kept'), 0o777);
  const doctor = async (): Promise<string> => {
    const launched = launch(process.execPath, [resolve('src/start.js'), 'doctor'], { PORT: '1' }, home);
    await once(launched.child, 'close');
    return launched.output();
  };
  const before = await doctor();
  expect(before).toContain('check   permissions: others can read .env: chmod 0640 .env');
  expect(before).toContain('check   permissions: others can write ./kept: chmod 0750 ./kept');
  chmodSync(join(home, '.env'), 0o640);
  chmodSync(join(home, 'kept'), 0o750);
  expect(await doctor()).not.toContain('permissions');
});
