import type { Situation } from '../../conversation/cards/situation.ts';
import { reachOf } from '../../conversation/reminding/reachability.ts';
import type { Role } from '../../incident/identity.ts';
import { leadOf } from '../../incident/people/acting.ts';
import { inIncident, isPerson } from '../../incident/people/people.ts';
import type { Organisation, Person } from '../../incident/people/profile.ts';
import { lacks } from '../../incident/people/rights.ts';
import { isThere, standInFor } from '../../incident/people/stand-ins.ts';
import type { IncidentState, Participant } from '../../incident/state.ts';

/**
 * People of the profile who get a reminder in addition to the owners of duties, by the time left. Before the middle of
 * a clock: a person who can lead now, if the incident has no lead, or the lead is away. From the middle on: people who
 * can lead or file, with their deputies. From the limit on: everybody who may lead, file or approve.
 */
export function whoCanAct(situation: AtInstant, near: Nearness): readonly Participant[] {
  const { state, ia } = situation;
  const { organisation } = state;
  if (!organisation) return [];
  const holders = (role: Role): readonly Person[] =>
    near === 'limit'
      ? organisation.people.filter(({ roles }) => roles.includes(role))
      : standInFor(organisation, role, ia.now).map(({ person }) => person);
  const roles: readonly Role[] = near === 'early' ? ['lead'] : near === 'middle' ? ['lead', 'filer'] : TOLD_AT_LIMIT;
  const acting = near === 'early' && isLed(situation) ? [] : roles.flatMap(holders);
  const deputies =
    near === 'early' ? [] : [listedLead(situation), ...acting].flatMap((one) => deputyOf(organisation, one));
  return [...new Set([...acting, ...deputies])].map((person) => inIncident(state, person));
}

/** A record at an instant: of a whole situation only the time matters. */
interface AtInstant {
  readonly state: IncidentState;
  readonly ia: Pick<Situation['ia'], 'now'>;
}

/** Distance of a reminder from the limit of its clock. */
export type Nearness = 'early' | 'middle' | 'limit';
const TOLD_AT_LIMIT: readonly Role[] = ['lead', 'filer', 'approver'];

/** Returns true if the incident has a lead who is there by the roster. */
export function isLed({ state, ia }: AtInstant): boolean {
  const lead = leadOf(state);
  const listed = listedLead({ state });
  return lead !== null && (listed === undefined || isThere(state.organisation, listed, ia.now));
}

/** The lead's entry in the profile. */
function listedLead({ state }: Pick<Situation, 'state'>): Person | undefined {
  return state.organisation?.people.find(({ id }) => id === leadOf(state)?.person);
}

function deputyOf({ people }: Organisation, person: Person | undefined): readonly Person[] {
  return people.filter(({ id }) => id === person?.deputy);
}

/**
 * People asked for the reason of a delay: those of `wanted` who can be reached. If none can, the next who may give it:
 * the lead's deputy, the lead by profile and roster, others with the right; participants come first, because they know
 * the incident. All of `wanted` if nobody can be reached: the question then goes to their room.
 */
export function whoCanExplain(situation: Situation, wanted: readonly Participant[]): readonly Participant[] {
  const { state, ia } = situation;
  const canBeAsked = (one: Participant): boolean => isPerson(one) && reachOf(situation, one.actor, one) !== false;
  const reached = wanted.filter(canBeAsked);
  if (reached.length > 0) return reached;
  const { organisation } = state;
  const roster = (role: Role): readonly Participant[] =>
    organisation ? standInFor(organisation, role, ia.now).map(({ person }) => inIncident(state, person)) : [];
  const others = [
    ...(organisation ? deputyOf(organisation, listedLead(situation)) : []).map((person) => inIncident(state, person)),
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
