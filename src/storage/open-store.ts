import type { Clock, Exclusive, KeptValues, Neighbours, RoomLog, Store, ThreadIndex } from '../use-cases/ports.ts';

/** A store with everything around it, whichever database it is on. */
export type OpenStore = Store & {
  readonly roomLog: RoomLog;
  readonly kept: KeptValues;
  readonly threads: ThreadIndex;
  /** The time by which everything of this store is planned. */
  readonly clock: Clock;
  readonly exclusive: Exclusive;
  readonly neighbours: Neighbours;
};
