import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { takeOwner } from '../config/owner.ts';
import type { Config } from '../config/schema.ts';
import { evolve } from '../incident/record/evolve.ts';
import type { Fail } from '../ops/failpoints.ts';
import { randomIds, systemClock } from '../ops/system-clock.ts';
import { StoreError } from '../storage/errors.ts';
import type { OpenStore } from '../storage/open-store.ts';
import { dataFile } from './data-file.ts';
import { databaseName, highWaterOf } from './reading.ts';

type Where = Pick<Config, 'databaseUrl' | 'dataDir'>;
const KNOWN_FILE = 'record.known';

/** Opens the configured store without loading the other one. Rejects with `StoreError`. */
export async function openStore(config: Where, fail: Fail): Promise<OpenStore> {
  const known = dataFile(config.dataDir, KNOWN_FILE);
  const hasRecord = hadRecord(config);
  try {
    const store = await open(config, { evolve, ids: randomIds, fail, hasRecord });
    // The store is entered in the list only now, so that a start that fails half-way leaves no entry.
    if (!hasRecord) {
      writeFileSync(known, `${nameOf(config)}\n`, { flag: 'a', mode: 0o600 });
      takeOwner(known, config.dataDir);
    }
    return store;
  } catch (error) {
    throw withRemedy(error, config);
  }
}

/** Checks the configured store as a start does, running bot or not. Rejects with the `StoreError` of the start. */
export async function checkForStart(config: Where): Promise<void> {
  const { databaseUrl, dataDir } = config;
  try {
    if (databaseUrl !== null) {
      const postgres = await import('../storage/postgres/read-only.ts');
      await postgres.checkForStart(databaseUrl, hadRecord(config), highWaterOf(config));
      return;
    }
    const sqlite = await import('../storage/sqlite/read-only.ts');
    await sqlite.checkForStart(join(dataDir, 'jishi.sqlite'), hadRecord(config), highWaterOf(config));
  } catch (error) {
    throw withRemedy(error, config);
  }
}

/** Returns the name of the configured store in the list of stores that have held a record. */
const nameOf = ({ databaseUrl }: Where): string => (databaseUrl === null ? 'jishi.sqlite' : databaseName(databaseUrl));

/** Returns true if a bot has kept its record in the configured store. */
function hadRecord(config: Where): boolean {
  const known = join(config.dataDir, KNOWN_FILE);
  return existsSync(known) && readFileSync(known, 'utf8').split('\n').includes(nameOf(config));
}

/** Returns the error of a failed opening; if the record is lost, its text says how to begin with an empty one. */
function withRemedy(error: unknown, { databaseUrl, dataDir }: Where): unknown {
  if (!(error instanceof StoreError) || error.fault !== 'emptied') return error;
  const known = join(dataDir, KNOWN_FILE);
  return new StoreError(
    'emptied',
    `${error.message}: put it back, or restore a backup. To begin with an empty record, remove ${known} first${databaseUrl === null ? '' : ', and the schema jishi_mark of the database'}.`,
    { cause: error },
  );
}

async function open(
  where: Where,
  options: { evolve: typeof evolve; ids: typeof randomIds; fail: Fail; hasRecord: boolean },
): Promise<OpenStore> {
  const { databaseUrl, dataDir } = where;
  const file = dataFile(dataDir, 'jishi.sqlite');
  const highWater = highWaterOf(where);
  if (databaseUrl !== null) {
    const { createPostgresStore } = await import('../storage/postgres/store.ts');
    return createPostgresStore({ ...options, url: databaseUrl, highWater });
  }
  const { createSqliteStore } = await import('../storage/sqlite/store.ts');
  return createSqliteStore({ ...options, file, clock: systemClock, highWater });
}
