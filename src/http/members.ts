import { createHash } from 'node:crypto';
import type { Account, Role } from '../incident/identity.ts';
import type { Organisation, Person } from '../incident/people/profile.ts';
import type { Links } from '../use-cases/directory/links.ts';
import type { Session } from './session-store.ts';

/** Somebody who may come in: the console account they act with, and who they are in the profile. */
export interface Entering {
  readonly name: string;
  readonly person: Person | null;
}

/** The account of the console with this name. */
export function consoleAccount(name: string): Account {
  return { platform: 'console', tenant: 'local', id: name };
}

/** Decides who may come in: with a profile its people and the guests somebody named, without one everybody. */
export class Members {
  readonly #profile: () => Organisation | null;
  readonly #links: Pick<Links, 'personOf' | 'accountsOf' | 'claim'> | null;

  /** `profile` gives the profile as it is now. */
  constructor(profile: () => Organisation | null, links: Pick<Links, 'personOf' | 'accountsOf' | 'claim'> | null) {
    this.#profile = profile;
    this.#links = links;
  }

  get profile(): Organisation | null {
    return this.#profile();
  }

  /** The person of the profile with this id; null if there is none. */
  person(id: string | null): Person | null {
    return this.profile?.people.find((one) => one.id === id) ?? null;
  }

  /** Somebody who signs in as a person of the profile; null if their console account is already somebody else's. */
  async enter(person: Person): Promise<Entering | null> {
    const account = this.#accountOf(person);
    // From now on the account is theirs, whatever the incident was declared under.
    const isTheirs = this.#ownerOf(account.id) === person.id || (await this.#links?.claim(account, person.id));
    return isTheirs ? { name: account.id, person } : null;
  }

  /** Somebody without an entry in the profile; null if the name is an account of one of its people. */
  enterGuest(name: string): Entering | null {
    return this.#ownerOf(name) === null ? { name, person: null } : null;
  }

  /** Returns true while a session counts: with other roles, or out of the profile, it does not. */
  stands({ name, way, person, version }: Session): boolean {
    if (this.profile === null) return person === null;
    const owner = this.#ownerOf(name);
    if (way === 'guest') return owner === null;
    return person !== null && owner === person && version === versionOf(this.person(person));
  }

  /** Roles in the profile; those of whom it does not list are empty. */
  roles(person: string | null): readonly Role[] {
    return this.person(person)?.roles ?? [];
  }

  #accountOf(person: Person): Account {
    const accounts = [...person.accounts, ...(this.#links?.accountsOf(person.id) ?? [])];
    const { platform } = consoleAccount('');
    return accounts.find((one) => one.platform === platform) ?? consoleAccount(person.id);
  }

  #ownerOf(name: string): string | null {
    const account = consoleAccount(name);
    const isListed = ({ accounts }: Person): boolean =>
      accounts.some(({ platform, id }) => platform === account.platform && id === account.id);
    return this.profile?.people.find(isListed)?.id ?? this.#links?.personOf(account) ?? null;
  }
}

/** Version of a person's roles; a session begun under another one is over. */
export function versionOf(person: Person | null): string {
  const what = person === null ? '' : JSON.stringify([person.id, person.roles.toSorted()]);
  return createHash('sha256').update(what).digest('base64url').slice(0, 16);
}
