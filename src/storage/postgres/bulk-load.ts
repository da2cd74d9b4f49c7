import type { Client } from 'pg';
import { StoreError } from '../errors.ts';
import { TABLES, type Table, type TableRow } from '../tables.ts';
import { clean, openClient, rowsOf } from './connect.ts';
import { migrate, refuseRunning } from './migrations.ts';

/** Maximum number of rows in one statement, and the size in characters that ends it earlier. */
const AT_ONCE = 500;
const LONG = 4_000_000;

export interface Source {
  rows(table: Table): Iterable<TableRow>;
}

/**
 * Copies all content of another store into a database, in one transaction. It can be repeated while nobody has used the
 * database, and rejects with `StoreError` otherwise. Returns the number of rows copied.
 */
export async function loadInto(url: string, source: Source): Promise<number> {
  const db = await openClient(url);
  try {
    await migrate(db);
    await db.query('BEGIN');
    await db.query(`LOCK TABLE ${TABLES.join(', ')}, deliverers IN ACCESS EXCLUSIVE MODE`);
    await refuseUsed(db, source);
    await db.query(`TRUNCATE ${TABLES.join(', ')}`);
    let copied = 0;
    for (const table of TABLES) copied += await copy(db, table, source.rows(table));
    await continueNumbers(db);
    await db.query('COMMIT');
    // Without ANALYZE the first query plans assume empty tables, until the server analyses by itself.
    await db.query('ANALYZE');
    return copied;
  } finally {
    await db.end();
  }
}

async function copy(db: Client, table: Table, rows: Iterable<TableRow>): Promise<number> {
  let copied = 0;
  let batch: string[] = [];
  let size = 0;
  let columns = '';
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    const sql = `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::${table}, $1)`;
    copied += (await db.query(sql, [`[${batch.join(',')}]`])).rowCount ?? 0;
    batch = [];
    size = 0;
  };
  for (const row of rows) {
    columns ||= Object.keys(row).join(', ');
    const json = JSON.stringify(portable(table, row));
    batch.push(json);
    size += json.length;
    if (batch.length === AT_ONCE || size > LONG) await flush();
  }
  await flush();
  return copied;
}

/** Row in the format of PostgreSQL: parts of files in hex; bodies of the outbox, with any character, as JSON. */
function portable(table: Table, row: TableRow): Readonly<Record<string, string | number | null>> {
  return Object.fromEntries<string | number | null>(
    Object.entries(row).map(([column, value]) => {
      if (value instanceof Uint8Array) return [column, `\\x${Buffer.from(value).toString('hex')}`];
      if (typeof value !== 'string') return [column, value];
      return [column, table === 'outbox' && column === 'body' ? JSON.stringify(value) : clean(value)];
    }),
  );
}

/** Rejects if the database was used: its own records, absent from the source, would be lost. */
async function refuseUsed(db: Client, source: Source): Promise<void> {
  await refuseRunning(db);
  // Use is detected by the sequence of deliverers: messages, links and reports would be lost too, not only incidents.
  const [joined] = await rowsOf<{ last: number | null }>(
    db,
    `SELECT pg_sequence_last_value(pg_get_serial_sequence('deliverers', 'number')::regclass) AS last`,
  );
  if (joined && joined.last !== null) {
    throw new StoreError(
      'foreign_file',
      'a bot has worked in this database, and what it recorded would be lost: name an empty database',
    );
  }
  const hashes = new Set<TableRow[string] | undefined>();
  for (const { hash } of source.rows('events')) hashes.add(hash);
  const heads = await rowsOf<{ id: string; hash: string }>(db, 'SELECT id, hash FROM incidents');
  const own = heads.find((head) => !hashes.has(head.hash));
  if (own) {
    throw new StoreError(
      'foreign_file',
      `${own.id} was changed in the database and would be lost: name an empty database`,
    );
  }
}

/** Sets the sequences, so that new rows get numbers after those of the copied rows. */
async function continueNumbers(db: Client): Promise<void> {
  for (const [table, column] of [
    ['incidents', 'seq'],
    ['events', 'seq'],
    ['blobs', 'id'],
    ['room_messages', 'id'],
  ] as const) {
    await db.query(
      `SELECT setval(pg_get_serial_sequence('${table}', '${column}'), (SELECT coalesce(max(${column}), 0) + 1 FROM ${table}), false)`,
    );
  }
  await db.query(`SELECT setval('room_seq', (SELECT coalesce(max(seq), 0) + 1 FROM room_messages), false)`);
}
