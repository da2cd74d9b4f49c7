import { accountKey } from '../incident/identity.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Caller } from './app.ts';

/**
 * Who may see an incident: readers of one of its rooms and people added to it. `readsRoom` is the platform's answer
 * whether the caller is a member of a room; the console's rooms are read by everybody who may log in.
 */
export function maySee(
  state: IncidentState,
  caller: Caller | 'api',
  readsRoom: (roomId: string, caller: Caller) => boolean,
): boolean {
  if (caller === 'api') return true;
  const key = accountKey(caller.account);
  const added = Object.values(state.people).some((p) => p.account !== null && accountKey(p.account) === key);
  const listed = state.organisation?.people.some(
    (p) => p.accounts.some((a) => accountKey(a) === key) && Object.values(state.people).some((m) => m.person === p.id),
  );
  return added || listed === true || Object.keys(state.rooms).some((room) => readsRoom(room, caller));
}
