import type { Database } from 'better-sqlite3';
import type { Account, ActorId } from '../../incident/identity.ts';
import { type Fail, noFailpoints } from '../../ops/failpoints.ts';
import type { Clock, IdSource, RecordRow, RoomLog, Store } from '../../use-cases/ports.ts';
import { blobStore } from './blobs.ts';
import { ChangeRunner, FIND_ACTOR } from './change.ts';
import { GroupCommit } from './group-commit.ts';
import { inboxStore } from './inbox.ts';
import { IncidentList } from './incidents.ts';
import { type Connections, openConnections } from './open.ts';
import { OutboxWriter, outboxStore } from './outbox.ts';
import { type Evolve, RecordReader } from './record.ts';
import { roomLog } from './room-log.ts';
import { type Folded, StateCache } from './state-cache.ts';
import { surfaceStore } from './surfaces.ts';
import { timerStore } from './timers.ts';

/** Folded incidents kept in memory. */
const CACHED_STATES = 2_000;

export interface SqliteStoreOptions {
  /** Path of the database; its folder exists. */
  readonly file: string;
  readonly evolve: Evolve;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly fail?: Fail;
  readonly cachedStates?: number;
}

export type SqliteStore = Store & {
  readonly roomLog: RoomLog;
  /** Writes a consistent copy to a new file while work goes on. */
  backup(toFile: string): Promise<void>;
};

/** Opens, creates or migrates a store. Reads nothing of the incidents in it. Rejects with `StoreError` (see `errors.ts`). */
export async function createSqliteStore(options: SqliteStoreOptions): Promise<SqliteStore> {
  const connections = openConnections(options.file);
  try {
    return assemble(connections, options);
  } catch (error) {
    connections.close();
    throw error;
  }
}

function assemble(connections: Connections, options: SqliteStoreOptions): SqliteStore {
  const { writer, reader } = connections;
  const cache = new StateCache(options.cachedStates ?? CACHED_STATES);
  const group = new GroupCommit(writer, cache, options.fail ?? noFailpoints);
  const outbox = new OutboxWriter(writer);
  const runner = new ChangeRunner(writer, { evolve: options.evolve, ids: options.ids, cache, outbox });
  const list = new IncidentList(reader);
  const probe = writer.prepare<[]>('INSERT INTO probes (one, n) VALUES (1, 1) ON CONFLICT DO UPDATE SET n = n + 1');
  return {
    change: (request) => group.write(() => runner.run(request)),
    ...records(reader, cache, options.evolve),
    incidents: async (filter) => list.list(filter),
    actorOf: actorLookup(reader),
    probe: () =>
      group.write(() => {
        probe.run();
      }),
    close: async () => {
      await group.close();
      connections.close();
    },
    timers: timerStore(reader),
    outbox: outboxStore(writer, reader, group, outbox),
    surfaces: surfaceStore(writer, reader, group, options.clock),
    blobs: blobStore(writer, reader, group),
    inbox: inboxStore(writer, reader, group),
    roomLog: roomLog(writer, reader, group),
    backup: async (toFile) => {
      await writer.backup(toFile);
    },
  };
}

function records(reader: Database, cache: StateCache, evolve: Evolve): Pick<Store, 'incident' | 'events' | 'record'> {
  const record = new RecordReader(reader);
  const load = (id: string): Folded | null => {
    const cached = cache.get(id);
    if (cached) return cached;
    const folded = record.fold(id, evolve);
    if (folded) cache.remember(id, folded);
    return folded;
  };
  return {
    incident: async (id) => load(id)?.state ?? null,
    events: async (id, from = 1) => record.events(id, from),
    record: (id): AsyncIterable<RecordRow> => eachLater(record.rows(id)),
  };
}

/** The rows of a page come at once, the pages one by one: nobody has to hold a long record in memory. */
async function* eachLater<T>(rows: Iterable<T>): AsyncGenerator<T> {
  yield* rows;
}

function actorLookup(reader: Database): (account: Account) => Promise<ActorId | null> {
  const find = reader.prepare<[string, string, string], { id: ActorId }>(FIND_ACTOR);
  return async ({ platform, tenant, id }) => find.get(platform, tenant, id)?.id ?? null;
}
