import { isAskedToApprove } from '../approvals.ts';
import type { Role } from '../identity.ts';
import { openProposals } from '../proposals.ts';
import type { Filing, IncidentState } from '../state.ts';
import type { Viewer } from '../visibility.ts';
import { rolesToSecond } from './guard-table.ts';
import { peopleNow } from './people.ts';
import type { Organisation, Person } from './profile.ts';
import { lacks, leadOf, mayLead, personWith } from './rights.ts';

/**
 * Returns true for a person of the profile whom the incident calls on, so that the person may see it: a person asked to
 * agree, to approve or to use a right; or called to act (`mayBeCalled`) since the bot began to call. `person` is an id
 * of the profile.
 */
export function isCalledOn(state: IncidentState, person: string): boolean {
  const { askedFor } = state;
  const organisation = peopleNow(state);
  const one = organisation?.people.find(({ id }) => id === person);
  if (!organisation || !one) return false;
  const isAsked =
    isAskedToApprove(state, person) ||
    Object.values(askedFor).some(({ people }) => people.includes(person)) ||
    openProposals(state).some((proposal) => rolesToSecond(state, proposal).some((role) => one.roles.includes(role)));
  if (isAsked || isCalledByNow(state, organisation, one)) return true;
  return state.filings.some((filing) => mayBeLate(state, filing)) && may(organisation, one, 'explain_delay');
}

/** Returns true for a viewer whom the incident calls on, with this or another account. */
export function isCalled(state: IncidentState, viewer: Viewer): boolean {
  const known = personWith(state, viewer);
  return known !== null && isCalledOn(state, known);
}

/**
 * Returns true for a filing that was late when it was entered, whose time is not confirmed, or that is late if its limit
 * runs from the start confirmed since.
 */
function mayBeLate(
  { awareness, candidates, withdrawnCandidates }: IncidentState,
  { version, lateSeconds, unconfirmed, due, filedAt }: Filing,
): boolean {
  if (lateSeconds > 0 || unconfirmed !== undefined) return true;
  if (due === null || awareness === null) return false;
  const known = [...candidates, ...withdrawnCandidates].filter((one) => one.reachedUs && one.version < version);
  const start = Math.min(...known.map(({ instant }) => Date.parse(instant)));
  const earlier = Math.max(0, start - Date.parse(awareness.instant));
  return Number.isFinite(start) && Date.parse(filedAt) > Date.parse(due) - earlier;
}

/** Returns true for people who may lead, file or approve, and their deputies: the bot calls them while nobody acts. */
export function mayBeCalled(organisation: Organisation, person: Person): boolean {
  const isCalled = (one: Person): boolean =>
    (['take_lead', 'record_filing', 'approve'] as const).some((right) => may(organisation, one, right));
  return isOrStandsIn(organisation, person, isCalled);
}

/** Returns true if `isCalled` holds for the person or for somebody whose deputy the person is. */
function isOrStandsIn({ people }: Organisation, person: Person, isCalled: (one: Person) => boolean): boolean {
  return isCalled(person) || people.some((one) => one.deputy === person.id && isCalled(one));
}

/**
 * Returns true for a person the bot has called so far, so that only people who were asked to act see an incident. The
 * bot calls people who may lead from the declaration on, if the declarer may not; also people who may file from the
 * first reminder on; and everybody at a limit, or once a call got no answer.
 */
function isCalledByNow(state: IncidentState, organisation: Organisation, person: Person): boolean {
  const steps = state.reminders.flatMap(({ step, collapsed }) => [step, ...collapsed]);
  if (steps.some(({ kind }) => kind === 'due' || kind === 'late' || kind === 'call'))
    return mayBeCalled(organisation, person);
  const by = state.people[state.declared.by];
  const isUnled = leadOf(state) === null || !by || !mayLead(state, by);
  const roles: readonly Role[] = steps.length > 0 ? ['lead', 'filer'] : isUnled ? ['lead'] : [];
  return isOrStandsIn(organisation, person, (one) => roles.some((role) => one.roles.includes(role)));
}

function may(organisation: Organisation, { roles }: Person, right: Parameters<typeof lacks>[0]): boolean {
  return lacks(right, '', roles, organisation) === null;
}
