import type { Clock, SurfaceStore } from '../../use-cases/ports.ts';
import { EVERY, type StoredSurface, SURFACE_COLUMNS, shared, shownValues, surfaceOf } from '../surface-rows.ts';
import { type Database, rowsOf } from './connect.ts';
import type { Columns } from './reads.ts';
import { restricted } from './workspaces.ts';

// A row that changed while it was being shown keeps `dirty`, but what is shown and where is kept in either case.
const SHOWN = `
  UPDATE surfaces SET dirty = CASE WHEN fence = $1 THEN 0 ELSE dirty END, ref = $2, shown_hash = $3, shown_at = $4, refresh_at = $5,
    refresh_every = $6, attempted_at = NULL
  WHERE incident = $7 AND room = $8 AND key = $9 RETURNING dirty`;
const LOST = `
  UPDATE surfaces SET ref = NULL, shown_hash = NULL, shown_at = NULL, refresh_at = NULL, attempted_at = NULL, dirty = 1, fence = fence + 1
  WHERE incident = $1 AND room = $2 AND (key = $3 OR $3 = 'status')`;
const ATTEMPTING = `UPDATE surfaces SET attempted_at = $1 WHERE incident = $2 AND room = $3 AND key = $4`;
// Age in units of the wanted interval: a countdown of a minute is stale sooner than one of an hour.
const oldest = (which: string): string => `
  SELECT ${SURFACE_COLUMNS} FROM surfaces WHERE ${which} AND TRUE
  ORDER BY ($1 - shown_at)::float8 / greatest(1, coalesce(refresh_every, refresh_at - shown_at, ${EVERY})) DESC NULLS FIRST LIMIT $2`;
const DIRTY = oldest('dirty = 1');
const STALE = oldest('dirty = 0 AND refresh_at <= $1');
const GET = `SELECT ${SURFACE_COLUMNS} FROM surfaces WHERE incident = $1 AND room = $2 AND key = $3`;
const NEXT = 'SELECT min(refresh_at) AS at FROM surfaces WHERE dirty = 0 AND refresh_at > $1 AND TRUE';

/** Surfaces for delivery, or those of one workspace alone. */
export function surfaceStore(db: Database, clock: Clock, workspace?: string): SurfaceStore {
  const [here, scope] = restricted(workspace);
  const rows = (sql: string, values: readonly unknown[]) => db.rows<StoredSurface & Columns>(sql, values);
  return {
    shown: async (row, what) => {
      const [after] = await db.statement((on) => rowsOf<{ dirty: number }>(on, SHOWN, [...shownValues(row, what)]));
      return after?.dirty === 0;
    },
    lost: async ({ incident, room, key }) => {
      await db.change(LOST, [incident, room, key]);
    },
    attempting: async ({ incident, room, key }, at) => {
      await db.change(ATTEMPTING, [at, incident, room, key]);
    },
    wanting: async (now, limit) => {
      const [dirty, stale] = await Promise.all([
        rows(here(DIRTY), [clock.now(), limit, ...scope]),
        rows(here(STALE), [now, limit, ...scope]),
      ]);
      return shared(dirty, stale, limit).map(surfaceOf);
    },
    get: async (incident, room, key) => {
      const [row] = await rows(GET, [incident, room, key]);
      return row ? surfaceOf(row) : null;
    },
    nextStaleAt: async (now) => (await db.first<{ at: number | null }>(here(NEXT), [now, ...scope]))?.at ?? null,
  };
}
