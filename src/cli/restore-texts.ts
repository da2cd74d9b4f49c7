import type { LostEntries } from '../use-cases/upkeep/restore-mark.ts';

/** Text on the next start, printed by `restore` and `restored`. */
export const NEXT_START =
  'At the next start every open incident hears this once, with the time left, instead of old reminders.';

/** Returns the line of `restore` on an incident with missing entries. */
export function lostLine({ id, missing, isGone, due }: LostEntries): string {
  const then = due ? `; its next deadline was ${due}` : '';
  return isGone
    ? `missing: ${id} is not in the backup${then}; open it again and enter what is known`
    : `missing: ${missing} entries of ${id} are not in the backup${then}; enter again what was answered or filed`;
}
