import type { Client, PoolClient } from 'pg';
import { type Fail, noFailpoints } from '../../ops/failpoints.ts';
import type { ChangeOutcome, ChangeRequest, Clock, IdSource, OutboxStore } from '../../use-cases/ports.ts';
import { blobStore } from '../blobs.ts';
import { type DecideDependencies, type Decided, decideChange } from '../change.ts';
import { erasureStore } from '../erasure.ts';
import { emptied } from '../errors.ts';
import { EVENT_KINDS_KEY, refuseUnknownEvents } from '../event-kinds.ts';
import type { HighWater } from '../high-water.ts';
import type { OpenStore } from '../open-store.ts';
import { outboxStore, type SendEnd } from '../outbox.ts';
import { storeReads } from '../reads.ts';
import { registerIndex } from '../register-index.ts';
import { roomLog } from '../room-log.ts';
import { inboxStore, KEPT_CHANNEL, probe, threadIndex, timerStore } from '../small-stores.ts';
import { CHANNEL, type Sql } from '../sql.ts';
import { type Evolve, States } from '../states.ts';
import { surfaceStore } from '../surfaces.ts';
import { dropOthers, WRITE_STATEMENTS } from '../write-statements.ts';
import { type Row, type WriteList, Writes } from '../writes.ts';
import { Batches, type Job } from './batches.ts';
import { accountKey, deliveryKey, readBefore, seriesKey } from './change-reads.ts';
import { databaseClock, timeOf } from './clock.ts';
import { Cluster } from './cluster.ts';
import { Conflict, clean, Database, isPassing, openClient, openPool, sent as send } from './connect.ts';
import { Kept } from './kept.ts';
import { hadRecord, migrate, schemaOf } from './migrations.ts';
import { messageSignal, type Signal, say } from './signals.ts';
import { dialect, sqlOf } from './sql.ts';

/** Statements for the rows of several changes; `$2` is the instant of the latest change. */
const STATEMENTS = WRITE_STATEMENTS.map(({ list, columns, key, exact, sql }) => {
  const ordered = key === undefined ? '' : ` ORDER BY ${key}`;
  const rows = `(SELECT * FROM json_to_recordset($1) AS one (${columns})${ordered})`;
  return { list, exact, sql: sql(rows, { random: '(random() * 2251799813685248)::bigint', at: '$2::bigint' }) };
});
/** Announces all signals of a group in one statement: one per incident took as long as the rest of the commit. */
const ANNOUNCE = `SELECT pg_notify($1, signal) FROM ${dialect.texts('$2')} AS one (signal)`;
const DROP = dropOthers(dialect.rows('$1', 'incident text, room text, key text'), dialect.texts('$2'));

/** Sends all writes at once and waits for them. Rejects with `Conflict` if another instance committed first. */
export async function writeAll(tx: PoolClient, writes: Writes, { origin }: { readonly origin: string }): Promise<void> {
  const sent: Promise<unknown>[] = STATEMENTS.map(async ({ list, exact, sql }) => {
    const rows = rowsOf(writes, list);
    if (rows.length === 0) return;
    const at = sql.includes('$2') ? [Math.max(...rows.map((row) => Number(row['at'])))] : [];
    const { count } = await send(tx, sql, [JSON.stringify(rows), ...at]);
    if (exact && count !== rows.length) throw new Conflict(`another instance was faster: ${list}`);
  });
  if (writes.incidents.length > 0)
    sent.push(send(tx, DROP, [JSON.stringify(writes.wanted), JSON.stringify(writes.incidents)]));
  const signals = signalsOf(writes, origin).map(say);
  if (signals.length > 0) sent.push(send(tx, ANNOUNCE, [CHANNEL, JSON.stringify(signals)]));
  await Promise.all(sent);
}

function signalsOf({ incidents, notices }: Writes, origin: string): readonly Signal[] {
  if (incidents.length === 0 && notices.length > 0) return [{ kind: 'work', origin }];
  return incidents.map((incident) => ({ kind: 'incident', origin, incident }));
}

/** Rows to send. Of a series only the last number is kept, because a statement changes a row only once. */
function rowsOf(writes: Writes, list: WriteList): readonly Row[] {
  if (list !== 'counted') return writes[list].map(cleaned);
  return [...new Map(writes.counted.map((row) => [seriesKey(`${row['series']}`, Number(row['year'])), row])).values()];
}

/** Removes NUL characters from titles, which PostgreSQL rejects; all other texts of people are stored as JSON. */
function cleaned(row: Row): Row {
  const { title, search } = row;
  if (typeof title !== 'string' || typeof search !== 'string') return row;
  return { ...row, title: clean(title), search: clean(search) };
}

const CONNECTIONS = 10;

export interface PostgresStoreOptions {
  /** Address of the database: `postgres://user:password@host/database`. */
  readonly url: string;
  readonly evolve: Evolve;
  readonly ids: IdSource;
  /** Clock of the store; absent: the database's. */
  readonly clock?: Clock;
  readonly fail?: Fail;
  /** Number of record entries whose folded states are cached. */
  readonly cachedEntries?: number;
  /** True if a record was kept there before: an empty database is then refused. */
  readonly hasRecord?: boolean;
  /** High-water mark of the record: a database below it is refused. */
  readonly highWater?: HighWater;
}

/** Opens a database, migrating it as needed. Reads no incidents. Rejects with `StoreError`. */
export async function createPostgresStore(options: PostgresStoreOptions): Promise<OpenStore> {
  const migrating = await openClient(options.url);
  try {
    await prepare(migrating, options.hasRecord ?? false);
  } finally {
    await migrating.end();
  }
  const db = new Database(openPool(options.url, CONNECTIONS), options.fail ?? noFailpoints);
  try {
    await db.change(DROP_UNFINISHED);
    const clock = options.clock ?? (await databaseClock(() => timeOf(db)));
    return await assemble(db, clock, options);
  } catch (error) {
    await db.end();
    throw error;
  }
}

/** Migrates a database; throws if it has lost its record. */
async function prepare(db: Client, hasRecord: boolean): Promise<void> {
  if ((await schemaOf(db)) === 0 && (hasRecord || (await hadRecord(db)))) throw emptied('the database', 'is empty');
  await migrate(db);
}

/** Statement that removes contents that never arrived completely. */
const DROP_UNFINISHED = `DELETE FROM blobs WHERE sha256 IS NULL AND begun < now() - interval '1 day'`;
const SIZE = 'SELECT pg_database_size(current_database())::float8 AS value';
type OwnClock = Clock & { stop?(): void };

/** Kept values that also receive the writes of other instances. */
function watchedValues(sql: Sql, cluster: Cluster): Kept {
  const kept = new Kept(sql, () => cluster.join());
  cluster.listen(KEPT_CHANNEL, { heard: (key) => kept.heard(key), connected: () => kept.connected() });
  return kept;
}

async function assemble(db: Database, clock: OwnClock, options: PostgresStoreOptions): Promise<OpenStore> {
  const origin = options.ids.next();
  const states = new States(options.evolve, options.cachedEntries);
  const sql = sqlOf(db);
  const { highWater } = options;
  if (options.hasRecord) await highWater?.check(sql, 'the database');
  const seen = await refuseUnknownEvents(sql, 'the database');
  const size = sql.value<number>(SIZE);
  const log = roomLog(sql, (statement) => dialect.announced(statement, CHANNEL, messageSignal(origin)));
  const cluster: Cluster = new Cluster(options.url, origin, {
    heard: (signal) => {
      // A page that misses a message gets it with its next request.
      if (signal.kind === 'message') log.heard(signal.ref).catch(() => undefined);
    },
  });
  const kept = watchedValues(sql, cluster);
  if (seen !== null) await kept.values.put(EVENT_KINDS_KEY, seen);
  const changes = changesOn({ ...options, db, states, origin });
  const holder = (): number | null => cluster.number;
  return {
    change: (request) => changes.add(request),
    ...storeReads(sql, states),
    probe: probe(sql),
    close: async () => {
      await changes.close();
      kept.stop();
      // If this fails the mark is slightly too low, which is no reason to fail the stop.
      await highWater?.note(sql, 'the database', clock.now()).catch(() => undefined);
      db.close();
      await cluster.stop();
      clock.stop?.();
      await db.end();
    },
    timers: timerStore(sql),
    outbox: {
      ...sharedOutbox(sql, holder),
      add: async (notices) => {
        const writes = new Writes();
        writes.notify(notices);
        if (notices.length > 0) await db.write((tx) => writeAll(tx, writes, { origin }));
      },
    },
    surfaces: surfaceStore(sql, clock, holder),
    blobs: blobStore(sql),
    inbox: inboxStore(sql),
    erasure: erasureStore(sql),
    roomLog: log,
    kept: kept.values,
    threads: threadIndex(sql),
    register: registerIndex(sql),
    size: async () => (await size()) ?? 0,
    clock,
    ...(highWater && {
      highWater: {
        note: () => highWater.note(sql, 'the database', clock.now()),
        check: () => highWater.check(sql, 'the database'),
      },
    }),
    exclusive: cluster,
    neighbours: cluster,
  };
}

/** Outbox of the instance with the number `holder`. Ends of several sends share a statement. */
function sharedOutbox(sql: Sql, holder: () => number | null): Omit<OutboxStore, 'add'> {
  return outboxStore(sql, {
    holder,
    settling: (many) => {
      const ends = new Batches<SendEnd, boolean>(
        ({ notice }) => [notice],
        async (jobs) => {
          try {
            const settled = await many(jobs.map(({ item }) => item));
            for (const { item, resolve } of jobs) resolve(settled.has(item.notice));
          } catch (error) {
            for (const { reject } of jobs) reject(error);
          }
        },
      );
      return (end) => ends.add(end);
    },
  });
}

interface ChangesDependencies extends DecideDependencies {
  readonly db: Database;
  readonly states: States;
  readonly origin: string;
}

/** Changes that share commits if they touch different incidents, keys and declarers. */
function changesOn(deps: ChangesDependencies): Batches<ChangeRequest, ChangeOutcome> {
  return new Batches(touchesOf, (jobs) => commit(deps, jobs));
}

async function commit(deps: ChangesDependencies, jobs: readonly Job<ChangeRequest, ChangeOutcome>[]): Promise<void> {
  try {
    const requests = jobs.map(({ item }) => item);
    const settled = await deps.db.write((tx) => attempt(deps, tx, requests));
    for (const [n, job] of jobs.entries()) {
      const one = settled[n];
      if (!one || 'error' in one) {
        job.reject(one?.error);
        continue;
      }
      if (one.made) deps.states.keep(one.made.id, one.made.folded);
      job.resolve(one.outcome);
    }
  } catch (error) {
    // Jobs of a failed group run one by one, so that one failure does not fail the others; a transient fault fails all.
    if (jobs.length <= 1 || isPassing(error)) for (const job of jobs) job.reject(error);
    else for (const job of jobs) await commit(deps, [job]);
  }
}

async function attempt(
  deps: ChangesDependencies,
  tx: PoolClient,
  requests: readonly ChangeRequest[],
): Promise<(Decided | { readonly error: unknown })[]> {
  const before = await readBefore(tx, requests, deps.states);
  const all = new Writes();
  const settled = requests.map((request) => {
    try {
      const decided = decideChange(request, before, deps);
      before.take(decided.writes);
      all.add(decided.writes);
      return decided;
    } catch (error) {
      return { error };
    }
  });
  await writeAll(tx, all, deps);
  return settled;
}

/** Keys that a change touches: two changes with a common key never share a commit. */
function touchesOf({ target, delivery, actor }: ChangeRequest): readonly string[] {
  const key = `key ${deliveryKey(delivery)}`;
  if ('incident' in target) return [key, `incident ${target.incident}`];
  return [key, `declarer ${typeof actor === 'string' ? actor : accountKey(actor)}`];
}
