import type { PoolClient } from 'pg';
import type { Clock, Share, Shares } from '../../use-cases/ports.ts';
import { type Database, rowsOf } from './connect.ts';
import { type OutboxNeeds, outboxOf } from './outbox.ts';
import type { Pointers, Taken } from './pointers.ts';
import { surfaceStore } from './surfaces.ts';
import { TIMERS } from './workspaces.ts';

/** How often every instance looks for work nobody has been pointed at, at least, in ms. */
const SWEEP = 5_000;

const CLAIM = `
  INSERT INTO shares AS s (key, holder, pointer) SELECT key, $2, id FROM json_to_recordset($1) AS r (key text, id uuid)
  ON CONFLICT (key) DO UPDATE SET holder = excluded.holder, pointer = excluded.pointer
  WHERE s.holder IS NULL OR (s.holder = excluded.holder AND s.pointer = excluded.pointer) RETURNING key, tokens, at`;
const GIVE_BACK = `
  UPDATE shares SET holder = NULL, pointer = NULL, tokens = coalesce($3, tokens), at = coalesce($4, at)
  WHERE key = $1 AND holder = $2 RETURNING key`;
/** Shares come into being with their first work. */
const LEARN = `
  INSERT INTO shares (key) SELECT '${TIMERS}' UNION SELECT workspace FROM outbox WHERE state IN ('ready', 'unknown', 'sending')
  UNION SELECT workspace FROM surfaces WHERE dirty = 1 EXCEPT SELECT key FROM shares ON CONFLICT DO NOTHING`;
/** When each share that nobody has wants somebody. */
const WANTED = `
  SELECT key, at FROM (
    SELECT s.key, CASE s.key WHEN '${TIMERS}' THEN (SELECT min(due_at) FROM timers WHERE state = 'pending')
      ELSE least(
        (SELECT min(not_before) FROM outbox o WHERE o.workspace = s.key AND o.state IN ('ready', 'unknown')),
        (SELECT min(lease_until) FROM outbox o WHERE o.workspace = s.key AND o.state = 'sending'),
        (SELECT min(0) FROM surfaces f WHERE f.workspace = s.key AND f.dirty = 1),
        (SELECT min(refresh_at) FROM surfaces f WHERE f.workspace = s.key AND f.dirty = 0 AND f.refresh_at IS NOT NULL)
      ) END AS at
    FROM shares s WHERE s.holder IS NULL) AS one
  WHERE at IS NOT NULL`;

interface Needs extends OutboxNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly pointers: Pointers;
}
interface Claimed {
  readonly key: string;
  readonly tokens: number | null;
  readonly at: number;
}

/**
 * Shares of the work. Who has one is a row of its own, freed the moment its instance is known to be gone (`Cluster`), so
 * that two never have the same, whatever becomes of the pointer by which they came.
 */
export function sharesOf(needs: Needs, onPointer: Shares['onPointer']): Shares {
  const { db, clock, pointers, holder } = needs;
  let learnAt = 0;
  return {
    take: async (except) => {
      const number = holder();
      if (number === null) return [];
      const taken = await pointers.take(except);
      if (taken.length === 0) return [];
      const claimed = new Map((await claim(db, taken, number)).map((row) => [row.key, row]));
      const shares = taken.map(async (one): Promise<readonly Share[]> => {
        const row = claimed.get(one.key);
        if (row) {
          pointers.keep(one);
          return [share(row, one, number, needs)];
        }
        // Somebody has it and hears of what is new.
        await pointers.drop(one);
        return [];
      });
      return (await Promise.all(shares)).flat();
    },
    beat: () => pointers.beat(),
    sweep: async () => {
      const now = clock.now();
      if (now >= learnAt) {
        await db.change(LEARN, []);
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

function claim(db: Database, taken: readonly Taken[], number: number): Promise<readonly Claimed[]> {
  const json = JSON.stringify(taken.map(({ key, id }) => ({ key, id })));
  return db.statement((on) => rowsOf<{ key: string; tokens: number | null; at: number }>(on, CLAIM, [json, number]));
}

function share({ key, tokens, at }: Claimed, taken: Taken, number: number, needs: Needs): Share {
  const { db, clock, pointers } = needs;
  return {
    kind: taken.kind,
    key,
    outbox: outboxOf(db, needs, key),
    surfaces: surfaceStore(db, clock, key),
    // Who died may have used all of it just before.
    permits: tokens === null ? { tokens: 0, at: Math.max(at, clock.now()) } : { tokens, at },
    giveBack: (left, done) =>
      db.write(async (tx: PoolClient) => {
        const values = [key, number, left?.tokens ?? null, left === null ? null : Math.ceil(left.at)];
        const had = (await rowsOf(tx, GIVE_BACK, values)).length > 0;
        await pointers.drop(taken, tx);
        if (had && !done) await pointers.send(tx, [key]);
      }),
  };
}
