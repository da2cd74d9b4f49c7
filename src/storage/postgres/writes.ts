import type { PoolClient } from 'pg';
import type { Row, WriteList, Writes } from '../writes.ts';
import { Conflict, clean, countOf } from './connect.ts';
import type { Pointers } from './pointers.ts';
import { CHANNEL, say } from './signals.ts';
import { workspaceOfRecipient, workspaceOfRoom } from './workspaces.ts';

export const ADD_NOTICES = `
  INSERT INTO outbox (key, incident, lane, recipient, content, due_at, state, not_before)
  SELECT key, incident, lane, recipient, content, due_at, 'ready', 0
  FROM json_to_recordset($1) AS r (key text, incident text, lane int, recipient text, content text, due_at bigint)
  ORDER BY key ON CONFLICT (key) DO NOTHING`;

const SETS = 'title, search, drill, phase, level, lead, next_due, participants, rooms, version, hash';
const SET_TYPES = `title text, search text, drill int, phase text, level text, lead text, next_due text, participants text,
  rooms text, version int, hash text`;

/** In the order in which they are sent. Rows are taken in the order of their keys, so that two instances do not block each other. */
const STATEMENTS: readonly { readonly list: WriteList; readonly sql: string; readonly exact?: true }[] = [
  {
    // A key or an account another instance took meanwhile changes the answer: everything is decided anew.
    list: 'inbox',
    exact: true,
    sql: `INSERT INTO inbox (platform, key, body_hash, incident, answer, at)
      SELECT platform, key, body_hash, incident, answer, at
      FROM json_to_recordset($1) AS r (platform text, key text, body_hash text, incident text, answer text, at bigint)
      ORDER BY platform, key ON CONFLICT DO NOTHING`,
  },
  {
    list: 'actors',
    exact: true,
    sql: `INSERT INTO actors (platform, tenant, account, id) SELECT platform, tenant, account, id
      FROM json_to_recordset($1) AS r (platform text, tenant text, account text, id text)
      ORDER BY platform, tenant, account ON CONFLICT DO NOTHING`,
  },
  {
    list: 'counted',
    // Several changes may have counted on; the update of a row would take any one of them.
    sql: `UPDATE counters c SET last = r.last FROM (
        SELECT series, year, max(last) AS last FROM json_to_recordset($1) AS r (series text, year int, last int)
        GROUP BY series, year) r
      WHERE c.series = r.series AND c.year = r.year`,
  },
  {
    list: 'created',
    sql: `INSERT INTO incidents (id, declared_at, declared_by, created_at, ${SETS})
      SELECT id, declared_at, declared_by, created_at, ${SETS}
      FROM json_to_recordset($1) AS r (id text, declared_at text, declared_by text, created_at bigint, ${SET_TYPES})`,
  },
  {
    list: 'updated',
    sql: `UPDATE incidents i SET ${SETS.replace(/\w+/g, '$& = r.$&')}
      FROM json_to_recordset($1) AS r (id text, ${SET_TYPES}) WHERE i.id = r.id`,
  },
  {
    list: 'gone',
    sql: `DELETE FROM incident_members m USING json_to_recordset($1) AS r (id text, kind text, member text), incidents i
      WHERE i.id = r.id AND m.seq = i.seq AND m.kind = r.kind AND m.member = r.member`,
  },
  {
    list: 'members',
    sql: `INSERT INTO incident_members (kind, member, seq) SELECT r.kind, r.member, i.seq
      FROM json_to_recordset($1) AS r (id text, kind text, member text) JOIN incidents i ON i.id = r.id ON CONFLICT DO NOTHING`,
  },
  {
    list: 'events',
    sql: `INSERT INTO events (incident, version, type, v, at, actor, command, bytes, salt, payload_hash, prev, hash)
      SELECT incident, version, type, v, at, actor, command, bytes, salt, payload_hash, prev, hash
      FROM json_to_recordset($1) AS r (incident text, version int, type text, v int, at text, actor text, command text,
        bytes text, salt text, payload_hash text, prev text, hash text)`,
  },
  {
    list: 'ended',
    sql: `UPDATE timers t SET state = r.state, fence = fence + 1
      FROM json_to_recordset($1) AS r (key text, incident text, state text)
      WHERE t.key = r.key AND t.incident = r.incident AND t.state = 'pending'`,
  },
  {
    // A timer that is done stays done: its reminder was sent. One that was cancelled may be wanted again.
    list: 'armed',
    sql: `INSERT INTO timers AS t (key, incident, kind, due_at, state, fence) SELECT key, incident, kind, due_at, 'pending', 1
      FROM json_to_recordset($1) AS r (key text, incident text, kind text, due_at bigint) ORDER BY key
      ON CONFLICT (key) DO UPDATE SET state = 'pending', kind = excluded.kind, due_at = excluded.due_at, fence = t.fence + 1
      WHERE t.state <> 'done' AND t.incident = excluded.incident`,
  },
  { list: 'notices', sql: ADD_NOTICES },
];

/**
 * The age of a card is kept in units of its interval: what it has waited for stays when it wants less, or more.
 * Fences start anywhere, so that a row dropped and wanted again never looks like the row somebody read before.
 */
const WANT = `
  INSERT INTO surfaces AS s (incident, room, key, dirty, fence, attempted_at, refresh_every)
  SELECT incident, room, key, 1, (random() * 2251799813685248)::bigint, attempted_at, refresh_every
  FROM json_to_recordset($1) AS r (incident text, room text, key text, attempted_at bigint, refresh_every bigint)
  ORDER BY incident, room, key
  ON CONFLICT (incident, room, key) DO UPDATE SET dirty = 1, fence = s.fence + 1, refresh_every = excluded.refresh_every,
    shown_at = coalesce($2 - ($2 - s.shown_at) * excluded.refresh_every / s.refresh_every, s.shown_at)`;
const DROP = `
  DELETE FROM surfaces s WHERE incident = ANY ($2) AND NOT EXISTS (
    SELECT 1 FROM json_to_recordset($1) AS r (incident text, room text, key text)
    WHERE r.incident = s.incident AND r.room = s.room AND r.key = s.key)`;

/** Sends everything at once and waits for all of it. Rejects with `Conflict` if another instance was faster. */
export async function writeAll(
  tx: PoolClient,
  writes: Writes,
  { origin, pointers }: { readonly origin: string; readonly pointers: Pointers },
): Promise<void> {
  const sent = STATEMENTS.filter(({ list }) => writes[list].length > 0).map(async ({ list, sql, exact }) => {
    const count = await countOf(tx, sql, [JSON.stringify(writes[list].map(cleaned))]);
    if (exact && count !== writes[list].length) throw new Conflict(`another instance was faster: ${list}`);
  });
  if (writes.incidents.length > 0) {
    const wanted = JSON.stringify(writes.wanted);
    sent.push(
      countOf(tx, WANT, [wanted, Math.max(0, ...writes.wanted.map(({ at }) => Number(at)))]).then(() => undefined),
    );
    sent.push(countOf(tx, DROP, [wanted, writes.incidents]).then(() => undefined));
    for (const incident of writes.incidents) {
      sent.push(
        countOf(tx, 'SELECT pg_notify($1, $2)', [CHANNEL, say({ kind: 'incident', origin, incident })]).then(
          () => undefined,
        ),
      );
    }
  }
  // Last, for whoever points at the same waits for the commit.
  const workspaces = [
    ...writes.notices.map(({ recipient }) => workspaceOfRecipient(String(recipient))),
    ...writes.wanted.map(({ room }) => workspaceOfRoom(String(room))),
  ];
  sent.push(pointers.send(tx, workspaces));
  await Promise.all(sent);
}

/** Titles people wrote; everything else that may hold any character is JSON. */
function cleaned(row: Row): Row {
  const { title, search } = row;
  if (typeof title !== 'string' || typeof search !== 'string') return row;
  return { ...row, title: clean(title), search: clean(search) };
}
