import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { run } from '../../src/cli.ts';
import { MIGRATIONS } from '../../src/storage/sqlite/open.ts';
import { commits, declaring, note, noting } from '../contract/fixtures.ts';
import { sqliteHarness } from '../storage/sqlite-harness.ts';

/** Nobody listens there. */
const DOWN = 'postgres://jishi:secret-word@127.0.0.1:1/jishi';

/** No file has this hash. */
const GHOST = 'f'.repeat(64);

/** A folder with a record of one incident, on which no bot runs; `ghost` is a file it names that was never stored. */
async function record({ ghost }: { ghost?: string } = {}): Promise<{
  folder: string;
  jishi: (...args: string[]) => Promise<[number, string]>;
}> {
  const h = await sqliteHarness();
  onTestFinished(() => rmSync(h.folder, { recursive: true, force: true }));
  await h.store.change(declaring('k1'));
  if (ghost !== undefined) {
    const evidence = { file: ghost, name: 'ghost', size: 5, mediaType: 'text/plain' };
    const decide: Parameters<typeof h.store.change>[0]['decide'] = (c) =>
      commits(c, [{ type: 'evidence_added', payload: { evidence } }]);
    await h.store.change(noting('INC-2026-0001', 'evidence', { decide }));
  }
  await h.store.close();
  return { folder: h.folder, jishi: (...args) => jishi(args, { DATA_DIR: h.folder }) };
}

async function jishi(args: readonly string[], env: Readonly<Record<string, string>>): Promise<[number, string]> {
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  const code = await run(args, { env, out: say, error: say, stdin: async () => '' });
  return [code, said.join('\n')];
}

describe('a tool that cannot do its work says so in one sentence, and what to do', () => {
  it('backup, restore and verify on the file', async () => {
    const { folder, jishi: tool } = await record();
    const file = join(folder, 'jishi.sqlite');
    const backup = join(folder, 'b.sqlite');
    expect(await tool('backup', backup)).toEqual([0, `ok: ${backup}`]);
    const nowhere = join(folder, 'none');
    expect(await tool('backup', join(nowhere, 'b.sqlite'))).toEqual([
      2,
      `jishi backup: there is no folder ${nowhere}; make it first`,
    ]);
    expect(await tool('backup', file)).toEqual([
      1,
      `jishi backup: ${file} exists already and is not replaced: name another file, or remove it first`,
    ]);
    const lock = new Sqlite(`${file}.lock`);
    lock.exec('BEGIN EXCLUSIVE');
    expect(await tool('restore', backup)).toEqual([
      1,
      expect.stringMatching(/^jishi restore: .* stop the other one first\.$/),
    ]);
    lock.close();
    expect(await tool('restore', backup)).toEqual([
      0,
      expect.stringContaining('ok: restored; the record reaches up to'),
    ]);
    expect(await tool('verify')).toEqual([0, 'ok: 1 incidents and 0 files verified']);
    const db = new Sqlite(file);
    db.pragma(`user_version = ${MIGRATIONS.length + 1}`);
    db.close();
    expect(await tool('verify')).toEqual([
      1,
      expect.stringMatching(/^jishi verify: .*start that version, or restore a backup/),
    ]);
  });

  it('a folder of backups keeps the newest and leaves other files alone', async () => {
    const { folder, jishi: tool } = await record();
    const backups = join(folder, 'backups');
    mkdirSync(backups);
    const old = ['jishi-20260101T020000Z.sqlite', 'jishi-20260102T020000Z.sqlite'];
    for (const name of [...old, 'notes.txt']) writeFileSync(join(backups, name), '');
    expect(await tool('backup', backups, '--keep', '2')).toEqual([
      0,
      expect.stringMatching(/jishi-\d{8}T\d{6}Z\.sqlite$/),
    ]);
    const left = readdirSync(backups).toSorted();
    expect(left).toHaveLength(3);
    expect(left).toContain('notes.txt');
    expect(left).toContain(old[1]);
    const one = join(folder, 'one');
    mkdirSync(one);
    expect(await tool('backup', one)).toMatchObject([0, expect.stringContaining(one)]);
    expect(readdirSync(one)).toEqual([expect.stringMatching(/^jishi-\d{8}T\d{6}Z\.sqlite$/)]);
    expect(await tool('backup', backups, '--keep', '0')).toEqual([
      2,
      expect.stringMatching(/^usage: jishi backup FILE/),
    ]);
  });

  it('a file that a record names and the store does not have is told apart from a changed record', async () => {
    const { folder, jishi: tool } = await record({ ghost: GHOST });
    const file = join(folder, 'jishi.sqlite');
    const backup = join(folder, 'b.sqlite');
    const named = `missing: file ${GHOST}: a record names it, the store does not have it`;
    const [code, said] = await tool('verify');
    expect(code).toBe(1);
    expect(said).toContain(`${named}\nevery chain is unchanged: 1 incidents and 0 files verified; 1 files are missing`);
    expect(await tool('verify', '--anyway')).toEqual([0, expect.stringContaining(named)]);
    expect(await tool('verify', 'INC-2026-0001', '--anyway')).toEqual([0, expect.stringContaining(named)]);

    expect(await tool('backup', backup)).toEqual([0, `ok: ${backup}`]);
    expect(await tool('restore', backup)).toEqual([1, expect.stringContaining(`(${GHOST})`)]);
    const [restored, told] = await tool('restore', backup, '--anyway');
    expect([restored, told]).toEqual([0, expect.stringContaining('ok: restored')]);
    expect(told).toContain(named);

    const migrating = ['--from', `sqlite:${file}`, '--to', DOWN];
    expect(await tool('migrate', ...migrating)).toEqual([1, expect.stringMatching(/missing: file f+.*\n.*--anyway$/)]);

    const db = new Sqlite(file);
    db.exec(`UPDATE events SET actor = 'somebody' WHERE version = 1`);
    db.close();
    for (const args of [['verify'], ['verify', '--anyway']])
      expect(await tool(...args)).toEqual([1, 'broken: incident INC-2026-0001, event 1: hash']);
    expect((await tool('restore', backup, '--anyway'))[0]).toBe(0);
  });

  it('everything that asks PostgreSQL while it is down, without its password', async () => {
    const { folder } = await record();
    const env = { DATABASE_URL: DOWN, DATA_DIR: folder, PORT: '1' };
    const sentence =
      /PostgreSQL at 127\.0\.0\.1:1 accepts no connection \(connect ECONNREFUSED 127\.0\.0\.1:1\): .*DATABASE_URL/;
    const migrating = ['migrate', '--from', `sqlite:${join(folder, 'jishi.sqlite')}`, '--to', DOWN];
    for (const args of [migrating, ['verify'], ['restored'], ['export', 'INC-2026-0001'], ['doctor']]) {
      const [code, said] = await jishi(args, env);
      expect(code).toBe(1);
      expect(said).toMatch(sentence);
      expect(said).not.toContain('secret-word');
    }
  });
});

it('what is for the file only is refused with PostgreSQL, and the other way round', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-tools-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'jishi.dump'), '');
  const env = { DATABASE_URL: DOWN, DATA_DIR: folder };
  const dump = join(folder, 'jishi.dump');
  expect(await jishi(['restore', dump], env)).toEqual([
    2,
    expect.stringMatching(/pg_restore .*jishi\.dump, then jishi restored$/),
  ]);
  expect(await jishi(['backup', dump], env)).toEqual([2, expect.stringContaining('pg_dump')]);
  expect(await jishi(['restored'], { DATA_DIR: folder })).toEqual([2, expect.stringContaining('jishi restore FILE')]);
});

it('export --mentions gives the entries of every record that hold a word, and nothing else', async () => {
  const h = await sqliteHarness();
  onTestFinished(() => rmSync(h.folder, { recursive: true, force: true }));
  const writes = (incident: string, text: string) =>
    h.store.change(noting(incident, text, { decide: (c) => commits(c, [note(text)]) }));
  await h.store.change(declaring('a'));
  await h.store.change(declaring('b'));
  await writes('INC-2026-0001', 'Zhang "San" called');
  await writes('INC-2026-0002', 'nobody');
  await h.store.close();
  const env = { DATA_DIR: h.folder };
  const [code, said] = await jishi(['export', '--mentions', 'Zhang "San"'], env);
  expect(code).toBe(0);
  expect(said.split('\n').map((line) => JSON.parse(line).incident)).toEqual(['INC-2026-0001']);
  expect(await jishi(['export', '--mentions', 'Wang'], env)).toEqual([1, expect.stringContaining('no entry holds')]);
  expect((await jishi(['export', 'INC-2026-0001', '--mentions', 'x'], env))[0]).toBe(2);
});
