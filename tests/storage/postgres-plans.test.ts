import { expect, it, onTestFinished } from 'vitest';
import { AT, declaring, notice, noting, ROOM } from '../contract/fixtures.ts';
import { command } from '../fakes/postgres.ts';
import { emptyDatabase, giveBack, openOn } from './postgres-harness.ts';

/** Number of rows of each table: few enough for the planner to prefer a walk over a hundred look-ups. */
const ROWS = 4_000;

const FILL = [
  `INSERT INTO inbox SELECT 'chat', 'old ' || n, 'hash', NULL, '{}', n FROM generate_series(1, ${ROWS}) n`,
  `INSERT INTO actors (platform, tenant, account, id) SELECT 'chat', 'old', n, 'old ' || n FROM generate_series(1, ${ROWS}) n`,
  `INSERT INTO incidents (id, title, search, drill, phase, level, lead, declared_at, participants, rooms, declared_by, created_at, version, hash)
   SELECT 'OLD-' || n, 't', 't', 0, 'open', 'l', 'p', 'a', '[]', '[]', 'p', n, 1, 'h' FROM generate_series(1, ${ROWS}) n`,
  `INSERT INTO incident_members SELECT 'p', 'old', seq FROM incidents`,
  `INSERT INTO timers SELECT 'old ' || n, 'OLD-' || n, 'reminder', ${AT + 86_400_000}, 'pending', 1 FROM generate_series(1, ${ROWS}) n`,
  `INSERT INTO outbox (key, lane, recipient, content, due_at, state, not_before)
   SELECT 'old ' || n, 1, '{}', '{}', n, 'sent', 0 FROM generate_series(1, ${ROWS}) n`,
  `INSERT INTO surfaces (incident, room, key, dirty, fence) SELECT 'OLD-' || n, 'r', 'status', 0, 1 FROM generate_series(1, ${ROWS}) n`,
  'ANALYZE',
].join('; ');

/** Numbers of rows that statements read by walking whole tables, by table. */
async function walked(url: string): Promise<ReadonlyMap<unknown, number>> {
  const rows = await command(url, 'SELECT relname, seq_tup_read FROM pg_stat_user_tables');
  return new Map(rows.map((row) => [row['relname'], Number(row['seq_tup_read'])]));
}

it('no statement on the path of one incident walks a table, however few rows the planner thinks it has', async () => {
  const url = await emptyDatabase();
  onTestFinished(() => giveBack(url));
  await (await openOn(url)).close();
  await command(url, FILL);
  const before = await walked(url);
  const store = await openOn(url);
  // A connection settles on one plan for all values after five runs of a statement.
  for (let n = 0; n < 8; n += 1) {
    const incident = (await store.change(declaring(`declare ${n}`, { recentSince: AT }))).id ?? '';
    const extras = {
      timers: [{ key: `${incident}:t`, kind: 'reminder', dueAt: AT + n }],
      notices: [notice(`notice ${n}`, { incident })],
      surfaces: [{ room: ROOM, key: 'status' }],
    };
    await store.change(noting(incident, `note ${n}`, { extras }));
    await store.change(noting(incident, `done ${n}`, { extras: { ...extras, timers: [], notices: [] } }));
    for (const { key, fence } of await store.outbox.claim(AT + 1_000, 9))
      await store.outbox.settle(key, fence, { state: 'sent', ref: 'r' });
  }
  // Figures of a connection are complete once it has ended.
  await store.close();
  const after = await walked(url);
  const more = [...after].filter(([table, n]) => n - (before.get(table) ?? 0) >= ROWS);
  expect(more.map(([table]) => table)).toEqual([]);
});
