import type { Config } from '../config/schema.ts';
import { evolve } from '../incident/evolve.ts';
import type { Fail } from '../ops/failpoints.ts';
import { randomIds, systemClock } from '../ops/system-clock.ts';
import { alone } from '../storage/alone.ts';
import type { OpenStore } from '../storage/open-store.ts';
import { dataFile } from './data-file.ts';
import { ONE_CONNECTION } from './single.ts';

/** Opens the store that is configured; the other one is not even loaded. Rejects with `StoreError`. */
export async function openStore(config: Pick<Config, 'databaseUrl' | 'dataDir'>, fail: Fail): Promise<OpenStore> {
  const options = { evolve, ids: randomIds, fail };
  if (config.databaseUrl !== null) {
    const { createPostgresStore } = await import('../storage/postgres/store.ts');
    return createPostgresStore({ ...options, url: config.databaseUrl, apart: ONE_CONNECTION });
  }
  const { createSqliteStore } = await import('../storage/sqlite/store.ts');
  const file = dataFile(config.dataDir, 'jishi.sqlite');
  const store = await createSqliteStore({ ...options, file, clock: systemClock });
  return { ...store, clock: systemClock, exclusive: alone, neighbours: alone };
}
