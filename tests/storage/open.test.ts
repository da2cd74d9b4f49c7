import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { evolve } from '../../src/incident/record/evolve.ts';
import { MIGRATIONS, migrate, openConnections } from '../../src/storage/sqlite/open.ts';
import { openReadOnlyStore } from '../../src/storage/sqlite/read-only.ts';
import { createSqliteStore } from '../../src/storage/sqlite/store.ts';
import { declaring, LIN, notice, noting } from '../contract/fixtures.ts';
import { collect, countedIds } from '../contract/harness.ts';
import { ManualClock } from '../fakes/clock.ts';
import { firstBroken } from './first-broken.ts';
import { type SqliteHarness, sqliteHarness } from './sqlite-harness.ts';

async function harness(): Promise<SqliteHarness> {
  const h = await sqliteHarness();
  onTestFinished(() => h.destroy());
  return h;
}
const WRITER = fileURLToPath(new URL('../contract/children/writer.ts', import.meta.url));
const open = (file: string) => createSqliteStore({ file, evolve, clock: new ManualClock(), ids: countedIds('other') });

describe('opening a store', () => {
  it('is refused while another process, or this one, has it open under any name', async () => {
    const h = await harness();
    const alias = `${h.folder}/alias.sqlite`;
    await symlink(h.file, alias);
    for (const file of [h.file, alias]) await expect(open(file)).rejects.toMatchObject({ fault: 'locked' });
    const child = spawn(process.execPath, [WRITER, ...h.childArguments()], { stdio: ['ignore', 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr.on('data', (data: Buffer) => {
      complaint += data.toString();
    });
    const [code] = await once(child, 'close');
    expect(code).not.toBe(0);
    expect(complaint).toContain('in use by another process');
    expect((await h.store.change(declaring('k1'))).kind).toBe('committed');
  });

  it('is refused while a bot runs whose lock file somebody removed, however often it is tried', async () => {
    const h = await harness();
    await rm(`${h.file}.lock`);
    for (let tries = 0; tries < 2; tries += 1) {
      const child = spawn(process.execPath, [WRITER, ...h.childArguments()], { stdio: ['ignore', 'ignore', 'pipe'] });
      const [complaint] = await Promise.all([text(child.stderr), once(child, 'close')]);
      expect(complaint).toContain('in use by another process');
    }
    await h.whileClosed(() => rm(`${h.file}.lock`, { force: true }));
    expect((await h.store.change(declaring('k1'))).kind).toBe('committed');
  });

  it('is refused where a record was that is gone or empty now', async () => {
    const h = await harness();
    await h.store.change(declaring('k1'));
    const reopened = () =>
      createSqliteStore({ file: h.file, evolve, clock: new ManualClock(), ids: countedIds('other'), hasRecord: true });
    await h.store.close();
    await (await reopened()).close();
    await writeFile(h.file, '');
    await expect(reopened()).rejects.toMatchObject({ fault: 'emptied', message: expect.stringContaining('is empty') });
    expect((await stat(h.file)).size).toBe(0);
    await rm(h.file);
    await expect(reopened()).rejects.toMatchObject({ fault: 'emptied', message: expect.stringContaining('is gone') });
    await expect(stat(h.file)).rejects.toThrow();
  });

  it('is possible again after close, and after a process that was killed', async () => {
    const h = await harness();
    await h.whileClosed(async () => {
      const child = spawn(process.execPath, [WRITER, ...h.childArguments()], { stdio: ['ignore', 'pipe', 'ignore'] });
      await once(child.stdout, 'data');
      await expect(open(h.file)).rejects.toMatchObject({ fault: 'locked' });
      child.kill('SIGKILL');
      await once(child, 'close');
    });
    expect(await h.store.incident('INC-2026-0001')).not.toBeNull();
  });

  it('keeps the files to their owner', async () => {
    const h = await harness();
    await h.store.change(declaring('k1'));
    for (const suffix of ['', '-wal', '.lock']) expect((await stat(h.file + suffix)).mode & 0o077).toBe(0);
  });

  it('has every commit on disk when it returns', async () => {
    const h = await harness();
    const { writer, close } = openConnections(`${h.folder}/fresh.sqlite`);
    onTestFinished(close);
    const FULL = 2;
    expect(writer.pragma('synchronous', { simple: true })).toBe(FULL);
    expect(writer.pragma('journal_mode', { simple: true })).toBe('wal');
  });

  it('refuses a file a newer version has migrated, and leaves it as it is', async () => {
    const h = await harness();
    await h.whileClosed(async () => {
      const db = new Sqlite(h.file);
      db.pragma(`user_version = ${MIGRATIONS.length + 1}`);
      await expect(open(h.file)).rejects.toMatchObject({
        fault: 'newer_schema',
        message: expect.stringContaining('newer version'),
      });
      expect(db.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length + 1);
      db.pragma(`user_version = ${MIGRATIONS.length}`);
      db.close();
    });
  });

  it('refuses a database of another program and a file that is no database, untouched', async () => {
    const h = await harness();
    const other = `${h.folder}/other.sqlite`;
    new Sqlite(other).exec('CREATE TABLE t (x)').close();
    await expect(open(other)).rejects.toMatchObject({ fault: 'foreign_file' });
    const plain = `${h.folder}/text.sqlite`;
    await writeFile(
      plain,
      'not a database at all, but long enough to have a header of one hundred bytes, which is what is read first',
    );
    await expect(open(plain)).rejects.toMatchObject({ fault: 'foreign_file' });
    const db = new Sqlite(other);
    expect(db.prepare('SELECT name FROM sqlite_schema').pluck().all()).toEqual(['t']);
    db.close();
  });
});

describe('migrations', () => {
  it('run once each, in order, and leave a file at a whole number when one fails', async () => {
    const h = await harness();
    const db = new Sqlite(`${h.folder}/m.sqlite`);
    migrate(db, ['CREATE TABLE one (x)', 'CREATE TABLE two (x)']);
    migrate(db, ['boom', 'boom', 'CREATE TABLE three (x)']);
    expect(() => migrate(db, ['', '', '', 'CREATE TABLE four (x); boom'])).toThrow();
    expect(db.pragma('user_version', { simple: true })).toBe(3);
    expect(db.prepare('SELECT name FROM sqlite_schema ORDER BY name').pluck().all()).toEqual(['one', 'three', 'two']);
    db.close();
  });
});

describe('a backup', () => {
  it('is the whole store as of one instant, taken while changes go on', async () => {
    const h = await harness();
    const to = `${h.folder}/backup.sqlite`;
    await h.store.change(declaring('k1', { extras: { notices: [notice('n1')] } }));
    const file = await h.store.blobs.put(new Uint8Array(3_000_000).fill(7));
    const backup = h.store.backup(to);
    for (let n = 0; n < 50; n += 1) await h.store.change(noting('INC-2026-0001', `n${n}`));
    await backup;
    expect(await firstBroken(to)).toBeNull();
    const copy = await open(to);
    onTestFinished(() => copy.close());
    const notes = (await copy.incident('INC-2026-0001'))?.notes.map((note) => note.text) ?? [];
    expect(notes).toEqual(Array.from({ length: notes.length }, (_, n) => `n${n}`));
    expect(await copy.outbox.get('n1')).not.toBeNull();
    expect(Buffer.concat(await collect((await copy.blobs.get(file.sha256)) ?? []))).toHaveLength(3_000_000);
    expect(await copy.actorOf(LIN)).toBe(await h.store.actorOf(LIN));
  });

  it('never takes the place of anything', async () => {
    const h = await harness();
    await h.store.change(declaring('k1'));
    const to = `${h.folder}/backup.sqlite`;
    await writeFile(to, 'mine');
    for (const there of [to, h.file, '/dev/null'])
      await expect(h.store.backup(there)).rejects.toThrow('exists already and is not replaced');
    expect(await readFile(to, 'utf8')).toBe('mine');
    // Somebody was faster.
    await rm(to);
    const backups = await Promise.allSettled([h.store.backup(to), writeFile(to, 'mine', { flag: 'wx' })]);
    expect(backups.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(await readFile(to, 'utf8')).toBe('mine');
    expect((await readdir(h.folder)).filter((name) => name.includes('partial'))).toEqual([]);
  });
});

describe('reading beside a running bot', () => {
  it('sees every commit at once, writes nothing and takes no lock', async () => {
    const h = await harness();
    const id = (await h.store.change(declaring('k1'))).id ?? '';
    const beside = await openReadOnlyStore({ file: h.file, evolve });
    onTestFinished(() => beside.close());
    expect((await beside.incident(id))?.version).toBe(1);
    await h.store.change(noting(id, 'k2'));
    await h.store.inbox.failed({ platform: 'chat', key: 'f', body: '{}', error: 'odd', at: 1 });
    expect(await beside.incident(id)).toEqual(await h.store.incident(id));
    expect(await collect(beside.record(id))).toHaveLength(2);
    expect(await beside.inbox.listFailed(9)).toHaveLength(1);
    expect((await beside.outbox.counts()).ready).toBe(0);
  });

  it('reads a copy of the file made while no bot ran', async () => {
    const h = await harness();
    const id = (await h.store.change(declaring('k1'))).id ?? '';
    await h.whileClosed(() => copyFile(h.file, `${h.folder}/copy.sqlite`));
    const copy = await openReadOnlyStore({ file: `${h.folder}/copy.sqlite`, evolve });
    expect((await copy.incident(id))?.title).toBe('Outage');
    await copy.close();
  });
});
