import type { KeptValues } from '../../use-cases/ports.ts';
import { clean, type Database } from './connect.ts';
import type { Columns } from './reads.ts';

/** Channel on which instances announce written keys. */
export const KEPT_CHANNEL = 'jishi_kept';

const PUT = `
  WITH put AS (
    INSERT INTO kept (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value RETURNING key)
  SELECT pg_notify('${KEPT_CHANNEL}', key) FROM put`;
const REMOVE = `
  WITH gone AS (DELETE FROM kept WHERE key = $1 RETURNING key) SELECT pg_notify('${KEPT_CHANNEL}', key) FROM gone`;
const SOME = 'SELECT key, value FROM kept WHERE key = ANY($1)';
const LIST = 'SELECT key, value FROM kept WHERE key >= $1 AND key < $2 ORDER BY key LIMIT $3';

/** After a failed read, in ms. */
const PAUSE = 1_000;

interface Entry extends Columns {
  readonly key: string;
  readonly value: string;
}

interface Watch {
  readonly prefix: string;
  readonly limit: number;
  readonly heard: (key: string, value: string | null) => void;
}

/**
 * Small durable values of platforms, by key. A write announces its key to every instance, this one included, and
 * watchers read the value: one read after the other, so of two instances that write at once both end with the store's
 * value.
 */
export class Kept implements KeptValues {
  readonly #db: Database;
  readonly #listen: () => void;
  readonly #watches: Watch[] = [];
  readonly #changed = new Set<string>();
  /** Nobody listened for a while: everything watched is to be read again. */
  #missed = false;
  #reading: Promise<void> = Promise.resolve();
  #again: NodeJS.Timeout | undefined;
  #stopped = false;

  /** Starts without listening; `listen` subscribes this instance to the writes of others. */
  constructor(db: Database, listen: () => void) {
    this.#db = db;
    this.#listen = listen;
  }

  async get(key: string): Promise<string | null> {
    return (await this.#db.first<{ value: string }>('SELECT value FROM kept WHERE key = $1', [key]))?.value ?? null;
  }

  async put(key: string, value: string): Promise<void> {
    await this.#db.change(PUT, [key, clean(value)]);
  }

  async remove(key: string): Promise<boolean> {
    return (await this.#db.change(REMOVE, [key])) > 0;
  }

  list(prefix: string, limit: number): Promise<readonly Entry[]> {
    return keptList(this.#db)(prefix, limit);
  }

  watch(prefix: string, limit: number, heard: Watch['heard']): Promise<void> {
    const watch = { prefix, limit, heard };
    this.#watches.push(watch);
    this.#listen();
    return this.#inTurn(() => this.#tell(watch));
  }

  /** Somebody wrote a key. */
  heard(key: string): void {
    if (!this.#watches.some(({ prefix }) => key.startsWith(prefix))) return;
    this.#changed.add(key);
    this.#catchUp();
  }

  /**
   * Marks the connection as listening: writes from now on are received; earlier ones may have been missed, so it reads
   * again.
   */
  connected(): void {
    this.#missed = true;
    this.#catchUp();
  }

  /** Nothing is read any more. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#again);
  }

  /** Reads missed writes, again after a pause if reading fails. */
  #catchUp(): void {
    this.#inTurn(() => this.#read()).catch(() => {
      clearTimeout(this.#again);
      if (!this.#stopped) this.#again = setTimeout(() => this.#catchUp(), PAUSE).unref();
    });
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#reading.then(work);
    this.#reading = turn.catch(() => undefined);
    return turn;
  }

  async #read(): Promise<void> {
    const keys = [...this.#changed];
    const missed = this.#missed;
    this.#changed.clear();
    this.#missed = false;
    try {
      if (missed) for (const watch of this.#watches) await this.#tell(watch);
      if (keys.length > 0) this.#tellOf(keys, await this.#db.rows<Entry>(SOME, [keys]));
    } catch (error) {
      this.#missed = true;
      throw error;
    }
  }

  async #tell({ prefix, limit, heard }: Watch): Promise<void> {
    for (const { key, value } of await this.list(prefix, limit)) heard(key, value);
  }

  #tellOf(keys: readonly string[], entries: readonly Entry[]): void {
    const values = new Map(entries.map(({ key, value }) => [key, value]));
    for (const key of keys) {
      for (const { prefix, heard } of this.#watches) if (key.startsWith(prefix)) heard(key, values.get(key) ?? null);
    }
  }
}

/** Entries whose key begins with a prefix, in the order of their keys. */
export function keptList(db: Database): (prefix: string, limit: number) => Promise<Entry[]> {
  return (prefix, limit) => db.rows<Entry>(LIST, [prefix, `${prefix}\u{10ffff}`, limit]);
}
