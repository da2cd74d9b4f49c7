import { type Account, accountKey } from '../identity.ts';
import type { IncidentState } from '../state.ts';
import type { Viewer } from '../visibility.ts';
import { isCalledOn } from './called.ts';
import { isTakenOut, listedNow } from './people.ts';
import type { Person } from './profile.ts';
import { personOf } from './rights.ts';

/** Facts about the person behind an account in one incident: part taken, lead, calls, place. */

type Known = Pick<Viewer, 'account' | 'person'>;

/** Returns true if the person was added to the incident or has acted in it, with this or another account of theirs. */
export function takesPart(state: IncidentState, { account, person }: Known): boolean {
  const key = accountKey(account);
  const people = Object.values(state.people);
  if (people.some((p) => p.account !== null && accountKey(p.account) === key)) return true;
  const known = personWith(state, { account, person });
  return known !== null && people.some((p) => p.person === known);
}

/** Id of the person who has an account: as joined, by the profile in force, by that of the declaration, or by a link. */
export function personWith(state: IncidentState, { account, person }: Known): string | null {
  const key = accountKey(account);
  const joined = Object.values(state.people).find((one) => one.account !== null && accountKey(one.account) === key);
  return joined?.person ?? listedFor(state, account)?.id ?? person;
}

/** Location that the profile states for the person of an account, listed or linked. */
export function locationOf(state: IncidentState, viewer: Known): Person['location'] {
  const listed = personOf(state.inForce ?? state.organisation, viewer.account);
  return (listed ?? listedNow(state, personWith(state, viewer)))?.location;
}

/** Entry of an account in the profile in force, otherwise in that of the declaration. */
export function listedFor(
  { organisation, inForce }: Pick<IncidentState, 'organisation' | 'inForce'>,
  account: Account,
): Person | null {
  return personOf(inForce ?? organisation, account) ?? personOf(organisation, account);
}

/** Returns true for a person of the profile who was called on to act, and may therefore see the incident. */
export function isCalled(state: IncidentState, viewer: Viewer): boolean {
  const known = personWith(state, viewer);
  return known !== null && isCalledOn(state, known);
}

/** Returns true for a person who was removed, or who left the profile since joining. */
export function isGone(state: IncidentState, viewer: Viewer): boolean {
  const known = personWith(state, viewer);
  return isTakenOut(state, viewer.account, known) || (known !== null && viewer.left(known));
}

export function isLead(state: IncidentState, { account, person }: Viewer): boolean {
  const lead = state.people[state.lead];
  if (!lead) return false;
  const isAccount = lead.account !== null && accountKey(lead.account) === accountKey(account);
  return isAccount || (person !== null && lead.person === person);
}

/** Returns true if the profile places the person abroad or, if it states no location, the first contact was abroad. */
export function readsAbroad(state: IncidentState, viewer: Known): boolean {
  const location = locationOf(state, viewer) ?? metIn(state, viewer.account, personWith(state, viewer));
  return location === 'abroad';
}

/** Location of the first contact with an account or, if that never acted, with other accounts of its person. */
export function metIn({ people }: IncidentState, account: Account | null, person: string | null): Person['location'] {
  const key = account && accountKey(account);
  const all = Object.values(people);
  const own = all.filter((one) => one.account !== null && accountKey(one.account) === key);
  const met = own.length > 0 ? own : all.filter((one) => person !== null && one.person === person);
  return met.some((one) => one.abroad) ? 'abroad' : undefined;
}
