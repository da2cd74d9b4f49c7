import type { IdSource, KeptValues, RoomLog, Store } from '../../src/use-cases/ports.ts';
import type { ManualClock } from '../fakes/clock.ts';

/** One adapter under test, on a database of its own. */
export interface Harness {
  readonly clock: ManualClock;
  /** The open store; another one after `reopen`. */
  readonly store: Store & { readonly roomLog: RoomLog; readonly kept: KeptValues<string> };
  /** Closes the store and opens it again on the same data. */
  reopen(): Promise<void>;
  /** Closes the store, lets somebody else use the data, and opens it again. */
  whileClosed<T>(work: () => Promise<T>): Promise<T>;
  /** Whether a read is done by the time it is asked for, so that nothing can be committed meanwhile. */
  readonly readsAtOnce: boolean;
  /** While on, no commit succeeds. */
  breakCommits(on: boolean): void;
  /** Arguments for `children/writer.ts`, which opens a store of this adapter on the same data in a process of its own. */
  childArguments(): readonly string[];
  destroy(): Promise<void>;
}
export type MakeHarness = () => Promise<Harness>;

/** Ids in order, so that failures read well. */
export function countedIds(prefix = 'id'): IdSource {
  let n = 0;
  return { next: () => `${prefix}${++n}` };
}

export async function collect<T>(items: AsyncIterable<T> | Iterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
