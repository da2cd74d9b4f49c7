import type { Database } from 'better-sqlite3';
import type { StoredTimer, TimerStore } from '../../use-cases/ports.ts';

const COLUMNS = 'key, incident, kind, due_at AS dueAt, state, fence';

/** Reads of timers, through the read-only connection. */
export function timerStore(reader: Database): TimerStore {
  const due = reader.prepare<[number, number], StoredTimer>(
    `SELECT ${COLUMNS} FROM timers WHERE state = 'pending' AND due_at <= ? ORDER BY due_at LIMIT ?`,
  );
  const next = reader.prepare<[], { at: number | null }>(
    `SELECT min(due_at) AS at FROM timers WHERE state = 'pending'`,
  );
  const of = reader.prepare<[string], StoredTimer>(
    `SELECT ${COLUMNS} FROM timers WHERE incident = ? ORDER BY due_at, key`,
  );
  return {
    due: async (now, limit) => due.all(now, limit),
    nextDueAt: async () => next.get()?.at ?? null,
    of: async (incident) => of.all(incident),
  };
}
