import { loadOrganisation } from '../config/organisation.ts';
import type { Config } from '../config/schema.ts';
import { isoOf, toIncidentTime } from '../incident/drill-clock.ts';
import { assessIncident } from '../incident/facts/assessment.ts';
import type { Organisation } from '../incident/people/profile.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Written } from '../report/sheet.ts';
import type { ReadOnlyStore } from '../storage/open-store.ts';
import type { Checked } from '../storage/verify.ts';
import { highWaterOf, openForReading, regimesOf, storeFile, type Where } from '../wiring/reading.ts';
import { CommandError } from './terminal.ts';

/** Returns an entry per chain and file of the configured store; null if there is no store. */
export async function checkedStore(
  where: Where,
  only: { readonly incident?: string },
): Promise<AsyncIterable<Checked> | null> {
  if (where.databaseUrl !== null) {
    const { verifyDatabase } = await import('../storage/postgres/read-only.ts');
    return verifyDatabase(where.databaseUrl, only, highWaterOf(where));
  }
  const file = storeFile(where);
  if (file === null) return null;
  const { verifyStore } = await import('../storage/sqlite/verify.ts');
  return verifyStore(file, only, highWaterOf(where));
}

/** Runs `work` on the configured record, with or without a running bot, and closes the store; null if none exists. */
export async function onRecord<T>(where: Where, work: (store: ReadOnlyStore) => Promise<T>): Promise<T | null> {
  const store = await openForReading(where);
  if (!store) return null;
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Runs `work` like `onRecord` and fails if there is no record; `command` names the command, e.g. `export`. */
export async function onOwnRecord<T extends object | number>(
  command: string,
  where: Where,
  work: (store: ReadOnlyStore) => Promise<T>,
): Promise<T> {
  const done = await onRecord(where, work);
  if (done === null) throw new CommandError(`jishi ${command}: there is no record in ${where.dataDir} yet`, 1);
  return done;
}

/** Returns a function from state to situation as of `now` (epoch ms); it gives null if the regime is not loaded. */
export async function situationsIn(
  store: Pick<ReadOnlyStore, 'kept'>,
  config: Pick<Config, 'regimesDir'>,
  now = Date.now(),
): Promise<(state: IncidentState | null) => Written | null> {
  const regimeOf = await regimesOf(store, config);
  return (state) => {
    const regime = regimeOf(state);
    if (!state || !regime) return null;
    const ia = assessIncident(state, regime, isoOf(toIncidentTime(state.segments, now)));
    return { state, ia, regime: ia.regime };
  };
}

export async function profileOf({ organisationFile }: Pick<Config, 'organisationFile'>): Promise<Organisation | null> {
  return organisationFile === null ? null : loadOrganisation(organisationFile);
}
