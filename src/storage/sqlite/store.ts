import { statSync } from 'node:fs';
import { type Fail, noFailpoints } from '../../ops/failpoints.ts';
import type { Clock, IdSource, KeptValues, RoomLog, Store, ThreadIndex } from '../../use-cases/ports.ts';
import type { Evolve } from '../record-rows.ts';
import { backupTo } from './backup.ts';
import { blobStore } from './blobs.ts';
import { ChangeRunner } from './change.ts';
import { erasureStore } from './erasure.ts';
import { GroupCommit } from './group-commit.ts';
import { inboxStore } from './inbox.ts';
import { keptValues } from './kept.ts';
import { type Connections, openConnections } from './open.ts';
import { outboxStore, takeBackClaims } from './outbox.ts';
import { storeReads } from './reads.ts';
import { roomLog } from './room-log.ts';
import { StateCache } from './state-cache.ts';
import { surfaceStore } from './surfaces.ts';
import { threadIndex } from './threads.ts';
import { timerStore } from './timers.ts';

/** Folded incidents kept in memory. */
const CACHED_STATES = 2_000;
/** Pages of 4 kB a backup copies before it lets other work in between. */
const PAGES_AT_ONCE = 100;

export interface SqliteStoreOptions {
  /** Path of the database; its folder exists. */
  readonly file: string;
  readonly evolve: Evolve;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly fail?: Fail;
  /** Runs something when the current turn of the event loop is over; only a simulation has another idea of turns. */
  readonly afterTurn?: (run: () => void) => void;
  readonly cachedStates?: number;
  /** A record was kept there before: an empty store is refused. */
  readonly hasRecord?: boolean;
  /** Called after each commit that waited for the disk. */
  readonly synced?: () => void;
}

export type SqliteStore = Store & {
  readonly roomLog: RoomLog;
  readonly kept: KeptValues;
  readonly threads: ThreadIndex;
  size(): Promise<number>;
  /** Writes a consistent copy while work goes on; rejects if a file of that name is there. */
  backup(toFile: string): Promise<void>;
};

/** Opens, creates or migrates a store. Reads nothing of the incidents in it. Rejects with `StoreError` (see `errors.ts`). */
export async function createSqliteStore(options: SqliteStoreOptions): Promise<SqliteStore> {
  const connections = openConnections(options.file, options.hasRecord);
  try {
    return assemble(connections, options);
  } catch (error) {
    connections.close();
    throw error;
  }
}

function assemble(connections: Connections, options: SqliteStoreOptions): SqliteStore {
  const { writer, reader } = connections;
  takeBackClaims(writer);
  const cache = new StateCache(options.cachedStates ?? CACHED_STATES);
  const group = new GroupCommit(writer, cache, {
    fail: options.fail ?? noFailpoints,
    afterTurn: options.afterTurn ?? setImmediate,
    synced: options.synced ?? (() => {}),
  });
  const runner = new ChangeRunner(writer, { evolve: options.evolve, ids: options.ids, cache });
  const probe = writer.prepare<[]>('INSERT INTO probes (one, n) VALUES (1, 1) ON CONFLICT DO UPDATE SET n = n + 1');
  const reads = storeReads(reader, cache, options.evolve);
  const timers = timerStore(reader);
  const noticing = <T>(reading: Promise<T>): Promise<T> =>
    reading.catch((error: unknown) => {
      group.suspect(error);
      throw error;
    });
  return {
    change: (request) => group.write(() => runner.run(request)),
    ...reads,
    incident: (id) => noticing(reads.incident(id)),
    events: (id, from) => noticing(reads.events(id, from)),
    incidents: (filter) => noticing(reads.incidents(filter)),
    probe: async () => {
      await noticing(timers.nextDueAt());
      await group.write(() => {
        probe.run();
      });
    },
    close: async () => {
      await group.close();
      connections.close();
    },
    timers,
    outbox: outboxStore(writer, reader, group),
    surfaces: surfaceStore(writer, reader, group, options.clock),
    blobs: blobStore(writer, reader, group),
    inbox: inboxStore(writer, reader, group),
    erasure: erasureStore(writer, reader, group),
    roomLog: roomLog(writer, reader, group),
    kept: keptValues(writer, reader, group),
    threads: threadIndex(reader),
    size: async () => sizeOf(options.file) + sizeOf(`${options.file}-wal`),
    backup: (toFile) => backupTo(writer, toFile, PAGES_AT_ONCE),
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
