import type { Notice, OutboxStore } from '../use-cases/ports.ts';
import {
  COUNT_NOTICES,
  countsOf,
  LEASE,
  NOTICE_COLUMNS,
  noticeOf,
  type StoredNotice,
  settlementOf,
} from './notice-rows.ts';
import { CHANNEL, countOf, first, oneValue, type Reading, type Run, type Sql } from './sql.ts';

/** End of a send as it is written. */
export type SendEnd = ReturnType<typeof settlementOf> & { readonly notice: string; readonly fence: number };
/** Writes ends of sends, of each notice at most one; returns the keys of those that were accepted. */
export type SettleMany = (ends: readonly SendEnd[]) => Promise<ReadonlySet<string>>;

/** Part of one instance where several share the work. */
export interface Instance {
  /** Its number while it is connected. */
  readonly holder: () => number | null;
  /** Announcement that there is work in another workspace. */
  readonly work: string;
  settling(many: SettleMany): (end: SendEnd) => Promise<boolean>;
}
const ALONE: Instance = {
  holder: () => null,
  work: '',
  settling: (many) => async (end) => (await many([end])).has(end.notice),
};

/** The outbox for delivery. Every write carries the fence of its claim. */
export function outboxStore(sql: Sql, instance: Instance = ALONE): Omit<OutboxStore, 'add'> {
  const keep = countOf(
    sql.change(
      `UPDATE outbox SET body = $3, attempted_at = lease_until - ${LEASE} WHERE key = $1 AND fence = $2 AND state = 'sending'`,
    ),
  );
  const settle = instance.settling(settleMany(sql, instance.work));
  return {
    ...claiming(sql, instance),
    keepBody: async (key, fence, body) => (await keep(key, fence, sql.dialect.packed(body))) === 1,
    settle: (key, fence, to) => settle({ notice: key, fence, ...settlementOf(to) }),
    prune: countOf(sql.note(`DELETE FROM outbox WHERE state IN ('sent', 'dead') AND due_at < $1`)),
    ...outboxReads(sql),
  };
}

function claiming(sql: Sql, { holder }: Instance): Pick<OutboxStore, 'claim' | 'recover' | 'hurry'> {
  const { hasInstances, index, skipLocked } = sql.dialect;
  const claim = sql.change<StoredNotice>(
    `WITH picked AS MATERIALIZED (
       SELECT key FROM outbox ${index('outbox_lanes')} WHERE state IN ('ready', 'unknown') AND not_before <= $1 AND TRUE
       ORDER BY lane, due_at LIMIT $2 ${skipLocked})
     UPDATE outbox SET state = 'sending', was_unknown = CASE WHEN state = 'unknown' THEN 1 ELSE 0 END, fence = fence + 1,
       attempts = attempts + 1, lease_until = $3 ${hasInstances ? ', holder = $4' : ''}
     WHERE key IN (SELECT key FROM picked) RETURNING ${NOTICE_COLUMNS}`,
  );
  const recover = sql.note(
    `UPDATE outbox ${index('outbox_leases')} SET state = 'unknown', not_before = 0, lease_until = NULL
     WHERE state = 'sending' AND lease_until <= $1 AND TRUE`,
  );
  const hurry = sql.note(
    `UPDATE outbox SET not_before = 0
     WHERE state IN ('ready', 'unknown') AND reason = 'unreachable' AND not_before > 0 AND TRUE`,
  );
  return {
    claim: async (now, limit) => {
      const { rows } = await claim(now, limit, now + LEASE, holder());
      return rows.toSorted((a, b) => a.lane - b.lane || a.dueAt - b.dueAt).map((row) => noticeOf(row, sql.dialect));
    },
    recover: countOf(recover),
    hurry: countOf(hurry),
  };
}

function settleMany(sql: Sql, work: string): SettleMany {
  const { hasInstances, rows } = sql.dialect;
  const ends = rows(
    '$1',
    'notice text, fence bigint, state text, not_before bigint, ref text, reason text, workspace text',
  );
  const settle = sql.note<{ key: string }>(
    `UPDATE outbox AS o SET state = r.state, not_before = coalesce(r.not_before, o.not_before),
       ref = coalesce(r.ref, o.ref), reason = r.reason, lease_until = NULL
       ${hasInstances ? ', workspace = coalesce(r.workspace, o.workspace)' : ''}
     FROM ${ends} AS r
     WHERE o.key = r.notice AND o.fence = r.fence AND (o.state = 'sending' OR (o.state = 'unknown' AND r.state = 'sent'))
     RETURNING key ${hasInstances ? `, CASE WHEN r.workspace IS NOT NULL THEN pg_notify('${CHANNEL}', $2) END` : ''}`,
  );
  return async (some) => {
    const settled = await settle(JSON.stringify(some), work);
    return new Set(settled.rows.map(({ key }) => key));
  };
}

/** The reads of the outbox. */
export function outboxReads(sql: Reading): Pick<OutboxStore, 'nextAt' | 'untriedSince' | 'get' | 'counts'> {
  const { index, greatest } = sql.dialect;
  /** The least of some instant of what waits and the leases of what is being sent. */
  const earliest = (waiting: string): Run<number | null> =>
    oneValue<number>(
      sql,
      `SELECT min(at) AS value FROM (
         SELECT min(${waiting}) AS at FROM outbox ${index('outbox_waiting')} WHERE state IN ('ready', 'unknown') AND TRUE
         UNION ALL SELECT min(lease_until) FROM outbox ${index('outbox_leases')} WHERE state = 'sending' AND TRUE) AS one`,
    );
  const get = first<StoredNotice>(sql, `SELECT ${NOTICE_COLUMNS} FROM outbox WHERE key = $1`);
  const counts = sql.all<{ state: Notice['state']; n: number }>(COUNT_NOTICES);
  return {
    nextAt: earliest('not_before'),
    untriedSince: earliest(`${greatest}(not_before, due_at, coalesce(attempted_at, 0))`),
    get: async (key) => {
      const row = await get(key);
      return row && noticeOf(row, sql.dialect);
    },
    counts: async () => countsOf(await counts()),
  };
}
