import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/schema.ts';
import { evolve } from '../incident/evolve.ts';
import type { ReadOnlyStore } from '../storage/open-store.ts';
import type { Checked } from '../storage/verify.ts';

type Where = Pick<Config, 'databaseUrl' | 'dataDir'>;

/** The file of the store; null when it is in PostgreSQL, or not there yet. */
export function storeFile({ databaseUrl, dataDir }: Where): string | null {
  const file = join(dataDir, 'jishi.sqlite');
  return databaseUrl === null && existsSync(file) ? file : null;
}

/** The configured store for reading, running bot or not; null if there is none yet. Rejects with `StoreError`. */
export async function openForReading(where: Where): Promise<ReadOnlyStore | null> {
  if (where.databaseUrl !== null) {
    const { openReadOnlyDatabase } = await import('../storage/postgres/read-only.ts');
    return openReadOnlyDatabase(where.databaseUrl, evolve);
  }
  const file = storeFile(where);
  if (file === null) return null;
  const { openReadOnlyStore } = await import('../storage/sqlite/read-only.ts');
  return openReadOnlyStore({ file, evolve });
}

/** One entry for each chain and file of the configured store; null if there is none yet. */
export async function checkedStore(
  where: Where,
  only: { readonly incident?: string },
): Promise<AsyncIterable<Checked> | null> {
  if (where.databaseUrl !== null) {
    const { verifyDatabase } = await import('../storage/postgres/verify.ts');
    return verifyDatabase(where.databaseUrl, only);
  }
  const file = storeFile(where);
  if (file === null) return null;
  const { verifyStore } = await import('../storage/sqlite/verify.ts');
  return verifyStore(file, only);
}
