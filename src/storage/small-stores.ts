import type { InboxStore, KeptValues, OpenThread, StoredTimer, ThreadIndex, TimerStore } from '../use-cases/ports.ts';
import { countOf, type Reading, type Sql } from './sql.ts';

const TIMER = 'key, incident, kind, due_at AS "dueAt", state, fence';

/** Reads of timers; timers are written by changes only. */
export function timerStore(sql: Reading): TimerStore {
  return {
    due: sql.all<StoredTimer>(
      `SELECT ${TIMER} FROM timers WHERE state = 'pending' AND due_at <= $1 ORDER BY due_at LIMIT $2`,
    ),
    nextDueAt: sql.value<number>(`SELECT min(due_at) AS value FROM timers WHERE state = 'pending'`),
    of: sql.all<StoredTimer>(`SELECT ${TIMER} FROM timers WHERE incident = $1 ORDER BY due_at, key`),
  };
}

/** Store of payloads whose handling threw; also prunes idempotency keys. */
export function inboxStore(sql: Sql): InboxStore {
  const fail = sql.change(
    `INSERT INTO failed_payloads (platform, key, body, error, at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (platform, key) DO UPDATE SET body = excluded.body, error = excluded.error, at = excluded.at`,
  );
  const prune = countOf(sql.change('DELETE FROM inbox WHERE at < $1'));
  const pruneFailed = countOf(sql.change('DELETE FROM failed_payloads WHERE at < $1'));
  return {
    failed: async ({ platform, key, body, error, at }) => {
      await fail(platform, key, body, error, at);
    },
    listFailed: failedPayloads(sql),
    prune: async (before, failedBefore) => {
      const [dropped, droppedFailed] = await Promise.all([prune(before), pruneFailed(failedBefore)]);
      return dropped + droppedFailed;
    },
  };
}

export function failedPayloads(sql: Reading): InboxStore['listFailed'] {
  return sql.all('SELECT platform, key, error, at FROM failed_payloads ORDER BY at DESC LIMIT $1');
}

/** Channel on which instances announce written keys. */
export const KEPT_CHANNEL = 'jishi_kept';

/** Small durable values of platforms, by key. Writes are announced to other instances; `watch` is for a single one. */
export function keptValues(sql: Sql): KeptValues<string> {
  const announced = (statement: string): string => sql.dialect.announced(statement, KEPT_CHANNEL, 'key');
  const put = sql.change(
    announced(
      'INSERT INTO kept (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value RETURNING key',
    ),
  );
  const add = countOf(
    sql.change(announced('INSERT INTO kept (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING RETURNING key')),
  );
  const replace = countOf(
    sql.change(announced('UPDATE kept SET value = $3 WHERE key = $1 AND value = $2 RETURNING key')),
  );
  const remove = countOf(sql.change(announced('DELETE FROM kept WHERE key = $1 RETURNING key')));
  const list = keptList(sql);
  return {
    get: sql.value<string>('SELECT value FROM kept WHERE key = $1'),
    put: async (key, value) => {
      await put(key, value);
    },
    swap: async (key, before, value) => (await (before === null ? add(key, value) : replace(key, before, value))) > 0,
    remove: async (key) => (await remove(key)) > 0,
    list,
    // No other process writes, so no write needs an announcement.
    watch: async (prefix, limit, heard) => {
      for (const { key, value } of await list(prefix, limit)) heard(key, value);
    },
  };
}

/** Entries whose key begins with a prefix, in the order of their keys. */
export function keptList(sql: Reading): KeptValues<string>['list'] {
  const list = sql.all<{ key: string; value: string }>(
    'SELECT key, value FROM kept WHERE key >= $1 AND key < $2 ORDER BY key LIMIT $3',
  );
  return (prefix, limit) => list(prefix, `${prefix}\u{10ffff}`, limit);
}

/** Index of threads: the incident whose status card is a message, and the places where open incidents are shown. */
export function threadIndex(sql: Reading): ThreadIndex {
  const open = sql.all<OpenThread>(
    `SELECT i.id AS incident, s.room AS room, s.ref AS ref
     FROM incidents i JOIN surfaces s ON s.incident = i.id AND s.key = 'status'
     WHERE i.phase <> 'closed' AND s.ref IS NOT NULL AND s.room >= $1 AND s.room < $2 LIMIT $3`,
  );
  // A post on its way counts: its answer may come after the room was archived or shared.
  const shown = sql.all<Pick<OpenThread, 'incident'>>(
    `SELECT incident FROM surfaces
     WHERE room = $1 AND key = 'status' AND (ref IS NOT NULL OR (dirty = 1 AND attempted_at IS NOT NULL))`,
  );
  return {
    incidentOf: sql.value<string>(
      `SELECT incident AS value FROM surfaces WHERE room = $1 AND ref = $2 AND key = 'status'`,
    ),
    open: (platform, limit) => open(`${platform}/`, `${platform}0`, limit),
    shownIn: async (room) => (await shown(room)).map(({ incident }) => incident).toSorted(),
  };
}

/** Size (characters) of the row that a probe writes: about the log size of an incident's change. */
const PROBE = 32_768;

/** Commits a row as large as a change: a small rewrite still succeeds on a disk too full for a change. */
export function probe(sql: Sql): () => Promise<void> {
  const write = sql.change(
    'INSERT INTO kept (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  let n = 0;
  return async () => {
    n += 1;
    await write('store:probe', String(n).padStart(PROBE, ' '));
  };
}
