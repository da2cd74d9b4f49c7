import type { Client } from 'pg';
import type { ChainHead } from '../../incident/record/chain.ts';
import { type Checked, type Snapshot, walk } from '../verify.ts';
import { readRecord } from './before.ts';
import { rowsOf } from './connect.ts';
import { openSnapshot } from './read-only.ts';

/**
 * Walks every chain and every file of a database (or one incident and the files it names) in one snapshot, beside
 * running instances, and yields one entry for each. Nothing for an empty database. Rejects with `StoreError` for one of
 * another program.
 */
export async function* verifyDatabase(url: string, only: { readonly incident?: string } = {}): AsyncGenerator<Checked> {
  const client = await openSnapshot(url);
  if (!client) return;
  try {
    yield* walk(snapshot(new URL(url).pathname.slice(1), client), only);
  } finally {
    await client.end();
  }
}

function snapshot(name: string, db: Client): Snapshot {
  const ids = async (sql: string): Promise<string[]> => (await rowsOf<{ id: string }>(db, sql)).map((row) => row.id);
  return {
    name,
    // PostgreSQL checks its own pages as they are read (initdb switches checksums on).
    pages: () => null,
    counters: () =>
      rowsOf<{ series: string; year: number; last: number }>(
        db,
        'SELECT series, year, last FROM counters ORDER BY year, series',
      ),
    incidents: () => ids('SELECT id FROM incidents UNION SELECT DISTINCT incident FROM events ORDER BY 1'),
    files: () => ids('SELECT sha256 AS id FROM blobs WHERE sha256 IS NOT NULL ORDER BY blobs.id'),
    head: async (id) =>
      (
        await rowsOf<ChainHead & Readonly<Record<string, unknown>>>(
          db,
          'SELECT version, hash FROM incidents WHERE id = $1',
          [id],
        )
      )[0],
    rows: (id) => readRecord(db, id, 0),
    content: async (sha256) => {
      const [blob] = await rowsOf<{ id: number }>(db, 'SELECT id FROM blobs WHERE sha256 = $1', [sha256]);
      return blob ? parts(db, blob.id) : null;
    },
  };
}

async function* parts(db: Client, blob: number): AsyncGenerator<Uint8Array> {
  const sql = 'SELECT content FROM blob_parts WHERE blob = $1 AND n = $2';
  const part = async (n: number) => (await rowsOf<{ content: Uint8Array }>(db, sql, [blob, n]))[0];
  for (let n = 0, row = await part(0); row; row = await part(++n)) yield row.content;
}
