import { TABLES, type Table, type TableRow } from '../tables.ts';
import { openConnections } from './open.ts';

export interface Dump {
  rows(table: Table): Iterable<TableRow>;
  close(): void;
}

/**
 * Opens a store so that everything in it can be read and nobody writes meanwhile. Throws `StoreError` `locked` while a bot
 * is running on it.
 */
export function openDump(file: string): Dump {
  const { reader, close } = openConnections(file);
  reader.exec('BEGIN');
  const sql = (table: Table): string =>
    table === 'blobs' ? 'SELECT * FROM blobs WHERE sha256 IS NOT NULL' : `SELECT * FROM ${table}`;
  const finished = 'SELECT p.* FROM blob_parts p JOIN blobs b ON b.id = p.blob WHERE b.sha256 IS NOT NULL';
  const statements = new Map(
    TABLES.map((table) => [table, reader.prepare<[], TableRow>(table === 'blob_parts' ? finished : sql(table))]),
  );
  return { rows: (table) => statements.get(table)?.iterate() ?? [], close };
}
