import type { ErasureStore } from '../use-cases/ports.ts';
import type { Sql } from './sql.ts';

/** Condition for entries that lose their content at an erasure: all but the last, which records it. */
const ERASED_ENTRIES = "type <> 'erased' AND bytes IS NOT NULL";
/** Condition that the record ends with its erasure; otherwise nothing is erased. */
const IS_ERASED = "EXISTS (SELECT 1 FROM events WHERE incident = $1 AND type = 'erased')";

/** Condition for the kept values of reports from outside (`intake`). */
const REPORTS = "r.key >= 'intake:report:' AND r.key < 'intake:report;'";
/** SQL of a report's reference, from its key. */
const REF = 'substr(r.key, 15)';

/** Erases in one transaction the rows that belong to the incident, but not rows that only mention it. */
export function erasureStore(sql: Sql): ErasureStore {
  const { position, texts } = sql.dialect;
  // JSON escapes quotation marks within texts, so only what belongs to the incident contains this string: a report by
  // its decision, a sent card by its buttons, an open form by its arguments.
  const theirs = `${position}(r.value, '"incident":"' || $1 || '"') > 0`;
  const ofIncident = `${REPORTS} AND ${theirs}`;
  const unnamed = `NOT EXISTS (SELECT 1 FROM events WHERE ${position}(bytes, sha256) > 0)
       AND NOT EXISTS (SELECT 1 FROM kept r WHERE ${REPORTS} AND ${position}(r.value, sha256) > 0)`;
  const erase = sql.transaction([
    `UPDATE events SET bytes = NULL, salt = NULL WHERE incident = $1 AND ${ERASED_ENTRIES} AND ${IS_ERASED}`,
    ...['outbox', 'surfaces', 'inbox', 'room_messages', 'register_entries'].map(
      (table) => `DELETE FROM ${table} WHERE incident = $1 AND ${IS_ERASED}`,
    ),
    `DELETE FROM outbox WHERE incident IS NULL AND ${IS_ERASED} AND EXISTS (
       SELECT 1 FROM kept r WHERE ${ofIncident} AND ${position}(outbox.key, 'intake:' || ${REF} || ':') = 1)`,
    `DELETE FROM kept WHERE ${IS_ERASED} AND key IN (
       SELECT 'intake:told:' || ${REF} FROM kept r WHERE ${ofIncident}
       UNION ALL SELECT r.key FROM kept r WHERE ${theirs})`,
    `DELETE FROM blobs WHERE sha256 IN ${texts('$2')} AND ${IS_ERASED} AND ${unnamed}`,
  ]);
  const drop = sql.change(`DELETE FROM blobs WHERE sha256 IN ${texts('$1')} AND ${unnamed}`);
  const unfinished = sql.all<{ incident: string }>(
    `SELECT DISTINCT incident FROM events e WHERE type = 'erased'
       AND EXISTS (SELECT 1 FROM events WHERE incident = e.incident AND ${ERASED_ENTRIES})`,
  );
  return {
    erase: async (incident, files) => {
      await erase(incident, JSON.stringify(files));
    },
    dropFiles: async (files) => {
      if (files.length > 0) await drop(JSON.stringify(files));
    },
    unfinished: async () => (await unfinished()).map(({ incident }) => incident),
  };
}
