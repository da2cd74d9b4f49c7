import { DateTime } from 'luxon';
import type { Room } from '../incident/identity.ts';

export const DIGEST_HOUR = 9;
export const HOME_ZONE = 'Asia/Shanghai';

/**
 * The morning whose digest a room should have had by now, null before nine o'clock: its day (yyyy-mm-dd in the room's
 * zone) and the instant of nine o'clock. The day is part of the notice's key, so asking ten times or after a restart
 * makes one digest, and a missed run is caught up.
 */
export function morningOf(
  room: Pick<Room, 'zone'>,
  now: number,
): { readonly day: string; readonly nine: number } | null {
  const local = DateTime.fromMillis(now, { zone: room.zone ?? HOME_ZONE });
  const here = local.isValid ? local : DateTime.fromMillis(now, { zone: HOME_ZONE });
  const nine = here.set({ hour: DIGEST_HOUR, minute: 0, second: 0, millisecond: 0 });
  if (here.hour < DIGEST_HOUR) return null;
  return { day: here.toFormat('yyyy-MM-dd'), nine: nine.toMillis() };
}
