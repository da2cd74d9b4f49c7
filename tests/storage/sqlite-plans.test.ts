import Sqlite from 'better-sqlite3';
import { expect, it, onTestFinished, vi } from 'vitest';
import { evolve } from '../../src/incident/record/evolve.ts';
import { systemClock } from '../../src/ops/system-clock.ts';
import { blobStore } from '../../src/storage/blobs.ts';
import { erasureStore } from '../../src/storage/erasure.ts';
import { outboxStore } from '../../src/storage/outbox.ts';
import { storeReads } from '../../src/storage/reads.ts';
import { roomLog } from '../../src/storage/room-log.ts';
import { inboxStore, keptValues, probe, threadIndex, timerStore } from '../../src/storage/small-stores.ts';
import type { Sql } from '../../src/storage/sql.ts';
import { dialect } from '../../src/storage/sqlite/sql.ts';
import { States } from '../../src/storage/states.ts';
import { surfaceStore } from '../../src/storage/surfaces.ts';
import { AT, declaring, notice, noting, ROOM } from '../contract/fixtures.ts';
import { sqliteHarness } from './sqlite-harness.ts';

/** Statements that look at everything on purpose; none of them is on the path of one incident. */
const MAY_SCAN = [
  /FROM incidents i +ORDER BY/, // the list, newest first, up to its limit
  /SELECT state, count\(\*\) AS n FROM outbox GROUP BY state/, // figures
  /FROM sqlite_schema/,
  /FROM events WHERE seq > \? GROUP BY type, v/, // at the start: kinds among the events since the start before
  /FROM events WHERE instr\(bytes, \?\) > 0/, // files that records of older versions name without proof of an upload
  /FROM timers WHERE incident = \? ORDER BY/, // sorts the timers of one incident
  /EXISTS \(SELECT 1 FROM events WHERE incident = \? AND type = 'erased'\)/, // erasing, which is rare
  /DELETE FROM blobs WHERE sha256 IN .* AND NOT EXISTS \(SELECT 1 FROM events/, // dropping files of reports from outside, which is rare
  /FROM surfaces\s+WHERE room = \? AND key = 'status' AND \(ref/, // incidents of a room that was archived or shared, which is rare
  /FROM surfaces WHERE dirty = [01].* ORDER BY age/, // sorts what is changed or stale: how stale changes with the time of asking
];

it('no statement on the path of one incident grows with the number of incidents', async () => {
  const prepare = vi.spyOn(Sqlite.prototype, 'prepare');
  const h = await sqliteHarness();
  onTestFinished(() => h.destroy());
  const id = (await h.store.change(declaring('k1', { recentSince: AT }))).id ?? '';
  const extras = {
    timers: [{ key: 't', kind: 'reminder', dueAt: AT }],
    notices: [notice('n')],
    surfaces: [{ room: ROOM, key: 'status' }],
  };
  await h.store.change(noting(id, 'k2', { extras }));
  await h.store.incidents({ limit: 9 });
  await h.store.incidents({ limit: 9, open: true, participant: 'p', before: id });
  const statements = new Set([...prepare.mock.calls.map(([sql]) => sql), ...preparedLater()]);
  prepare.mockRestore();

  const db = new Sqlite(h.file, { readonly: true });
  onTestFinished(() => {
    db.close();
  });
  const scans = [...statements]
    .filter((sql) => /^\s*(SELECT|UPDATE|DELETE|INSERT)/.test(sql) && !MAY_SCAN.some((allowed) => allowed.test(sql)))
    .flatMap((sql) => growing(db, sql).map((step) => `${step}: ${sql}`));
  expect(statements.size).toBeGreaterThan(80);
  expect(scans).toEqual([]);
});

/** Statements that a store prepares at their first use. */
function preparedLater(): readonly string[] {
  const texts: string[] = [];
  const seen = (...some: readonly (string | undefined)[]): (() => Promise<never>) => {
    for (const text of some) if (text !== undefined) texts.push(text.replace(/\$\d+/g, '?'));
    return () => Promise.reject(new Error('not run'));
  };
  const sql: Sql = {
    dialect,
    all: seen,
    first: seen,
    value: seen,
    change: seen,
    note: seen,
    transaction: (some) => seen(...some),
  };
  storeReads(sql, new States(evolve));
  surfaceStore(sql, systemClock);
  for (const store of [outboxStore, erasureStore, blobStore, inboxStore, roomLog, keptValues, threadIndex]) store(sql);
  for (const store of [timerStore, probe]) store(sql);
  return texts;
}

/** Steps of a plan that walk a whole table or index, or sort what no index gives in order; `r` is the row to be written. */
function growing(db: Sqlite.Database, sql: string): string[] {
  const blanks = Object.fromEntries([...sql.matchAll(/@(\w+)/g)].map(([, name]) => [name, null]));
  const positional = Array((sql.match(/\?/g) ?? []).length).fill(null);
  const explain = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
  const plan = /@\w/.test(sql) ? explain.all(blanks) : explain.all(...positional);
  return plan
    .map((step) => step.detail)
    .filter((step) => /^SCAN (?!CONSTANT|json_each|r$|.*USING (COVERING )?INDEX)|TEMP B-TREE/.test(step));
}
