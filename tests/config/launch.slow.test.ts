import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

/** The address it says it is up at. */
async function up(launched: Launched): Promise<string> {
  for (;;) {
    const address = /http:\/\/\S+/.exec(launched.output())?.[0];
    if (address) return address;
    if (launched.child.exitCode !== null) throw new Error(launched.output());
    await new Promise((done) => setTimeout(done, 20));
  }
}

it('npm start runs with nothing set but where to listen, and SIGTERM to npm stops the bot', async () => {
  const launched = launch('npm', ['start'], { PORT: '0', DATA_DIR: folder() });
  const address = await up(launched);
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
  expect((await fetch(`${address}/readyz`)).status).toBe(200);
  launched.child.kill('SIGTERM');
  const [code] = await once(launched.child, 'exit');
  expect([0, 143]).toContain(code);
  await expect(fetch(`${address}/healthz`)).rejects.toThrow();
});

it('reads .env of the folder it is started in', async () => {
  const home = folder();
  writeFileSync(join(home, '.env'), 'PORT=0\nDATA_DIR=./kept\n');
  const launched = launch(process.execPath, [resolve('src/start.js')], {}, home);
  expect((await fetch(`${await up(launched)}/healthz`)).status).toBe(200);
  launched.child.kill('SIGTERM');
  expect((await once(launched.child, 'exit'))[0]).toBe(0);
});

it('a wrong configuration stops the start with one list', async () => {
  const launched = launch(process.execPath, ['src/start.js'], { PORT: 'x', HOST: 'http://h', DATA_DIR: folder() });
  expect((await once(launched.child, 'close'))[0]).toBe(1);
  expect(launched.output().trim().split('\n')).toEqual([
    'Jishi cannot start: 2 settings are wrong.',
    '  HOST must be a host name or address without scheme and port.',
    '  PORT must be a whole number between 0 and 65535.',
    expect.stringContaining('.env.example'),
  ]);
});

it('a wrong organisation profile stops the start with its mistakes, not with a stack', async () => {
  const file = join(folder(), 'organisation.yaml');
  writeFileSync(file, 'organisation: A\nentities: []\n');
  const launched = launch(process.execPath, ['src/start.js'], {
    PORT: '0',
    DATA_DIR: folder(),
    ORGANISATION_FILE: file,
  });
  expect((await once(launched.child, 'close'))[0]).toBe(1);
  expect(launched.output().trim()).toBe(`Jishi cannot start: ${file}:2: entities needs at least one entry`);
});
