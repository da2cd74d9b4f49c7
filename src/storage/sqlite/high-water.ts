import { readFileSync, rmSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { takeOwner } from '../../config/owner.ts';
import { parseJson } from '../../ops/json.ts';
import { StoreError } from '../errors.ts';
import { flush } from './backup.ts';

const markSchema = z.object({
  /** Instant (ISO) of the mark. */
  at: z.iso.datetime(),
  /** Number of events of all incidents. */
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

/** Maximum number of incidents named in a sentence; the rest is counted. */
const NAMED = 3;

/**
 * High-water mark of a record, in a separate file: the last committed position. Events are never deleted, so a store
 * below its mark has lost some: its `-wal` was removed, an older copy replaced it, or a table was emptied.
 */
export class HighWater {
  readonly #file: string;
  #lastSeq = -1;
  #writing: Promise<void> = Promise.resolve();

  constructor(file: string) {
    this.#file = file;
  }

  /** Reads the mark; null if absent or damaged, which stops nothing: it is an extra check. Throws if unreadable. */
  read(): HighWaterMark | null {
    try {
      return markSchema.safeParse(parseJson(readFileSync(this.#file, 'utf8'))).data ?? null;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
  }

  /** Compares a store with its mark, event by event for the incidents it lists. Throws `StoreError` `behind`. */
  check(db: Database, mark: HighWaterMark | null = this.read()): void {
    if (!mark) return;
    const { rows } = one(db.prepare<[], { rows: number }>('SELECT count(*) AS rows FROM events').all());
    const missing = mark.events - Math.min(rows, eventsOf(db));
    const cut = db
      .prepare<[string], { id: string }>(
        `SELECT head.value ->> 'id' AS id FROM json_each(?) AS head
         LEFT JOIN events ON incident = head.value ->> 'id' AND version = head.value ->> 'version'
         WHERE hash IS NOT head.value ->> 'hash' ORDER BY 1`,
      )
      .all(JSON.stringify(mark.heads))
      .map(({ id }) => id);
    if (missing <= 0 && cut.length === 0) return;
    const events = missing > 0 ? [`${missing} of ${mark.events} events are missing`] : [];
    const more = cut.length > NAMED ? ` and ${cut.length - NAMED} more` : '';
    const ends = cut.length > 0 ? [`the last known event is not in ${cut.slice(0, NAMED).join(', ')}${more}`] : [];
    throw new StoreError(
      'behind',
      `${db.name} has lost what was on record at ${mark.at}: ${[...events, ...ends].join('; ')}. Its -wal was removed, an older copy was put in its place, or somebody deleted rows. Stop Jishi and keep the file; put the right file back together with its -wal, or restore the last backup. To go on with what is there, remove ${this.#file} first.`,
    );
  }

  /**
   * Writes a new mark if events were added; never a lower one. Rejects with `StoreError` `behind` for a store below its
   * mark, and with errors of the disk.
   */
  async note(db: Database, now: number): Promise<void> {
    const seq = one(db.prepare<[], { seq: number | null }>('SELECT max(seq) AS seq FROM events').all()).seq ?? 0;
    if (seq === this.#lastSeq) return;
    const before = this.read();
    const events = eventsOf(db);
    if (seq < this.#lastSeq || events < (before?.events ?? 0)) this.check(db, before);
    const heads = db
      .prepare<[], HighWaterMark['heads'][number]>(
        "SELECT id, version, hash, next_due AS due FROM incidents WHERE phase <> 'closed' ORDER BY seq",
      )
      .all();
    this.#lastSeq = seq;
    await this.#write(JSON.stringify({ at: new Date(now).toISOString(), events, heads } satisfies HighWaterMark));
  }

  /** Removes the mark, after a restore. */
  forget(): void {
    rmSync(this.#file, { force: true });
    this.#lastSeq = -1;
  }

  /** Writes the file atomically, one write at a time. */
  #write(text: string): Promise<void> {
    const partial = `${this.#file}.${process.pid}`;
    const write = async (): Promise<void> => {
      await writeFile(partial, text, { mode: 0o600 });
      await flush(partial);
      takeOwner(partial, dirname(this.#file));
      await rename(partial, this.#file);
    };
    const written = this.#writing.then(write);
    this.#writing = written.catch(() => {
      this.#lastSeq = -1;
    });
    return written;
  }
}

/** Number of events by the versions of the incidents: cheaper than counting, and equal unless rows were deleted. */
function eventsOf(db: Database): number {
  return one(db.prepare<[], { n: number }>('SELECT coalesce(sum(version), 0) AS n FROM incidents').all()).n;
}

function one<R>([row]: readonly R[]): R {
  if (row === undefined) throw new Error('an aggregate gives one row');
  return row;
}
