import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { evolve } from '../../src/incident/record/evolve.ts';
import { backupStore } from '../../src/storage/sqlite/backup.ts';
import { MIGRATIONS } from '../../src/storage/sqlite/open.ts';
import { restoreStore } from '../../src/storage/sqlite/restore.ts';
import { createSqliteStore } from '../../src/storage/sqlite/store.ts';
import { RESTORED_KEY } from '../../src/use-cases/upkeep/restore-mark.ts';
import { declaring, notice } from '../contract/fixtures.ts';
import { countedIds } from '../contract/harness.ts';
import { ManualClock } from '../fakes/clock.ts';
import { firstBroken } from './first-broken.ts';
import { type SqliteHarness, sqliteHarness } from './sqlite-harness.ts';

const AT = '2026-04-01T00:00:00.000Z';

interface Lost {
  readonly h: SqliteHarness;
  readonly backup: string;
  /** A place as the machine left it: the store of three incidents, two of them in the log only. */
  readonly file: string;
}

/** A store of one incident was backed up; two more were declared, and the machine was lost. */
async function lost(): Promise<Lost> {
  const h = await sqliteHarness();
  onTestFinished(() => h.destroy());
  const backup = `${h.folder}/backup.sqlite`;
  await h.store.change(declaring('k1', { extras: { notices: [notice('n1')] } }));
  await h.store.backup(backup);
  for (const key of ['k2', 'k3']) await h.store.change(declaring(key));
  const folder = `${h.folder}/after`;
  mkdirSync(folder);
  const file = `${folder}/jishi.sqlite`;
  // What SIGKILL leaves.
  for (const part of ['', '-wal', '-shm']) copyFileSync(h.file + part, file + part);
  return { h, backup, file };
}

/** What a bot finds that starts on it. */
async function found(file: string) {
  expect(await firstBroken(file)).toBeNull();
  const store = await createSqliteStore({ file, evolve, clock: new ManualClock(), ids: countedIds('other') });
  try {
    return {
      ids: (await store.incidents({ limit: 9 })).map(({ id }) => id),
      outbox: await store.outbox.counts(),
      mark: JSON.parse((await store.kept.get(RESTORED_KEY)) ?? 'null'),
    };
  } finally {
    await store.close();
  }
}
const RESTORED = {
  ids: ['INC-2026-0001'],
  outbox: { ready: 0, sending: 0, sent: 0, unknown: 0, dead: 1 },
  mark: { lost: [], at: AT, upTo: expect.any(String) },
};

describe('restoring a backup', () => {
  it.each<[string, (file: string) => void]>([
    ['as the machine left it', () => {}],
    ['gone but for its log', (file) => renameSync(file, `${file}.elsewhere`)],
    [
      'gone',
      (file) => {
        for (const part of ['', '-wal', '-shm']) renameSync(file + part, `${file}.elsewhere${part}`);
      },
    ],
    ['garbage', (file) => writeFileSync(file, 'no database at all '.repeat(1_000))],
    [
      'damaged',
      (file) => writeFileSync(file, Buffer.concat([readFileSync(file).subarray(0, 4_096), Buffer.alloc(90_000, 0xa5)])),
    ],
    [
      'of a newer version',
      (file) => {
        const db = new Sqlite(file);
        db.pragma(`user_version = ${MIGRATIONS.length + 1}`);
        db.close();
      },
    ],
  ])('takes the place of a store that is %s', async (_, befallen) => {
    const { backup, file } = await lost();
    befallen(file);
    const stood = ['', '-wal'].filter((part) => existsSync(file + part));
    const bytes = stood.map((part) => readFileSync(file + part));
    const { keptAs } = await restoreStore(backup, file, { at: AT });
    expect(await found(file)).toEqual(RESTORED);
    // What stood there is kept byte for byte, also if nothing can be done with it.
    const name = `${file}.before-2026-04-01T000000000Z`;
    expect(keptAs).toBe(stood[0] === undefined ? null : name + stood[0]);
    expect(stood.map((part) => readFileSync(name + part))).toEqual(bytes);
    expect(existsSync(`${file}.partial`)).toBe(false);
  });

  it('names incidents that were erased after the backup, whose content is back', async () => {
    const { h, backup } = await lost();
    const db = new Sqlite(h.file);
    const [first] = db.prepare<[], { id: string }>('SELECT id FROM incidents ORDER BY id').all();
    db.exec(
      `UPDATE events SET type = 'erased' WHERE incident = '${first?.id}' AND version = (SELECT max(version) FROM events WHERE incident = '${first?.id}')`,
    );
    const file = `${h.folder}/erased.sqlite`;
    db.prepare('VACUUM INTO ?').run(file);
    db.close();
    expect(await restoreStore(backup, file, { at: AT })).toMatchObject({ returned: [first?.id] });
    expect(await restoreStore(backup, file, { at: '2026-04-02T00:00:00.000Z' })).toMatchObject({ returned: [] });
  });

  it('ends every session, and keeps what was revoked after the backup revoked while the replaced store can be read', async () => {
    const { h, backup: old } = await lost();
    const { kept } = h.store;
    const valid = JSON.stringify({ name: 'not "ended":1', until: 1 });
    const keys = ['access:token:a', 'access:token:b', 'access:outside:c', 'access:session:d', 'focus:x'];
    for (const key of keys) await kept.put(key, valid);
    const backup = `${old}.rows`;
    await h.store.backup(backup);
    const ended = JSON.stringify({ name: 'x', until: 1, ended: 1 });
    for (const key of ['access:token:a', 'access:outside:c']) await kept.put(key, ended);
    const values = async (befallen: (file: string) => void) => {
      const file = `${h.folder}/${keys.length}-${befallen.name}.sqlite`;
      copyFileSync(h.file, file);
      copyFileSync(`${h.file}-wal`, `${file}-wal`);
      befallen(file);
      const { revoked } = await restoreStore(backup, file, { at: AT });
      const db = new Sqlite(file);
      const rows = db.prepare<[], { key: string; value: string }>('SELECT key, value FROM kept').all();
      db.close();
      const of = new Map(rows.map(({ key, value }) => [key, value]));
      return { revoked, values: keys.map((key) => of.get(key)) };
    };
    const readable = (): void => {};
    const garbage = (file: string): void => {
      renameSync(`${file}-wal`, `${file}.elsewhere`);
      writeFileSync(file, 'no database at all '.repeat(1_000));
    };
    expect(await values(readable)).toEqual({ revoked: true, values: [ended, valid, ended, undefined, valid] });
    expect(await values(garbage)).toEqual({ revoked: false, values: [valid, valid, valid, undefined, valid] });
  });

  it('only reads the folder of the backup, and keeps the copy to its owner', async () => {
    const { h, backup, file } = await lost();
    const folder = `${h.folder}/read-only`;
    mkdirSync(folder);
    copyFileSync(backup, `${folder}/b.sqlite`);
    chmodSync(`${folder}/b.sqlite`, 0o444);
    chmodSync(folder, 0o555);
    onTestFinished(() => chmodSync(folder, 0o755));
    await restoreStore(`${folder}/b.sqlite`, file, { at: AT });
    // Nobody but root may write there, so root must not have either.
    expect(['b.sqlite-wal', 'b.sqlite-shm'].filter((name) => existsSync(`${folder}/${name}`))).toEqual([]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await found(file)).toEqual(RESTORED);
  });

  it('takes what the log beside a copied store holds along', async () => {
    const { h, file } = await lost();
    await restoreStore(file, `${h.folder}/other.sqlite`, { at: AT });
    expect((await found(`${h.folder}/other.sqlite`)).ids).toHaveLength(3);
  });

  it('leaves everything as it is while a bot runs on it, and when the backup is no good', async () => {
    const { h, backup, file } = await lost();
    const before = readFileSync(h.file);
    await expect(restoreStore(backup, h.file, { at: AT })).rejects.toMatchObject({ fault: 'locked' });
    expect(readFileSync(h.file).equals(before)).toBe(true);
    expect(existsSync(`${h.file}.partial`)).toBe(false);
    expect((await h.store.change(declaring('k4'))).kind).toBe('committed');

    const bytes = readFileSync(backup);
    const damaged = `${h.folder}/damaged.sqlite`;
    writeFileSync(damaged, Buffer.concat([bytes.subarray(0, 4_096), Buffer.alloc(bytes.length - 4_096, 0xa5)]));
    writeFileSync(`${h.folder}/text.sqlite`, 'no database at all '.repeat(1_000));
    const log = readFileSync(`${file}-wal`);
    for (const bad of ['damaged', 'text']) {
      await expect(restoreStore(`${h.folder}/${bad}.sqlite`, file, { at: AT })).rejects.toThrow(`/${bad}.sqlite`);
      expect(readFileSync(`${file}-wal`).equals(log)).toBe(true);
      expect(existsSync(`${file}.partial`)).toBe(false);
    }
    await expect(restoreStore(`${h.folder}/none.sqlite`, file, { at: AT })).rejects.toThrow();
  });
});

it('a log whose file is gone is not taken for that of a new one', async () => {
  const { file } = await lost();
  renameSync(file, `${file}.elsewhere`);
  const opened = createSqliteStore({ file, evolve, clock: new ManualClock(), ids: countedIds('other') });
  await expect(opened).rejects.toMatchObject({
    fault: 'damaged',
    message: expect.stringContaining('restore a backup'),
  });
  expect(existsSync(file)).toBe(false);
});

it.skipIf(process.getuid?.() !== 0)('by an administrator leaves files of the user of the service', async () => {
  const { backup, file, h } = await lost();
  chownSync(dirname(file), 65_534, 65_534);
  await restoreStore(backup, file, { at: AT });
  for (const made of [file, `${file}.lock`]) expect(statSync(made)).toMatchObject({ uid: 65_534, gid: 65_534 });
  chownSync(h.folder, 65_534, 65_534);
  await backupStore(file, `${h.folder}/copy.sqlite`);
  expect(statSync(`${h.folder}/copy.sqlite`).uid).toBe(65_534);
});
