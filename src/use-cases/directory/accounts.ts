import { type Account, type ActorId, accountKey, addedActor } from '../../incident/identity.ts';
import { fromProfile, isTakenOut, listedNow, peopleNow } from '../../incident/people/people.ts';
import { hasLeft, isCalledFrom } from '../../incident/rooms.ts';
import type { IncidentState, Participant } from '../../incident/state.ts';
import type { EngineDependencies } from '../engine.ts';
import type { Store } from '../ports.ts';
import { isMember } from './access.ts';
import { hasLeftProfile, type Links } from './links.ts';

type Known = Pick<Links, 'personOf' | 'accountsOf'> | undefined;

/**
 * Accounts for messages to a person about an incident, the acting one first, then those of the profile and the linked
 * ones. Accounts of a removed person or a former owner are excluded; those on a platform that the incident left come
 * last, and only while people are called there.
 */
export function accountsOf(
  state: IncidentState,
  { account, person, removed }: Participant,
  { profile, links }: Pick<EngineDependencies, 'profile' | 'links'>,
): readonly Account[] {
  if (removed) return [];
  const id = person ?? (account && links?.personOf(account)) ?? null;
  const listed = listedNow(state, id)?.accounts ?? [];
  const linked = id === null ? [] : (links?.accountsOf(id) ?? []);
  const all = [...(account ? [account] : []), ...listed, ...linked];
  const once = new Map(all.map((one) => [accountKey(one), one]));
  const known = { profile, ...(links ? { links } : {}) };
  const own = [...once.values()].filter((one) => id === null || !hasLeftProfile(known, one, id));
  const [left, there] = [true, false].map((gone) => own.filter(({ platform }) => hasLeft(state, platform) === gone));
  return [...(there ?? []), ...(left ?? []).filter(({ platform }) => isCalledFrom(state, platform))];
}

/**
 * Returns true while an account still belongs to the recipient of a notice: `actor` in the incident, otherwise whoever has
 * the account there. Without an incident it has to be in the profile.
 */
export function isStillTheirs(
  state: IncidentState | null,
  actor: ActorId | null,
  account: Account,
  deps: Pick<EngineDependencies, 'profile' | 'links'>,
): boolean {
  if (state === null) return isMember(deps, { account });
  const key = accountKey(account);
  const has = (accounts: readonly Account[]): boolean => accounts.some((one) => accountKey(one) === key);
  const people = Object.values(state.people);
  const listed = [peopleNow(state), state.organisation].flatMap((one) => one?.people ?? []);
  const named = [...people, ...listed.map(fromProfile)].filter((one) => one.actor === actor);
  const owners = [
    ...people.filter((one) => one.account && has([one.account])),
    ...listed.filter(({ accounts }) => has(accounts)).map(fromProfile),
  ];
  const theirs = named.length > 0 ? named : owners;
  const isIn = (one: Participant): boolean => !isTakenOut(state, one.account, one.person);
  return theirs.length === 0 || theirs.some((one) => isIn(one) && has(accountsOf(state, one, deps)));
}

/** Actor id of an account in an incident; null before it takes part. */
export function actorIn({ people }: Pick<IncidentState, 'people'>, account: Account, links: Known): ActorId | null {
  const person = links?.personOf(account) ?? null;
  const own = Object.values(people).filter((one) => one.account && accountKey(one.account) === accountKey(account));
  const linked = person === null ? [] : Object.values(people).filter((one) => one.person === person);
  return (own[0] ?? linked[0])?.actor ?? null;
}

/** Actor ids of a person in incidents: for this account, another one of theirs, or added before the first act. */
export async function actorsOf(
  store: Pick<Store, 'actorOf'>,
  account: Account,
  links: Known,
): Promise<readonly ActorId[]> {
  const person = links?.personOf(account) ?? null;
  const others = person === null ? [] : (links?.accountsOf(person) ?? []);
  const keys = new Map([account, ...others].map((one) => [accountKey(one), one]));
  const actors = await Promise.all([...keys.values()].map((one) => store.actorOf(one)));
  return [...actors.flatMap((actor) => actor ?? []), ...(person === null ? [] : [addedActor(person)])];
}
