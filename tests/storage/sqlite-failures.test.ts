import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { noFailpoints } from '../../src/ops/failpoints.ts';
import { GroupCommit } from '../../src/storage/sqlite/group-commit.ts';
import type { ChangeOutcome } from '../../src/use-cases/ports.ts';
import { declaring, noting, refusing } from '../contract/fixtures.ts';
import { collect } from '../contract/harness.ts';
import { firstBroken } from './first-broken.ts';
import { type SqliteHarness, sqliteHarness } from './sqlite-harness.ts';

const FULL_DISK = fileURLToPath(new URL('./children/full-disk.ts', import.meta.url));

async function harness(options: Parameters<typeof sqliteHarness>[0] = {}): Promise<SqliteHarness> {
  const h = await sqliteHarness(options);
  onTestFinished(() => h.destroy());
  return h;
}

describe('SQLite in trouble', () => {
  it('rejects while another program holds the write lock, still reads, and goes on once it is gone', async () => {
    const h = await harness();
    const id = (await h.store.change(declaring('k0'))).id ?? '';
    const intruder = new Sqlite(h.file);
    intruder.exec('BEGIN IMMEDIATE');
    const group = await Promise.allSettled([h.store.change(noting(id, 'a')), h.store.probe()]);
    expect(group.map((o) => o.status === 'rejected' && o.reason.code)).toEqual(['SQLITE_BUSY', 'SQLITE_BUSY']);
    expect((await h.store.incident(id))?.version).toBe(1);
    intruder.exec('ROLLBACK');
    intruder.close();
    expect(await h.store.change(noting(id, 'a'))).toMatchObject({ kind: 'committed', state: { version: 2 } });
  });

  it('keeps every acknowledged change and none of the others when the disk is full, and recovers with space', async () => {
    const h = await harness();
    await h.store.change(declaring('k0'));
    const { acknowledged, rejected } = await h.whileClosed(() => fullDisk(h.file));
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(rejected.length).toBeGreaterThan(0);
    expect(await firstBroken(h.file)).toBeNull();
    const kept = (await h.store.incident('INC-2026-0001'))?.notes.map((n) => n.text) ?? [];
    expect(kept).toEqual(acknowledged);
    expect((await h.store.change(noting('INC-2026-0001', rejected[0] ?? ''))).kind).toBe('committed');
  });

  it('fails the whole group with the true cause when a statement loses the transaction itself', async () => {
    const h = await harness();
    const db = new Sqlite(`${h.folder}/group.sqlite`);
    onTestFinished(() => {
      db.close();
    });
    db.exec('CREATE TABLE t (x)');
    const group = new GroupCommit(db, { fail: noFailpoints, afterTurn: setImmediate, synced: () => {} });
    const add = (x: string) => group.write(() => db.prepare('INSERT INTO t VALUES (?)').run(x));
    const losing = group.write(() => {
      // What SQLite does by itself when the disk is full in the middle of a statement.
      db.exec('ROLLBACK');
      throw new Error('the disk is full');
    });
    const outcomes = await Promise.allSettled([losing, add('after')]);
    expect(outcomes.map((o) => o.status === 'rejected' && o.reason.message)).toEqual(Array(2).fill('the disk is full'));
    await add('next');
    expect(db.prepare('SELECT x FROM t').pluck().all()).toEqual(['next']);
  });
});

describe('a file that is damaged while it is open', () => {
  it('takes nothing more once a read has come upon it, of no incident, and the probe says so', async () => {
    const h = await harness();
    const id = (await h.store.change(declaring('k0'))).id ?? '';
    const other = (await h.store.change(declaring('k1'))).id ?? '';
    for (let n = 0; n < 40; n += 1) await h.store.change(noting(id, `${n} ${'x'.repeat(300)}`));
    await h.reopen();
    expect((await h.store.change(noting(other, 'before'))).kind).toBe('committed');
    overwritePageWith(h.file, 'n-3 xxx');
    await expect(h.store.incident(id)).rejects.toMatchObject({ code: 'SQLITE_CORRUPT' });
    await expect(h.store.change(noting(other, 'after'))).rejects.toMatchObject({ code: 'SQLITE_CORRUPT' });
    await expect(h.store.probe()).rejects.toMatchObject({ code: 'SQLITE_CORRUPT' });
  });
});

function overwritePageWith(file: string, words: string): void {
  const PAGE = 4_096;
  const at = readFileSync(file).indexOf(words);
  const open = openSync(file, 'r+');
  writeSync(open, Buffer.alloc(PAGE, 0xa5), 0, PAGE, at - (at % PAGE));
  closeSync(open);
}

describe('the cache of states', () => {
  it('may be far too small, even for one group, without anything going wrong', async () => {
    const h = await harness({ cachedEntries: 1 });
    const ids = await Promise.all([0, 1, 2, 3].map(async (n) => (await h.store.change(declaring(`k${n}`))).id ?? ''));
    const outcomes: ChangeOutcome[] = [];
    for (let round = 0; round < 3; round += 1) {
      outcomes.push(
        ...(await Promise.all(
          ids.flatMap((id) => [0, 1].map((n) => h.store.change(noting(id, `${id}.${round}.${n}`)))),
        )),
      );
    }
    expect(new Set(outcomes.map((o) => o.kind))).toEqual(new Set(['committed']));
    for (const id of ids) {
      expect((await h.store.incident(id))?.version).toBe(7);
      expect(await collect(h.store.record(id))).toHaveLength(7);
    }
    expect(await firstBroken(h.file)).toBeNull();
  });

  it('folds a long record once, not with every change, and not at the start', async () => {
    const folded: string[] = [];
    const h = await harness({ onFold: (incident) => folded.push(incident) });
    const id = (await h.store.change(declaring('k0'))).id ?? '';
    await Promise.all(Array.from({ length: 1_200 }, (_, n) => h.store.change(noting(id, `n${n}`))));
    await h.reopen();
    folded.length = 0;
    await h.store.change(noting(id, 'first after the start'));
    expect(folded).toHaveLength(1_202);
    folded.length = 0;
    await h.store.change(noting(id, 'second'));
    expect((await h.store.incident(id))?.version).toBe(1_203);
    expect(folded).toHaveLength(1);
  });

  it('keeps what a refusal or a replay had to fold', async () => {
    const folded: string[] = [];
    const h = await harness({ onFold: (incident) => folded.push(incident) });
    const id = (await h.store.change(declaring('k0'))).id ?? '';
    for (const request of [noting(id, 'no', { decide: refusing('no') }), declaring('k0')]) {
      await h.reopen();
      folded.length = 0;
      await h.store.change(request);
      await h.store.incident(id);
      expect(folded).toEqual([id]);
    }
  });

  it('holds records of no more entries than it may, the latest used', async () => {
    const folded: string[] = [];
    const h = await harness({ cachedEntries: 3, onFold: (incident) => folded.push(incident) });
    const ids = [];
    for (const n of [1, 2, 3]) ids.push((await h.store.change(declaring(`k${n}`))).id ?? '');
    const [first = '', second = '', third = ''] = ids;
    const foldedBy = async (work: () => Promise<unknown>): Promise<string[]> => {
      folded.length = 0;
      await work();
      return [...folded];
    };
    expect(await foldedBy(() => h.store.incident(second))).toEqual([]);
    // With the second entry of this one they are four, and the one that was not asked for goes.
    expect(await foldedBy(() => h.store.change(noting(first, 'a')))).toEqual([first]);
    expect(await foldedBy(() => h.store.incident(second))).toEqual([]);
    expect(await foldedBy(() => h.store.incident(third))).toEqual([third]);
    expect(await foldedBy(() => h.store.incident(second))).toEqual([]);
    expect(await foldedBy(() => h.store.incident(first))).toEqual([first, first]);
    expect(await foldedBy(() => h.store.incident(second))).toEqual([]);
  });
});

describe('files that were never completed', () => {
  const parts = (file: string): unknown => {
    const db = new Sqlite(file, { readonly: true });
    const count = db.prepare('SELECT count(*) FROM blob_parts').pluck().get();
    db.close();
    return count;
  };

  it('leave nothing behind when their source fails, nor after a process that was killed', async () => {
    const h = await harness();
    async function* failing() {
      yield new Uint8Array(600_000);
      expect(parts(h.file)).toBe(2);
      throw new Error('connection lost');
    }
    await expect(h.store.blobs.put(failing())).rejects.toThrow('connection lost');
    expect(parts(h.file)).toBe(0);
    await h.whileClosed(async () => {
      const db = new Sqlite(h.file);
      db.exec(`INSERT INTO blobs (id, sha256, size) VALUES (7, NULL, 0); INSERT INTO blob_parts VALUES (7, 0, x'00')`);
      db.close();
    });
    expect(parts(h.file)).toBe(0);
  });
});

/** Writes notes in a process that may not make any file longer than a few hundred kB, until that has failed for a while. */
async function fullDisk(file: string): Promise<{ acknowledged: string[]; rejected: string[] }> {
  const child = spawn('sh', ['-c', 'ulimit -f 700 && exec "$0" "$@"', process.execPath, FULL_DISK, file], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const [out, complaint] = await Promise.all([collect(child.stdout), collect(child.stderr)]);
  if (out.length === 0) throw new Error(Buffer.concat(complaint).toString());
  return JSON.parse(Buffer.concat(out).toString());
}
