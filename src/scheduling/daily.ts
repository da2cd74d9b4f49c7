import { DateTime } from 'luxon';
import type { Room } from '../incident/identity.ts';

export const DIGEST_HOUR = 9;
export const HOME_ZONE = 'Asia/Shanghai';

/**
 * The day (yyyy-mm-dd in the room's zone) whose digest a room should have had by now; null before nine o'clock. The
 * day is part of the notice's key, so asking ten times or after a restart makes one digest, and a missed run is caught up.
 */
export function digestDay(room: Pick<Room, 'zone'>, now: number): string | null {
  const local = DateTime.fromMillis(now, { zone: room.zone ?? HOME_ZONE });
  const day = local.isValid ? local : DateTime.fromMillis(now, { zone: HOME_ZONE });
  return day.hour < DIGEST_HOUR ? null : day.toISODate();
}
