import type { Database } from 'better-sqlite3';
import { StoreError } from '../errors.ts';
import { newerSchema, readMigrations } from '../migrations.ts';

/** Marks a file as a store of Jishi (`PRAGMA application_id`): "JISH". */
const APPLICATION_ID = 0x4a495348;

/**
 * Append-only: a migration that was released is never edited. Number n brings a file from `user_version` n − 1 to n,
 * each in one transaction, so a process killed half-way leaves the file at a whole number.
 */
export const MIGRATIONS = readMigrations(new URL('./migrations/', import.meta.url), 5);

/**
 * Brings an open, exclusively held file to the newest schema. Throws `StoreError` for a file of another program and for
 * one that a newer version of this program has migrated.
 */
export function migrate(db: Database, migrations: readonly string[] = MIGRATIONS): void {
  const found = schemaOf(db, migrations.length);
  for (let n = found; n < migrations.length; n += 1) {
    const step = db.transaction(() => {
      db.exec(migrations[n] ?? '');
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.pragma(`user_version = ${n + 1}`);
    });
    step.immediate();
  }
}

/** The schema number of a file; 0 for an empty one. Throws `StoreError` as `migrate` does. */
export function schemaOf(db: Database, known: number = MIGRATIONS.length): number {
  const version = Number(db.pragma('user_version', { simple: true }));
  const tables = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM sqlite_schema').get()?.n ?? 0;
  const mine = Number(db.pragma('application_id', { simple: true })) === APPLICATION_ID;
  if (!mine && (tables > 0 || version > 0)) {
    throw new StoreError('foreign_file', `${db.name} is a database of another program; name another file`);
  }
  if (version > known) throw newerSchema(db.name, version, known);
  return version;
}
