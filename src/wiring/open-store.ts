import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { takeOwner } from '../config/owner.ts';
import type { Config } from '../config/schema.ts';
import { evolve } from '../incident/record/evolve.ts';
import type { Fail } from '../ops/failpoints.ts';
import { randomIds, systemClock } from '../ops/system-clock.ts';
import { StoreError } from '../storage/errors.ts';
import type { OpenStore } from '../storage/open-store.ts';
import { dataFile } from './data-file.ts';
import { HIGH_WATER_FILE } from './reading.ts';

/** Opens the configured store without loading the other one. Rejects with `StoreError`. */
export async function openStore(config: Pick<Config, 'databaseUrl' | 'dataDir'>, fail: Fail): Promise<OpenStore> {
  const known = dataFile(config.dataDir, 'record.known');
  const name = config.databaseUrl === null ? 'jishi.sqlite' : databaseName(config.databaseUrl);
  const names = existsSync(known) ? readFileSync(known, 'utf8').split('\n') : [];
  const hasRecord = names.includes(name);
  try {
    const store = await open(config, { evolve, ids: randomIds, fail, hasRecord });
    // The mark is written only now, so that a start that fails half-way leaves none.
    if (!hasRecord) {
      writeFileSync(known, `${name}\n`, { flag: 'a', mode: 0o600 });
      takeOwner(known, config.dataDir);
    }
    return store;
  } catch (error) {
    if (!(error instanceof StoreError) || error.fault !== 'emptied') throw error;
    throw new StoreError(
      'emptied',
      `${error.message}: put it back, or restore a backup. To begin with an empty record, remove ${known} first${config.databaseUrl === null ? '' : ', and the schema jishi_mark of the database'}.`,
      { cause: error },
    );
  }
}

async function open(
  { databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>,
  options: { evolve: typeof evolve; ids: typeof randomIds; fail: Fail; hasRecord: boolean },
): Promise<OpenStore> {
  if (databaseUrl !== null) {
    const { createPostgresStore } = await import('../storage/postgres/store.ts');
    return createPostgresStore({ ...options, url: databaseUrl });
  }
  const [{ createSqliteStore }, { HighWater }] = await Promise.all([
    import('../storage/sqlite/store.ts'),
    import('../storage/sqlite/high-water.ts'),
  ]);
  const highWater = new HighWater(dataFile(dataDir, HIGH_WATER_FILE));
  return createSqliteStore({ ...options, file: dataFile(dataDir, 'jishi.sqlite'), clock: systemClock, highWater });
}

/** Returns the database address without user and password: `postgres://db.example.com:5432/jishi`. */
function databaseName(databaseUrl: string): string {
  const { protocol, host, pathname } = new URL(databaseUrl);
  return `${protocol}//${host}${pathname}`;
}
