import type { Destination, Lane, Notice, NoticeContent, NoticeSettlement, OutboxStore } from '../use-cases/ports.ts';
import { hasKind, stored } from './json.ts';
import { countOf, type Dialect, type Reading, type Run, type Sql } from './sql.ts';

/** Lease (ms) of a claimed notice: until it ends, only the claimer may settle the notice. */
const LEASE = 30_000;
/** Lanes in the order of claiming; their index is stored. */
export const LANES: readonly Lane[] = ['answer', 'reminder', 'file', 'status'];

interface StoredNotice extends Omit<Notice, 'lane' | 'to' | 'content' | 'wasUnknown'> {
  readonly lane: number;
  readonly recipient: string;
  readonly content: string;
  readonly wasUnknown: number;
}

const NOTICE_COLUMNS = `key, incident, lane, recipient, content, due_at AS "dueAt", state, fence, was_unknown AS "wasUnknown",
  attempts, attempted_at AS "attemptedAt", not_before AS "notBefore", body, ref`;

/**
 * Assignments that end the claim of a lost sender: a message that it passed to a platform (since that claim) may have
 * arrived, so its outcome is looked up at once; any other is ready to be sent again.
 */
export const TAKE_BACK = `lease_until = NULL, not_before = 0, state = CASE
  WHEN was_unknown = 1 OR attempted_at = lease_until - ${LEASE} THEN 'unknown' ELSE 'ready' END`;

/**
 * Statement for a restored store: its pending messages may have been sent since the backup, so they are not sent, and
 * its sessions may have been ended since, so everybody signs in again.
 */
export const SILENCE = `UPDATE outbox SET state = 'dead', reason = 'restored' WHERE state IN ('ready', 'sending', 'unknown');
  UPDATE surfaces SET dirty = 1;
  DELETE FROM kept WHERE key >= 'access:session:' AND key < 'access:session;'`;

/** Counts of notices by state, without reminders dropped as superseded or settled: they are done, not failed. */
const COUNT_NOTICES = `SELECT state, count(*) AS n FROM outbox
  WHERE state <> 'dead' OR reason IS NULL OR reason NOT IN ('superseded', 'settled') GROUP BY state`;

/** Columns set at the end of a send; null keeps the old value, except for the reason. */
function settlementOf(to: NoticeSettlement) {
  return {
    state: to.state,
    not_before: 'notBefore' in to ? to.notBefore : null,
    ref: 'ref' in to ? to.ref : null,
    reason: 'reason' in to ? (to.reason ?? null) : null,
  };
}

/** Counts by state, with 0 for an empty state. */
function countsOf(rows: readonly { readonly state: Notice['state']; readonly n: number }[]) {
  const none = { ready: 0, sending: 0, sent: 0, unknown: 0, dead: 0 };
  return { ...none, ...Object.fromEntries(rows.map(({ state, n }) => [state, n])) };
}

export const isDestination = hasKind<Destination>('room', 'person', 'outside');
const isContent = hasKind<NoticeContent>('card', 'file', 'take_back', 'event');

/** Notice of a row. Its columns are named one by one, at half the cost of copying the rest of an object. */
function noticeOf(row: StoredNotice, { unpacked }: Dialect): Notice {
  const { key, incident, dueAt, state, fence, attempts, attemptedAt, notBefore, body, ref } = row;
  return {
    ...{ key, incident, dueAt, state, fence, attempts, attemptedAt, notBefore, ref },
    lane: LANES[row.lane] ?? 'status',
    to: stored(row.recipient, isDestination),
    content: stored(row.content, isContent),
    wasUnknown: row.wasUnknown === 1,
    body: body === null ? null : unpacked(body),
  };
}

export type SendEnd = ReturnType<typeof settlementOf> & { readonly notice: string; readonly fence: number };
/** Function that records the ends of sends, at most one per notice; returns the keys of those accepted. */
export type SettleMany = (ends: readonly SendEnd[]) => Promise<ReadonlySet<string>>;

/** Data of one instance among several that share a store. */
export interface Instance {
  /** Number that this instance got when it began to deliver, null before; its writes include it. */
  readonly holder: () => number | null;
  settling(many: SettleMany): (end: SendEnd) => Promise<boolean>;
}

/** Claimed notice; `entered`: its insertion order, 0 where the database has none. */
interface Claimed extends StoredNotice {
  readonly entered: number;
}
const numerically = new Intl.Collator('en', { numeric: true });
/** Order of notices due at the same time: by insertion, otherwise by key with entry 9 of a record before 10. */
const inTurn = (a: Claimed, b: Claimed): number =>
  a.lane - b.lane || a.dueAt - b.dueAt || a.entered - b.entered || numerically.compare(a.key, b.key);

/** Messages of an open incident are kept, because a stop or a room taken off has to find and remove them. */
const PRUNE = `DELETE FROM outbox WHERE state IN ('sent', 'dead') AND due_at < $1
  AND NOT EXISTS (SELECT 1 FROM incidents WHERE id = outbox.incident AND phase <> 'closed')`;

/** Outbox for delivery. Every write includes the fencing token of its claim. */
export function outboxStore(sql: Sql, instance?: Instance): Omit<OutboxStore, 'add'> {
  const keep = countOf(
    sql.change(
      `UPDATE outbox SET body = $3, attempted_at = lease_until - ${LEASE} WHERE key = $1 AND fence = $2 AND state = 'sending'`,
    ),
  );
  const settle = instance?.settling(settleMany(sql)) ?? settleOne(sql);
  const note = sql.change(
    `INSERT INTO outbox (key, incident, lane, recipient, content, due_at, state, not_before, ref)
     VALUES ($1, $2, $3, $4, $5, $6, 'sent', 0, $7) ON CONFLICT (key) DO NOTHING`,
  );
  return {
    ...claiming(sql, instance),
    keepBody: async (key, fence, body) => (await keep(key, fence, sql.dialect.packed(body))) === 1,
    settle: (key, fence, to) => settle({ notice: key, fence, ...settlementOf(to) }),
    noteSent: async ({ key, incident, lane, to, content, dueAt }, ref) => {
      await note(key, incident, LANES.indexOf(lane), JSON.stringify(to), JSON.stringify(content), dueAt, ref);
    },
    prune: countOf(sql.note(PRUNE)),
    ...outboxReads(sql),
  };
}

function claiming(
  sql: Sql,
  instance: Instance | undefined,
): Pick<OutboxStore, 'claim' | 'recover' | 'rewind' | 'hurry'> {
  const { delivers, entered, holds, index, rowKey, skipLocked } = sql.dialect;
  const due = "state IN ('ready', 'unknown') AND not_before <= $1";
  // As the subquery of IN, PostgreSQL might run it once more for each row.
  const claim = sql.change<Claimed>(
    `WITH picked AS (
       SELECT ${rowKey} AS picked_key FROM outbox ${index('outbox_lanes')} WHERE ${due} ${delivers('$4')}
       ORDER BY lane, due_at LIMIT $2 ${skipLocked})
     UPDATE outbox SET state = 'sending', was_unknown = CASE WHEN state = 'unknown' THEN 1 ELSE 0 END, fence = fence + 1,
       attempts = attempts + 1, lease_until = $3 ${holds('$4')}
     WHERE ${rowKey} IN (SELECT picked_key FROM picked) RETURNING ${NOTICE_COLUMNS}, ${entered} AS entered`,
    `SELECT 1 FROM outbox ${index('outbox_waiting')} WHERE ${due} LIMIT 1`,
  );
  const recover = sql.note(
    `UPDATE outbox ${index('outbox_leases')} SET state = 'unknown', not_before = 0, lease_until = NULL
     WHERE state = 'sending' AND lease_until <= $1`,
  );
  // A pause after an attempt in the past is no longer than its platform or its back-off asked for.
  const rewind = sql.change(
    `UPDATE outbox SET not_before = 0, lease_until = NULL, state = CASE WHEN state = 'sending' THEN 'unknown' ELSE state END
     WHERE state IN ('ready', 'sending', 'unknown') AND coalesce(lease_until, not_before) > $1
       AND (state = 'sending' OR attempted_at IS NULL OR attempted_at > $2)`,
  );
  const hurry = sql.note(
    `UPDATE outbox SET not_before = 0
     WHERE state IN ('ready', 'unknown') AND reason = 'unreachable' AND not_before > 0`,
  );
  return {
    claim: async (now, limit) => {
      const { rows } = await claim(now, limit, now + LEASE, instance?.holder() ?? null);
      return rows.toSorted(inTurn).map((row) => noticeOf(row, sql.dialect));
    },
    recover: countOf(recover),
    // A lease from the clock before ends later than one from now.
    rewind: async (now) => {
      await rewind(now + LEASE, now);
    },
    hurry: countOf(hurry),
  };
}

/** Settlement with a single instance, whose group commit joins those of one turn: a third of the cost of `settleMany`. */
function settleOne(sql: Sql): (end: SendEnd) => Promise<boolean> {
  const settle = countOf(
    sql.note(
      `UPDATE outbox SET state = $3, not_before = coalesce($4, not_before), ref = coalesce($5, ref), reason = $6, lease_until = NULL
       WHERE key = $1 AND fence = $2 AND (state = 'sending' OR (state = 'unknown' AND $3 = 'sent'))`,
    ),
  );
  return async (end) => (await settle(end.notice, end.fence, end.state, end.not_before, end.ref, end.reason)) === 1;
}

function settleMany(sql: Sql): SettleMany {
  const { rows } = sql.dialect;
  const ends = rows('$1', 'notice text, fence bigint, state text, not_before bigint, ref text, reason text');
  const settle = sql.note<{ key: string }>(
    `UPDATE outbox AS o SET state = r.state, not_before = coalesce(r.not_before, o.not_before),
       ref = coalesce(r.ref, o.ref), reason = r.reason, lease_until = NULL
     FROM ${ends} AS r
     WHERE o.key = r.notice AND o.fence = r.fence AND (o.state = 'sending' OR (o.state = 'unknown' AND r.state = 'sent'))
     RETURNING key`,
  );
  return async (some) => {
    const settled = await settle(JSON.stringify(some));
    return new Set(settled.rows.map(({ key }) => key));
  };
}

export function outboxReads(
  sql: Reading,
): Pick<OutboxStore, 'nextAt' | 'untriedSince' | 'get' | 'sentAbout' | 'counts'> {
  const { index, greatest } = sql.dialect;
  /** Returns a query for the earliest time: of column `waiting` in waiting rows, or the end of a send's lease. */
  const earliest = (waiting: string): Run<number | null> =>
    sql.value<number>(`SELECT min(at) AS value FROM (
         SELECT min(${waiting}) AS at FROM outbox ${index('outbox_waiting')} WHERE state IN ('ready', 'unknown')
         UNION ALL SELECT min(lease_until) FROM outbox ${index('outbox_leases')} WHERE state = 'sending') AS one`);
  const get = sql.first<StoredNotice>(`SELECT ${NOTICE_COLUMNS} FROM outbox WHERE key = $1`);
  const sent = sql.all<StoredNotice>(
    `SELECT ${NOTICE_COLUMNS} FROM outbox WHERE incident = $1 AND state = 'sent' AND ref IS NOT NULL`,
  );
  const counts = sql.all<{ state: Notice['state']; n: number }>(COUNT_NOTICES);
  return {
    nextAt: earliest('not_before'),
    untriedSince: earliest(`${greatest}(not_before, due_at, coalesce(attempted_at, 0))`),
    get: async (key) => {
      const row = await get(key);
      return row && noticeOf(row, sql.dialect);
    },
    sentAbout: async (incident) => (await sent(incident)).map((row) => noticeOf(row, sql.dialect)),
    counts: async () => countsOf(await counts()),
  };
}
