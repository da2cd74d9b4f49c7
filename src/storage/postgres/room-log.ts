import type { PoolClient } from 'pg';
import { Listeners } from '../../ops/listeners.ts';
import type { LoggedMessage, RoomLog } from '../../use-cases/ports.ts';
import { clean, type Database, rowsOf } from './connect.ts';
import type { Columns } from './reads.ts';
import { CHANNEL, say } from './signals.ts';

/** Writers of the log queue here, so that messages become visible in the order of their `seq`. */
const WRITING = 1_246_317_385;
const COLUMNS = 'id::text AS ref, address, thread, author, body, at, edited_at AS "editedAt", seq';
const FIND = `SELECT ${COLUMNS} FROM room_messages WHERE address = $1 AND key = $2`;
const BY_REF = `SELECT ${COLUMNS} FROM room_messages WHERE id = $1`;
const APPEND = `
  INSERT INTO room_messages (address, thread, key, author, body, at, seq) VALUES ($1, $2, $3, $4, $5, $6, nextval('room_seq'))
  ON CONFLICT (address, key) DO NOTHING RETURNING ${COLUMNS}`;
const EDIT = `
  UPDATE room_messages SET body = $1, edited_at = $2, seq = nextval('room_seq') WHERE id = $3 RETURNING ${COLUMNS}`;
const SINCE = `SELECT ${COLUMNS} FROM room_messages WHERE address = $1 AND seq > $2 ORDER BY seq LIMIT $3`;
const PAGE = `
  SELECT ${COLUMNS} FROM room_messages WHERE address = $1 AND thread IS NOT DISTINCT FROM $2 AND id < $3 ORDER BY id DESC LIMIT $4`;

type Row = LoggedMessage & Columns;

/**
 * Messages of rooms the bot keeps itself. Listeners are called for messages committed here and, through `heard`,
 * elsewhere.
 */
export function roomLog(db: Database, origin: string): RoomLog & { heard(ref: string): Promise<void> } {
  const listeners = new Listeners<LoggedMessage>();
  const written = async (work: (tx: PoolClient) => Promise<{ logged: LoggedMessage; isNew: boolean } | null>) => {
    const done = await db.write(async (tx) => {
      await rowsOf(tx, 'SELECT pg_advisory_xact_lock($1)', [WRITING]);
      const change = await work(tx);
      if (change?.isNew)
        await rowsOf(tx, 'SELECT pg_notify($1, $2)', [
          CHANNEL,
          say({ kind: 'message', origin, ref: change.logged.ref }),
        ]);
      return change;
    });
    if (done?.isNew) listeners.call(done.logged);
    return done?.logged ?? null;
  };
  return {
    append: async ({ address, thread, key, author, body, at }) => {
      const logged = await written(async (tx) => {
        const [added] = await rowsOf<Row>(tx, APPEND, [address, thread, clean(key), author, clean(body), at]);
        const [kept] = added ? [added] : await rowsOf<Row>(tx, FIND, [address, clean(key)]);
        return kept ? { logged: kept, isNew: added !== undefined } : null;
      });
      if (!logged) throw new Error('a message was neither added nor found');
      return logged;
    },
    edit: (ref, body, at) =>
      written(async (tx) => {
        const [edited] = await rowsOf<Row>(tx, EDIT, [clean(body), at, idOf(ref)]);
        return edited ? { logged: edited, isNew: true } : null;
      }),
    find: (address, key) => db.first<Row>(FIND, [address, clean(key)]),
    since: (address, after, limit) => db.rows<Row>(SINCE, [address, after, limit]),
    page: async (address, thread, before, limit) =>
      (
        await db.rows<Row>(PAGE, [address, thread, before === null ? Number.MAX_SAFE_INTEGER : idOf(before), limit])
      ).reverse(),
    onChange: (listener) => listeners.add(listener),
    heard: async (ref) => {
      if (listeners.size === 0) return;
      const message = await db.first<Row>(BY_REF, [idOf(ref)]);
      if (message) listeners.call(message);
    },
  };
}

/** Id of a message by its ref; 0, the id of none, if the ref is not one of ours. */
function idOf(ref: string): number {
  return /^\d{1,15}$/.test(ref) ? Number(ref) : 0;
}
