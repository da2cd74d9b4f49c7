import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/schema.ts';
import { evolve } from '../incident/record/evolve.ts';
import type { Regime } from '../law/regime.ts';
import { loadLaws } from '../regimes/laws.ts';
import { HighWater } from '../storage/high-water.ts';
import type { ReadOnlyStore } from '../storage/open-store.ts';
import { withEditions } from '../use-cases/upkeep/editions.ts';

/** Location of the record: a file below `dataDir` if `databaseUrl` is null. */
export type Where = Pick<Config, 'databaseUrl' | 'dataDir'>;

/** Returns the high-water mark of the configured record, in the data folder: how far the record reached. */
export function highWaterOf({ databaseUrl, dataDir }: Where): HighWater {
  return new HighWater(join(dataDir, 'record.mark'), databaseUrl === null ? undefined : databaseName(databaseUrl));
}

/** Returns the database address without user and password: `postgres://db.example.com:5432/jishi`. */
export function databaseName(databaseUrl: string): string {
  const { protocol, host, pathname } = new URL(databaseUrl);
  return `${protocol}//${host}${pathname}`;
}

/** Returns the file of the store; null if it is in PostgreSQL or does not exist yet. */
export function storeFile({ databaseUrl, dataDir }: Where): string | null {
  const file = join(dataDir, 'jishi.sqlite');
  return databaseUrl === null && existsSync(file) ? file : null;
}

/** Opens the configured store for reading, even while a bot runs; null if none exists. Rejects with `StoreError`. */
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

/** Returns an incident's base regime, including versions kept in the store; undefined if it is not loaded. */
export async function regimesOf(
  store: Pick<ReadOnlyStore, 'kept'>,
  { regimesDir }: Pick<Config, 'regimesDir'>,
): Promise<(of: { readonly regimes: readonly string[] } | null) => Regime | undefined> {
  const loaded = [...(await loadLaws(regimesDir)).regimes.values()];
  const all = await Promise.all(loaded.map((one) => withEditions(store.kept, one)));
  return (of) => all.find(({ id }) => id === of?.regimes[0]);
}
