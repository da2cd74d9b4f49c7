import { statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { ActorId } from '../../incident/identity.ts';
import type { ChainHead } from '../../incident/record/chain.ts';
import { type Fail, noFailpoints } from '../../ops/failpoints.ts';
import type { Clock, Exclusive, IdSource, Neighbours } from '../../use-cases/ports.ts';
import { blobStore } from '../blobs.ts';
import { type Before, decideChange, isAnswer, type KeptAnswer, type Located } from '../change.ts';
import { erasureStore } from '../erasure.ts';
import { EVENT_KINDS_KEY, refuseUnknownEvents } from '../event-kinds.ts';
import type { HighWater } from '../high-water.ts';
import { stored } from '../json.ts';
import type { OpenStore } from '../open-store.ts';
import { outboxStore, TAKE_BACK } from '../outbox.ts';
import { storeReads } from '../reads.ts';
import { registerIndex } from '../register-index.ts';
import { roomLog } from '../room-log.ts';
import { inboxStore, keptValues, probe, threadIndex, timerStore } from '../small-stores.ts';
import { type Evolve, FOLDED, type Folded, type FoldedRow, States } from '../states.ts';
import { surfaceStore } from '../surfaces.ts';
import { dropOthers, namesOf, WRITE_STATEMENTS, type WriteStatement } from '../write-statements.ts';
import { type Row, Writes } from '../writes.ts';
import { backupTo } from './backup.ts';
import { GroupCommit } from './group-commit.ts';
import { type Connections, openConnections } from './open.ts';
import { dialect, readingOf, sqlOf } from './sql.ts';

/** Number of pages (4 kB) that a backup copies before other work runs. */
const PAGES_AT_ONCE = 100;

export interface SqliteStoreOptions {
  /** Path of the database, in an existing folder. */
  readonly file: string;
  readonly evolve: Evolve;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly fail?: Fail;
  /** Runs a function after the current turn of the event loop, by default by `setImmediate`; simulations replace it. */
  readonly afterTurn?: (run: () => void) => void;
  /** Number of record entries whose folded states are cached. */
  readonly cachedEntries?: number;
  /** True if a record was kept there before: an empty store is then refused. */
  readonly hasRecord?: boolean;
  /** High-water mark of the record: a store below it is refused. */
  readonly highWater?: HighWater;
  /** Called after each commit that was synced to disk. */
  readonly synced?: () => void;
}

export interface SqliteStore extends OpenStore {
  /** Writes a consistent copy while work continues; rejects if the file exists. */
  backup(toFile: string): Promise<void>;
}

/** Opens, creates or migrates a store. Reads no incidents. Rejects with `StoreError` (see `errors.ts`). */
export async function createSqliteStore(options: SqliteStoreOptions): Promise<SqliteStore> {
  const connections = openConnections(options.file, options.hasRecord);
  try {
    const { reader } = connections;
    if (options.hasRecord) await options.highWater?.check(readingOf(reader), options.file);
    await noteKinds(connections, options.file);
    return assemble(connections, options);
  } catch (error) {
    connections.close();
    throw error;
  }
}

/** Refuses events that this program does not know, and notes the kinds of all: the next call reads only later ones. */
async function noteKinds({ reader, writer }: Connections, file: string): Promise<void> {
  const seen = await refuseUnknownEvents(readingOf(reader), file);
  if (seen !== null)
    writer.prepare('INSERT OR REPLACE INTO kept (key, value) VALUES (?, ?)').run(EVENT_KINDS_KEY, seen);
}

function assemble(connections: Connections, options: SqliteStoreOptions): SqliteStore {
  const { writer, reader } = connections;
  const { highWater, clock } = options;
  writer.exec('DELETE FROM blobs WHERE sha256 IS NULL');
  const states = new States(options.evolve, options.cachedEntries);
  const group = new GroupCommit(writer, {
    fail: options.fail ?? noFailpoints,
    afterTurn: options.afterTurn ?? setImmediate,
    synced: options.synced ?? (() => {}),
  });
  const sql = sqlOf(writer, reader, group);
  const before = storedBefore(writer, states);
  const write = writing(writer);
  const timers = timerStore(sql);
  const outbox = outboxStore(sql);
  const first = takingBack(writer);
  const erasure = erasureStore(sql);
  const count = probe(sql);
  const reads = storeReads(sql, states);
  /** States that are on disk. The cached one of an incident is current then, as only this process writes. */
  const committed = new WeakSet<Folded>();
  return {
    ...reads,
    change: async (request) => {
      const { outcome, made } = await group.write(() => {
        const decided = decideChange(request, before, options);
        write(decided.writes);
        if (decided.made) states.keep(decided.made.id, decided.made.folded);
        return decided;
      });
      if (made) committed.add(made.folded);
      return outcome;
    },
    incident: async (id) => {
      const known = states.last(id);
      if (known && committed.has(known)) return known.state;
      const state = await reads.incident(id);
      const read = states.last(id);
      if (read && read.state === state) committed.add(read);
      return state;
    },
    probe: async () => {
      await timers.nextDueAt();
      await count();
    },
    close: async () => {
      await group.close();
      // If this fails the mark is slightly too low, which is no reason to fail the stop.
      await highWater?.note(sql, options.file, clock.now()).catch(() => undefined);
      // If this fails the next start reads more events.
      await noteKinds(connections, options.file).catch(() => undefined);
      connections.close();
    },
    timers,
    outbox: {
      ...outbox,
      rewind: first(outbox.rewind),
      recover: first(outbox.recover),
      claim: first(outbox.claim),
      add: (notices) =>
        group.write(() => {
          const writes = new Writes();
          writes.notify(notices);
          write(writes);
        }),
    },
    surfaces: surfaceStore(sql, clock),
    blobs: blobStore(sql),
    inbox: inboxStore(sql),
    erasure: {
      ...erasure,
      erase: async (incident, files) => {
        await erasure.erase(incident, files);
        cutLog(writer);
      },
    },
    roomLog: roomLog(sql),
    kept: keptValues(sql),
    threads: threadIndex(sql),
    register: registerIndex(sql),
    clock,
    ...(highWater && {
      highWater: {
        note: () => highWater.note(sql, options.file, clock.now()),
        check: () => highWater.check(sql, options.file),
      },
    }),
    exclusive: alone,
    neighbours: alone,
    size: async () => sizeOf(options.file) + sizeOf(`${options.file}-wal`),
    backup: (toFile) => backupTo(writer, toFile, PAGES_AT_ONCE),
  };
}

/** Ends the previous process's unfinished sends at the first call of delivery: no other process uses the store. */
function takingBack(writer: Database) {
  let isDone = false;
  return <Given extends readonly unknown[], Result>(run: (...given: Given) => Promise<Result>) =>
    async (...given: Given): Promise<Result> => {
      if (!isDone) writer.exec(`UPDATE outbox SET ${TAKE_BACK} WHERE state = 'sending'`);
      isDone = true;
      return run(...given);
    };
}

/** Pause (ms) before another try while a reader of the log, such as `jishi verify`, is running. */
const AGAIN = 5_000;

/**
 * Moves the log into the file and empties it, because it may contain erased words; in the file `secure_delete` has
 * overwritten them. Call it outside a transaction. While the log is being read, it retries later.
 */
function cutLog(writer: Database): void {
  if (!writer.open) return;
  const patience: unknown = writer.pragma('busy_timeout', { simple: true });
  writer.pragma('busy_timeout = 0');
  const isRead = writer.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) !== 0;
  writer.pragma(`busy_timeout = ${String(patience)}`);
  if (isRead) setTimeout(cutLog, AGAIN, writer).unref();
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** Store data before a change, read on demand through the writing connection. */
function storedBefore(db: Database, states: States): Before {
  const page = db.prepare<[string, number], FoldedRow>(FOLDED.replace(/\$\d/g, '?'));
  const kept = db.prepare<[string, string], Omit<KeptAnswer, 'answer'> & { readonly answer: string }>(
    'SELECT body_hash AS bodyHash, incident, answer FROM inbox WHERE platform = ? AND key = ?',
  );
  const actor = db.prepare<[string, string, string], { id: ActorId }>(
    'SELECT id FROM actors WHERE platform = ? AND tenant = ? AND account = ?',
  );
  const counter = db.prepare<[string, number], { last: number }>(
    'SELECT last FROM counters WHERE series = ? AND year = ?',
  );
  const incident = db.prepare<[string], ChainHead & Omit<Located, 'folded'>>(
    'SELECT version, hash, participants, rooms FROM incidents WHERE id = ?',
  );
  const pending = db.prepare<[string], { key: string; dueAt: number }>(
    `SELECT key, due_at AS dueAt FROM timers WHERE incident = ? AND state = 'pending'`,
  );
  const recent = db.prepare<[ActorId, number], { id: string; title: string }>(
    `SELECT id, title FROM incidents WHERE declared_by = ? AND created_at >= ? ORDER BY created_at DESC, seq DESC LIMIT 1`,
  );
  return {
    kept: ({ platform, key }) => {
      const row = kept.get(platform, key);
      return row ? { ...row, answer: stored(row.answer, isAnswer) } : null;
    },
    actor: ({ platform, tenant, id }) => actor.get(platform, tenant, id)?.id ?? null,
    last: ({ series, year }) => counter.get(series, year)?.last ?? 0,
    incident: (id) => {
      const row = incident.get(id);
      if (!row) return null;
      const folding = states.at(id, row);
      let step = folding.next();
      while (!step.done) step = folding.next(page.all(id, step.value));
      return step.value && { folded: step.value, participants: row.participants, rooms: row.rooms };
    },
    pending: (id) => new Map(pending.all(id).map(({ key, dueAt }) => [key, dueAt])),
    recent: (_request, by, since) => recent.get(by, since) ?? null,
  };
}

type Write = (rows: readonly Row[]) => void;

/** Statement that writes one row at a time. Parameters are bound by position, at half the cost of names. */
function prepared(db: Database, { columns, exact, list, sql, one: single }: WriteStatement): Write {
  const row = `(SELECT ${namesOf(columns)
    .map((name) => `@${name} AS ${name}`)
    .join(', ')})`;
  const places: string[] = [];
  const named = single ?? sql(row, { random: 'abs(random() / 4096)', at: '@at' });
  const text = named.replace(/@(\w+)/g, (_, name: string) => {
    places.push(name);
    return '?';
  });
  const statement = db.prepare<Row[string][]>(text);
  return (rows) => {
    for (const one of rows) {
      const { changes } = statement.run(...places.map((name) => one[name] ?? null));
      if (exact && changes === 0) throw new Error(`a row was there already: ${list}`);
    }
  };
}

/** Statement that writes all rows at once, because a new incident has a dozen timers. */
function together(db: Database, { columns, sql }: WriteStatement): Write {
  const statement = db.prepare<[string]>(sql(dialect.rows('?', columns), { random: '', at: '' }));
  return (rows) => {
    if (rows.length > 0) statement.run(JSON.stringify(rows));
  };
}

/** Writes the rows of a change within its savepoint. */
function writing(db: Database): (writes: Writes) => void {
  const all = WRITE_STATEMENTS.map((one) => {
    const write = one.list === 'armed' ? together(db, one) : prepared(db, one);
    return [one.list, write] as const;
  });
  const drop = db.prepare<[string, string]>(
    dropOthers(dialect.rows('?', 'incident text, room text, key text'), dialect.texts('?')),
  );
  const count = db.prepare<[string], number>('SELECT count(*) FROM surfaces WHERE incident = ?').pluck();
  return (writes) => {
    for (const [list, write] of all) write(writes[list]);
    // Every wanted surface has a row now; with no more rows than that, none has to be dropped.
    const wanted = new Set(writes.wanted.map(({ incident, room, key }) => `${incident} ${room} ${key}`));
    const stored = writes.incidents.reduce((sum, incident) => sum + (count.get(incident) ?? 0), 0);
    if (stored > wanted.size) drop.run(JSON.stringify(writes.incidents), JSON.stringify(writes.wanted));
  };
}

/** Lock and neighbours of a store that only one process can open: it always delivers, and no other commits. */
const alone: Exclusive & Neighbours = {
  isHeld: true,
  hold({ held, lost }) {
    held();
    return lost;
  },
  onChange: () => () => {},
};
