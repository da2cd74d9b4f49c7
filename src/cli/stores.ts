import { join } from 'node:path';
import type { HighWater } from '../storage/sqlite/high-water.ts';
import type { Checked } from '../storage/verify.ts';
import { HIGH_WATER_FILE, storeFile, type Where } from '../wiring/reading.ts';

/** One entry for each chain and file of the configured store; null if there is none yet. */
export async function checkedStore(
  where: Where,
  only: { readonly incident?: string },
): Promise<AsyncIterable<Checked> | null> {
  if (where.databaseUrl !== null) {
    const { verifyDatabase } = await import('../storage/postgres/read-only.ts');
    return verifyDatabase(where.databaseUrl, only);
  }
  const file = storeFile(where);
  if (file === null) return null;
  const { verifyStore } = await import('../storage/sqlite/verify.ts');
  return verifyStore(file, only, await highWaterOf(where));
}

/** Mark of how far the record in SQLite reached. */
export async function highWaterOf({ dataDir }: Where): Promise<HighWater> {
  const { HighWater } = await import('../storage/sqlite/high-water.ts');
  return new HighWater(join(dataDir, HIGH_WATER_FILE));
}
