import type { InboxStore, OpenThread, StoredTimer, ThreadIndex, TimerStore } from '../../use-cases/ports.ts';
import { clean, type Database } from './connect.ts';
import type { Columns } from './reads.ts';

const TIMER = 'key, incident, kind, due_at AS "dueAt", state, fence';

/** Reads of timers; only changes write them. */
export function timerStore(db: Database): TimerStore {
  const rows = (sql: string, values: readonly unknown[]) => db.rows<StoredTimer & Columns>(sql, values);
  return {
    due: (now, limit) =>
      rows(`SELECT ${TIMER} FROM timers WHERE state = 'pending' AND due_at <= $1 ORDER BY due_at LIMIT $2`, [
        now,
        limit,
      ]),
    nextDueAt: async () =>
      (await db.first<{ at: number | null }>(`SELECT min(due_at) AS at FROM timers WHERE state = 'pending'`))?.at ??
      null,
    of: (incident) => rows(`SELECT ${TIMER} FROM timers WHERE incident = $1 ORDER BY due_at, key`, [incident]),
  };
}

/** Payloads whose handling threw, and the pruning of kept keys. */
export function inboxStore(db: Database): InboxStore {
  return {
    failed: async (entry) => {
      await db.change(
        `INSERT INTO failed_payloads (platform, key, body, error, at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (platform, key) DO UPDATE SET body = excluded.body, error = excluded.error, at = excluded.at`,
        [entry.platform, clean(entry.key), clean(entry.body), clean(entry.error), entry.at],
      );
    },
    listFailed: (limit) =>
      db.rows<{ platform: string; key: string; error: string; at: number }>(
        'SELECT platform, key, error, at FROM failed_payloads ORDER BY at DESC LIMIT $1',
        [limit],
      ),
    prune: async (before, failedBefore) =>
      (await db.change('DELETE FROM inbox WHERE at < $1', [before])) +
      (await db.change('DELETE FROM failed_payloads WHERE at < $1', [failedBefore])),
  };
}

/** Which incident hangs below a message, and where the open incidents of a platform are shown. */
export function threadIndex(db: Database): ThreadIndex {
  return {
    incidentOf: async (room, ref) =>
      (
        await db.first<{ incident: string }>(
          `SELECT incident FROM surfaces WHERE room = $1 AND ref = $2 AND key = 'status'`,
          [room, ref],
        )
      )?.incident ?? null,
    open: (platform, limit) =>
      db.rows<OpenThread & Columns>(
        `SELECT i.id AS incident, s.room, s.ref FROM incidents i JOIN surfaces s ON s.incident = i.id AND s.key = 'status'
         WHERE i.phase <> 'closed' AND s.ref IS NOT NULL AND s.room >= $1 AND s.room < $2 LIMIT $3`,
        [`${platform}/`, `${platform}0`, limit],
      ),
  };
}
