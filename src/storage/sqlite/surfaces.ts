import type { Database } from 'better-sqlite3';
import type { Clock, SurfaceStore } from '../../use-cases/ports.ts';
import { EVERY, type StoredSurface, SURFACE_COLUMNS, shared, shownValues, surfaceOf } from '../surface-rows.ts';
import type { GroupCommit } from './group-commit.ts';

/** Surfaces for delivery. */
export function surfaceStore(writer: Database, reader: Database, group: GroupCommit, clock: Clock): SurfaceStore {
  // A row that changed while it was being shown keeps `dirty`, but what is shown and where is kept in either case.
  const shown = writer.prepare<
    [number, string | null, string, number, number | null, number | null, string, string, string],
    { dirty: number }
  >(
    `UPDATE surfaces SET dirty = CASE WHEN fence = ? THEN 0 ELSE dirty END, ref = ?, shown_hash = ?, shown_at = ?, refresh_at = ?,
       refresh_every = ?, attempted_at = NULL WHERE incident = ? AND room = ? AND key = ? RETURNING dirty`,
  );
  const lost = writer.prepare<[string, string, string, string]>(
    `UPDATE surfaces SET ref = NULL, shown_hash = NULL, shown_at = NULL, refresh_at = NULL, attempted_at = NULL, dirty = 1, fence = fence + 1
     WHERE incident = ? AND room = ? AND (key = ? OR ? = 'status')`,
  );
  const attempting = writer.prepare<[number | null, string, string, string]>(
    'UPDATE surfaces SET attempted_at = ? WHERE incident = ? AND room = ? AND key = ?',
  );
  return {
    shown: (row, what) => group.note(() => shown.get(...shownValues(row, what))?.dirty === 0),
    lost: ({ incident, room, key }) =>
      group.note(() => {
        lost.run(incident, room, key, key);
      }),
    attempting: ({ incident, room, key }, at) =>
      group.write(() => {
        attempting.run(at, incident, room, key);
      }),
    ...reading(reader, clock),
  };
}

function reading(reader: Database, clock: Clock): Pick<SurfaceStore, 'wanting' | 'get' | 'nextStaleAt'> {
  // Age in units of the wanted interval: a countdown of a minute is stale sooner than one of an hour. Sorted within the
  // index alone; only the rows that are answered are looked up.
  const oldest = (which: string): string => `SELECT ${SURFACE_COLUMNS} FROM (
       SELECT incident, room, key, CASE WHEN shown_at IS NULL THEN 1e300
         ELSE (? - shown_at) * 1.0 / max(1, coalesce(refresh_every, refresh_at - shown_at, ${EVERY})) END AS age
       FROM surfaces WHERE ${which} ORDER BY age DESC LIMIT ?)
     JOIN surfaces USING (incident, room, key) ORDER BY age DESC`;
  const dirty = reader.prepare<[number, number], StoredSurface>(oldest('dirty = 1'));
  const stale = reader.prepare<[number, number, number], StoredSurface>(oldest('dirty = 0 AND refresh_at <= ?'));
  const get = reader.prepare<[string, string, string], StoredSurface>(
    `SELECT ${SURFACE_COLUMNS} FROM surfaces WHERE incident = ? AND room = ? AND key = ?`,
  );
  const refresh = reader.prepare<[number], { at: number | null }>(
    'SELECT min(refresh_at) AS at FROM surfaces WHERE dirty = 0 AND refresh_at > ?',
  );
  return {
    wanting: async (now, limit) => {
      // Most looks come before anything is stale; asking for the first instant is cheaper than sorting nothing.
      const none = (refresh.get(0)?.at ?? Number.POSITIVE_INFINITY) > now;
      return shared(dirty.all(clock.now(), limit), none ? [] : stale.all(now, now, limit), limit).map(surfaceOf);
    },
    get: async (incident, room, key) => {
      const row = get.get(incident, room, key);
      return row ? surfaceOf(row) : null;
    },
    nextStaleAt: async (now) => refresh.get(now)?.at ?? null,
  };
}
