import { type KnownHead, lostIn, RESTORED_KEY, type RestoreMark } from '../../use-cases/upkeep/restore-mark.ts';
import { StoreError } from '../errors.ts';
import { RESTORED_AT_KEY } from '../high-water.ts';
import { SILENCE } from '../outbox.ts';
import { openClient, rowsOf } from './connect.ts';
import { refuseRunning, schemaOf } from './migrations.ts';

/**
 * Makes a database restored from a backup safe to start: pending messages are not sent, because they may have been sent
 * since, and the next start reports how far the record reaches. Rejects with `StoreError` while the database is in use,
 * or if it has no record. `known`: incidents open before, to compare with.
 */
export async function silenceRestored(url: string, at: string, known: readonly KnownHead[]): Promise<RestoreMark> {
  const db = await openClient(url);
  try {
    if ((await schemaOf(db)) === 0) {
      throw new StoreError('foreign_file', 'the database is empty: bring the backup back first, with pg_restore');
    }
    await db.query('BEGIN');
    // An instance that starts now waits for this commit before it reads pending messages.
    await db.query('LOCK TABLE outbox, surfaces, kept, deliverers IN ACCESS EXCLUSIVE MODE');
    await refuseRunning(db);
    const [last] = await rowsOf<{ at: string | null }>(db, 'SELECT max(at COLLATE "C") AS at FROM events');
    const rows = await rowsOf<{ id: string; version: number }>(db, 'SELECT id, version FROM incidents');
    const versions = new Map(rows.map(({ id, version }) => [id, version]));
    const mark = { upTo: last?.at ?? at, at, lost: [...lostIn(known, (id) => versions.get(id) ?? null)] };
    await db.query(SILENCE);
    for (const [key, value] of [
      [RESTORED_KEY, JSON.stringify(mark)],
      // Marks that other instances keep of what the record held before are no longer compared.
      [RESTORED_AT_KEY, at],
    ]) {
      await db.query(
        'INSERT INTO kept (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
        [key, value],
      );
    }
    await db.query('COMMIT');
    return mark;
  } finally {
    await db.end();
  }
}
