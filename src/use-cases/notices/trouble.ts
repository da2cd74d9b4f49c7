import type { Card } from '../../conversation/cards/card.ts';
import type { Account, Language, Role } from '../../incident/identity.ts';
import type { CurrentProfile } from '../../incident/people/profile.ts';
import type { Links } from '../directory/links.ts';
import type { Clock, NewNotice } from '../ports.ts';

export interface TellingNeeds {
  readonly clock: Clock;
  readonly profile: CurrentProfile;
  readonly links?: Pick<Links, 'accountsOf'> | undefined;
}
export interface Trouble {
  readonly platform: string;
  /** Idempotency key: the same key is the same message. */
  readonly key: string;
  readonly card: Card;
  /** True if the platform reaches nobody, so that another one is used if possible. */
  readonly isDown: boolean;
}
export interface Reader {
  readonly id: string;
  readonly accounts: readonly Account[];
  readonly language: Language;
}

/** Notifies people of some roles of a platform's problem, preferably by another platform, as this one may be down. */
export async function tellRoles(
  { tell, ...needs }: TellingNeeds & { readonly tell: (notices: readonly NewNotice[]) => Promise<void> },
  { roles, ...trouble }: Trouble & { readonly roles: readonly Role[] },
): Promise<void> {
  const notices = holders(needs, roles).flatMap((reader) => noticeTo(reader, trouble, null, needs.clock.now()));
  if (notices.length > 0) await tell(notices);
}

/** People of the profile with one of some roles, with their accounts and languages. */
export function holders({ links, profile }: TellingNeeds, roles: readonly Role[]): readonly Reader[] {
  const organisation = profile();
  return (organisation?.people ?? []).flatMap((person) => {
    if (!roles.some((role) => person.roles.includes(role))) return [];
    const language = person.language ?? organisation?.languages.people ?? 'zh-CN';
    return { id: person.id, accounts: links?.accountsOf(person.id) ?? person.accounts, language };
  });
}

/** Notices to one person, by another platform than the failing one if the person has an account there. */
export function noticeTo(
  { id, accounts, language }: Reader,
  { platform, key, card, isDown }: Trouble,
  incident: string | null,
  dueAt: number,
): readonly NewNotice[] {
  const elsewhere = accounts.filter((account) => account.platform !== platform);
  const ours = accounts.filter((account) => account.platform === platform);
  const [account, ...others] = isDown && elsewhere.length > 0 ? elsewhere : [...elsewhere, ...ours];
  if (!account) return [];
  return [
    {
      ...{ incident, dueAt, key: `${platform}:${key}:${id}` },
      lane: 'reminder',
      to: { kind: 'person', account, others, language, otherwise: null },
      content: { kind: 'card', card },
    },
  ];
}
