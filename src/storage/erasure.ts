import type { ErasureStore } from '../use-cases/ports.ts';
import type { Sql } from './sql.ts';

/** Entries of a record that lose their content once it is erased: all but the last, which records the erasure. */
const ERASED_ENTRIES = "type <> 'erased' AND bytes IS NOT NULL";
/** Nothing is erased unless the record ends with its erasure. */
const IS_ERASED = "EXISTS (SELECT 1 FROM events WHERE incident = $1 AND type = 'erased')";

/** Reports from outside, as `intake` keeps them. */
const REPORTS = "r.key >= 'intake:report:' AND r.key < 'intake:report;'";
/** Reference of a report by its key. */
const REF = 'substr(r.key, 15)';

/** Erases in one transaction: rows of the incident by their column or decision, not rows that only name it. */
export function erasureStore(sql: Sql): ErasureStore {
  const { position, texts } = sql.dialect;
  // In a JSON value the quotation marks of texts are escaped: only the decision of the report itself has this text.
  const ofIncident = `${REPORTS} AND ${position}(r.value, '"incident":"' || $1 || '"') > 0`;
  const unnamed = `NOT EXISTS (SELECT 1 FROM events WHERE ${position}(bytes, sha256) > 0)
       AND NOT EXISTS (SELECT 1 FROM kept r WHERE ${REPORTS} AND ${position}(r.value, sha256) > 0)`;
  const erase = sql.transaction([
    `UPDATE events SET bytes = NULL, salt = NULL WHERE incident = $1 AND ${ERASED_ENTRIES} AND ${IS_ERASED}`,
    ...['outbox', 'surfaces', 'inbox', 'room_messages'].map(
      (table) => `DELETE FROM ${table} WHERE incident = $1 AND ${IS_ERASED}`,
    ),
    `DELETE FROM outbox WHERE incident IS NULL AND ${IS_ERASED} AND EXISTS (
       SELECT 1 FROM kept r WHERE ${ofIncident} AND ${position}(outbox.key, 'intake:' || ${REF} || ':') = 1)`,
    `DELETE FROM kept WHERE ${IS_ERASED} AND key IN (
       SELECT 'intake:told:' || ${REF} FROM kept r WHERE ${ofIncident}
       UNION ALL SELECT r.key FROM kept r WHERE ${ofIncident})`,
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
