import type { Database } from 'better-sqlite3';
import type { StoredTimer, TimerStore, WantedTimer } from '../../use-cases/ports.ts';

const COLUMNS = 'key, incident, kind, due_at AS dueAt, state, fence';

/** Timers as a change sees them; every method runs inside a change. */
export class TimerWriter {
  readonly #pending;
  readonly #arm;
  readonly #end;

  constructor(db: Database) {
    this.#pending = db.prepare<[string], { key: string; dueAt: number }>(
      `SELECT key, due_at AS dueAt FROM timers WHERE incident = ? AND state = 'pending'`,
    );
    // A timer that is done stays done: what it said was said. One that was cancelled may be wanted again.
    // All of a change at once: a new incident has some forty.
    this.#arm = db.prepare<[string, string]>(
      `INSERT INTO timers (key, incident, kind, due_at, state, fence)
       SELECT value ->> 'key', ?, value ->> 'kind', value ->> 'dueAt', 'pending', 1 FROM json_each(?) WHERE true
       ON CONFLICT (key) DO UPDATE SET state = 'pending', kind = excluded.kind, due_at = excluded.due_at, fence = fence + 1
       WHERE state <> 'done' AND incident = excluded.incident`,
    );
    this.#end = db.prepare<['done' | 'cancelled', string, string]>(
      `UPDATE timers SET state = ?, fence = fence + 1 WHERE key = ? AND incident = ? AND state = 'pending'`,
    );
  }

  /** `pending → done`; false if it was not pending, or belongs to another incident. */
  consume(key: string, incident: string): boolean {
    return this.#end.run('done', key, incident).changes === 1;
  }

  /** Makes the pending timers of an incident equal to the wanted ones, by key. */
  replan(incident: string, wanted: readonly WantedTimer[]): void {
    const stored = new Map(this.#pending.all(incident).map((timer) => [timer.key, timer.dueAt]));
    const armed = wanted.filter(({ key, dueAt }) => stored.get(key) !== dueAt);
    if (armed.length > 0) this.#arm.run(incident, JSON.stringify(armed));
    for (const { key } of wanted) stored.delete(key);
    for (const key of stored.keys()) this.#end.run('cancelled', key, incident);
  }
}

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
