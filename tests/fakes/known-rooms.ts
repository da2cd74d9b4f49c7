import { type Room, roomId } from '../../src/incident/identity.ts';
import type { Organisation } from '../../src/incident/people/profile.ts';

type Listed = Pick<Room, 'platform' | 'tenant' | 'address'> & Partial<Room>;

/** A profile that lists rooms as well, so that they show the content without anybody confirming them. */
export function knowing<T extends Organisation | null>(organisation: T, ...rooms: readonly Listed[]): T {
  if (!organisation) return organisation;
  const more = rooms.filter((one) => organisation.rooms.every((known) => roomId(known) !== roomId(one)));
  return { ...organisation, rooms: [...organisation.rooms, ...more.map((one) => ({ ...one, entities: [] }))] };
}
