import { Listeners } from '../ops/listeners.ts';
import type { LoggedMessage, RoomLog } from '../use-cases/ports.ts';
import type { Sql } from './sql.ts';

/** Advisory lock of writers of the log: one at a time, so messages become visible in the order of `seq`. */
const WRITING = '1246317385';
const COLUMNS = 'CAST(id AS TEXT) AS ref, address, thread, author, body, at, edited_at AS "editedAt", seq';

/**
 * Messages of the rooms that the bot itself keeps. Listeners are called for messages committed here and, through
 * `heard`, elsewhere. `announced`: extends a statement so that it announces its rows to other instances.
 */
export function roomLog(
  sql: Sql,
  announced: (statement: string) => string = (statement) => statement,
): RoomLog & { heard(ref: string): Promise<void> } {
  const { nextSeq, oneAtATime } = sql.dialect;
  const listeners = new Listeners<LoggedMessage>();
  const byKey = `SELECT ${COLUMNS} FROM room_messages WHERE address = $1 AND key = $2`;
  const append = sql.transaction<LoggedMessage>([
    ...oneAtATime(WRITING),
    announced(`INSERT INTO room_messages (address, key, thread, author, body, at, incident, seq)
     VALUES ($1, $2, $3, $4, $5, $6, coalesce($7, (SELECT incident FROM room_messages WHERE id = $8)), ${nextSeq})
     ON CONFLICT (address, key) DO NOTHING RETURNING ${COLUMNS}`),
    byKey,
  ]);
  const edit = sql.transaction<LoggedMessage>([
    ...oneAtATime(WRITING),
    announced(
      `UPDATE room_messages SET body = $1, edited_at = $2, incident = coalesce($4, incident), seq = ${nextSeq}
       WHERE id = $3 RETURNING ${COLUMNS}`,
    ),
  ]);
  const page = sql.all<LoggedMessage>(
    `SELECT ${COLUMNS} FROM room_messages WHERE address = $1 AND thread IS NOT DISTINCT FROM $2 AND id < $3
     ORDER BY id DESC LIMIT $4`,
  );
  const byRef = sql.first<LoggedMessage>(`SELECT ${COLUMNS} FROM room_messages WHERE id = $1`);
  return {
    append: async ({ address, thread, key, author, body, at, incident = null }) => {
      const done = await append(address, key, thread, author, body, at, incident, idOf(thread ?? ''));
      const [added, kept] = done.slice(-2).map(({ rows }) => rows[0]);
      if (added) listeners.call(added);
      if (!kept) throw new Error('a message was neither added nor found');
      return kept;
    },
    edit: async (ref, body, at, incident = null) => {
      const edited = (await edit(body, at, idOf(ref), incident)).at(-1)?.rows[0] ?? null;
      if (edited) listeners.call(edited);
      return edited;
    },
    find: sql.first<LoggedMessage>(byKey),
    since: sql.all<LoggedMessage>(
      `SELECT ${COLUMNS} FROM room_messages WHERE address = $1 AND seq > $2 ORDER BY seq LIMIT $3`,
    ),
    page: async (address, thread, before, limit) => {
      const newest = await page(address, thread, before === null ? Number.MAX_SAFE_INTEGER : idOf(before), limit);
      return newest.toReversed();
    },
    onChange: (listener) => listeners.add(listener),
    heard: async (ref) => {
      if (listeners.size === 0) return;
      const message = await byRef(idOf(ref));
      if (message) listeners.call(message);
    },
  };
}

/** Returns the id in a message's ref; 0, which no message has, for a ref that is no number. */
function idOf(ref: string): number {
  return /^\d{1,15}$/.test(ref) ? Number(ref) : 0;
}
