import type { Client } from 'pg';
import { noFailpoints } from '../../ops/failpoints.ts';
import { emptied } from '../errors.ts';
import { refuseUnknownEvents } from '../event-kinds.ts';
import type { HighWater } from '../high-water.ts';
import type { ReadOnlyStore } from '../open-store.ts';
import { readOnlyStore } from '../reads.ts';
import { type Evolve, States } from '../states.ts';
import { type Checked, lostSince, walk } from '../verify.ts';
import { Database, openClient, openPool } from './connect.ts';
import { hadRecord, schemaOf } from './migrations.ts';
import { readingOf, sqlOf } from './sql.ts';

const THE_DATABASE = 'the database';

/** Opens a snapshot of a store; null for an empty database. Rejects with `StoreError` if it is no store, or newer. */
async function openSnapshot(url: string): Promise<Client | null> {
  const client = await openClient(url);
  try {
    if ((await schemaOf(client)) === 0) {
      await client.end();
      return null;
    }
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return client;
  } catch (error) {
    await client.end();
    throw error;
  }
}

/** Opens a store for reading while instances may run; null for an empty database. Rejects with `StoreError`. */
export async function openReadOnlyDatabase(url: string, evolve: Evolve): Promise<ReadOnlyStore | null> {
  const there = await openSnapshot(url);
  if (!there) return null;
  await there.end();
  const db = new Database(openPool(url, 2), noFailpoints);
  return readOnlyStore(sqlOf(db), new States(evolve, 0), () => db.end());
}

/**
 * Checks every chain and every file of a database (or one incident and the files it names) in one snapshot while
 * instances may run, and yields one entry for each. Yields nothing for an empty database. Rejects with `StoreError` for
 * one of another program.
 */
export async function* verifyDatabase(
  url: string,
  only: { readonly incident?: string } = {},
  highWater?: HighWater,
): AsyncGenerator<Checked> {
  // The mark is read before the store, because running instances continue to write.
  const mark = highWater?.read() ?? null;
  const client = await openSnapshot(url);
  if (!client) return;
  try {
    // PostgreSQL checks its own pages as they are read, if initdb switched checksums on.
    const sql = readingOf(client);
    const pages = async () => (highWater ? lostSince(highWater, sql, THE_DATABASE, mark) : null);
    yield* walk({ name: new URL(url).pathname.slice(1), sql, pages }, only);
  } finally {
    await client.end();
  }
}

/**
 * Checks a database as a start does, and writes nothing. Rejects with the `StoreError` of the start. `hasRecord`: a bot
 * kept its record there.
 */
export async function checkForStart(url: string, hasRecord: boolean, highWater: HighWater): Promise<void> {
  // The mark is read before the store, because running instances continue to write.
  const mark = highWater.read();
  const client = await openClient(url);
  try {
    const sql = readingOf(client);
    if ((await schemaOf(client)) > 0) {
      if (hasRecord) await highWater.check(sql, THE_DATABASE, mark);
      await refuseUnknownEvents(sql, THE_DATABASE);
    } else if (hasRecord || (await hadRecord(client))) throw emptied(THE_DATABASE, 'is empty');
  } finally {
    await client.end();
  }
}
