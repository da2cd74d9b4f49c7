import { type Sight, sightAbroad, sightOf, statedLocation, wasMetAbroad } from '../conversation/abroad.ts';
import { exposureOf } from '../conversation/surfaces.ts';
import { isAskedToApprove } from '../incident/approvals.ts';
import { accountKey, type Room, roomId } from '../incident/identity.ts';
import { lacks, personOf, rolesOf } from '../incident/rights.ts';
import { hasLeft } from '../incident/rooms.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Caller } from './app.ts';
import type { AppDependencies } from './kit.ts';

/**
 * Who may see an incident: people added to it, and readers of one of its rooms, unless that room keeps the content out.
 * `readsRoom` is the platform's answer whether the caller is a member of a room; the console's rooms are read by everybody
 * who may log in. Nobody sees it from a chat it has left.
 */
export function maySee(
  state: IncidentState,
  caller: Caller | 'api',
  { readsRoom, links }: Pick<AppDependencies, 'readsRoom' | 'links'>,
): boolean {
  if (caller === 'api') return true;
  if (hasLeft(state, caller.account.platform)) return false;
  return takesPart(state, caller, links) || roomsRead(state, caller, readsRoom).some(showsContent(state));
}

/** Whether somebody sees of an incident what an open room shows of it, id, clocks and lead, and nothing else. */
export function seesOutside(
  state: IncidentState,
  caller: Caller,
  deps: Pick<AppDependencies, 'readsRoom' | 'links'>,
): boolean {
  if (hasLeft(state, caller.account.platform) || maySee(state, caller, deps)) return false;
  return roomsRead(state, caller, deps.readsRoom).length > 0;
}

function roomsRead(state: IncidentState, caller: Caller, readsRoom: AppDependencies['readsRoom']): readonly Room[] {
  return Object.entries(state.rooms).flatMap(([id, room]) => (readsRoom(id, caller) ? [room] : []));
}
function showsContent(state: IncidentState): (room: Room) => boolean {
  return (room) => exposureOf(state, room) !== 'open';
}

/** Whether somebody was added to an incident or has acted in it, with this account or another one of theirs. */
export function takesPart(state: IncidentState, caller: Caller, links: AppDependencies['links']): boolean {
  const key = accountKey(caller.account);
  const people = Object.values(state.people);
  if (people.some((p) => p.account !== null && accountKey(p.account) === key)) return true;
  const listed = state.organisation?.people.find((p) => p.accounts.some((a) => accountKey(a) === key))?.id;
  const person = listed ?? links?.personOf(caller.account);
  return person !== undefined && person !== null && people.some((p) => p.person === person);
}

/** The internal assessment is read by those who make it, and by who is asked to approve; the house's own token reads all. */
export function readsAssessment(
  state: IncidentState,
  caller: Caller | 'api',
  links: AppDependencies['links'],
): boolean {
  if (caller === 'api') return true;
  const key = accountKey(caller.account);
  const person = personOf(state.organisation, caller.account)?.id ?? links?.personOf(caller.account) ?? null;
  const own = Object.values(state.people).filter(
    (one) => (one.account !== null && accountKey(one.account) === key) || (person !== null && one.person === person),
  );
  if (own.some(({ actor }) => actor === state.lead) || isAskedToApprove(state, person)) return true;
  const listed = state.organisation?.people.find(({ id }) => id === person)?.roles;
  const roles = [...(listed ?? rolesOf(state.organisation, caller.account)), ...own.flatMap((one) => one.roles)];
  return lacks({ type: 'assess_point', point: '', finding: 'open' }, own[0]?.actor ?? '', roles, null) === null;
}

const NOTHING: Sight = new Set();

/**
 * What somebody may be shown of an incident: nothing if they are of another organisation; as much as the room they act in; otherwise everything, unless the profile,
 * the rooms they read or the one they were first met in say that they read from abroad.
 */
export function sightOfCaller(
  state: IncidentState,
  caller: Caller | 'api',
  readsRoom: AppDependencies['readsRoom'],
): Sight {
  if (caller === 'api') return 'all';
  if (caller.outside) return NOTHING;
  const room = caller.room ? (state.rooms[roomId(caller.room)] ?? caller.room) : null;
  if (room?.location === 'abroad') return sightOf(state, room);
  const stated = statedLocation(state, caller.account);
  if (stated) return stated === 'abroad' ? sightAbroad(state) : 'all';
  const read = roomsRead(state, caller, readsRoom).filter(showsContent(state));
  if (read.some(({ location }) => location === 'home')) return 'all';
  if (read.length > 0) return sightAbroad(state, read);
  return wasMetAbroad(state, caller.account) ? sightAbroad(state) : 'all';
}
