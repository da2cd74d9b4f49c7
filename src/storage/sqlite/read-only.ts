import type { ReadOnlyStore } from '../open-store.ts';
import type { Evolve } from '../record-rows.ts';
import { readBlob } from './blobs.ts';
import { failedPayloads } from './inbox.ts';
import { keptList } from './kept.ts';
import { openReader } from './open.ts';
import { outboxReads } from './outbox.ts';
import { storeReads } from './reads.ts';
import { StateCache } from './state-cache.ts';
import { timerStore } from './timers.ts';

/** Opens an existing store for reading, running bot or not. Rejects with `StoreError` if it is none, or a newer one. */
export async function openReadOnlyStore(options: {
  readonly file: string;
  readonly evolve: Evolve;
}): Promise<ReadOnlyStore> {
  const reader = openReader(options.file);
  return {
    // Nothing is remembered: another process may be writing.
    ...storeReads(reader, new StateCache(0), options.evolve),
    timers: timerStore(reader),
    outbox: outboxReads(reader),
    inbox: { listFailed: failedPayloads(reader) },
    kept: { list: keptList(reader) },
    blobs: { get: async (sha256) => readBlob(reader, sha256) },
    close: async () => {
      reader.close();
    },
  };
}
