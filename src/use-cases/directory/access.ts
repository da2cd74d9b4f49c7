import type { Looker } from '../../conversation/next-step/next-step.ts';
import { isAskedToApprove } from '../../incident/approvals.ts';
import { accountKey, addedActor, type Role } from '../../incident/identity.ts';
import { lacks, personOf, rolesOf } from '../../incident/people/rights.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { Viewer } from '../../incident/visibility.ts';
import type { Caller } from '../app.ts';
import type { EngineDependencies } from '../engine.ts';
import type { AppDependencies } from '../use-case-context.ts';
import { hasLeftProfile, type Known, personBehind } from './links.ts';

/** Viewer for the visibility policy, with data of their platform and the links. */
export function viewerOf(
  caller: Caller | 'api',
  { readsRoom, links, profile }: Pick<EngineDependencies, 'readsRoom' | 'links' | 'profile'>,
): Viewer | { readonly kind: 'api' } {
  if (caller === 'api') return { kind: 'api' };
  return {
    kind: 'viewer',
    account: caller.account,
    person: links?.personOf(caller.account) ?? null,
    room: caller.room ?? null,
    aloud: caller.aloud ?? false,
    outside: caller.outside ?? false,
    reads: (room) => readsRoom(room, caller),
    keepsRegister: keepsRegister({ profile, ...(links ? { links } : {}) }, caller),
    left: (person) => hasLeftProfile({ profile, ...(links ? { links } : {}) }, caller.account, person),
  };
}

/** Returns true for somebody the profile in use lists or whose sign-in gives them a role; without a profile for everybody. */
export function isMember(known: Known, { account, roles = [] }: Pick<Caller, 'account' | 'roles'>): boolean {
  return known.profile() === null || roles.length > 0 || personBehind(known, account) !== null;
}

const KEEPERS: ReadonlySet<Role> = new Set<Role>(['lead', 'approver', 'legal', 'administrator']);
/** Returns true for those who answer for what was reported, by the profile in use or their sign-in. */
export function keepsRegister(known: Known, { account, roles = [] }: Pick<Caller, 'account' | 'roles'>): boolean {
  const all = [...roles, ...(personBehind(known, account)?.roles ?? [])];
  return known.profile() === null || all.some((role) => KEEPERS.has(role));
}

/** The person who asks, as the rights and the next step see them; null for the API's token. */
export function lookerOf(
  state: IncidentState,
  caller: Caller | 'api',
  links: AppDependencies['links'],
): (Looker & { readonly person: string | null }) | null {
  if (caller === 'api') return null;
  const key = accountKey(caller.account);
  const person = personOf(state.organisation, caller.account)?.id ?? links?.personOf(caller.account) ?? null;
  const own = Object.values(state.people).filter(
    (one) => (one.account !== null && accountKey(one.account) === key) || (person !== null && one.person === person),
  );
  const listed = state.organisation?.people.find(({ id }) => id === person)?.roles;
  const roles = [
    ...(listed ?? rolesOf(state.organisation, caller.account)),
    ...own.flatMap((one) => one.roles),
    ...(caller.roles ?? []),
  ];
  const added = person === null ? [] : [addedActor(person)];
  return { actors: [...own.map(({ actor }) => actor), ...added], roles: [...new Set(roles)], person };
}

/**
 * Returns true if the caller may read the internal assessment: those who make it, and those asked to approve. The API's
 * token reads all.
 */
export function readsAssessment(
  state: IncidentState,
  caller: Caller | 'api',
  links: AppDependencies['links'],
): boolean {
  const looker = lookerOf(state, caller, links);
  if (!looker || isAskedToApprove(state, looker.person)) return true;
  return lacks('assess_point', looker.actors[0] ?? '', looker.roles, state.organisation) === null;
}
