import type { BlobStore } from '../../use-cases/ports.ts';
import { storingParts } from '../parts.ts';
import { type Database, rowsOf } from './connect.ts';

/** Contents by their SHA-256. A content becomes visible in the commit that completes it; unfinished ones go after a day. */
export function blobStore(db: Database): BlobStore {
  return {
    put: storingParts({
      begin: async () => {
        const [begun] = await db.write((tx) =>
          rowsOf<{ id: number }>(tx, 'INSERT INTO blobs (sha256, size) VALUES (NULL, 0) RETURNING id'),
        );
        if (!begun) throw new Error('a file was not begun');
        return begun.id;
      },
      add: (id, n, part) =>
        db.change('INSERT INTO blob_parts (blob, n, content) VALUES ($1, $2, $3) ON CONFLICT (blob, n) DO NOTHING', [
          id,
          n,
          part,
        ]),
      finish: (id, sha256, size) =>
        db.write(async (tx) => {
          // Of two that complete the same content at a time the second waits here and sees the first.
          await rowsOf(tx, 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [sha256]);
          const [known] = await rowsOf<{ id: number }>(tx, 'SELECT id FROM blobs WHERE sha256 = $1', [sha256]);
          if (!known) await rowsOf(tx, 'UPDATE blobs SET sha256 = $1, size = $2 WHERE id = $3', [sha256, size, id]);
          else if (known.id !== id) await rowsOf(tx, 'DELETE FROM blobs WHERE id = $1', [id]);
        }),
      drop: (id) => db.change('DELETE FROM blobs WHERE id = $1', [id]),
    }),
    get: (sha256) => readBlob(db, sha256),
  };
}

/** Drops what never arrived whole. */
export async function dropUnfinished(db: Database): Promise<void> {
  await db.change(`DELETE FROM blobs WHERE sha256 IS NULL AND begun < now() - interval '1 day'`, []);
}

/** The content in parts; null if there is none of that hash. */
export async function readBlob(db: Database, sha256: string): Promise<AsyncIterable<Uint8Array> | null> {
  const found = await db.first<{ id: number }>('SELECT id FROM blobs WHERE sha256 = $1', [sha256]);
  return found && parts(db, found.id);
}

async function* parts(db: Database, id: number): AsyncGenerator<Uint8Array> {
  const part = (n: number) =>
    db.first<{ content: Uint8Array }>('SELECT content FROM blob_parts WHERE blob = $1 AND n = $2', [id, n]);
  for (let n = 0, row = await part(0); row; row = await part(++n)) yield row.content;
}
