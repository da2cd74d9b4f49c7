import type { Database } from 'better-sqlite3';
import type { ChainHead } from '../../incident/record/chain.ts';
import { StoreError } from '../errors.ts';
import { type Checked, type Snapshot, unreadable, walk } from '../verify.ts';
import { readBlob } from './blobs.ts';
import { openReader } from './open.ts';
import { RecordReader } from './record.ts';

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
    yield* walk(snapshot(file, reader), only);
  } finally {
    reader.close();
  }
}

/** The first problem of a store; null if there is none. */
export async function firstBroken(file: string, only: { readonly incident?: string } = {}): Promise<Checked | null> {
  for await (const checked of verifyStore(file, only)) if (checked.problem) return checked;
  return null;
}

function snapshot(name: string, db: Database): Snapshot {
  const record = new RecordReader(db);
  return {
    name,
    pages: () => {
      const result = db.pragma('integrity_check(1)', { simple: true });
      return result === 'ok' ? null : { flaw: 'unreadable', detail: String(result) };
    },
    counters: () =>
      db
        .prepare<[], { series: string; year: number; last: number }>(
          'SELECT series, year, last FROM counters ORDER BY year, series',
        )
        .all(),
    incidents: () =>
      db
        .prepare<[], { id: string }>('SELECT id FROM incidents UNION SELECT DISTINCT incident FROM events')
        .all()
        .map((row) => row.id),
    files: () =>
      db
        .prepare<[], { sha256: string }>('SELECT sha256 FROM blobs WHERE sha256 IS NOT NULL ORDER BY id')
        .all()
        .map((row) => row.sha256),
    head: (id) => db.prepare<[string], ChainHead>('SELECT version, hash FROM incidents WHERE id = ?').get(id),
    rows: (id) => record.rows(id),
    content: (sha256) => readBlob(db, sha256),
  };
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
