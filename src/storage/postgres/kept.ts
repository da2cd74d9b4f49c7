import type { KeptValues } from '../../use-cases/ports.ts';
import { keptValues } from '../small-stores.ts';
import type { Sql } from '../sql.ts';
import { openClient } from './connect.ts';

/** Back-off (ms) after a failed read. */
const PAUSE = 1_000;

type Entry = Awaited<ReturnType<KeptValues<string>['list']>>[number];

interface Watch {
  readonly prefix: string;
  readonly limit: number;
  readonly heard: (key: string, value: string | null) => void;
}

/**
 * Watched small durable values: a write announces its key to every instance, and watchers then read the value. Reads
 * run one after the other, so that all instances end with the store's value even if two write at once.
 */
export class Kept {
  readonly values: KeptValues<string>;
  readonly #some;
  readonly #listen: () => void;
  readonly #watches: Watch[] = [];
  readonly #changed = new Set<string>();
  /** True after a gap in listening: all watched values have to be read again. */
  #missed = false;
  #reading: Promise<void> = Promise.resolve();
  #again: NodeJS.Timeout | undefined;
  #stopped = false;

  /** Starts without listening; `listen` subscribes this instance to the writes of others. */
  constructor(sql: Sql, listen: () => void) {
    this.values = { ...keptValues(sql), watch: (...watch) => this.#watch(...watch) };
    this.#some = sql.all<Entry>(`SELECT key, value FROM kept WHERE key IN ${sql.dialect.texts('$1')}`);
    this.#listen = listen;
  }

  #watch(prefix: string, limit: number, heard: Watch['heard']): Promise<void> {
    const watch = { prefix, limit, heard };
    this.#watches.push(watch);
    this.#listen();
    return this.#inTurn(() => this.#tell(watch));
  }

  heard(key: string): void {
    if (!this.#watches.some(({ prefix }) => key.startsWith(prefix))) return;
    this.#changed.add(key);
    this.#catchUp();
  }

  /** Marks the connection as listening and reads again, because earlier writes may have been missed. */
  connected(): void {
    this.#missed = true;
    this.#catchUp();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#again);
  }

  /** Reads missed writes, and again after a pause if reading fails. */
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
      if (keys.length > 0) this.#tellOf(keys, await this.#some(JSON.stringify(keys)));
    } catch (error) {
      this.#missed = true;
      throw error;
    }
  }

  async #tell({ prefix, limit, heard }: Watch): Promise<void> {
    for (const { key, value } of await this.values.list(prefix, limit)) heard(key, value);
  }

  #tellOf(keys: readonly string[], entries: readonly Entry[]): void {
    const values = new Map(entries.map(({ key, value }) => [key, value]));
    for (const key of keys) {
      for (const { prefix, heard } of this.#watches) if (key.startsWith(prefix)) heard(key, values.get(key) ?? null);
    }
  }
}

/** Writes one value without notifying running instances. Rejects with `StoreError`. */
export async function putKept(url: string, key: string, value: string): Promise<void> {
  const db = await openClient(url);
  try {
    await db.query(PUT, [key, value]);
  } finally {
    await db.end();
  }
}

const PUT = 'INSERT INTO kept (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value';
