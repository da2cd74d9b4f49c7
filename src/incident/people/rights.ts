import { z } from 'zod';
import {
  ABROAD_PARTS,
  type Account,
  type ActorId,
  API_ACTOR,
  accountKey,
  addedActor,
  CLOCK_ACTOR,
  ROLES,
  type Role,
} from '../identity.ts';
import type { IncidentState, Participant } from '../state.ts';
import type { Viewer } from '../visibility.ts';
import { isTakenOut, listedNow } from './people.ts';
import type { Organisation, Person } from './profile.ts';
import data from './rights.json' with { type: 'json' };

const rightSchema = z.union([z.enum(['anyone', 'participant', 'clock']), z.array(z.enum(ROLES))]);

/** Right to run a command, to record an authority's decision on a level (`record_authority`), or to `judge`. */
export type Action = keyof typeof data;
export const actionSchema = z.custom<Action>((action) => typeof action === 'string' && Object.hasOwn(data, action));

/**
 * Rights table: who may run which command and when, checked here for every platform and the API. `participant` is a
 * reader of a room of the incident or a person added to it; `clock` is reserved to the bot itself.
 */
export const rights = z
  .record(
    actionSchema,
    z.strictObject({
      who: rightSchema,
      /** Key of `rights` in the profile by which other roles can get this right. */
      inProfile: z.enum(['lead', 'awareness', 'readings', 'authority']).optional(),
      /** True if a program with a token has it too: the command states or prepares something, and decides nothing. */
      byProgram: z.literal(true).optional(),
      /**
       * Part of the incident that the author must be allowed to see, whatever the place; absent: all. `told`: overview;
       * a person of another organisation in a shared room needs to see nothing, because such words are kept too.
       */
      sees: z.enum([...ABROAD_PARTS, 'head', 'told']).optional(),
      /** True for a command allowed after a state-secret stop: it ends or files, and collects nothing. */
      whenStopped: z.literal(true).optional(),
      whenClosed: z.literal(true).optional(),
      /** True for a command allowed in an incident recorded afterwards: it adds, keeps or erases. */
      whenImported: z.literal(true).optional(),
    }),
  )
  .parse(data);

/** Entry of the profile that lists this account; a person is never matched by name. */
export function personOf(organisation: Organisation | null, account: Account): Person | null {
  const { platform, tenant, id } = account;
  return (
    organisation?.people.find(({ accounts }) =>
      accounts.some((one) => one.id === id && one.tenant === tenant && one.platform === platform),
    ) ?? null
  );
}

/** People of the profile who may agree as second person; with only one, nobody can agree to that one's proposal. */
export function whoMaySecond({ people }: Organisation): readonly Person[] {
  return people.filter(({ roles }) => lacks('second_level', '', roles, null) === null);
}

/** Roles of an account. Without a profile (trying out) everybody has every role but administrator. */
export function rolesOf(organisation: Organisation | null, account: Account): readonly Role[] {
  if (!organisation) return ROLES.filter((role) => role !== 'administrator');
  return personOf(organisation, account)?.roles ?? ['responder'];
}

/** Roles of which the actor lacks all, e.g. `['lead']`: one of them is needed. Null if the actor is allowed. */
export function lacks(
  action: Action,
  actor: ActorId,
  roles: readonly Role[],
  organisation: Organisation | null,
): readonly string[] | null {
  const { who, inProfile, byProgram } = rights[action];
  const right = (inProfile && organisation?.rights?.[inProfile]) ?? who;
  if (right === 'clock') return actor === CLOCK_ACTOR ? null : ['clock'];
  if (right === 'anyone' || right === 'participant') {
    return actor === API_ACTOR && !byProgram ? ['person'] : null;
  }
  if (actor === API_ACTOR || actor === CLOCK_ACTOR) return right;
  return right.some((role) => roles.includes(role)) ? null : right;
}

/** Returns true for a person who may lead or file: once such a person responds, the bot calls nobody else. */
export function mayAnswerCalls(
  organisation: Organisation | null,
  { actor, roles }: { readonly actor: ActorId; readonly roles: readonly Role[] },
): boolean {
  return (['take_lead', 'record_filing'] as const).some((one) => lacks(one, actor, roles, organisation) === null);
}

/** Person or program that acts in an incident or reads it. */
export interface Acting {
  /** Actor ids of the person in the incident; the first is used for new entries. */
  readonly actors: readonly ActorId[];
  /** Roles by the profile in force, otherwise at joining; those by sign-in; `lead` for the incident's lead. */
  readonly roles: readonly Role[];
  /** Id in the profile; null if the profile does not list the person. */
  readonly person: string | null;
  /** True at the local console, whose one user may act under any name. */
  readonly isLocal?: boolean;
  readonly readsOnly?: boolean;
}

/** Data of an account, or of the actor of a command, from outside the incident. */
interface Known {
  /** Actor id of a command; absent for a reader. */
  readonly actor?: ActorId;
  readonly account: Account | null;
  /** Person of the profile by a confirmed link. */
  readonly person?: string | null;
  /** Roles from the sign-in, in addition to those of the profile. */
  readonly roles?: readonly Role[];
  readonly isLocal?: boolean;
  readonly readsOnly?: boolean;
}

/** Returns roles, ids and person of an actor, from all accounts of that person in the incident. */
export function actingOf(
  state: IncidentState,
  { actor, account, person, roles = [], isLocal, readsOnly = false }: Known,
): Acting {
  if (readsOnly) return { actors: [], roles: [], person: null, readsOnly };
  const { organisation, inForce = organisation } = state;
  const key = account && accountKey(account);
  const isAccount = (one: Participant): boolean => one.account !== null && accountKey(one.account) === key;
  const joined = Object.values(state.people).find((one) => one.actor === actor || isAccount(one));
  const known = joined?.person ?? (account ? personOf(inForce, account)?.id : null) ?? person ?? null;
  const own = Object.values(state.people).filter(
    (one) => one.actor === actor || isAccount(one) || (known !== null && one.person === known),
  );
  const before = [...(account ? rolesOf(inForce, account) : []), ...own.flatMap((one) => one.roles)];
  const held = [...(listedNow(state, known)?.roles ?? before), ...roles];
  const actors = [
    ...(actor === undefined ? [] : [actor]),
    ...own.flatMap((one) => (one.actor === actor ? [] : [one.actor])),
    ...(known === null ? [] : [addedActor(known)]),
  ];
  const acting = { actors: [...new Set(actors)], roles: [...new Set(held)], person: known, isLocal: isLocal === true };
  const lead = leadOf(state);
  return lead && isActing(state, acting, lead.actor) ? { ...acting, roles: [...acting.roles, 'lead'] } : acting;
}

/** Returns a participant's rights as if that person acted. */
export function actingAs(state: IncidentState, { actor, account, person, roles }: Participant): Acting {
  return actingOf(state, { actor, account, person, roles });
}

/** Returns true if the actor is the person behind `by`, with this account or another one of that person. */
export function isActing({ people }: Pick<IncidentState, 'people'>, { actors, person }: Acting, by: ActorId): boolean {
  return actors.includes(by) || (person !== null && people[by]?.person === person);
}

/**
 * Returns the lead of an incident: the last person who took the lead, or the declarer with a role that may lead. Null
 * while there is none: a declarer without such a role, a removed person, or one whose role was taken away, does not
 * lead.
 */
export function leadOf(state: IncidentState): Participant | null {
  const lead = state.people[state.lead];
  if (!lead || lead.removed) return null;
  if (mayLead(state, lead)) return lead;
  const { inForce: _, ...declared } = state;
  return state.leadTaken && !mayLead(declared, lead) ? lead : null;
}

/** Returns true for a participant with a role (by the profile in force, otherwise at joining) that may take the lead. */
export function mayLead(
  state: Pick<IncidentState, 'organisation' | 'inForce'>,
  { actor, person, roles }: Participant,
): boolean {
  return lacks('take_lead', actor, rolesIn(state, { person, roles }), state.organisation) === null;
}

/** Roles of a participant by the profile in force; those at joining of somebody whom no profile lists. */
export function rolesIn(
  state: Pick<IncidentState, 'organisation' | 'inForce'>,
  { person, roles }: Pick<Participant, 'person' | 'roles'>,
): readonly Role[] {
  return listedNow(state, person)?.roles ?? roles;
}

/** Account that reads an incident, with the person of the profile by a confirmed link. */
type Holder = Pick<Viewer, 'account' | 'person'>;

/** Returns true if the person was added to the incident or has acted in it, with this or another account of theirs. */
export function takesPart(state: IncidentState, { account, person }: Holder): boolean {
  const key = accountKey(account);
  const people = Object.values(state.people);
  if (people.some((p) => p.account !== null && accountKey(p.account) === key)) return true;
  const known = personWith(state, { account, person });
  return known !== null && people.some((p) => p.person === known);
}

/** Id of the person who has an account: as joined, by the profile in force, by that of the declaration, or by a link. */
export function personWith(state: IncidentState, { account, person }: Holder): string | null {
  const key = accountKey(account);
  const joined = Object.values(state.people).find((one) => one.account !== null && accountKey(one.account) === key);
  return joined?.person ?? listedFor(state, account)?.id ?? person;
}

/** Location that the profile states for the person of an account, listed or linked. */
export function locationOf(state: IncidentState, viewer: Holder): Person['location'] {
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

/** Location of the first contact with an account or, if that never acted, with other accounts of its person. */
export function metIn(
  state: IncidentState,
  { account, person }: Pick<Participant, 'account' | 'person'>,
): Person['location'] {
  const known = account ? personWith(state, { account, person }) : person;
  const key = account && accountKey(account);
  const all = Object.values(state.people);
  const own = all.filter((one) => one.account !== null && accountKey(one.account) === key);
  const met = own.length > 0 ? own : all.filter((one) => known !== null && one.person === known);
  return met.some((one) => one.abroad) ? 'abroad' : undefined;
}
