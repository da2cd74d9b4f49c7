import type { ErasureStore } from '../../use-cases/ports.ts';
import { ERASED_ENTRIES, isErased } from '../erasure.ts';
import { countOf, type Database, rowsOf } from './connect.ts';

/** Erasing in one transaction; the database gives the space back when it vacuums. */
export function erasureStore(db: Database): ErasureStore {
  return {
    erase: async (incident, files) => {
      await db.write(async (tx) => {
        const [found] = await rowsOf<{ erased: boolean }>(tx, `SELECT ${isErased('$1')} AS erased`, [incident]);
        if (found?.erased !== true) return;
        for (const sql of STEPS) await countOf(tx, sql, [incident]);
        for (const sha256 of files) await countOf(tx, FILE, [sha256]);
      });
    },
    unfinished: async () => (await db.rows<{ incident: string }>(UNFINISHED, [])).map(({ incident }) => incident),
  };
}

const STEPS = [
  `UPDATE events SET bytes = NULL, salt = NULL WHERE incident = $1 AND ${ERASED_ENTRIES}`,
  'DELETE FROM outbox WHERE incident = $1',
  'DELETE FROM surfaces WHERE incident = $1',
  'DELETE FROM inbox WHERE incident = $1',
  // Messages in the bot's own rooms: its root message, and everything below.
  `DELETE FROM room_messages WHERE position($1 in body) > 0
     OR thread IN (SELECT id::text FROM room_messages WHERE thread IS NULL AND position($1 in body) > 0)`,
];
const FILE =
  'DELETE FROM blobs WHERE sha256 = $1 AND NOT EXISTS (SELECT 1 FROM events WHERE position($1 in bytes) > 0)';
const UNFINISHED = `
  SELECT DISTINCT e.incident FROM events e WHERE e.type = 'erased'
    AND EXISTS (SELECT 1 FROM events WHERE incident = e.incident AND ${ERASED_ENTRIES})`;
