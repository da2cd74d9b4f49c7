import type { Clock, SurfaceRow, SurfaceStore } from '../use-cases/ports.ts';
import type { Run, Sql } from './sql.ts';

type StoredSurface = Omit<SurfaceRow, 'dirty'> & { readonly dirty: number };

/** Default renewal interval (ms) of a surface. */
const EVERY = 60_000;

const COLUMNS = `incident, room, key, ref, shown_hash AS "shownHash", dirty, refresh_at AS "refreshAt",
  refresh_every AS "refreshEvery", shown_at AS "shownAt", attempted_at AS "attemptedAt", fence`;
const ROW = 'incident = $1 AND room = $2 AND key = $3';

/** Surfaces for delivery; `holder`: the number of this instance, as for `outboxStore`. */
export function surfaceStore(sql: Sql, clock: Clock, holder: () => number | null = () => null): SurfaceStore {
  // A row that changed while its card was being sent keeps `dirty`; the shown content and its place are recorded in
  // either case.
  const shown = sql.note<{ dirty: number }>(
    `UPDATE surfaces SET dirty = CASE WHEN fence = $4 THEN 0 ELSE dirty END, ref = $5, shown_hash = $6, shown_at = $7,
       refresh_at = $8, refresh_every = $9, attempted_at = NULL WHERE ${ROW} RETURNING dirty`,
  );
  const lost = sql.note(
    `UPDATE surfaces SET ref = NULL, shown_hash = NULL, shown_at = NULL, refresh_at = NULL, attempted_at = NULL, dirty = 1,
       fence = fence + 1 WHERE incident = $1 AND room = $2 AND (key = $3 OR $3 = 'status')`,
  );
  const rewind = sql.note(
    'UPDATE surfaces SET shown_at = $1, refresh_at = $1 WHERE dirty = 0 AND refresh_at > $1 AND shown_at > $1',
  );
  const attempting = sql.change(`UPDATE surfaces SET attempted_at = $4 WHERE ${ROW} ${sql.dialect.delivers('$5')}`);
  const get = sql.first<StoredSurface>(`SELECT ${COLUMNS} FROM surfaces WHERE ${ROW}`);
  return {
    shown: async ({ incident, room, key, fence }, { ref, hash, at, refreshAt, refreshEvery = null }) => {
      const { rows } = await shown(incident, room, key, fence, ref, hash, at, refreshAt, refreshEvery);
      return rows[0]?.dirty === 0;
    },
    lost: async ({ incident, room, key }) => {
      await lost(incident, room, key);
    },
    attempting: async ({ incident, room, key }, at) =>
      (await attempting(incident, room, key, at, holder())).count === 1,
    wanting: wanting(sql, clock),
    get: async (incident, room, key) => {
      const row = await get(incident, room, key);
      return row && surfaceOf(row);
    },
    rewind: async (now) => {
      await rewind(now);
    },
    nextStaleAt: sql.value<number>('SELECT min(refresh_at) AS value FROM surfaces WHERE dirty = 0 AND refresh_at > $1'),
  };
}

function wanting(sql: Sql, clock: Clock): SurfaceStore['wanting'] {
  // Age in units of the renewal interval: a countdown of a minute is stale sooner than one of an hour. The index alone
  // is sorted; only returned rows are read from the table.
  const oldest = (which: string): Run<readonly StoredSurface[]> =>
    sql.all<StoredSurface>(
      `SELECT ${COLUMNS} FROM (
         SELECT incident, room, key, CASE WHEN shown_at IS NULL THEN 1e300 ELSE CAST($1 - shown_at AS DOUBLE PRECISION)
           / ${sql.dialect.greatest}(1, coalesce(refresh_every, refresh_at - shown_at, ${EVERY})) END AS age
         FROM surfaces WHERE ${which} ORDER BY age DESC LIMIT $2) AS one
       JOIN surfaces USING (incident, room, key) ORDER BY age DESC`,
      `SELECT 1 FROM surfaces WHERE ${which} LIMIT 1`,
    );
  const dirty = oldest('dirty = 1');
  const stale = oldest('dirty = 0 AND refresh_at <= $1');
  return async (now, limit) => {
    const [changed, old] = await Promise.all([dirty(clock.now(), limit), stale(now, limit)]);
    return shared(changed, old, limit).map(surfaceOf);
  };
}

/** Selects at most `limit` rows: half changed and half stale ones; each kind may use what the other leaves free. */
function shared<T>(changed: readonly T[], stale: readonly T[], limit: number): T[] {
  const first = Math.min(changed.length, Math.max(Math.ceil(limit / 2), limit - stale.length));
  return [...changed.slice(0, first), ...stale.slice(0, limit - first)];
}

const surfaceOf = (row: StoredSurface): SurfaceRow => ({ ...row, dirty: row.dirty === 1 });
