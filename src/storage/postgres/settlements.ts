import type { NoticeSettlement } from '../../use-cases/ports.ts';
import { settlementOf } from '../notice-rows.ts';
import { type Database, rowsOf } from './connect.ts';
import { CHANNEL, say } from './signals.ts';

// Notifies the instance that delivers to another workspace that it has work.
const SETTLE = `
  UPDATE outbox o SET state = r.state, not_before = coalesce(r.not_before, o.not_before), ref = coalesce(r.ref, o.ref),
    reason = r.reason, lease_until = NULL, workspace = coalesce(r.workspace, o.workspace)
  FROM json_to_recordset($1) AS r (key text, fence bigint, state text, not_before bigint, ref text, reason text, workspace text)
  WHERE o.key = r.key AND o.fence = r.fence AND (o.state = 'sending' OR (o.state = 'unknown' AND r.state = 'sent'))
  RETURNING o.key, CASE WHEN r.workspace IS NOT NULL THEN pg_notify('${CHANNEL}', $2) END`;

interface Waiting {
  readonly key: string;
  readonly row: object;
  readonly resolve: (settled: boolean) => void;
  readonly reject: (error: unknown) => void;
}

/** Ends of sends: those that come while a commit is under way share the next one. Of one notice one at a time. */
export class Settlements {
  readonly #db: Database;
  readonly #work: string;
  #waiting: Waiting[] = [];
  #running = false;

  constructor(db: Database, origin: string) {
    this.#db = db;
    this.#work = say({ kind: 'work', origin });
  }

  /** False if the fence is old or the notice is not being sent. */
  settle(key: string, fence: number, to: NoticeSettlement): Promise<boolean> {
    const row = { key, fence, ...settlementOf(to) };
    return new Promise((resolve, reject) => {
      this.#waiting.push({ key, row, resolve, reject });
      if (!this.#running) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const batch = new Map<string, Waiting>();
      for (const one of this.#waiting) if (!batch.has(one.key)) batch.set(one.key, one);
      this.#waiting = this.#waiting.filter((one) => batch.get(one.key) !== one);
      await this.#commit([...batch.values()]);
    }
    this.#running = false;
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    try {
      const json = JSON.stringify(batch.map((one) => one.row));
      const settled = await this.#db.statement((on) => rowsOf<{ key: string }>(on, SETTLE, [json, this.#work]));
      const keys = new Set(settled.map(({ key }) => key));
      for (const one of batch) one.resolve(keys.has(one.key));
    } catch (error) {
      for (const one of batch) one.reject(error);
    }
  }
}
