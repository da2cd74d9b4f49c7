import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { run } from '../../src/cli.ts';
import { command, startPostgres } from '../fakes/postgres.ts';
import { openOn } from './postgres-harness.ts';

const DEBIAN = '/usr/lib/postgresql';
/** Newest installation with server and tools; the package of the tests brings no `pg_dump`. */
const installation = existsSync(DEBIAN)
  ? readdirSync(DEBIAN)
      .toSorted((a, b) => Number(b) - Number(a))
      .map((version) => join(DEBIAN, version))
      .find((path) => ['pg_dump', 'pg_restore', 'initdb'].every((tool) => existsSync(join(path, 'bin', tool))))
  : undefined;

/** The command lines of the page, as an operator copies them. */
function documented(tool: 'pg_dump' | 'pg_restore'): string {
  const line = new RegExp(`${tool} --[^\`\\n]*"\\$DATABASE_URL"[^\`\\n&]*`).exec(
    readFileSync('docs/postgres.md', 'utf8'),
  );
  if (!line) throw new Error(`docs/postgres.md has no ${tool}`);
  return line[0].trim();
}

it.skipIf(installation === undefined)(
  'a dump comes back as documented, beside tables that are there; skipped without the server and tools of Debian (apt install postgresql)',
  async () => {
    const server = await startPostgres(installation === undefined ? {} : { installation });
    const folder = mkdtempSync(join(tmpdir(), 'jishi-dump-'));
    onTestFinished(async () => {
      rmSync(folder, { recursive: true, force: true });
      await server.stop();
    });
    const url = await server.createDatabase();
    const shell = (line: string): void => {
      const env = { PATH: `${installation}/bin:${process.env['PATH'] ?? ''}`, DATABASE_URL: url };
      const { status, stderr } = spawnSync('sh', ['-c', line], { cwd: folder, env, encoding: 'utf8' });
      expect([line, status, stderr]).toEqual([line, 0, '']);
    };
    await (await openOn(url)).close();
    await command(url, "INSERT INTO kept (key, value) VALUES ('test:one', '1')");
    shell(documented('pg_dump'));
    await command(url, "UPDATE kept SET value = '2' WHERE key = 'test:one'");
    shell(documented('pg_restore'));
    expect(await command(url, "SELECT value FROM kept WHERE key = 'test:one'")).toEqual([{ value: '1' }]);
    const said: string[] = [];
    const say = (line: string) => said.push(line);
    const code = await run(['restored'], { env: { DATABASE_URL: url }, out: say, error: say, stdin: async () => '' });
    expect([code, said[0]]).toEqual([0, expect.stringMatching(/^ok: the record reaches up to/)]);
    await (await openOn(url)).close();
  },
);
