import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Account, accountKey, accountOfKey } from '../../incident/identity.ts';
import type { CurrentProfile, Organisation, Person } from '../../incident/people/profile.ts';
import { personOf } from '../../incident/people/rights.ts';
import { digest } from '../../ops/digest.ts';
import { parseJson } from '../../ops/json.ts';
import type { Clock, IdSource, KeptValues } from '../ports.ts';

export type Redeemed =
  | { readonly kind: 'linked'; readonly person: string; readonly name: string }
  /** Code that does not exist, was used before, or has expired. */
  | { readonly kind: 'wrong' }
  /** The account already belongs to a person. */
  | { readonly kind: 'taken' };

/**
 * Accounts that people of the profile confirmed as their own, by a code shown in one account and entered in the other.
 * Nobody is matched by name. A link applies from now on and never rewrites a record.
 */
export interface Links {
  /** Profile id of the account's owner, by the profile or by a link; null if there is none. */
  personOf(account: Account): string | null;
  /** Accounts of a person of the profile: those it lists, then linked ones. */
  accountsOf(person: string): readonly Account[];
  /** Creates a code for a person of the profile; null without such a person. `until` in epoch milliseconds. */
  offer(person: string): Promise<{ readonly code: string; readonly until: number } | null>;
  /** Links the account from which the code is entered. A code works once. */
  redeem(code: string, account: Account): Promise<Redeemed>;
  /** Links an account whose owner proved to be this person; false if it belongs to another one. */
  claim(account: Account, person: string): Promise<boolean>;
}

/** Profile and links, which identify the person of an account. */
export interface Known {
  readonly profile: CurrentProfile;
  readonly links?: Pick<Links, 'personOf'>;
}
export function personBehind({ profile, links }: Known, account: Account): Person | null {
  const organisation = profile();
  const listed = personOf(organisation, account);
  if (listed || organisation === null) return listed;
  const linked = links?.personOf(account) ?? null;
  return organisation.people.find(({ id }) => id === linked) ?? null;
}

/** Returns true if the current profile no longer assigns an account to a person. */
export function hasLeftProfile(known: Known, account: Account, person: string): boolean {
  return known.profile() !== null && personBehind(known, account)?.id !== person;
}

/** Lifetime of a code, in ms. */
export const CODE_LIFE = 15 * 60_000;
/** Alphabet without letters and digits that look alike. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const CODE_LENGTH = 8;
const MOST = 100_000;
export const LINKS = 'links:';
const ACCOUNT = 'account:';

const offerSchema = z.object({ person: z.string(), until: z.number() });

/** Loads the links of all processes. `kept`: kept values with a prefix of their own. */
export async function createLinks(needs: {
  readonly kept: KeptValues;
  readonly ids: IdSource;
  readonly clock: Clock;
  readonly profile: CurrentProfile;
}): Promise<Links> {
  const { kept, ids, clock, profile } = needs;
  const linked = new Linked();
  await kept.watch(ACCOUNT, MOST, (key, value) => linked.learn(key.slice(ACCOUNT.length), value));
  const known = (id: string | undefined) => profile()?.people.find((person) => person.id === id) ?? null;
  const owner = (account: Account): string | null =>
    personOf(profile(), account)?.id ?? known(linked.ownerOf(accountKey(account)))?.id ?? null;

  const claim: Links['claim'] = async (account, id) => {
    const person = known(id);
    if (!person) return false;
    const entry = `${ACCOUNT}${accountKey(account)}` as const;
    // Another process may just have linked it.
    linked.learn(accountKey(account), await kept.get(entry));
    const before = owner(account);
    if (before !== null) return before === id;
    await kept.put(entry, id);
    linked.learn(accountKey(account), id);
    return true;
  };

  return {
    personOf: owner,
    claim,
    // An account that the profile lists for somebody else since is not theirs any more.
    accountsOf: (person) => [
      ...(known(person)?.accounts ?? []),
      ...linked.to(person).filter((account) => owner(account) === person),
    ],
    offer: async (person) => {
      if (!known(person)) return null;
      const code = codeOf(ids.next());
      const until = clock.now() + CODE_LIFE;
      // Only the hash of the code is stored, so a reader of the store cannot use it.
      await kept.put(`code:${digest(code)}`, JSON.stringify({ person, until }));
      return { code, until };
    },
    redeem: async (code, account) => {
      const key = `code:${digest(code.toUpperCase())}` as const;
      const offered = offerSchema.safeParse(parseJson(await kept.get(key)));
      const person = offered.success ? known(offered.data.person) : null;
      if (!offered.success || !person) return { kind: 'wrong' };
      linked.learn(accountKey(account), await kept.get(`${ACCOUNT}${accountKey(account)}`));
      const before = owner(account);
      if (before !== null && before !== person.id) return { kind: 'taken' };
      // The code is removed first: a crash in between costs a new code, never a second use.
      if (!(await kept.remove(key))) return { kind: 'wrong' };
      if (offered.data.until <= clock.now()) return { kind: 'wrong' };
      const isLinked = await claim(account, person.id);
      return isLinked ? { kind: 'linked', person: person.id, name: person.name } : { kind: 'taken' };
    },
  };
}

/** Accounts and their linked people, indexed in both directions. */
class Linked {
  readonly #owners = new Map<string, string>();
  readonly #accounts = new Map<string, Map<string, Account>>();

  learn(key: string, person: string | null): void {
    const account = accountOfKey(key);
    const before = this.#owners.get(key);
    if (account === null || before === (person ?? undefined)) return;
    if (before !== undefined) this.#accounts.get(before)?.delete(key);
    this.#owners.delete(key);
    if (person === null) return;
    this.#owners.set(key, person);
    this.#accounts.set(person, (this.#accounts.get(person) ?? new Map<string, Account>()).set(key, account));
  }

  ownerOf(key: string): string | undefined {
    return this.#owners.get(key);
  }

  to(person: string): readonly Account[] {
    return [...(this.#accounts.get(person)?.values() ?? [])];
  }
}

/** Profile that also lists the linked accounts, for checks that read only the profile. */
export function withLinked(organisation: Organisation, stored: Awaited<ReturnType<KeptValues['list']>>): Organisation {
  const linked = new Linked();
  for (const { key, value } of stored) if (key.startsWith(ACCOUNT)) linked.learn(key.slice(ACCOUNT.length), value);
  const people = organisation.people.map((person) => ({
    ...person,
    accounts: [...person.accounts, ...linked.to(person.id)],
  }));
  return { ...organisation, people };
}

function codeOf(id: string): string {
  const bytes = createHash('sha256').update(id).digest();
  return [...bytes.subarray(0, CODE_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length] ?? '').join('');
}
