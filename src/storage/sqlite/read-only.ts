import type { ReadOnlyStore } from '../open-store.ts';
import { readOnlyStore } from '../reads.ts';
import { type Evolve, States } from '../states.ts';
import { openReader } from './open.ts';
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
