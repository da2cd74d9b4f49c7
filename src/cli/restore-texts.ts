import type { LostEntries } from '../use-cases/upkeep/restore-mark.ts';
import { say, type Terminal } from './terminal.ts';

/**
 * Prints which open incidents have lost entries by a restore, and what the next start does. `lost`: null if no mark
 * tells how far the record reached before.
 */
export function sayLost(terminal: Terminal, lost: readonly LostEntries[] | null): void {
  for (const one of lost ?? []) say(terminal, lostLine(one));
  if (lost === null)
    say(terminal, 'nothing here says what was recorded after the backup; ask the leads of open incidents');
  say(
    terminal,
    'At the next start, each open incident gets one message with this and the time left, and no old reminders.',
  );
}

export function sayReturned(terminal: Terminal, returned: readonly string[]): void {
  for (const id of returned) say(terminal, `returned: ${id} was erased after the backup; erase it again`);
}

/** Prints how access changes. `isRevoked`: false if nothing here tells which tokens and links were revoked. */
export function sayAccess(terminal: Terminal, isRevoked: boolean): void {
  say(terminal, 'Everybody signs in again.');
  if (!isRevoked)
    say(
      terminal,
      'tokens and links that were revoked after the backup work again; see the lists and revoke them again',
    );
}

/** Returns the line of `restore` on an incident with missing entries. */
function lostLine({ id, missing, isGone, due }: LostEntries): string {
  const then = due ? `; its next deadline was ${due}` : '';
  return isGone
    ? `missing: ${id} is not in the backup${then}; open it again and enter what is known`
    : `missing: ${missing} entries of ${id} are not in the backup${then}; enter again what was answered or filed`;
}
