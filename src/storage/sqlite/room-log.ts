import type { Database } from 'better-sqlite3';
import { Listeners } from '../../ops/listeners.ts';
import type { LoggedMessage, RoomLog } from '../../use-cases/ports.ts';
import type { GroupCommit } from './group-commit.ts';

const COLUMNS = 'CAST(id AS TEXT) AS ref, address, thread, author, body, at, edited_at AS editedAt, seq';
/** `seq` only rises, over all addresses, with every append and edit. */
const NEXT_SEQ = '(SELECT coalesce(max(seq), 0) + 1 FROM room_messages)';

/** Messages of rooms the bot keeps itself. Listeners are called after the commit of a message. */
export function roomLog(writer: Database, reader: Database, group: GroupCommit): RoomLog {
  const listeners = new Listeners<LoggedMessage>();
  const append = writer.prepare<[string, string | null, string, string | null, string, number], LoggedMessage>(
    `INSERT INTO room_messages (address, thread, key, author, body, at, seq) VALUES (?, ?, ?, ?, ?, ?, ${NEXT_SEQ})
     ON CONFLICT (address, key) DO NOTHING RETURNING ${COLUMNS}`,
  );
  const edit = writer.prepare<[string, number, string], LoggedMessage>(
    `UPDATE room_messages SET body = ?, edited_at = ?, seq = ${NEXT_SEQ} WHERE id = CAST(? AS INTEGER) RETURNING ${COLUMNS}`,
  );
  const findSql = `SELECT ${COLUMNS} FROM room_messages WHERE address = ? AND key = ?`;
  const existing = writer.prepare<[string, string], LoggedMessage>(findSql);
  const find = reader.prepare<[string, string], LoggedMessage>(findSql);
  const since = reader.prepare<[string, number, number], LoggedMessage>(
    `SELECT ${COLUMNS} FROM room_messages WHERE address = ? AND seq > ? ORDER BY seq LIMIT ?`,
  );
  const page = reader.prepare<[string, string | null, number, number], LoggedMessage>(
    `SELECT ${COLUMNS} FROM room_messages WHERE address = ? AND thread IS ? AND id < ? ORDER BY id DESC LIMIT ?`,
  );
  return {
    append: async (message) => {
      const { address, thread, key, author, body, at } = message;
      const { logged, isNew } = await group.write(() => {
        const added = append.get(address, thread, key, author, body, at);
        const kept = added ?? existing.get(address, key);
        if (!kept) throw new Error('a message was neither added nor found');
        return { logged: kept, isNew: added !== undefined };
      });
      if (isNew) listeners.call(logged);
      return logged;
    },
    edit: async (ref, body, at) => {
      const edited = await group.write(() => edit.get(body, at, ref) ?? null);
      if (edited) listeners.call(edited);
      return edited;
    },
    find: async (address, key) => find.get(address, key) ?? null,
    since: async (address, after, limit) => since.all(address, after, limit),
    page: async (address, thread, before, limit) =>
      page.all(address, thread, before === null ? Number.MAX_SAFE_INTEGER : Number(before) || 0, limit).reverse(),
    onChange: (listener) => listeners.add(listener),
  };
}
