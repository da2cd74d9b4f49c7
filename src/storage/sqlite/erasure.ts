import type { Database } from 'better-sqlite3';
import type { ErasureStore } from '../../use-cases/ports.ts';
import { ERASED_ENTRIES, isErased } from '../erasure.ts';
import type { GroupCommit } from './group-commit.ts';

/**
 * Erasing in one transaction; `secure_delete` overwrites it in the file, and the log in which the words were written is cut
 * off. Rare, so it may look at everything.
 */
export function erasureStore(writer: Database, reader: Database, group: GroupCommit): ErasureStore {
  return {
    erase: async (incident, files) => {
      await group.write(() => {
        const erased = writer.prepare<[string], { one: number }>(`SELECT 1 AS one WHERE ${isErased('?')}`);
        if (!erased.get(incident)) return;
        for (const sql of STEPS) writer.prepare<[{ incident: string }]>(sql).run({ incident });
        for (const sha256 of files) writer.prepare<[{ sha256: string }]>(FILE).run({ sha256 });
      });
      cutLog(writer);
    },
    unfinished: async () =>
      reader
        .prepare<[], { incident: string }>(UNFINISHED)
        .all()
        .map(({ incident }) => incident),
  };
}

/** Pause (ms) while a reader of the log, such as `jishi verify`, has not ended. */
const AGAIN = 5_000;

/** Puts everything into the file and empties the log. Outside a transaction, and nobody is waited for. */
function cutLog(writer: Database): void {
  if (!writer.open) return;
  const patience: unknown = writer.pragma('busy_timeout', { simple: true });
  writer.pragma('busy_timeout = 0');
  const isRead = writer.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) !== 0;
  writer.pragma(`busy_timeout = ${String(patience)}`);
  if (isRead) setTimeout(cutLog, AGAIN, writer).unref();
}

const STEPS = [
  `UPDATE events SET bytes = NULL, salt = NULL WHERE incident = @incident AND ${ERASED_ENTRIES}`,
  'DELETE FROM outbox WHERE incident = @incident',
  'DELETE FROM surfaces WHERE incident = @incident',
  'DELETE FROM inbox WHERE incident = @incident',
  // Messages in the bot's own rooms: its root message, and everything below.
  `DELETE FROM room_messages WHERE instr(body, @incident) > 0
     OR thread IN (SELECT CAST(id AS TEXT) FROM room_messages WHERE thread IS NULL AND instr(body, @incident) > 0)`,
];
const FILE =
  'DELETE FROM blobs WHERE sha256 = @sha256 AND NOT EXISTS (SELECT 1 FROM events WHERE instr(bytes, @sha256) > 0)';
const UNFINISHED = `
  SELECT DISTINCT e.incident FROM events e WHERE e.type = 'erased'
    AND EXISTS (SELECT 1 FROM events WHERE incident = e.incident AND ${ERASED_ENTRIES})`;
