import type { Database } from 'better-sqlite3';
import { StoreError } from '../errors.ts';
import { type Checked, type Problem, unreadable, walk } from '../verify.ts';
import { openReader } from './open.ts';
import { readingOf } from './sql.ts';

/**
 * Walks every chain and every file of a store (or one incident and the files it names), whether or not a bot is running
 * on it, and yields one entry for each; the first with a problem is the first broken one. Rejects with `StoreError` if
 * the file is not a store.
 */
export async function* verifyStore(file: string, only: { readonly incident?: string } = {}): AsyncGenerator<Checked> {
  const reader = opened(file);
  if (reader instanceof StoreError) {
    yield { what: 'store', id: file, problem: unreadable(reader) };
    return;
  }
  try {
    reader.exec('BEGIN');
    const pages = (): Problem | null => {
      const result = reader.pragma('integrity_check(1)', { simple: true });
      return result === 'ok' ? null : { flaw: 'unreadable', detail: String(result) };
    };
    yield* walk({ name: file, sql: readingOf(reader), pages }, only);
  } finally {
    reader.close();
  }
}

/** The first problem of a store; null if there is none. */
export async function firstBroken(file: string, only: { readonly incident?: string } = {}): Promise<Checked | null> {
  for await (const checked of verifyStore(file, only)) if (checked.problem) return checked;
  return null;
}

/** A store so damaged that it does not open is a finding as well; what is no store is the caller's mistake. */
function opened(file: string): Database | StoreError {
  try {
    return openReader(file);
  } catch (error) {
    if (error instanceof StoreError && error.fault === 'damaged') return error;
    throw error;
  }
}
