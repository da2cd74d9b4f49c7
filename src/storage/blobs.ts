import { createHash } from 'node:crypto';
import type { BlobStore } from '../use-cases/ports.ts';
import type { Reading, Sql } from './sql.ts';

/** Contents by their SHA-256. A content is visible from the commit that completes it; a start drops incomplete ones. */
export function blobStore(sql: Sql): BlobStore {
  return { put: storingParts(sql), get: readBlob(sql) };
}

/** Stores a content in parts and, after a failure, removes them; if that fails too, a later start removes them. */
function storingParts(sql: Sql): BlobStore['put'] {
  const begin = sql.change<{ id: number }>('INSERT INTO blobs (sha256, size) VALUES (NULL, 0) RETURNING id');
  const add = sql.change(
    'INSERT INTO blob_parts (blob, n, content) VALUES ($1, $2, $3) ON CONFLICT (blob, n) DO NOTHING',
  );
  const finish = sql.transaction([
    // Of two concurrent writers of one content the second waits here, then finds the row of the first.
    ...sql.dialect.oneAtATime('hashtextextended($2, 0)'),
    'UPDATE blobs SET sha256 = $2, size = $3 WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM blobs WHERE sha256 = $2)',
    'DELETE FROM blobs WHERE id = $1 AND sha256 IS NULL',
  ]);
  const drop = sql.change('DELETE FROM blobs WHERE id = $1');
  return async (content) => {
    const [begun] = (await begin()).rows;
    if (!begun) throw new Error('a file was not begun');
    try {
      const hash = createHash('sha256');
      let size = 0;
      let n = 0;
      for await (const part of inParts(content)) {
        hash.update(part);
        size += part.byteLength;
        await add(begun.id, n++, part);
      }
      const sha256 = hash.digest('hex');
      await finish(begun.id, sha256, size);
      return { sha256, size };
    } catch (error) {
      await drop(begun.id).catch(() => undefined);
      throw error;
    }
  };
}

/** Reads a content in parts; null if there is none of that hash. */
export function readBlob(sql: Reading): BlobStore['get'] {
  const idOf = sql.value<number>('SELECT id AS value FROM blobs WHERE sha256 = $1');
  const part = sql.first<{ content: Uint8Array }>('SELECT content FROM blob_parts WHERE blob = $1 AND n = $2');
  async function* parts(id: number): AsyncGenerator<Uint8Array> {
    for (let n = 0, row = await part(id, n); row; row = await part(id, ++n)) yield row.content;
  }
  return async (sha256) => {
    const id = await idOf(sha256);
    return id === null ? null : parts(id);
  };
}

/** Size of a stored part of a file in bytes. */
const PART = 256 * 1024;

/** Re-chunks a stream into parts of `PART` bytes. */
async function* inParts(content: Parameters<BlobStore['put']>[0]): AsyncGenerator<Uint8Array> {
  let pending: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of content instanceof Uint8Array ? [content] : content) {
    for (let offset = 0; offset < chunk.byteLength; ) {
      const piece = chunk.subarray(offset, offset + PART - size);
      // Copied, because the source may reuse a chunk's memory before the part is written.
      pending.push(new Uint8Array(piece));
      size += piece.byteLength;
      offset += piece.byteLength;
      if (size === PART) {
        yield Buffer.concat(pending);
        pending = [];
        size = 0;
      }
    }
  }
  if (size > 0) yield Buffer.concat(pending);
}
