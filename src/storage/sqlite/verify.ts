import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { type ChainFlaw, verifyChain } from '../../incident/chain.ts';
import type { EventOf } from '../../incident/events.ts';
import type { RecordRow } from '../../use-cases/ports.ts';
import { StoreError } from '../errors.ts';
import { stored } from '../json.ts';
import { readBlob } from './blobs.ts';
import { openReader } from './open.ts';
import { RecordReader } from './record.ts';

/**
 * One thing that was looked at. `id` is an incident, the SHA-256 of a file, or the path of the store. Problems of a record
 * name the version of the event: `version` a gap · `prev` not the successor of the one before · `payload` not the bytes that
 * were hashed · `hash` a changed envelope · `head` events cut off or added at the end. Others: `missing` (an id of a
 * series, or a file an event names, is not there) · `orphan` (events without their incident) · `content` (a file is not
 * what its hash says) · `unreadable` (SQLite itself cannot read it).
 */
export interface Checked {
  readonly what: 'store' | 'incident' | 'file';
  readonly id: string;
  readonly problem: Problem | null;
}
export interface Problem {
  readonly flaw: ChainFlaw | 'missing' | 'orphan' | 'content' | 'unreadable';
  readonly version?: number;
  readonly detail?: string;
}

/**
 * Walks every chain and every file of a store (or one incident and the files it names), whether or not a bot is running
 * on it, and answers one entry for each; the first with a problem is the first broken one. Rejects with `StoreError` if the
 * file is not a store.
 */
export async function* verifyStore(file: string, only: { readonly incident?: string } = {}): AsyncGenerator<Checked> {
  const reader = opened(file);
  if (reader instanceof StoreError) {
    yield { what: 'store', id: file, problem: unreadable(reader) };
    return;
  }
  try {
    // One snapshot: what is written meanwhile cannot look like damage.
    reader.exec('BEGIN');
    const walk = new Walk(reader);
    if (only.incident !== undefined) {
      yield walk.incident(only.incident);
      for (const sha256 of walk.namedFiles) yield await walk.file(sha256);
      return;
    }
    let incidents: readonly string[] = [];
    let files: readonly string[] = [];
    const problem = guarded(() => {
      incidents = walk.incidents();
      files = walk.files();
      return walk.pages();
    });
    yield { what: 'store', id: file, problem };
    for (const id of incidents) yield walk.incident(id);
    for (const sha256 of new Set([...files, ...walk.namedFiles])) yield await walk.file(sha256);
  } finally {
    reader.close();
  }
}

/** The first problem of a store; null if there is none. */
export async function firstBroken(file: string, only: { readonly incident?: string } = {}): Promise<Checked | null> {
  for await (const checked of verifyStore(file, only)) if (checked.problem) return checked;
  return null;
}

class Walk {
  /** Files that events name, found while their incidents are walked. */
  readonly namedFiles = new Set<string>();
  readonly #db: Database;
  readonly #record: RecordReader;

  constructor(db: Database) {
    this.#db = db;
    this.#record = new RecordReader(db);
  }

  /** SQLite's own look at its pages and indexes. */
  pages(): Problem | null {
    const result = this.#db.pragma('integrity_check(1)', { simple: true });
    return result === 'ok' ? null : { flaw: 'unreadable', detail: String(result) };
  }

  /** Every id there is or should be: of the projection, of the events, and those the counters have given out. */
  incidents(): string[] {
    const counters = this.#db
      .prepare<[], { series: string; year: number; last: number }>(
        'SELECT series, year, last FROM counters ORDER BY year, series',
      )
      .all();
    const given = counters.flatMap(({ series, year, last }) =>
      Array.from({ length: last }, (_, i) => `${series}-${year}-${String(i + 1).padStart(4, '0')}`),
    );
    const stored = this.#db
      .prepare<[], { id: string }>('SELECT id FROM incidents UNION SELECT DISTINCT incident FROM events')
      .all();
    return [...new Set([...given, ...stored.map((row) => row.id)])];
  }

  files(): string[] {
    return this.#db
      .prepare<[], { sha256: string }>('SELECT sha256 FROM blobs WHERE sha256 IS NOT NULL ORDER BY id')
      .all()
      .map((row) => row.sha256);
  }

  incident(id: string): Checked {
    return { what: 'incident', id, problem: guarded(() => this.#chain(id)) };
  }

  async file(sha256: string): Promise<Checked> {
    const checked = (problem: Problem | null): Checked => ({ what: 'file', id: sha256, problem });
    try {
      const content = readBlob(this.#db, sha256);
      if (!content) return checked({ flaw: 'missing' });
      const hash = createHash('sha256');
      for await (const part of content) hash.update(part);
      return checked(hash.digest('hex') === sha256 ? null : { flaw: 'content' });
    } catch (error) {
      return checked(unreadable(error));
    }
  }

  #chain(id: string): Problem | null {
    const head = this.#db
      .prepare<[string], { version: number; hash: string }>('SELECT version, hash FROM incidents WHERE id = ?')
      .get(id);
    let seen = 0;
    const counted = this.#noting(id, () => {
      seen += 1;
    });
    const broken = verifyChain(counted, head);
    if (broken || head) return broken;
    return { flaw: seen > 0 ? 'orphan' : 'missing' };
  }

  /** The rows of a record; files they name are noted once the chain has vouched for the row. */
  *#noting(id: string, count: () => void): Generator<RecordRow> {
    for (const row of this.#record.rows(id)) {
      count();
      yield row;
      if (row.type === 'evidence_added' && row.bytes !== null)
        this.namedFiles.add(stored(row.bytes, isEvidence).evidence.file);
    }
  }
}

function isEvidence(value: unknown): value is Pick<EventOf<'evidence_added'>['payload'], 'evidence'> {
  return typeof value === 'object' && value !== null && 'evidence' in value;
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

/** What `look` finds; a database that cannot be read is a finding too. */
function guarded(look: () => Problem | null): Problem | null {
  try {
    return look();
  } catch (error) {
    return unreadable(error);
  }
}

function unreadable(error: unknown): Problem {
  return { flaw: 'unreadable', detail: error instanceof Error ? error.message : String(error) };
}
