import type { Client } from 'pg';
import { type Fail, noFailpoints } from '../../ops/failpoints.ts';
import { Listeners } from '../../ops/listeners.ts';
import type { Clock, IdSource } from '../../use-cases/ports.ts';
import { emptied } from '../errors.ts';
import type { OpenStore } from '../open-store.ts';
import type { Evolve } from '../record-rows.ts';
import { assignmentsOf } from './assignments.ts';
import { blobStore, dropUnfinished } from './blobs.ts';
import { Changes } from './changes.ts';
import { databaseClock, timeOf } from './clock.ts';
import { Cluster } from './cluster.ts';
import { Database, openClient, openPool } from './connect.ts';
import { erasureStore } from './erasure.ts';
import { KEPT_CHANNEL, Kept } from './kept.ts';
import { migrate, schemaOf } from './migrations.ts';
import { outboxStore } from './outbox.ts';
import { Pointers } from './pointers.ts';
import { storeReads } from './reads.ts';
import { roomLog } from './room-log.ts';
import { inboxStore, threadIndex, timerStore } from './small-stores.ts';
import { States } from './states.ts';
import { surfaceStore } from './surfaces.ts';

/** Folded incidents kept in memory. */
const CACHED_STATES = 2_000;
const CONNECTIONS = 10;

export interface PostgresStoreOptions {
  /** `postgres://user:password@host/database` */
  readonly url: string;
  readonly evolve: Evolve;
  readonly ids: IdSource;
  /** The clock of the database unless a test brings its own. */
  readonly clock?: Clock;
  readonly fail?: Fail;
  readonly cachedStates?: number;
  /** A record was kept there before: an empty database is refused. */
  readonly hasRecord?: boolean;
  /** Platforms with one connection only: their work is for the instance that holds it. */
  readonly apart?: readonly string[];
}

/** Opens a database, migrating it as needed. Reads nothing of the incidents in it. Rejects with `StoreError`. */
export async function createPostgresStore(options: PostgresStoreOptions): Promise<OpenStore> {
  const migrating = await openClient(options.url);
  await prepare(migrating, options.hasRecord ?? false).finally(() => migrating.end());
  const db = new Database(openPool(options.url, CONNECTIONS), options.fail ?? noFailpoints);
  try {
    await dropUnfinished(db);
    const clock = options.clock ?? (await databaseClock(() => timeOf(db)));
    return await assemble(db, clock, options);
  } catch (error) {
    await db.end();
    throw error;
  }
}

/** Migrates a database; one whose record is gone is left as it is. */
async function prepare(db: Client, hasRecord: boolean): Promise<void> {
  if (hasRecord && (await schemaOf(db)) === 0) throw emptied('the database', 'is empty');
  await migrate(db);
}

/** Values that are kept, with what other processes keep. */
function keptValues(db: Database, cluster: Cluster): Kept {
  const kept = new Kept(db, () => cluster.join());
  cluster.listen(KEPT_CHANNEL, { heard: (key) => kept.heard(key), connected: () => kept.connected() });
  return kept;
}

const PROBE = 'INSERT INTO probes AS p (one, n) VALUES (1, 1) ON CONFLICT (one) DO UPDATE SET n = p.n + 1';
const SIZE = 'SELECT pg_database_size(current_database())::text AS size';
type OwnClock = Clock & { stop?(): void };

async function assemble(db: Database, clock: OwnClock, options: PostgresStoreOptions): Promise<OpenStore> {
  const origin = options.ids.next();
  const states = new States(options.cachedStates ?? CACHED_STATES, options.evolve);
  const log = roomLog(db, origin);
  const cluster: Cluster = new Cluster(options.url, origin, {
    heard: (signal) => {
      // Pages that miss a message read it with their next request.
      if (signal.kind === 'message') log.heard(signal.ref).catch(() => undefined);
    },
  });
  const kept = keptValues(db, cluster);
  const listeners = new Listeners<undefined>();
  const pointers = new Pointers(db, options.apart ?? [], async (channel, heard, connected) => {
    const tell = (payload?: string): void => {
      if (payload === undefined) connected();
      else heard(payload);
      listeners.call(undefined);
    };
    const silence = cluster.listen(channel, { heard: tell, connected: tell });
    return { close: async () => silence() };
  });
  await pointers.start();
  const changes = new Changes(db, { evolve: options.evolve, ids: options.ids, states, origin, pointers });
  const holder = (): number | null => cluster.number;
  return {
    change: (request) => changes.change(request),
    ...storeReads(db, states),
    probe: async () => {
      await db.change(PROBE, []);
    },
    close: async () => {
      await changes.close();
      await pointers.stop();
      kept.stop();
      db.close();
      await cluster.stop();
      clock.stop?.();
      await db.end();
    },
    timers: timerStore(db),
    outbox: outboxStore(db, { holder, origin, pointers }),
    surfaces: surfaceStore(db, clock),
    blobs: blobStore(db),
    inbox: inboxStore(db),
    erasure: erasureStore(db),
    roomLog: log,
    kept,
    threads: threadIndex(db),
    size: async () => Number((await db.first<{ size: string }>(SIZE, []))?.size ?? 0),
    clock,
    exclusive: cluster,
    assignments: assignmentsOf({ db, clock, pointers, cluster, holder, origin }, (listener) => listeners.add(listener)),
    neighbours: cluster,
  };
}
