import { readFileSync, rmSync } from 'node:fs';
import { open, rename, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { z } from 'zod';
import { takeOwner } from '../config/owner.ts';
import { parseJson } from '../ops/json.ts';
import { StoreError } from './errors.ts';
import type { Reading } from './sql.ts';

const markSchema = z.object({
  /** Instant (ISO) of the mark. */
  at: z.iso.datetime(),
  /** Database of the mark, without user and password; absent for the file of the data folder. */
  store: z.string().optional(),
  /** Instant (ISO) of the last `jishi restored` that the record had seen. */
  restored: z.string().optional(),
  events: z.int().nonnegative(),
  /** Last event of each open incident. */
  heads: z.array(
    z.object({
      ...{ id: z.string(), version: z.int(), hash: z.string() },
      /** Next due time (ISO) of the incident at that instant; null without one. */
      due: z.string().nullish(),
    }),
  ),
});
export type HighWaterMark = z.infer<typeof markSchema>;

/** Key of the kept instant of the last `jishi restored`: marks from before it are no longer compared. */
export const RESTORED_AT_KEY = 'store:restored';

/** Maximum number of incidents named in a sentence; the rest is counted. */
const NAMED = 3;

/** Number of events by the versions of the incidents: cheaper than counting, and equal unless rows were deleted. */
const EVENTS = 'SELECT CAST(coalesce(sum(version), 0) AS INTEGER) AS value FROM incidents';

/**
 * High-water mark of a record, in a file outside its store: the last committed position. Events are never deleted, so a
 * store below its mark has lost some: an older copy replaced it, its end is gone, or a table was emptied.
 */
export class HighWater {
  readonly #file: string;
  readonly #store: string | undefined;
  #lastSeq = -1;
  #writing: Promise<void> = Promise.resolve();

  /** `store`: address of the database without user and password; absent for the file of the data folder. */
  constructor(file: string, store?: string) {
    this.#file = file;
    this.#store = store;
  }

  /**
   * Reads the mark; null if it is absent, of another store, or damaged, which stops nothing: it is an extra check.
   * Throws if unreadable.
   */
  read(): HighWaterMark | null {
    try {
      const mark = markSchema.safeParse(parseJson(readFileSync(this.#file, 'utf8'))).data;
      return mark?.store === this.#store ? (mark ?? null) : null;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
  }

  /**
   * Compares a store with its mark, event by event for the incidents it lists. `name`: the store in the sentence.
   * Rejects with `StoreError` `behind`.
   */
  async check(sql: Reading, name: string, mark: HighWaterMark | null = this.read()): Promise<void> {
    if (!mark || (await restoredAt(sql)) > (mark.restored ?? '')) return;
    const rows = (await sql.value<number>('SELECT CAST(count(*) AS INTEGER) AS value FROM events')()) ?? 0;
    const missing = mark.events - Math.min(rows, await eventsOf(sql));
    const heads = sql.dialect.rows('$1', 'id text, version int, hash text');
    const cut = await sql.all<{ id: string }>(
      `SELECT head.id FROM ${heads} AS head LEFT JOIN events ON incident = head.id AND events.version = head.version
       WHERE events.hash IS DISTINCT FROM head.hash ORDER BY 1`,
    )(JSON.stringify(mark.heads));
    if (missing <= 0 && cut.length === 0) return;
    const events = missing > 0 ? [`${missing} of ${mark.events} events are missing`] : [];
    const more = cut.length > NAMED ? ` and ${cut.length - NAMED} more` : '';
    const named = cut.slice(0, NAMED).map(({ id }) => id);
    const ends = cut.length > 0 ? [`the last known event is not in ${named.join(', ')}${more}`] : [];
    throw new StoreError('behind', this.#lostText(name, mark.at, [...events, ...ends].join(', and ')));
  }

  #lostText(name: string, at: string, lost: string): string {
    return this.#store === undefined
      ? `${name} has lost what was on record at ${at}: ${lost}. Its -wal was removed, an older copy was put in its place, or somebody deleted rows. Stop Jishi and retain the file. Put the right file back together with its -wal, or restore the last backup. To go on with what is there, remove ${this.#file} first.`
      : `the database has lost what was on record at ${at}: ${lost}. A backup was put back, a standby without the last entries took over, or somebody deleted rows. Stop every instance and run jishi restored, which lists what is missing. To go on with what is there, remove ${this.#file} first.`;
  }

  /**
   * Writes a new mark if events were added; never a lower one. Rejects with `StoreError` `behind` for a store below its
   * mark, and with errors of the disk. `now`: epoch ms.
   */
  async note(sql: Reading, name: string, now: number): Promise<void> {
    const seq = (await sql.value<number>('SELECT CAST(max(seq) AS INTEGER) AS value FROM events')()) ?? 0;
    if (seq === this.#lastSeq) return;
    const before = this.read();
    const events = await eventsOf(sql);
    if (seq < this.#lastSeq || events < (before?.events ?? 0)) await this.check(sql, name, before);
    const heads = await sql.all<HighWaterMark['heads'][number]>(
      "SELECT id, version, hash, next_due AS due FROM incidents WHERE phase <> 'closed' ORDER BY seq",
    )();
    const restored = await restoredAt(sql);
    await this.#write({
      at: new Date(now).toISOString(),
      ...(this.#store === undefined ? {} : { store: this.#store }),
      ...(restored === '' ? {} : { restored }),
      ...{ events, heads: [...heads] },
    });
    this.#lastSeq = seq;
  }

  /** Removes the mark, after a restore. */
  forget(): void {
    rmSync(this.#file, { force: true });
    this.#lastSeq = -1;
  }

  /** Writes the file atomically, one write at a time. Containers that share a folder all have process 1. */
  #write(mark: HighWaterMark): Promise<void> {
    const partial = `${this.#file}.${hostname()}.${process.pid}`;
    const write = async (): Promise<void> => {
      await writeFile(partial, JSON.stringify(mark), { mode: 0o600 });
      await flush(partial);
      takeOwner(partial, dirname(this.#file));
      await rename(partial, this.#file);
    };
    const written = this.#writing.then(write);
    this.#writing = written.catch(() => undefined);
    return written;
  }
}

async function eventsOf(sql: Reading): Promise<number> {
  return (await sql.value<number>(EVENTS)()) ?? 0;
}

async function restoredAt(sql: Reading): Promise<string> {
  return (await sql.value<string>('SELECT value FROM kept WHERE key = $1')(RESTORED_AT_KEY)) ?? '';
}

/** Waits until a file, or the entries of a folder, are on disk. */
export async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
