import { createHash } from 'node:crypto';
import { type ChainFlaw, type ChainHead, verifyChain } from '../incident/record/chain.ts';
import type { EventOf } from '../incident/record/events.ts';
import { messageOf } from '../ops/errors.ts';
import type { RecordRow } from '../use-cases/ports.ts';
import { readBlob } from './blobs.ts';
import { incidentId } from './change.ts';
import type { HighWater } from './high-water.ts';
import { stored } from './json.ts';
import type { Reading } from './sql.ts';
import { RECORD } from './states.ts';

/**
 * Checked part of a store. `id` is an incident, the SHA-256 of a file, or the name of the store. Problems of a record
 * name the version of the event: `version` a gap · `prev` not the successor of the event before · `payload` differs
 * from the hashed bytes · `hash` a changed envelope · `head` events missing or added at the end. Others: `missing` (an
 * id of a series, or a file an event names) · `orphan` (events without their incident) · `content` (a file that does
 * not match its hash) · `behind` (recorded events are missing) · `unreadable` (the database cannot read it).
 */
export interface Checked {
  readonly what: 'store' | 'incident' | 'file';
  readonly id: string;
  readonly problem: Problem | null;
}
export interface Problem {
  readonly flaw: ChainFlaw | 'missing' | 'orphan' | 'content' | 'behind' | 'unreadable';
  readonly version?: number;
  readonly detail?: string;
}

export interface Verified {
  /** First changed, missing or unreadable part; null if there is none. */
  readonly broken: Checked | null;
  /** Files named in records but missing in the store. The chains are intact, because events are unchanged. */
  readonly missing: readonly string[];
  readonly incidents: number;
  readonly files: number;
}

/** Checks up to the first broken part; a missing file is a finding that does not end the check. */
export async function summarised(checks: AsyncIterable<Checked>): Promise<Verified> {
  const missing: string[] = [];
  const seen = { incident: 0, file: 0, store: 0 };
  const counts = () => ({ missing, incidents: seen.incident, files: seen.file });
  for await (const checked of checks) {
    if (checked.what === 'file' && checked.problem?.flaw === 'missing') missing.push(checked.id);
    else if (checked.problem) return { broken: checked, ...counts() };
    else seen[checked.what] += 1;
  }
  return { broken: null, ...counts() };
}

/** Line for a broken part, e.g. `broken: incident INC-2026-0001, event 3: hash`. */
export function brokenLine({ what, id, problem }: Checked): string {
  const place = problem?.version === undefined ? '' : `, event ${problem.version}`;
  return `broken: ${what} ${id}${place}: ${problem?.flaw}${problem?.detail ? ` (${problem.detail})` : ''}`;
}

/** Snapshot of a store, so that concurrent writes cannot look like damage. */
export interface Snapshot {
  readonly name: string;
  readonly sql: Reading;
  /** Returns the first problem that the database itself finds in its pages; null if none. */
  pages(): Promise<Problem | null>;
}

/** Returns the problem of a store that is below its high-water mark; null if it is not. */
export async function lostSince(
  highWater: HighWater,
  ...compared: Parameters<HighWater['check']>
): Promise<Problem | null> {
  try {
    await highWater.check(...compared);
    return null;
  } catch (error) {
    return { flaw: 'behind', detail: messageOf(error) };
  }
}

/** Checks every chain and every file, or one incident and the files it names, and yields one entry for each. */
export async function* walk(source: Snapshot, only: { readonly incident?: string }): AsyncGenerator<Checked> {
  const walker = new Walker(source.sql);
  if (only.incident !== undefined) {
    yield await walker.incident(only.incident);
    for (const sha256 of walker.namedFiles) yield await walker.file(sha256);
    return;
  }
  let incidents: readonly string[] = [];
  let files: readonly string[] = [];
  const problem = await guarded(async () => {
    incidents = await walker.incidents();
    files = await walker.files();
    return source.pages();
  });
  yield { what: 'store', id: source.name, problem };
  for (const id of incidents) yield await walker.incident(id);
  for (const sha256 of new Set([...files, ...walker.namedFiles])) yield await walker.file(sha256);
}

class Walker {
  /** Files named by events, collected while their incidents are checked. */
  readonly namedFiles = new Set<string>();
  readonly #sql: Reading;
  readonly #head;
  readonly #rows;
  readonly #content;

  constructor(sql: Reading) {
    this.#sql = sql;
    this.#head = sql.first<ChainHead>('SELECT version, hash FROM incidents WHERE id = $1');
    this.#rows = sql.all<RecordRow>(RECORD);
    this.#content = readBlob(sql);
  }

  /** Ids that exist or should exist: from the projection, the events, and the counters. */
  async incidents(): Promise<readonly string[]> {
    const counters = await this.#sql.all<{ series: string; year: number; last: number }>(
      'SELECT series, year, last FROM counters ORDER BY year, series',
    )();
    const given = counters.flatMap(({ series, year, last }) =>
      Array.from({ length: last }, (_, i) => incidentId(series, year, i + 1)),
    );
    return [
      ...new Set([
        ...given,
        ...(await this.#ids('SELECT id FROM incidents UNION SELECT incident FROM events ORDER BY 1')),
      ]),
    ];
  }

  files(): Promise<readonly string[]> {
    return this.#ids('SELECT sha256 AS id FROM blobs WHERE sha256 IS NOT NULL ORDER BY blobs.id');
  }

  async #ids(text: string): Promise<readonly string[]> {
    return (await this.#sql.all<{ id: string }>(text)()).map(({ id }) => id);
  }

  async incident(id: string): Promise<Checked> {
    return { what: 'incident', id, problem: await guarded(() => this.#chain(id)) };
  }

  async file(sha256: string): Promise<Checked> {
    const problem = await guarded(async () => {
      const content = await this.#content(sha256);
      if (!content) return { flaw: 'missing' } as const;
      const hash = createHash('sha256');
      for await (const part of content) hash.update(part);
      return hash.digest('hex') === sha256 ? null : ({ flaw: 'content' } as const);
    });
    return { what: 'file', id: sha256, problem };
  }

  async #chain(id: string): Promise<Problem | null> {
    const head = await this.#head(id);
    const rows = await this.#rows(id, 0);
    const broken = verifyChain(this.#noting(rows), head ?? undefined);
    if (broken || head) return broken;
    return { flaw: rows.length > 0 ? 'orphan' : 'missing' };
  }

  /** Passes on the rows of a record, and collects their files once the chain has confirmed the row. */
  *#noting(rows: Iterable<RecordRow>): Generator<RecordRow> {
    for (const row of rows) {
      yield row;
      if (row.type === 'evidence_added' && row.bytes !== null)
        this.namedFiles.add(stored(row.bytes, isEvidence).evidence.file);
    }
  }
}

function isEvidence(value: unknown): value is Pick<EventOf<'evidence_added'>['payload'], 'evidence'> {
  return typeof value === 'object' && value !== null && 'evidence' in value;
}

/** Result of `look`; a database that cannot be read is a finding too. */
async function guarded(look: () => Promise<Problem | null>): Promise<Problem | null> {
  try {
    return await look();
  } catch (error) {
    return unreadable(error);
  }
}

export function unreadable(error: unknown): Problem {
  return { flaw: 'unreadable', detail: messageOf(error) };
}
