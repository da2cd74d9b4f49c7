import type { RoomId } from '../../incident/identity.ts';
import { roomFromId } from '../../incident/rooms.ts';
import { committed } from '../../use-cases/platform-support.ts';
import type { KeptKey } from '../../use-cases/ports.ts';
import type { PlatformNeeds } from '../description.ts';

interface Roots {
  readonly threads: Pick<PlatformNeeds['threads'], 'incidentOf'>;
  readonly kept: Pick<PlatformNeeds['kept'], 'get' | 'put'>;
}
/** Returns the key for the incident of a thread whose root was removed, e.g. `root:C01:1700000000.000100`. */
const rootKey = (room: RoomId, ref: string): KeptKey => `root:${roomFromId(room).address}:${ref}`;

/** Returns the incident of a message's thread, even if the thread's first message was removed; null for none. */
export async function incidentBelow({ threads, kept }: Roots, room: RoomId, root: string): Promise<string | null> {
  return (await threads.incidentOf(room, root)) ?? kept.get(rootKey(room, root));
}

/**
 * Records that a person removed a message. An incident's first message is posted again, with all cards below it;
 * people's messages in the old thread still belong to the incident. Returns true for such a first message.
 */
export async function rootRemoved(
  { threads, surfaces, kept }: Roots & { readonly surfaces: Pick<PlatformNeeds['surfaces'], 'lost'> },
  room: RoomId,
  ref: string,
): Promise<boolean> {
  const incident = await threads.incidentOf(room, ref);
  if (incident === null) return false;
  await committed(kept.put(rootKey(room, ref), incident));
  await committed(surfaces.lost({ incident, room, key: 'status' }));
  return true;
}
