import type { Notice, OutboxStore } from '../../use-cases/ports.ts';
import { COUNT_NOTICES, countsOf, LEASE, NOTICE_COLUMNS, noticeOf, type StoredNotice } from '../notice-rows.ts';
import { noticeRow } from '../writes.ts';
import { type Database, rowsOf } from './connect.ts';
import type { Pointers } from './pointers.ts';
import type { Columns } from './reads.ts';
import { Settlements } from './settlements.ts';
import { CHANNEL, say } from './signals.ts';
import { restricted, workspaceOf } from './workspaces.ts';
import { ADD_NOTICES } from './writes.ts';

const CLAIM = `
  WITH picked AS MATERIALIZED (
    SELECT key FROM outbox WHERE state IN ('ready', 'unknown') AND not_before <= $1 AND TRUE
    ORDER BY lane, due_at LIMIT $2 FOR UPDATE SKIP LOCKED)
  UPDATE outbox o SET state = 'sending', was_unknown = CASE WHEN o.state = 'unknown' THEN 1 ELSE 0 END, fence = o.fence + 1,
    attempts = o.attempts + 1, lease_until = $1::bigint + ${LEASE}, holder = $3
  FROM picked WHERE o.key = picked.key RETURNING ${NOTICE_COLUMNS.replace(/^key/, 'o.key')}`;
const RECOVER = `
  UPDATE outbox SET state = 'unknown', not_before = 0, lease_until = NULL WHERE state = 'sending' AND lease_until <= $1 AND TRUE`;
const HURRY = `
  UPDATE outbox SET not_before = 0
  WHERE state IN ('ready', 'unknown') AND reason = 'unreachable' AND not_before > 0 AND TRUE`;
const NEXT = `
  SELECT least((SELECT min(not_before) FROM outbox WHERE state IN ('ready', 'unknown') AND TRUE),
    (SELECT min(lease_until) FROM outbox WHERE state = 'sending' AND TRUE)) AS at`;
const UNTRIED = `
  SELECT least((SELECT min(greatest(not_before, due_at, attempted_at)) FROM outbox WHERE state IN ('ready', 'unknown') AND TRUE),
    (SELECT min(lease_until) FROM outbox WHERE state = 'sending' AND TRUE)) AS since`;

export interface OutboxNeeds {
  /** The number of this instance while it is connected. */
  readonly holder: () => number | null;
  readonly origin: string;
}

/** The outbox for delivery. Claims pass over rows another instance is claiming; every later write carries the fence. */
export function outboxStore(db: Database, needs: OutboxNeeds & { readonly pointers: Pointers }): OutboxStore {
  const { origin, pointers } = needs;
  return {
    add: async (notices) => {
      if (notices.length === 0) return;
      await db.write(async (tx) => {
        await rowsOf(tx, ADD_NOTICES, [JSON.stringify(notices.map(noticeRow))]);
        await rowsOf(tx, 'SELECT pg_notify($1, $2)', [CHANNEL, say({ kind: 'work', origin })]);
        await pointers.send(tx, notices.map(workspaceOf));
      });
    },
    ...outboxOf(db, needs),
  };
}

/** Outbox operations of delivery, for all notices or for one workspace alone. */
export function outboxOf(db: Database, { holder, origin }: OutboxNeeds, workspace?: string): Omit<OutboxStore, 'add'> {
  const settlements = new Settlements(db, origin);
  const [here, scope] = restricted(workspace);
  return {
    prune: (before) => db.change(`DELETE FROM outbox WHERE state IN ('sent', 'dead') AND due_at < $1`, [before]),
    claim: async (now, limit) => {
      const rows = await db.statement((on) =>
        rowsOf<StoredNotice & Columns>(on, here(CLAIM), [now, limit, holder(), ...scope]),
      );
      return rows.toSorted((a, b) => a.lane - b.lane || a.dueAt - b.dueAt).map(read);
    },
    recover: (now) => db.change(here(RECOVER), [now, ...scope]),
    hurry: () => db.change(here(HURRY), scope),
    keepBody: async (key, fence, body) =>
      (await db.change(
        `UPDATE outbox SET body = $1, attempted_at = lease_until - ${LEASE} WHERE key = $2 AND fence = $3 AND state = 'sending'`,
        [JSON.stringify(body), key, fence],
      )) === 1,
    settle: (key, fence, to) => settlements.settle(key, fence, to),
    ...outboxReads(db, workspace),
  };
}

/** Outbox queries allowed without delivering. */
export function outboxReads(
  db: Database,
  workspace?: string,
): Pick<OutboxStore, 'nextAt' | 'untriedSince' | 'get' | 'counts'> {
  const [here, scope] = restricted(workspace);
  return {
    nextAt: async () => (await db.first<{ at: number | null }>(here(NEXT), scope))?.at ?? null,
    untriedSince: async () => (await db.first<{ since: number | null }>(here(UNTRIED), scope))?.since ?? null,
    get: async (key) => {
      const row = await db.first<StoredNotice & Columns>(`SELECT ${NOTICE_COLUMNS} FROM outbox WHERE key = $1`, [key]);
      return row ? read(row) : null;
    },
    counts: async () => countsOf(await db.rows<{ state: Notice['state']; n: number }>(COUNT_NOTICES)),
  };
}

function read(row: StoredNotice): Notice {
  const body: unknown = row.body === null ? null : JSON.parse(row.body);
  return noticeOf({ ...row, body: typeof body === 'string' ? body : null });
}
