import { isAskedToApprove } from '../approvals.ts';
import { openProposals } from '../proposals.ts';
import type { IncidentState } from '../state.ts';
import { leadOf, mayLead } from './acting.ts';
import { rolesToSecond } from './guard-table.ts';
import type { Organisation, Person } from './profile.ts';
import { lacks } from './rights.ts';

/**
 * Returns true for a person of the profile whom the incident calls on, so that it is known to them: asked to agree, to
 * approve or to use a right of theirs; or one of those who are called to act (`mayBeCalled`) since somebody was called.
 * `person` is an id of the profile.
 */
export function isCalledOn(state: IncidentState, person: string): boolean {
  const { organisation, askedFor, filings } = state;
  const one = organisation?.people.find(({ id }) => id === person);
  if (!organisation || !one) return false;
  const isAsked =
    isAskedToApprove(state, person) ||
    Object.values(askedFor).some(({ people }) => people.includes(person)) ||
    openProposals(state).some((proposal) => rolesToSecond(proposal).some((role) => one.roles.includes(role)));
  if (isAsked || (hasCalled(state) && mayBeCalled(organisation, one))) return true;
  return filings.some(({ lateSeconds }) => lateSeconds > 0) && may(organisation, one, 'explain_delay');
}

/** Returns true for who may lead, file or approve, and for their deputies: those who are called while nobody acts. */
export function mayBeCalled(organisation: Organisation, person: Person): boolean {
  const isCalled = (one: Person): boolean =>
    (['take_lead', 'record_filing', 'approve'] as const).some((right) => may(organisation, one, right));
  return isCalled(person) || organisation.people.some((one) => one.deputy === person.id && isCalled(one));
}

/** Returns true from the declaration on if it was by somebody who may not lead, and otherwise from the first reminder on. */
function hasCalled(state: IncidentState): boolean {
  const by = state.people[state.declared.by];
  return state.reminders.length > 0 || leadOf(state) === null || !by || !mayLead(state, by);
}

function may(organisation: Organisation, { roles }: Person, right: Parameters<typeof lacks>[0]): boolean {
  return lacks(right, '', roles, organisation) === null;
}
