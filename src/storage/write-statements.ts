import type { WriteList } from './writes.ts';

/** Statement that writes the rows of a list, on either database. */
export interface WriteStatement {
  readonly list: WriteList;
  /** Names and types of the columns of a row. */
  readonly columns: string;
  /** Columns that give the order of writing, so that two instances do not deadlock. */
  readonly key?: string;
  /** True if rows must be new: an existing one is another instance's, and the change is decided again. */
  readonly exact?: true;
  /** Returns the SQL; `rows`: the rows in SQL, `random`: a number from 0 to 2^51, `at`: instant of the change. */
  readonly sql: (rows: string, { random, at }: { readonly random: string; readonly at: string }) => string;
  /** Statement for one row, with `@name` for columns, if joining the row as a table costs more than writing it. */
  readonly one?: string;
}

const SETS = `title text, search text, drill int, phase text, level text, lead text, next_due text, participants text,
  rooms text, version int, hash text`;

/** Names of columns with types: `key text, at bigint` → `key`, `at`. */
export function namesOf(columns: string): readonly string[] {
  return columns.split(',').map((column) => column.trim().split(' ')[0] ?? '');
}

function inserting(table: string, columns: string, onConflict = ''): Pick<WriteStatement, 'columns' | 'sql'> {
  const names = namesOf(columns).join(', ');
  const sql = (rows: string): string =>
    `INSERT INTO ${table} (${names}) SELECT ${names} FROM ${rows} AS r WHERE true ${onConflict}`;
  return { columns, sql };
}

const INBOX = 'platform text, key text, body_hash text, incident text, answer text, at bigint';
const CREATED = `id text, declared_at text, declared_by text, created_at bigint, ${SETS}`;
const EVENT = `incident text, version int, type text, v int, at text, actor text, command text, bytes text, salt text,
  payload_hash text, prev text, hash text`;

export const WRITE_STATEMENTS: readonly WriteStatement[] = [
  { list: 'inbox', exact: true, key: 'platform, key', ...inserting('inbox', INBOX, 'ON CONFLICT DO NOTHING') },
  {
    list: 'actors',
    exact: true,
    key: 'platform, tenant, account',
    ...inserting('actors', 'platform text, tenant text, account text, id text', 'ON CONFLICT DO NOTHING'),
  },
  {
    list: 'counted',
    key: 'series, year',
    ...inserting(
      'counters',
      'series text, year int, last int',
      'ON CONFLICT (series, year) DO UPDATE SET last = excluded.last',
    ),
  },
  { list: 'created', ...inserting('incidents', CREATED) },
  {
    list: 'updated',
    columns: `id text, ${SETS}`,
    sql: (rows) =>
      `UPDATE incidents AS i SET ${namesOf(SETS)
        .map((name) => `${name} = r.${name}`)
        .join(', ')} FROM ${rows} AS r WHERE i.id = r.id`,
    one: `UPDATE incidents SET ${namesOf(SETS)
      .map((name) => `${name} = @${name}`)
      .join(', ')} WHERE id = @id`,
  },
  {
    list: 'gone',
    columns: 'id text, kind text, member text',
    sql: (rows) => `DELETE FROM incident_members WHERE (kind, member, seq) IN (
      SELECT r.kind, r.member, i.seq FROM ${rows} AS r JOIN incidents i ON i.id = r.id)`,
  },
  {
    list: 'members',
    columns: 'id text, kind text, member text',
    sql: (rows) => `INSERT INTO incident_members (kind, member, seq)
      SELECT r.kind, r.member, i.seq FROM ${rows} AS r JOIN incidents i ON i.id = r.id WHERE true ON CONFLICT DO NOTHING`,
  },
  { list: 'events', ...inserting('events', EVENT) },
  {
    list: 'ended',
    columns: 'key text, incident text, state text',
    sql: (rows) => `UPDATE timers AS t SET state = r.state, fence = fence + 1 FROM ${rows} AS r
      WHERE t.key = r.key AND t.incident = r.incident AND t.state = 'pending'`,
    one: `UPDATE timers SET state = @state, fence = fence + 1
      WHERE key = @key AND incident = @incident AND state = 'pending'`,
  },
  {
    // A timer that is done stays done, because its reminder was sent; a cancelled one may be wanted again.
    list: 'armed',
    key: 'key',
    columns: 'key text, incident text, kind text, due_at bigint',
    sql: (rows) => `INSERT INTO timers AS t (key, incident, kind, due_at, state, fence)
      SELECT key, incident, kind, due_at, 'pending', 1 FROM ${rows} AS r WHERE true
      ON CONFLICT (key) DO UPDATE SET state = 'pending', kind = excluded.kind, due_at = excluded.due_at, fence = t.fence + 1
      WHERE t.state <> 'done' AND t.incident = excluded.incident`,
  },
  {
    // An existing key is kept, whatever its state.
    list: 'notices',
    key: 'key',
    columns: 'key text, incident text, lane int, recipient text, content text, due_at bigint',
    sql: (rows) => `INSERT INTO outbox (key, incident, lane, recipient, content, due_at, state, not_before)
      SELECT key, incident, lane, recipient, content, due_at, 'ready', 0 FROM ${rows} AS r WHERE true
      ON CONFLICT (key) DO NOTHING`,
  },
  {
    // The age of a card is stored in units of its interval, so waiting time still counts when the interval changes.
    // Fences start at random, so that a row dropped and wanted again never equals the row read before.
    // A posted card with only a new countdown (`refresh_at` is set) becomes stale instead of dirty; 0 means that the card
    // does not change, so what is shown now is right.
    list: 'wanted',
    key: 'incident, room, key',
    columns: 'incident text, room text, key text, attempted_at bigint, refresh_every bigint, refresh_at bigint',
    sql: (
      rows,
      { random, at },
    ) => `INSERT INTO surfaces AS s (incident, room, key, dirty, fence, attempted_at, refresh_every, refresh_at)
      SELECT incident, room, key, 1, ${random}, attempted_at, refresh_every, refresh_at FROM ${rows} AS r WHERE true
      ON CONFLICT (incident, room, key) DO UPDATE SET fence = s.fence + 1,
        dirty = CASE WHEN excluded.refresh_at IS NULL OR (s.ref IS NULL AND excluded.refresh_at > 0) THEN 1 ELSE s.dirty END,
        refresh_at = CASE WHEN excluded.refresh_at = 0 OR s.refresh_at <= excluded.refresh_at THEN s.refresh_at
          ELSE coalesce(excluded.refresh_at, s.refresh_at) END,
        refresh_every = excluded.refresh_every, shown_at = CASE
          WHEN excluded.refresh_at = 0 AND s.dirty = 0 AND s.shown_at IS NOT NULL THEN ${at} ELSE coalesce(
          CAST(${at} - (${at} - s.shown_at) * excluded.refresh_every / s.refresh_every AS BIGINT), s.shown_at) END`,
  },
];

/** Statement that drops the surfaces of some incidents that are not wanted (`rows`). */
export function dropOthers(rows: string, incidents: string): string {
  return `DELETE FROM surfaces WHERE incident IN ${incidents}
    AND (incident, room, key) NOT IN (SELECT incident, room, key FROM ${rows} AS r)`;
}
