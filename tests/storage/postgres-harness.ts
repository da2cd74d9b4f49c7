import { inject } from 'vitest';
import { evolve } from '../../src/incident/record/evolve.ts';
import { randomIds } from '../../src/ops/system-clock.ts';
import type { OpenStore } from '../../src/storage/open-store.ts';
import { createPostgresStore, type PostgresStoreOptions } from '../../src/storage/postgres/store.ts';
import { countedIds, type Harness } from '../contract/harness.ts';
import { askBroker } from '../fakes/broker.ts';
import { ManualClock } from '../fakes/clock.ts';
import { command } from '../fakes/postgres.ts';

export interface PostgresHarness extends Harness {
  readonly store: OpenStore;
  readonly url: string;
}

const used: string[] = [];
const TABLES = [
  ...['blob_parts', 'blobs', 'incident_members', 'incidents', 'events', 'counters', 'actors', 'timers', 'outbox'],
  ...['surfaces', 'inbox', 'failed_payloads', 'room_messages', 'kept', 'deliverers', 'probes', 'register_entries'],
];
/** Truncating takes a hundred times as long for tables of a few rows. */
const EMPTY = [...TABLES.map((table) => `DELETE FROM ${table}`), 'ALTER SEQUENCE instances_number_seq RESTART'].join(
  '; ',
);

/** An empty database of the run's server; answers its URL. Making one is slow, so one that was given back is emptied. */
export async function emptyDatabase(): Promise<string> {
  const before = used.pop();
  if (before !== undefined) {
    await command(before, EMPTY);
    return before;
  }
  return newDatabase();
}

/** A database nobody has touched yet. */
export async function newDatabase(): Promise<string> {
  return askBroker(inject('postgresBroker'));
}

/** Gives back a migrated database that nobody uses any more. */
export function giveBack(url: string): void {
  used.push(url);
}

/** A store on a database, as an instance opens it; the caller closes it. */
export function openOn(url: string, options: Partial<PostgresStoreOptions> = {}): Promise<OpenStore> {
  return createPostgresStore({ url, evolve, ids: randomIds, ...options });
}

/** A PostgreSQL store on a database of its own. */
export async function postgresHarness(options: Partial<PostgresStoreOptions> = {}): Promise<PostgresHarness> {
  const url = await emptyDatabase();
  const clock = new ManualClock();
  const ids = countedIds();
  let broken = false;
  const open = (): Promise<OpenStore> =>
    createPostgresStore({
      url,
      evolve,
      clock,
      ids,
      fail: (point) => {
        if (broken && point === 'before-commit') throw new Error('the disk is full');
      },
      ...options,
    });
  let store = await open();
  const whileClosed = async <T>(work: () => Promise<T>): Promise<T> => {
    await store.close();
    try {
      return await work();
    } finally {
      store = await open();
    }
  };
  return {
    clock,
    url,
    get store() {
      return store;
    },
    readsAtOnce: false,
    whileClosed,
    reopen: () => whileClosed(async () => undefined),
    breakCommits: (on) => {
      broken = on;
    },
    childArguments: () => ['postgres', url],
    destroy: async () => {
      await store.close();
      giveBack(url);
    },
  };
}
