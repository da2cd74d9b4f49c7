import type { ErasureStore } from '../use-cases/ports.ts';
import type { Sql } from './sql.ts';

/** Entries of a record that lose their content once it is erased: all but the last, which records the erasure. */
const ERASED_ENTRIES = "type <> 'erased' AND bytes IS NOT NULL";
/** Nothing is erased unless the record ends with its erasure. */
const IS_ERASED = "EXISTS (SELECT 1 FROM events WHERE incident = $1 AND type = 'erased')";

/** Erasing in one transaction. Rare, so it may look at everything. */
export function erasureStore(sql: Sql): ErasureStore {
  const { position, texts } = sql.dialect;
  const erase = sql.transaction([
    `UPDATE events SET bytes = NULL, salt = NULL WHERE incident = $1 AND ${ERASED_ENTRIES} AND ${IS_ERASED}`,
    ...['outbox', 'surfaces', 'inbox'].map((table) => `DELETE FROM ${table} WHERE incident = $1 AND ${IS_ERASED}`),
    // Messages in the bot's own rooms: its root message, and everything below.
    `DELETE FROM room_messages WHERE ${IS_ERASED} AND (${position}(body, $1) > 0 OR thread IN (
       SELECT CAST(id AS TEXT) FROM room_messages WHERE thread IS NULL AND ${position}(body, $1) > 0))`,
    `DELETE FROM blobs WHERE sha256 IN ${texts('$2')} AND ${IS_ERASED}
       AND NOT EXISTS (SELECT 1 FROM events WHERE ${position}(bytes, sha256) > 0)`,
  ]);
  const unfinished = sql.all<{ incident: string }>(
    `SELECT DISTINCT incident FROM events e WHERE type = 'erased'
       AND EXISTS (SELECT 1 FROM events WHERE incident = e.incident AND ${ERASED_ENTRIES})`,
  );
  return {
    erase: async (incident, files) => {
      await erase(incident, JSON.stringify(files));
    },
    unfinished: async () => (await unfinished()).map(({ incident }) => incident),
  };
}
