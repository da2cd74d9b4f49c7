import type { Situation } from '../../conversation/cards/situation.ts';
import { reachOf } from '../../conversation/reminding/reachability.ts';
import type { Role } from '../../incident/identity.ts';
import { fromProfile, isPerson } from '../../incident/people/people.ts';
import type { Person } from '../../incident/people/profile.ts';
import { lacks } from '../../incident/people/rights.ts';
import { isThere, standInFor } from '../../incident/people/stand-ins.ts';
import type { IncidentState, Participant } from '../../incident/state.ts';

/**
 * People notified beside the lead when a deadline is near or past: the deputy; if the lead is off duty by the roster,
 * whoever can lead now.
 */
export function besideLead({ state, ia }: Situation): readonly Participant[] {
  const { organisation } = state;
  const lead = organisation?.people.find(({ id }) => id === state.people[state.lead]?.person);
  if (!organisation || !lead) return [];
  const deputy = organisation.people.filter(({ id }) => id === lead.deputy);
  const others = isThere(organisation, lead, ia.now)
    ? deputy
    : standInFor(organisation, 'lead', ia.now).map(({ person }) => person);
  return others.filter(({ id }) => id !== lead.id).map((person) => participantOf(state, person));
}

/**
 * People asked for the reason of a delay: those of `wanted` who can be written to. When none of them can, the next who
 * may give it: the lead's deputy, who leads by profile and roster, others who may; participants come first, because
 * they know the incident. All of `wanted` when nobody can be reached: the question then goes to their room.
 */
export function whoCanExplain(situation: Situation, wanted: readonly Participant[]): readonly Participant[] {
  const { state, ia } = situation;
  const canBeAsked = (one: Participant): boolean => isPerson(one) && reachOf(situation, one.actor, one) !== false;
  const reached = wanted.filter(canBeAsked);
  if (reached.length > 0) return reached;
  const { organisation } = state;
  const roster = (role: Role): readonly Participant[] =>
    organisation ? standInFor(organisation, role, ia.now).map(({ person }) => participantOf(state, person)) : [];
  const others = [
    ...besideLead(situation),
    ...roster('lead'),
    ...Object.values(state.people),
    ...roster('legal'),
    ...roster('filer'),
  ].filter((one) => canBeAsked(one) && mayExplain(state, one));
  const next = others.find(({ actor }) => state.people[actor]) ?? others[0];
  return next ? [next] : wanted;
}

function mayExplain(state: IncidentState, { actor, roles }: Participant): boolean {
  return lacks('explain_delay', actor, roles, state.organisation) === null;
}

/** Somebody of the profile as a participant, whether or not they have acted yet. */
export function participantOf(state: IncidentState, person: Person): Participant {
  return Object.values(state.people).find((one) => one.person === person.id) ?? fromProfile(person);
}
