import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import Sqlite, { type Database } from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { StoreError } from '../../src/storage/errors.ts';
import { verifyStore } from '../../src/storage/sqlite/verify.ts';
import type { Checked } from '../../src/storage/verify.ts';
import { AT, commits, declaring, noting } from '../contract/fixtures.ts';
import { collect } from '../contract/harness.ts';
import { firstBroken } from './first-broken.ts';
import { type SqliteHarness, sqliteHarness } from './sqlite-harness.ts';

const FILE = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 31) % 251));
const SHA = createHash('sha256').update(FILE).digest('hex');

/** Two incidents of three events, the second naming a file; closed. */
async function filled(): Promise<SqliteHarness> {
  const h = await sqliteHarness();
  onTestFinished(() => h.destroy());
  await h.store.change(declaring('k1'));
  await h.store.change(declaring('k2', { at: AT + 1_000 }));
  for (const id of ['INC-2026-0001', 'INC-2026-0002']) await h.store.change(noting(id, `note for ${id}`));
  await h.store.change(noting('INC-2026-0001', 'last'));
  await h.store.blobs.put(FILE);
  const evidence = { file: SHA, name: 'log.txt', size: FILE.length, mediaType: 'text/plain' };
  const decide: Parameters<typeof h.store.change>[0]['decide'] = (c) =>
    commits(c, [{ type: 'evidence_added', payload: { evidence } }]);
  await h.store.change(noting('INC-2026-0002', 'evidence', { decide }));
  return h;
}

/** Changes a closed store behind its back and answers the first broken thing. */
async function tampered(h: SqliteHarness, tamper: (db: Database) => void, undo = false): Promise<Checked | null> {
  return h.whileClosed(async () => {
    const whole = await readFile(h.file);
    const db = new Sqlite(h.file);
    db.pragma('foreign_keys = OFF');
    tamper(db);
    db.close();
    const found = await firstBroken(h.file);
    if (undo) await writeFile(h.file, whole);
    return found;
  });
}

describe('verifying a store', () => {
  it('looks at the store, every incident and every file, also beside a running bot', async () => {
    const h = await filled();
    const checked = await collect(verifyStore(h.file));
    expect(checked.map((c) => [c.what, c.id, c.problem])).toEqual([
      ['store', h.file, null],
      ['incident', 'INC-2026-0001', null],
      ['incident', 'INC-2026-0002', null],
      ['file', SHA, null],
    ]);
    expect((await h.store.change(noting('INC-2026-0001', 'after'))).kind).toBe('committed');
  });

  it('looks at one incident and the files it names', async () => {
    const h = await filled();
    const looked = async (incident: string) =>
      (await collect(verifyStore(h.file, { incident }))).map((c) => [c.what, c.problem]);
    expect(await looked('INC-2026-0001')).toEqual([['incident', null]]);
    expect(await looked('INC-2026-0002')).toEqual([
      ['incident', null],
      ['file', null],
    ]);
    expect(await looked('INC-2026-0009')).toEqual([['incident', { flaw: 'missing' }]]);
  });

  it.each([
    ['type', `'renamed'`, 'hash'],
    ['v', 'v + 1', 'hash'],
    ['at', `replace(at, '2026', '2025')`, 'hash'],
    ['actor', `'somebody'`, 'hash'],
    ['command', `command || 'x'`, 'hash'],
    ['bytes', `replace(bytes, 'note for', 'note fur')`, 'payload'],
    ['salt', `salt || 'x'`, 'payload'],
    ['payload_hash', `replace(payload_hash, substr(payload_hash, 1, 1), 'x')`, 'payload'],
    ['prev', `'${'0'.repeat(64)}'`, 'prev'],
    ['hash', `'${'0'.repeat(64)}'`, 'hash'],
    ['bytes', 'NULL', 'payload'],
  ])('finds a changed %s', async (column, value, flaw) => {
    const h = await filled();
    const change = `UPDATE events SET ${column} = ${value} WHERE incident = 'INC-2026-0002' AND version = 2`;
    // No store opens on a type or version it does not know.
    const broken = await tampered(h, (db) => void db.exec(change), true);
    expect(broken).toEqual({ what: 'incident', id: 'INC-2026-0002', problem: { flaw, version: 2 } });
  });

  it('finds one changed byte of any event or file in the raw database file', async () => {
    const h = await filled();
    const positions = (raw: Buffer, needle: string | Buffer): number => raw.indexOf(needle) + 7;
    for (const [needle, what] of [
      ['note for INC-2026-0002', { what: 'incident', id: 'INC-2026-0002' }],
      [FILE.subarray(5_000, 6_000), { what: 'file', id: SHA }],
    ] as const) {
      const broken = await h.whileClosed(async () => {
        const raw = await readFile(h.file);
        const flipped = Buffer.from(raw);
        const at = positions(raw, needle);
        flipped[at] = (flipped[at] ?? 0) ^ 1;
        await writeFile(h.file, flipped);
        const found = await firstBroken(h.file);
        await writeFile(h.file, raw);
        return found;
      });
      expect(broken).toMatchObject(what);
    }
    expect(await firstBroken(h.file)).toBeNull();
  });

  it.each([
    [
      'the last event',
      `DELETE FROM events WHERE incident = 'INC-2026-0002' AND version = 3`,
      { flaw: 'head', version: 3 },
    ],
    [
      'an event in the middle',
      `DELETE FROM events WHERE incident = 'INC-2026-0002' AND version = 2`,
      { flaw: 'version', version: 2 },
    ],
    ['the whole record', `DELETE FROM events WHERE incident = 'INC-2026-0002'`, { flaw: 'head', version: 1 }],
    ['the row of the list', `DELETE FROM incidents WHERE id = 'INC-2026-0002'`, { flaw: 'orphan' }],
    [
      'every trace',
      `DELETE FROM events WHERE incident = 'INC-2026-0002'; DELETE FROM incidents WHERE id = 'INC-2026-0002'`,
      { flaw: 'missing' },
    ],
  ])('finds that %s is gone', async (_, sql, problem) => {
    const h = await filled();
    const broken = await tampered(h, (db) => db.exec(sql));
    expect(broken).toEqual({ what: 'incident', id: 'INC-2026-0002', problem });
  });

  it('finds events of an incident nobody declared', async () => {
    const h = await filled();
    const columns = 'type, v, at, actor, command, bytes, salt, payload_hash, prev';
    const sql = `INSERT INTO events (incident, version, hash, ${columns})
      SELECT 'INC-2026-0099', 1, '', ${columns} FROM events WHERE incident = 'INC-2026-0001' AND version = 1`;
    expect(await tampered(h, (db) => db.exec(sql))).toMatchObject({ what: 'incident', id: 'INC-2026-0099' });
  });

  it.each([
    ['changed', `UPDATE blob_parts SET content = zeroblob(length(content)) WHERE n = 1`, 'content'],
    ['shortened', 'DELETE FROM blob_parts WHERE n = 1', 'content'],
    ['lost although an event names it', 'DELETE FROM blobs', 'missing'],
  ])('finds a file that was %s', async (_, sql, flaw) => {
    const h = await filled();
    const broken = await tampered(h, (db) => db.exec(sql));
    expect(broken).toEqual({ what: 'file', id: SHA, problem: { flaw } });
    const files = await collect(verifyStore(h.file, { incident: 'INC-2026-0002' }));
    expect(files.at(-1)).toEqual({ what: 'file', id: SHA, problem: { flaw } });
  });

  it('accepts an event whose payload and salt were erased', async () => {
    const h = await filled();
    const erase = `UPDATE events SET bytes = NULL, salt = NULL WHERE incident = 'INC-2026-0002' AND version = 2`;
    expect(await tampered(h, (db) => db.exec(erase))).toBeNull();
  });

  it('says so when SQLite itself cannot read the file', async () => {
    const h = await filled();
    await h.whileClosed(async () => {
      const raw = await readFile(h.file);
      const found: unknown[] = [];
      for (const pages of [2, 20]) {
        const rest = Buffer.alloc(raw.length - pages * 4_096, 0xff);
        await writeFile(h.file, Buffer.concat([raw.subarray(0, pages * 4_096), rest]));
        found.push(await firstBroken(h.file));
      }
      await writeFile(h.file, raw);
      const unreadable = { what: 'store', id: h.file, problem: { flaw: 'unreadable', detail: expect.any(String) } };
      expect(found).toEqual([unreadable, unreadable]);
    });
  });

  it('rejects what is no store', async () => {
    const h = await filled();
    const other = `${h.folder}/other.sqlite`;
    new Sqlite(other).exec('CREATE TABLE t (x)').close();
    await expect(collect(verifyStore(other))).rejects.toMatchObject({
      fault: 'foreign_file',
    } satisfies Partial<StoreError>);
    await expect(collect(verifyStore(`${h.folder}/none.sqlite`))).rejects.toThrow();
  });
});
