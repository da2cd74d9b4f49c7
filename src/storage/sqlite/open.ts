import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { takeOwner } from '../../config/owner.ts';
import { emptied, StoreError } from '../errors.ts';
import { newerSchema, readMigrations } from '../migrations.ts';

/** Maximum wait (ms) of a statement for the lock of another process (a tool with the file open), blocking this one. */
const BUSY_WAIT = 200;

export interface Connections {
  /** The only connection that writes. It has an open transaction only within a group of changes. */
  readonly writer: Database;
  /** Connection of all reads outside a change; it sees committed rows only. */
  readonly reader: Database;
  readonly close: () => void;
}

/**
 * Opens a store for writing, creating and migrating it as needed. Every commit is on disk when it returns (WAL,
 * synchronous=FULL). Throws `StoreError` `locked` while another process, or another store in this one, has it open, and
 * `emptied` if there is none although `hasRecord`.
 */
export function openConnections(file: string, hasRecord = false): Connections {
  const path = realPath(file);
  const lock = takeLock(path, lockWhole);
  const opened: Database[] = [lock];
  const close = (): void => {
    for (const db of opened.toReversed()) db.close();
  };
  try {
    const writer = openWriter(path, hasRecord);
    opened.push(writer);
    const reader = openReader(path);
    opened.push(reader);
    return { writer, reader, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** Throws `StoreError` for a store that is gone or empty now. `hasRecord`: a bot kept its record there. */
export function refuseLost(path: string, hasRecord: boolean): void {
  // SQLite would apply the log of the lost file to the new one.
  if (!existsSync(path) && existsSync(`${path}-wal`)) {
    throw new StoreError('damaged', `${path} is gone, but its ${path}-wal is there: put it back, or restore a backup`);
  }
  if (hasRecord && !existsSync(path)) throw emptied(path, 'is gone');
  if (hasRecord && statSync(path).size === 0) throw emptied(path, 'is empty');
}

/** Opens the only writing connection, creating and migrating the store; its lock is held. Throws `StoreError`. */
export function openWriter(path: string, hasRecord = false): Database {
  refuseLost(path, hasRecord);
  // Contents are private; SQLite's own files take the permissions of the main one.
  if (!existsSync(path)) {
    closeSync(openSync(path, 'a', 0o600));
    takeOwner(path, dirname(path));
  }
  const writer = new Sqlite(path, { timeout: BUSY_WAIT });
  try {
    writer.pragma('journal_mode = WAL');
    writer.pragma('synchronous = FULL');
    writer.pragma('foreign_keys = ON');
    writer.pragma('trusted_schema = OFF');
    // Freed content is overwritten, so that an erased incident cannot be found in the file.
    writer.pragma('secure_delete = ON');
    writer.pragma('cache_size = -16000');
    if (hasRecord && schemaOf(writer) === 0) throw emptied(path, 'is empty');
    migrate(writer);
    return writer;
  } catch (error) {
    writer.close();
    throw explained(path, error);
  }
}

/** Opens an existing store for reading while a bot may hold it. Throws `StoreError`. */
export function openReader(file: string): Database {
  try {
    return readerOf(file);
  } catch (error) {
    if (error instanceof Sqlite.SqliteError && /^SQLITE_(?:READONLY|CANTOPEN)/.test(error.code) && existsSync(file))
      return readerOfCopy(file);
    throw error;
  }
}

/**
 * Opens a copy of a store. SQLite writes an index beside a store whose bot is stopped, which a read-only place
 * (evidence medium, another user's folder) does not allow. The folder is removed once the copy is open.
 */
function readerOfCopy(file: string): Database {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-read-'));
  try {
    const copy = join(folder, 'copy.sqlite');
    for (const part of ['', '-wal'] as const) {
      if (!existsSync(file + part)) continue;
      copyFileSync(file + part, copy + part);
      chmodSync(copy + part, 0o600);
    }
    const whole = new Sqlite(copy);
    whole.pragma('journal_mode = DELETE');
    whole.close();
    return readerOf(copy);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readerOf(file: string): Database {
  const reader = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: BUSY_WAIT });
  try {
    if (schemaOf(reader) === 0) throw new StoreError('foreign_file', `${file} is not a store of Jishi`);
    reader.pragma('cache_size = -16000');
    return reader;
  } catch (error) {
    reader.close();
    throw explained(file, error);
  }
}

/**
 * Takes the lock: an empty database beside the store, in an exclusive transaction. The operating system releases it
 * with the process, however it ends, so a stale lock never has to be removed. In case the lock file was removed while a
 * bot runs, `alsoAsk` checks the store itself and throws SQLite's error if it is open. Throws `StoreError` `locked`.
 */
export function takeLock(path: string, alsoAsk: (path: string) => void = () => {}): Database {
  const file = `${path}.lock`;
  const wasMissing = !existsSync(file);
  // An existing file is not opened: closing it would release a lock that this process may hold.
  if (wasMissing) {
    closeSync(openSync(file, 'a', 0o600));
    takeOwner(file, dirname(file));
  } else chmodSync(file, 0o600);
  const lock = new Sqlite(file, { timeout: 0 });
  try {
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
    if (wasMissing) alsoAsk(path);
    return lock;
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    // A remaining file would look like the lock of a bot that has ended.
    if (wasMissing) rmSync(file, { force: true });
    throw new StoreError(
      'locked',
      `${path} is in use by another process. Only one process may write a store: stop the other one first.`,
      { cause: error },
    );
  }
}

/** Locks the whole store for a moment; throws while any other connection is open. */
function lockWhole(path: string): void {
  if (!existsSync(path)) return;
  const store = new Sqlite(path, { timeout: 0 });
  try {
    store.pragma('locking_mode = EXCLUSIVE');
    store.exec('BEGIN EXCLUSIVE');
    store.exec('ROLLBACK');
  } catch (error) {
    if (isBusy(error)) throw error;
    // Damage, or a file of another program, is reported when the store itself is opened.
  } finally {
    store.close();
  }
}

/** Resolved path of a file, so that two names of one file share one lock. */
export function realPath(file: string): string {
  return existsSync(file) ? realpathSync(file) : join(realpathSync(dirname(file)), basename(file));
}

function isBusy(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

/** Converts SQLite's errors for a damaged file, or one that is no database, into a `StoreError`. */
function explained(path: string, error: unknown): unknown {
  if (!(error instanceof Sqlite.SqliteError)) return error;
  if (error.code === 'SQLITE_NOTADB')
    return new StoreError('foreign_file', `${path} is not a database`, { cause: error });
  if (!error.code.startsWith('SQLITE_CORRUPT')) return error;
  return new StoreError('damaged', `${path} is damaged and cannot be opened: restore a backup`, { cause: error });
}

/** Value of `PRAGMA application_id` that identifies a store of Jishi: "JISH". */
const APPLICATION_ID = 0x4a495348;

/**
 * Migrations, append-only: a released one is never edited. Number n brings a file from `user_version` n − 1 to n in one
 * transaction, so a killed process leaves the file at a whole version.
 */
export const MIGRATIONS = readMigrations(new URL('./migrations/', import.meta.url), 6);

/**
 * Migrates an open, exclusively held file to the newest schema. Throws `StoreError` for a file of another program, or
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

/** Schema number of a file; 0 for an empty one. Throws `StoreError` as `migrate` does. */
function schemaOf(db: Database, known: number = MIGRATIONS.length): number {
  const version = Number(db.pragma('user_version', { simple: true }));
  const tables = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM sqlite_schema').get()?.n ?? 0;
  const mine = Number(db.pragma('application_id', { simple: true })) === APPLICATION_ID;
  if (!mine && (tables > 0 || version > 0)) {
    throw new StoreError('foreign_file', `${db.name} is a database of another program; name another file`);
  }
  if (version > known) throw newerSchema(db.name, version, known);
  return version;
}
