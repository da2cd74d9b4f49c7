import type { Database } from 'better-sqlite3';
import { type Row, WRITE_LISTS, type WriteList, type Writes } from '../writes.ts';

const SETS = 'title, search, drill, phase, level, lead, next_due, participants, rooms, version, hash';
const named = (columns: string): string => columns.replace(/\w+/g, '@$&');

const EVENT = 'incident, version, type, v, at, actor, command, bytes, salt, payload_hash, prev, hash';

/** One row at a time; timers all at once, since a new incident has a dozen. */
const STATEMENTS: Readonly<Record<WriteList, string>> = {
  inbox: `INSERT INTO inbox (platform, key, body_hash, incident, answer, at)
    VALUES (@platform, @key, @body_hash, @incident, @answer, @at)`,
  actors: 'INSERT INTO actors (platform, tenant, account, id) VALUES (@platform, @tenant, @account, @id)',
  counted: `INSERT INTO counters (series, year, last) VALUES (@series, @year, @last)
    ON CONFLICT DO UPDATE SET last = excluded.last`,
  created: `INSERT INTO incidents (id, declared_at, declared_by, created_at, ${SETS})
    VALUES (@id, @declared_at, @declared_by, @created_at, ${named(SETS)})`,
  updated: `UPDATE incidents SET ${SETS.replace(/\w+/g, '$& = @$&')} WHERE id = @id`,
  gone: `DELETE FROM incident_members WHERE kind = @kind AND member = @member
    AND seq = (SELECT seq FROM incidents WHERE id = @id)`,
  members: `INSERT OR IGNORE INTO incident_members (kind, member, seq)
    SELECT @kind, @member, seq FROM incidents WHERE id = @id`,
  events: `INSERT INTO events (${EVENT}) VALUES (${named(EVENT)})`,
  ended: `UPDATE timers SET state = @state, fence = fence + 1
    WHERE key = @key AND incident = @incident AND state = 'pending'`,
  // A timer that is done stays done: its reminder was sent. One that was cancelled may be wanted again.
  armed: `INSERT INTO timers (key, incident, kind, due_at, state, fence)
    SELECT value ->> 'key', value ->> 'incident', value ->> 'kind', value ->> 'due_at', 'pending', 1
    FROM json_each(@rows) WHERE true
    ON CONFLICT (key) DO UPDATE SET state = 'pending', kind = excluded.kind, due_at = excluded.due_at, fence = fence + 1
    WHERE state <> 'done' AND incident = excluded.incident`,
  notices: `INSERT INTO outbox (key, incident, lane, recipient, content, due_at, state, not_before)
    VALUES (@key, @incident, @lane, @recipient, @content, @due_at, 'ready', 0) ON CONFLICT (key) DO NOTHING`,
  // The age of a card is kept in units of its interval: what it has waited for stays when it wants less, or more.
  // Fences start anywhere, so that a row dropped and wanted again never looks like the row somebody read before.
  wanted: `INSERT INTO surfaces (incident, room, key, dirty, fence, attempted_at, refresh_every)
    VALUES (@incident, @room, @key, 1, abs(random() / 4096), @attempted_at, @refresh_every)
    ON CONFLICT DO UPDATE SET dirty = 1, fence = fence + 1, refresh_every = excluded.refresh_every, shown_at = coalesce(
      CAST(@at - (@at - shown_at) * 1.0 * excluded.refresh_every / refresh_every AS INTEGER), shown_at)`,
};

/** A statement whose parameters are bound by their place, which takes half as long as by their names. */
function prepared(db: Database, sql: string): (row: Row) => void {
  const columns: string[] = [];
  const placed = sql.replace(/@(\w+)/g, (_, column: string) => {
    columns.push(column);
    return '?';
  });
  const statement = db.prepare<Row[string][]>(placed);
  return (row) => {
    statement.run(...columns.map((column) => row[column] ?? null));
  };
}

/** Adds a notice; an existing key is left alone, whatever became of it. */
export function noticeAdder(db: Database): (row: Row) => void {
  return prepared(db, STATEMENTS.notices);
}

/** Writes what a change wants; runs inside its savepoint. */
export class Writer {
  readonly #lists: readonly (readonly [WriteList, (row: Row) => void])[];
  readonly #surfaces;
  readonly #drop;

  constructor(db: Database) {
    this.#lists = WRITE_LISTS.map((list) => [list, prepared(db, STATEMENTS[list])]);
    this.#surfaces = db.prepare<[string], { room: string; key: string }>(
      'SELECT room, key FROM surfaces WHERE incident = ?',
    );
    this.#drop = db.prepare<[string, string, string]>(
      'DELETE FROM surfaces WHERE incident = ? AND room = ? AND key = ?',
    );
  }

  write(writes: Writes): void {
    for (const [list, run] of this.#lists) {
      const rows = writes[list];
      if (list !== 'armed') rows.forEach(run);
      else if (rows.length > 0) run({ rows: JSON.stringify(rows) });
    }
    for (const incident of writes.incidents) this.#dropOthers(incident, writes.wanted);
  }

  #dropOthers(incident: string, wanted: readonly Row[]): void {
    for (const { room, key } of this.#surfaces.all(incident))
      if (!wanted.some((one) => one['room'] === room && one['key'] === key)) this.#drop.run(incident, room, key);
  }
}
