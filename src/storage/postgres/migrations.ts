import type { ClientBase } from 'pg';
import { StoreError } from '../errors.ts';
import { newerSchema, readMigrations } from '../migrations.ts';

/** Key of the advisory lock that lets one process migrate at a time. */
const MIGRATING = 1_246_317_384;
/** First schema version with a single delivering instance; before it, several instances delivered a part each. */
const ONE_DELIVERS = 5;
const DIVIDING = 1_246_317_386;

/**
 * Migrations, append-only as for SQLite: number n brings a database from schema n − 1 to n in one transaction. The
 * tables are those of SQLite; texts that are compared or sorted use byte order, so the locale does not matter.
 */
export const MIGRATIONS = readMigrations(new URL('./migrations/', import.meta.url), 6);

/**
 * Statement that marks the database, outside the tables, as one with a record, in case the tables are gone later. `DROP
 * SCHEMA jishi_mark CASCADE` lets a bot start from empty.
 */
const REMEMBER = 'CREATE SCHEMA IF NOT EXISTS jishi_mark; CREATE TABLE IF NOT EXISTS jishi_mark.record (since INT)';

/** Returns true if a record was ever kept in a database. */
export async function hadRecord(db: ClientBase): Promise<boolean> {
  const { rows } = await db.query<{ had: boolean }>(`SELECT to_regclass('jishi_mark.record') IS NOT NULL AS had`);
  return rows[0]?.had ?? false;
}

/**
 * Migrates a database to the newest schema, one process at a time. Rejects with `StoreError` for a database of another
 * program, or one that a newer version of this program has migrated.
 */
export async function migrate(db: ClientBase, migrations: readonly string[] = MIGRATIONS): Promise<void> {
  await db.query('SELECT pg_advisory_lock($1)', [MIGRATING]);
  try {
    const found = await schemaOf(db, migrations.length);
    if (found > 0 && found < ONE_DELIVERS) await refuseDividing(db);
    for (let n = found; n < migrations.length; n += 1) {
      await db.query(
        `BEGIN;
         CREATE TABLE IF NOT EXISTS jishi_schema (one INT PRIMARY KEY CHECK (one = 1), version INT NOT NULL);
         ${migrations[n] ?? ''};
         INSERT INTO jishi_schema VALUES (1, ${n + 1}) ON CONFLICT (one) DO UPDATE SET version = excluded.version;
         COMMIT`,
      );
    }
    if (!(await hadRecord(db))) await db.query(REMEMBER);
  } finally {
    await db.query('ROLLBACK').catch(() => undefined);
    await db.query('SELECT pg_advisory_unlock($1)', [MIGRATING]).catch(() => undefined);
  }
}

/** Rejects with `StoreError` while an old instance is connected, because it does not know the delivery lock. */
async function refuseDividing(db: ClientBase): Promise<void> {
  const { rowCount } = await db.query(
    `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = ${DIVIDING} AND granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) LIMIT 1`,
  );
  if (rowCount === 0) return;
  const message = 'an older version of Jishi works on the database: stop all its instances, then start this one';
  throw new StoreError('locked', message);
}

/** Schema number of a database; 0 for an empty one. Rejects with `StoreError` as `migrate` does. */
export async function schemaOf(db: ClientBase, known: number = MIGRATIONS.length): Promise<number> {
  const { rows } = await db.query<{ mine: boolean; others: boolean; name: string }>(
    `SELECT to_regclass('jishi_schema') IS NOT NULL AS mine, current_database() AS name,
       (to_regclass('incidents') IS NOT NULL OR to_regclass('events') IS NOT NULL) AS others`,
  );
  const [{ mine, others, name } = { mine: false, others: false, name: '' }] = rows;
  if (!mine && others) {
    throw new StoreError('foreign_file', `the database ${name} has tables of another program; name another database`);
  }
  if (!mine) return 0;
  const version = (await db.query<{ version: number }>('SELECT version FROM jishi_schema')).rows[0]?.version ?? 0;
  if (version > known) throw newerSchema(`the database ${name}`, version, known);
  return version;
}

/** Rejects with `StoreError` while a bot or tool has the database open. One that just ended is listed for a moment. */
export async function refuseRunning(db: ClientBase): Promise<void> {
  for (let tries = 5; tries > 0; tries -= 1) {
    const { rows } = await db.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'jishi' AND pid <> pg_backend_pid() LIMIT 1`,
    );
    if (rows.length === 0) return;
    await db.query('SELECT pg_stat_clear_snapshot(), pg_sleep(0.1)');
  }
  throw new StoreError('locked', 'the database is in use by a running bot: stop it first');
}
