import type { Client } from 'pg';
import { noFailpoints } from '../../ops/failpoints.ts';
import type { ReadOnlyStore } from '../open-store.ts';
import type { Evolve } from '../record-rows.ts';
import { readBlob } from './blobs.ts';
import { Database, openClient, openPool } from './connect.ts';
import { keptList } from './kept.ts';
import { schemaOf } from './migrations.ts';
import { outboxReads } from './outbox.ts';
import { storeReads } from './reads.ts';
import { inboxStore, timerStore } from './small-stores.ts';
import { States } from './states.ts';

/** One snapshot of a store; null if the database is still empty. Rejects with `StoreError` if it is none, or a newer one. */
export async function openSnapshot(url: string): Promise<Client | null> {
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

/** Opens a store for reading, beside running instances; null if the database is still empty. Rejects with `StoreError`. */
export async function openReadOnlyDatabase(url: string, evolve: Evolve): Promise<ReadOnlyStore | null> {
  const there = await openSnapshot(url);
  if (!there) return null;
  await there.end();
  const db = new Database(openPool(url, 2), noFailpoints);
  return {
    ...storeReads(db, new States(0, evolve)),
    timers: timerStore(db),
    outbox: outboxReads(db),
    inbox: { listFailed: (limit) => inboxStore(db).listFailed(limit) },
    kept: { list: keptList(db) },
    blobs: { get: (sha256) => readBlob(db, sha256) },
    close: () => db.end(),
  };
}
