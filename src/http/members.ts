import { createHash } from 'node:crypto';
import type { OidcConfig } from '../config/oidc-settings.ts';
import type { Account, Role } from '../incident/identity.ts';
import type { Organisation, Person } from '../incident/people/profile.ts';
import type { Links } from '../use-cases/directory/links.ts';
import { type Claims, personOfClaims } from './oidc.ts';
import type { Session } from './token-store.ts';

/** Person who may sign in: their console account, and their entry in the profile. */
export interface Entering {
  readonly name: string;
  readonly person: Person | null;
}

export function consoleAccount(name: string): Account {
  return { platform: 'console', tenant: 'local', id: name };
}

/** Prefix of auditors' accounts, so that they never coincide with other accounts. */
const AUDITOR = 'auditor:';

/** Decides who may sign in: with a profile its people and their invited guests, without a profile everybody. */
export class Members {
  readonly #profile: () => Organisation | null;
  readonly #links: Pick<Links, 'personOf' | 'accountsOf' | 'claim'> | null;
  readonly #groupRoles: OidcConfig['groupRoles'];

  /** `profile` returns the current profile; `groupRoles` are the roles of the identity provider's groups. */
  constructor(
    profile: () => Organisation | null,
    links: Pick<Links, 'personOf' | 'accountsOf' | 'claim'> | null,
    groupRoles: OidcConfig['groupRoles'] = new Map(),
  ) {
    this.#profile = profile;
    this.#links = links;
    this.#groupRoles = groupRoles;
  }

  get profile(): Organisation | null {
    return this.#profile();
  }

  /** Returns the person of the profile with this id; null if there is none. */
  person(id: string | null): Person | null {
    return this.profile?.people.find((one) => one.id === id) ?? null;
  }

  /** Signs in a person of the profile; null if their console account already belongs to someone else. */
  async enter(person: Person): Promise<Entering | null> {
    const account = this.#accountOf(person);
    // The account belongs to this person from now on, even if someone else used it when the incident began.
    const isTheirs = this.#ownerOf(account.id) === person.id || (await this.#links?.claim(account, person.id));
    return isTheirs ? { name: account.id, person } : null;
  }

  /** Signs in a guest who is not in the profile; null if a person of the profile has an account of that name. */
  enterGuest(name: string): Entering | null {
    return this.#ownerOf(name) === null ? { name, person: null } : null;
  }

  /** Signs in an auditor under a separate account; null if the profile does not list the entity. */
  enterAuditor(name: string, entity: string): Entering | null {
    return this.#hasEntity(entity) ? { name: `${AUDITOR}${name}`, person: null } : null;
  }

  #hasEntity(entity: string | undefined): boolean {
    return this.profile?.entities.some(({ id }) => id === entity) ?? false;
  }

  /** Returns true while a session is valid: it ends when the person's roles change or they leave the profile. */
  stands({ name, way, person, version, entity }: Session): boolean {
    if (way === 'auditor') return this.#hasEntity(entity);
    if (this.profile === null) return person === null;
    const owner = this.#ownerOf(name);
    if (way === 'guest') return owner === null;
    return person !== null && owner === person && version === versionOf(this.person(person));
  }

  /** Returns a session's roles from the identity provider's groups, in addition to the profile's. */
  groupRoles({ groups }: Pick<Session, 'groups'>): readonly Role[] {
    return groups.flatMap((group) => this.#groupRoles.get(group) ?? []);
  }

  administrates(session: Session): boolean {
    const listed = this.person(session.person)?.roles ?? [];
    return [...listed, ...this.groupRoles(session)].includes('administrator');
  }

  /** Returns the person of the profile with these claims; null if there is none. */
  personOfClaims(config: OidcConfig, claims: Claims): Person | null {
    return this.profile && personOfClaims(config, claims, this.profile, this.#links);
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

/** Returns a hash of a person's id and roles; a session that stores another hash has ended. */
export function versionOf(person: Person | null): string {
  const what = person === null ? '' : JSON.stringify([person.id, person.roles.toSorted()]);
  return createHash('sha256').update(what).digest('base64url').slice(0, 16);
}
