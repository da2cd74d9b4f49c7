import type { Store, ThreadIndex } from '../../use-cases/ports.ts';

/** Queries of the console on the threads in its rooms, which are named `platform/tenant/address`. */
export interface Threads {
  /** The handle of the status card of an incident in a room, if it is posted. */
  rootOf(incident: string, room: string): Promise<string | null>;
  /** The incident whose thread hangs below `root`; null if it is of none. */
  incidentOf(room: string, root: string): Promise<string | null>;
  /** Version of the record at which a state-secret stop ended the collection of an incident; null if none did. */
  stoppedIn(incident: string): Promise<number | null>;
}

export function threadsOf(
  store: Pick<Store, 'surfaces' | 'incident'> & { readonly threads: Pick<ThreadIndex, 'incidentOf'> },
): Threads {
  return {
    rootOf: async (incident, room) => (await store.surfaces.get(incident, room, 'status'))?.ref ?? null,
    incidentOf: (room, root) => store.threads.incidentOf(room, root),
    stoppedIn: async (incident) => (await store.incident(incident))?.stopped?.version ?? null,
  };
}
