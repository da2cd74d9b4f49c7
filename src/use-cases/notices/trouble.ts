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
  /** Platform that the message is about. */
  readonly platform: string;
  /** Idempotency key: one key is one message, however often it is queued. */
  readonly key: string;
  readonly card: Card;
  /** True: the platform reaches nobody, so another is used where there is one. */
  readonly isDown: boolean;
}
export interface Reader {
  readonly id: string;
  readonly accounts: readonly Account[];
  readonly language: Language;
}

/** Tells people of some roles about trouble of a platform: by another platform if possible, as this one may be down. */
export async function tellRoles(
  { tell, ...needs }: TellingNeeds & { readonly tell: (notices: readonly NewNotice[]) => Promise<void> },
  { roles, ...trouble }: Trouble & { readonly roles: readonly Role[] },
): Promise<void> {
  const notices = holders(needs, roles).flatMap((reader) => noticeTo(reader, trouble, null, needs.clock.now()));
  if (notices.length > 0) await tell(notices);
}

/** People of the profile with one of some roles, as they are written to. */
export function holders({ links, profile }: TellingNeeds, roles: readonly Role[]): readonly Reader[] {
  const organisation = profile();
  return (organisation?.people ?? []).flatMap((person) => {
    if (!roles.some((role) => person.roles.includes(role))) return [];
    const language = person.language ?? organisation?.languages.people ?? 'zh-CN';
    return { id: person.id, accounts: links?.accountsOf(person.id) ?? person.accounts, language };
  });
}

/** Message to one person, by another platform than the failed one where the person has an account there. */
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
