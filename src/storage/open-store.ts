import type {
  Clock,
  Exclusive,
  InboxStore,
  KeptValues,
  Neighbours,
  OutboxStore,
  RoomLog,
  Store,
  ThreadIndex,
} from '../use-cases/ports.ts';

/** Store with its additional parts, on either database. */
export type OpenStore = Store & {
  readonly roomLog: RoomLog;
  readonly kept: KeptValues<string>;
  readonly threads: ThreadIndex;
  /** Returns the size of all stored data in bytes. */
  size(): Promise<number>;
  /** Clock by which the timers and messages of this store are planned. */
  readonly clock: Clock;
  readonly exclusive: Exclusive;
  readonly neighbours: Neighbours;
  /** High-water mark, kept outside the record; absent where the database is not a file of this program. */
  readonly highWater?: KeptHighWater;
};

export interface KeptHighWater {
  /** Rewrites the mark. Rejects with `StoreError` `behind` if events are missing. */
  note(): Promise<void>;
  /** Compares the whole record with the mark. Rejects as `note` does. */
  check(): Promise<void>;
}

/** Store operations for the command line, on a store that a running bot may hold. */
export interface ReadOnlyStore
  extends Pick<Store, 'incident' | 'events' | 'firstNaming' | 'record' | 'incidents' | 'actorOf' | 'close'> {
  readonly timers: Pick<Store['timers'], 'of'>;
  readonly outbox: Pick<OutboxStore, 'get' | 'counts' | 'nextAt'>;
  readonly inbox: Pick<InboxStore, 'listFailed'>;
  readonly blobs: Pick<Store['blobs'], 'get'>;
  readonly kept: Pick<KeptValues, 'list'>;
}
