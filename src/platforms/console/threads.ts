import type { Store, ThreadIndex } from '../../use-cases/ports.ts';

/** What the console asks about the threads in its rooms, which are named `platform/tenant/address`. */
export interface Threads {
  /** The handle of the status card of an incident in a room, if it is posted. */
  rootOf(incident: string, room: string): Promise<string | null>;
  /** When a state-secret stop ended the collection of the incident whose thread hangs below `root` (epoch ms). */
  stoppedAt(room: string, root: string): Promise<number | null>;
}

export function threadsOf(
  store: Pick<Store, 'surfaces' | 'incident'> & { readonly threads: Pick<ThreadIndex, 'incidentOf'> },
): Threads {
  return {
    rootOf: async (incident, room) => (await store.surfaces.get(incident, room, 'status'))?.ref ?? null,
    stoppedAt: async (room, root) => {
      const id = await store.threads.incidentOf(room, root);
      const stopped = id === null ? null : (await store.incident(id))?.stopped;
      return stopped ? Date.parse(stopped.at) : null;
    },
  };
}
