import type { Database } from 'better-sqlite3';
import type { BlobStore } from '../../use-cases/ports.ts';
import { storingParts } from '../parts.ts';
import type { GroupCommit } from './group-commit.ts';

/** Contents by their SHA-256. A content becomes visible in the commit that completes it; unfinished ones go at the next start. */
export function blobStore(writer: Database, reader: Database, group: GroupCommit): BlobStore {
  writer.exec('DELETE FROM blobs WHERE sha256 IS NULL');
  const begin = writer.prepare<[]>('INSERT INTO blobs (sha256, size) VALUES (NULL, 0)');
  const add = writer.prepare<[number, number, Uint8Array]>(
    'INSERT INTO blob_parts (blob, n, content) VALUES (?, ?, ?)',
  );
  const known = writer.prepare<[string], { id: number }>('SELECT id FROM blobs WHERE sha256 = ?');
  const finish = writer.prepare<[string, number, number]>('UPDATE blobs SET sha256 = ?, size = ? WHERE id = ?');
  const drop = writer.prepare<[number]>('DELETE FROM blobs WHERE id = ?');

  return {
    put: storingParts({
      begin: () => group.write(() => Number(begin.run().lastInsertRowid)),
      add: (id, n, part) => group.write(() => add.run(id, n, part)),
      finish: (id, sha256, size) =>
        group.write(() => (known.get(sha256) ? drop.run(id) : finish.run(sha256, size, id))),
      drop: (id) => group.write(() => drop.run(id)),
    }),
    get: async (sha256) => readBlob(reader, sha256),
  };
}

/** The content in parts; null if there is none of that hash. */
export function readBlob(reader: Database, sha256: string): AsyncIterable<Uint8Array> | null {
  const found = reader.prepare<[string], { id: number }>('SELECT id FROM blobs WHERE sha256 = ?').get(sha256);
  if (!found) return null;
  const part = reader.prepare<[number, number], { content: Uint8Array }>(
    'SELECT content FROM blob_parts WHERE blob = ? AND n = ?',
  );
  return (async function* () {
    for (let n = 0, row = part.get(found.id, 0); row; row = part.get(found.id, ++n)) yield row.content;
  })();
}
