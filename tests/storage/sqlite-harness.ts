import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { evolve } from '../../src/incident/record/evolve.ts';
import { createSqliteStore, type SqliteStore, type SqliteStoreOptions } from '../../src/storage/sqlite/store.ts';
import { countedIds, type Harness } from '../contract/harness.ts';
import { ManualClock } from '../fakes/clock.ts';
import { newDataFolder } from '../fakes/folder.ts';

export interface SqliteHarness extends Harness {
  readonly store: SqliteStore;
  readonly folder: string;
  readonly file: string;
}

interface HarnessOptions extends Partial<SqliteStoreOptions> {
  /** Hears of every event that is folded. */
  readonly onFold?: (incident: string) => void;
}

/** A SQLite store in a folder of its own. */
export async function sqliteHarness({ onFold, ...options }: HarnessOptions = {}): Promise<SqliteHarness> {
  const folder = newDataFolder('store');
  const file = join(folder, 'jishi.sqlite');
  const clock = new ManualClock();
  const ids = countedIds();
  let broken = false;
  const open = (): Promise<SqliteStore> =>
    createSqliteStore({
      file,
      evolve: (state, recorded) => {
        onFold?.(recorded.incident);
        return evolve(state, recorded);
      },
      clock,
      ids,
      fail: (point) => {
        if (broken && point === 'before-commit') throw new Error('the disk is full');
      },
      ...options,
    });
  let store = await open();
  const whileClosed = async <T>(work: () => Promise<T>): Promise<T> => {
    await store.close();
    try {
      return await work();
    } finally {
      store = await open();
    }
  };
  return {
    clock,
    folder,
    file,
    get store() {
      return store;
    },
    readsAtOnce: true,
    whileClosed,
    reopen: () => whileClosed(async () => undefined),
    breakCommits: (on) => {
      broken = on;
    },
    childArguments: () => ['sqlite', file],
    destroy: async () => {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
