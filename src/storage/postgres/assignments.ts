import type { Assignment, Assignments, Clock } from '../../use-cases/ports.ts';
import { surfaceStore } from '../surfaces.ts';
import { type Cluster, IS_HELD } from './cluster.ts';
import type { Database } from './connect.ts';
import { type OutboxNeeds, sharedOutbox } from './outbox.ts';
import type { Pointers } from './pointers.ts';
import { sqlOf, withinWorkspace } from './sql.ts';
import { TIMERS } from './workspaces.ts';

/** Longest interval (ms) at which every instance looks for work without a pointer. */
const SWEEP = 5_000;

/**
 * Claims shares. The remaining budget is known again only when a share is given back: an instance that died may have
 * used all of it.
 */
const CLAIM = `
  WITH before AS MATERIALIZED (SELECT key, tokens, at FROM shares WHERE key = ANY ($1)),
    taken AS (INSERT INTO shares AS s (key, holder, tokens) SELECT key, $2, NULL FROM unnest($1::text[]) AS key
      ON CONFLICT (key) DO UPDATE SET holder = excluded.holder, tokens = NULL RETURNING key)
  SELECT key, CASE WHEN before.key IS NULL THEN 'Infinity' ELSE tokens END AS tokens, coalesce(at, 0) AS at
  FROM taken LEFT JOIN before USING (key)`;
const GIVE_BACK = 'UPDATE shares SET holder = NULL, tokens = $3, at = $4 WHERE key = $1 AND holder = $2';
/** Assignments come into being with their first work. */
const LEARN = `
  INSERT INTO shares (key) SELECT '${TIMERS}' UNION SELECT workspace FROM outbox WHERE state IN ('ready', 'unknown', 'sending')
  UNION SELECT workspace FROM surfaces WHERE dirty = 1 EXCEPT SELECT key FROM shares ON CONFLICT DO NOTHING`;
/** Times at which unassigned shares have work. */
const WANTED = `
  SELECT key, at FROM (
    SELECT s.key, CASE s.key WHEN '${TIMERS}' THEN (SELECT min(due_at) FROM timers WHERE state = 'pending')
      ELSE least(
        (SELECT min(not_before) FROM outbox o WHERE o.workspace = s.key AND o.state IN ('ready', 'unknown')),
        (SELECT min(lease_until) FROM outbox o WHERE o.workspace = s.key AND o.state = 'sending'),
        (SELECT min(0) FROM surfaces f WHERE f.workspace = s.key AND f.dirty = 1),
        (SELECT min(refresh_at) FROM surfaces f WHERE f.workspace = s.key AND f.dirty = 0 AND f.refresh_at IS NOT NULL)
      ) END AS at
    FROM shares s WHERE NOT ${IS_HELD}) AS one
  WHERE at IS NOT NULL`;

interface Needs extends OutboxNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly pointers: Pointers;
  readonly cluster: Pick<Cluster, 'take' | 'release'>;
}
interface Claimed {
  readonly key: string;
  readonly tokens: number | null;
  readonly at: number;
}

/**
 * Assignments of the work. Whoever has one holds it by a lock of its connection (`Cluster`), so two never have the same, and it is
 * free the moment that connection ends. Its row in `shares` keeps what is left of its budget.
 */
export function assignmentsOf(needs: Needs, onPointer: Assignments['onPointer']): Assignments {
  const { db, clock, pointers, cluster, holder } = needs;
  let learnAt = 0;
  return {
    take: async (except) => {
      const number = holder();
      if (number === null) return [];
      const keys = await cluster.take(await pointers.take(except));
      if (keys.length === 0) return [];
      try {
        const { rows } = await db.change<Claimed>(CLAIM, [keys, number]);
        return rows.map((row) => assignmentOf(row, number, needs));
      } catch (error) {
        await Promise.all(keys.map((key) => cluster.release(key)));
        throw error;
      }
    },
    sweep: async () => {
      const now = clock.now();
      if (now >= learnAt) {
        await db.change(LEARN);
        learnAt = now + SWEEP;
      }
      const wanted = await db.rows<{ key: string; at: number }>(WANTED);
      const due = wanted.filter(({ at }) => at <= now).map(({ key }) => key);
      if (due.length > 0) await db.write((tx) => pointers.send(tx, due));
      return Math.min(now + SWEEP, ...wanted.map(({ at }) => at).filter((at) => at > now));
    },
    onPointer,
  };
}

function assignmentOf({ key, tokens, at }: Claimed, number: number, needs: Needs): Assignment {
  const { db, clock, pointers, cluster } = needs;
  const sql = withinWorkspace(sqlOf(db), key);
  const budgetLeft = tokens === null ? { tokens: 0, at: Math.max(at, clock.now()) } : { tokens, at };
  return {
    kind: key === TIMERS ? 'timers' : 'workspace',
    key,
    outbox: sharedOutbox(sql, needs),
    surfaces: surfaceStore(sql, clock),
    budgetLeft,
    giveBack: async (left, done) => {
      const { tokens: rest, at: asOf } = left ?? budgetLeft;
      await db.change(GIVE_BACK, [key, number, rest, Math.ceil(asOf)]);
      await cluster.release(key);
      if (!done) await db.write((tx) => pointers.send(tx, [key]));
    },
  };
}
