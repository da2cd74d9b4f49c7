import type { Database } from 'better-sqlite3';
import { StoreError } from '../errors.ts';
import type { HighWater } from '../high-water.ts';
import { type Checked, lostSince, type Problem, unreadable, walk } from '../verify.ts';
import { openReader } from './open.ts';
import { readingOf } from './sql.ts';

/**
 * Checks every chain and every file of a store (or one incident and the files it names) while a bot may run, and yields
 * one entry for each; the first with a problem is the first broken one. A store below its high-water mark is a problem
 * too. Rejects with `StoreError` if the file is no store.
 */
export async function* verifyStore(
  file: string,
  only: { readonly incident?: string } = {},
  highWater?: HighWater,
): AsyncGenerator<Checked> {
  // The mark is read before the store, because a running bot continues to write.
  const mark = highWater?.read() ?? null;
  const reader = opened(file);
  if (reader instanceof StoreError) {
    yield { what: 'store', id: file, problem: unreadable(reader) };
    return;
  }
  try {
    reader.exec('BEGIN');
    const sql = readingOf(reader);
    const pages = async (): Promise<Problem | null> => {
      const result = reader.pragma('integrity_check(1)', { simple: true });
      if (result !== 'ok') return { flaw: 'unreadable', detail: String(result) };
      return highWater ? lostSince(highWater, sql, file, mark) : null;
    };
    yield* walk({ name: file, sql, pages }, only);
  } finally {
    reader.close();
  }
}

/** Opens the store, or returns the error if it is too damaged: that is a finding. A file that is no store throws. */
function opened(file: string): Database | StoreError {
  try {
    return openReader(file);
  } catch (error) {
    if (error instanceof StoreError && error.fault === 'damaged') return error;
    throw error;
  }
}
