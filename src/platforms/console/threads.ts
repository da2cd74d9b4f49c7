import type { Store, ThreadIndex } from '../../use-cases/ports.ts';

/** What the console asks about the threads in its rooms, which are named `platform/tenant/address`. */
export interface Threads {
  /** The handle of the status card of an incident in a room, if it is posted. */
  rootOf(incident: string, room: string): Promise<string | null>;
  /** The incident whose thread hangs below `root`; null if it is of none. */
  incidentOf(room: string, root: string): Promise<string | null>;
  /** When a state-secret stop ended the collection of an incident (epoch ms); null if none did. */
  stoppedAt(incident: string): Promise<number | null>;
}

export function threadsOf(
  store: Pick<Store, 'surfaces' | 'incident'> & { readonly threads: Pick<ThreadIndex, 'incidentOf'> },
): Threads {
  return {
    rootOf: async (incident, room) => (await store.surfaces.get(incident, room, 'status'))?.ref ?? null,
    incidentOf: (room, root) => store.threads.incidentOf(room, root),
    stoppedAt: async (incident) => {
      const stopped = (await store.incident(incident))?.stopped;
      return stopped ? Date.parse(stopped.at) : null;
    },
  };
}
