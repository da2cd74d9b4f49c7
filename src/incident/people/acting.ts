import { type Account, type ActorId, accountKey, addedActor, type Role } from '../identity.ts';
import type { IncidentState, Participant } from '../state.ts';
import { lacks, personOf, rolesOf } from './rights.ts';

/** Person, or program, who acts in an incident or looks at it. */
export interface Acting {
  /** Ids of the person in the incident; the first is the id used for new entries. */
  readonly actors: readonly ActorId[];
  /** Roles by the profile, as they joined, or by their sign-in; `lead` as well for the lead of the incident. */
  readonly roles: readonly Role[];
  /** Id in the profile; null if it does not list them. */
  readonly person: string | null;
  /** True at the local console, whose one user may act under any name. */
  readonly isLocal?: boolean;
  /** True for an auditor, who reads and does nothing. */
  readonly readsOnly?: boolean;
}

/** Data of an account, or of the actor of a command, from outside the incident. */
interface Known {
  /** Actor id of a command; absent for somebody who only looks. */
  readonly actor?: ActorId;
  readonly account: Account | null;
  /** Person of the profile by a confirmed link. */
  readonly person?: string | null;
  /** Roles from the sign-in, in addition to those of the profile. */
  readonly roles?: readonly Role[];
  readonly isLocal?: boolean;
  readonly readsOnly?: boolean;
}

/** Returns roles, ids and person of an actor, by every account of theirs that the incident knows. */
export function actingOf(
  state: IncidentState,
  { actor, account, person, roles = [], isLocal, readsOnly = false }: Known,
): Acting {
  if (readsOnly) return { actors: [], roles: [], person: null, readsOnly };
  const { organisation } = state;
  const key = account && accountKey(account);
  const isAccount = (one: Participant): boolean => one.account !== null && accountKey(one.account) === key;
  const joined = Object.values(state.people).find((one) => one.actor === actor || isAccount(one));
  const known = joined?.person ?? (account ? personOf(organisation, account)?.id : null) ?? person ?? null;
  const own = Object.values(state.people).filter(
    (one) => one.actor === actor || isAccount(one) || (known !== null && one.person === known),
  );
  const listed = organisation?.people.find(({ id }) => id === known)?.roles;
  const held = [
    ...(listed ?? (account ? rolesOf(organisation, account) : [])),
    ...own.flatMap((one) => one.roles),
    ...roles,
  ];
  const actors = [
    ...(actor === undefined ? [] : [actor]),
    ...own.flatMap((one) => (one.actor === actor ? [] : [one.actor])),
    ...(known === null ? [] : [addedActor(known)]),
  ];
  const acting = { actors: [...new Set(actors)], roles: [...new Set(held)], person: known, isLocal: isLocal === true };
  const lead = leadOf(state);
  return lead && isActing(state, acting, lead.actor) ? { ...acting, roles: [...acting.roles, 'lead'] } : acting;
}

/** Returns somebody of the incident, or of the profile, as they would act themselves. */
export function actingAs(state: IncidentState, { actor, account, person, roles }: Participant): Acting {
  return actingOf(state, { actor, account, person, roles });
}

/** Returns true if the actor is the person behind `by`, with this account or another one of that person. */
export function isActing({ people }: Pick<IncidentState, 'people'>, { actors, person }: Acting, by: ActorId): boolean {
  return actors.includes(by) || (person !== null && people[by]?.person === person);
}

/**
 * Returns the lead of an incident: who took the lead, or declared it with a role that may. Null while it has none: the
 * declarer without that role, and somebody who was taken out, lead nothing.
 */
export function leadOf(state: IncidentState): Participant | null {
  const lead = state.people[state.lead];
  if (!lead || lead.removed) return null;
  return state.leadTaken || mayLead(state, lead) ? lead : null;
}

/** Returns true for a participant with a role, of their own or by the profile, that may take the lead. */
export function mayLead(
  { organisation }: Pick<IncidentState, 'organisation'>,
  { actor, person, roles }: Participant,
): boolean {
  const listed = organisation?.people.find(({ id }) => id === person)?.roles ?? [];
  return lacks('take_lead', actor, [...roles, ...listed], organisation) === null;
}
