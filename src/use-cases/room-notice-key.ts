import type { RoomId } from '../incident/identity.ts';

/**
 * Key of a notice: `incident:version:who-or-where`. Everything a room receives for one record entry has one key, so
 * that it is posted once, whoever it stands for.
 */
export function keyInRoom(key: string, room: RoomId): string {
  return [...key.split(':').slice(0, 2), room].join(':');
}
