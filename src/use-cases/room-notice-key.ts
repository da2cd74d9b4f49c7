import type { RoomId } from '../incident/identity.ts';

/**
 * A notice of an incident is named `incident:version:who-or-where`. What a room hears of an entry of the record has one
 * key, so that it hears it once, whoever it stands for.
 */
export function keyInRoom(key: string, room: RoomId): string {
  return [...key.split(':').slice(0, 2), room].join(':');
}
