import { existsSync } from 'node:fs';
import { refuseUnknownEvents } from '../event-kinds.ts';
import type { HighWater } from '../high-water.ts';
import type { ReadOnlyStore } from '../open-store.ts';
import { readOnlyStore } from '../reads.ts';
import { type Evolve, States } from '../states.ts';
import { openReader, refuseLost } from './open.ts';
import { readingOf } from './sql.ts';

/** Opens an existing store for reading while a bot may run. Rejects with `StoreError` if it is no store, or newer. */
export async function openReadOnlyStore(options: {
  readonly file: string;
  readonly evolve: Evolve;
}): Promise<ReadOnlyStore> {
  const reader = openReader(options.file);
  return readOnlyStore(readingOf(reader), new States(options.evolve, 0), async () => {
    reader.close();
  });
}

/**
 * Checks a store as a start does, running bot or not, and writes nothing. Rejects with the `StoreError` of the start.
 * `hasRecord`: a bot kept its record there.
 */
export async function checkForStart(file: string, hasRecord: boolean, highWater: HighWater): Promise<void> {
  refuseLost(file, hasRecord);
  if (!existsSync(file)) return;
  // The mark is read before the store, because a running bot continues to write.
  const mark = highWater.read();
  const reader = openReader(file);
  try {
    const sql = readingOf(reader);
    if (hasRecord) await highWater.check(sql, file, mark);
    await refuseUnknownEvents(sql, file);
  } finally {
    reader.close();
  }
}
