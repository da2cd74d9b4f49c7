import type { Database } from 'better-sqlite3';
import type { Notice, NoticeSettlement, OutboxStore } from '../../use-cases/ports.ts';
import {
  COUNT_NOTICES,
  countsOf,
  LEASE,
  NOTICE_COLUMNS,
  noticeOf,
  type StoredNotice,
  settlementOf,
  TAKE_BACK,
} from '../notice-rows.ts';
import { noticeRow } from '../writes.ts';
import type { GroupCommit } from './group-commit.ts';
import { noticeAdder } from './writes.ts';

/**
 * Takes back the claims of a process that has ended: it had the store to itself, so no other process can be sending.
 */
export function takeBackClaims(writer: Database): void {
  writer.exec(`UPDATE outbox SET ${TAKE_BACK} WHERE state = 'sending'`);
}

/** The outbox for delivery. Every write carries the fence of its claim and goes through the group commit. */
export function outboxStore(writer: Database, reader: Database, group: GroupCommit): OutboxStore {
  const add = noticeAdder(writer);
  const prune = writer.prepare<[number]>(`DELETE FROM outbox WHERE state IN ('sent', 'dead') AND due_at < ?`);
  return {
    add: (notices) =>
      group.write(() => {
        for (const notice of notices) add(noticeRow(notice));
      }),
    prune: (before) => group.note(() => prune.run(before).changes),
    ...claiming(writer, group),
    ...settling(writer, group),
    ...outboxReads(reader),
  };
}

function claiming(writer: Database, group: GroupCommit): Pick<OutboxStore, 'claim' | 'recover' | 'hurry'> {
  const claim = writer.prepare<[number, number, number], StoredNotice>(
    `UPDATE outbox SET state = 'sending', was_unknown = (state = 'unknown'), fence = fence + 1, attempts = attempts + 1,
       lease_until = ?
     WHERE rowid IN (SELECT rowid FROM outbox INDEXED BY outbox_lanes
                   WHERE state IN ('ready', 'unknown') AND not_before <= ? ORDER BY lane, due_at LIMIT ?)
     RETURNING ${NOTICE_COLUMNS}`,
  );
  const recover = writer.prepare<[number]>(
    `UPDATE outbox INDEXED BY outbox_leases SET state = 'unknown', not_before = 0, lease_until = NULL
     WHERE state = 'sending' AND lease_until <= ?`,
  );
  const hurry = writer.prepare<[]>(
    `UPDATE outbox SET not_before = 0 WHERE state IN ('ready', 'unknown') AND reason = 'unreachable' AND not_before > 0`,
  );
  return {
    claim: (now, limit) =>
      group.write(() =>
        claim
          .all(now + LEASE, now, limit)
          .sort((a, b) => a.lane - b.lane || a.dueAt - b.dueAt)
          .map(noticeOf),
      ),
    recover: (now) => group.note(() => recover.run(now).changes),
    hurry: () => group.note(() => hurry.run().changes),
  };
}

type Settled = NoticeSettlement['state'];
function settling(writer: Database, group: GroupCommit): Pick<OutboxStore, 'keepBody' | 'settle'> {
  const keep = writer.prepare<[string, string, number]>(
    `UPDATE outbox SET body = ?, attempted_at = lease_until - ${LEASE} WHERE key = ? AND fence = ? AND state = 'sending'`,
  );
  const settle = writer.prepare<[Settled, number | null, string | null, string | null, string, number, Settled]>(
    `UPDATE outbox SET state = ?, not_before = coalesce(?, not_before), ref = coalesce(?, ref), reason = ?, lease_until = NULL
     WHERE key = ? AND fence = ? AND (state = 'sending' OR (state = 'unknown' AND ? = 'sent'))`,
  );
  return {
    keepBody: (key, fence, body) => group.write(() => keep.run(body, key, fence).changes === 1),
    settle: (key, fence, to) =>
      group.note(() => {
        const { state, not_before: notBefore, ref, reason } = settlementOf(to);
        return settle.run(state, notBefore, ref, reason, key, fence, state).changes === 1;
      }),
  };
}

/** The reads of the outbox, through the read-only connection. */
export function outboxReads(reader: Database): Pick<OutboxStore, 'nextAt' | 'untriedSince' | 'get' | 'counts'> {
  const next = reader.prepare<[], { at: number | null }>(
    `SELECT min(at) AS at FROM (
       SELECT min(not_before) AS at FROM outbox INDEXED BY outbox_waiting WHERE state IN ('ready', 'unknown')
       UNION ALL SELECT min(lease_until) FROM outbox INDEXED BY outbox_leases WHERE state = 'sending')`,
  );
  const untried = reader.prepare<[], { since: number | null }>(
    `SELECT min(since) AS since FROM (
       SELECT min(max(not_before, due_at, coalesce(attempted_at, 0))) AS since
         FROM outbox INDEXED BY outbox_waiting WHERE state IN ('ready', 'unknown')
       UNION ALL SELECT min(lease_until) FROM outbox INDEXED BY outbox_leases WHERE state = 'sending')`,
  );
  const get = reader.prepare<[string], StoredNotice>(`SELECT ${NOTICE_COLUMNS} FROM outbox WHERE key = ?`);
  const counts = reader.prepare<[], { state: Notice['state']; n: number }>(COUNT_NOTICES);
  return {
    nextAt: async () => next.get()?.at ?? null,
    untriedSince: async () => untried.get()?.since ?? null,
    get: async (key) => {
      const row = get.get(key);
      return row ? noticeOf(row) : null;
    },
    counts: async () => countsOf(counts.all()),
  };
}
