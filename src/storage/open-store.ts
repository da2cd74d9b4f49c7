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

/** A store with everything around it, whichever database it is on. */
export type OpenStore = Store & {
  readonly roomLog: RoomLog;
  readonly kept: KeptValues<string>;
  readonly threads: ThreadIndex;
  /** Size of everything that is kept, in bytes. */
  size(): Promise<number>;
  /** Clock by which the timers and messages of this store are planned. */
  readonly clock: Clock;
  readonly exclusive: Exclusive;
  readonly neighbours: Neighbours;
  /** Mark of the record's last known position, kept outside it; absent where the database is no file of this program. */
  readonly highWater?: KeptHighWater;
};

export interface KeptHighWater {
  /** Writes the mark anew. Rejects with `StoreError` `behind` for a record that has lost events. */
  note(): Promise<void>;
  /** Compares the whole record with the mark. Rejects as `note` does. */
  check(): Promise<void>;
}

/** Store operations the command line needs, on a store that a running bot may hold. */
export interface ReadOnlyStore
  extends Pick<Store, 'incident' | 'events' | 'firstNaming' | 'record' | 'incidents' | 'actorOf' | 'close'> {
  readonly timers: Pick<Store['timers'], 'of'>;
  readonly outbox: Pick<OutboxStore, 'get' | 'counts' | 'nextAt'>;
  readonly inbox: Pick<InboxStore, 'listFailed'>;
  readonly blobs: Pick<Store['blobs'], 'get'>;
  readonly kept: Pick<KeptValues, 'list'>;
}
