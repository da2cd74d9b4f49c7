import type { Text } from '../../conversation/cards/card.ts';
import type { Organisation } from '../../incident/people/profile.ts';
import type { Finding } from '../../use-cases/ports.ts';
import { findingsAbout } from './findings.ts';

/** Reason why an id in the profile cannot be used. */
export type Problem = 'unknown' | 'deactivated' | 'archived' | 'without_bot';
export interface ProfileCheck {
  readonly platform: string;
  /** Platform name in the findings, e.g. `wecom app`; by default `platform`. */
  readonly about?: string;
  /** Tenant of its accounts and rooms in the profile, and the variable with it. */
  readonly tenant: string;
  readonly variable?: string;
  /** False if accounts and rooms of other tenants are valid too. */
  readonly isOneTenant?: boolean;
  /** Checks an account or room on the platform; null if valid, or if there is no answer. Never rejects. */
  readonly account?: (id: string) => Promise<Problem | null>;
  readonly room?: (address: string) => Promise<Problem | null>;
}
/** Account or room; `shown` has its name and id. */
interface Listed {
  readonly tenant: string;
  readonly id: string;
  readonly name: string;
  readonly shown: string;
}

/** Compares the profile with a platform: a wrong id leaves a person without roles, or a room without messages. */
export async function profileFindings(
  { people, rooms }: Organisation,
  { platform, about = platform, tenant, variable, isOneTenant = true, account, room }: ProfileCheck,
): Promise<readonly Finding[]> {
  const { wrong } = findingsAbout(about);
  const accounts = people.flatMap(({ name, accounts: all }) =>
    all
      .filter((one) => one.platform === platform)
      .map(({ id, ...one }) => ({ ...one, id, name, shown: `${name} (${id})` })),
  );
  const listed = rooms
    .filter((one) => one.platform === platform)
    .map((one) => ({ tenant: one.tenant, id: one.address, name: one.address, shown: one.address }));
  const isElsewhere = (one: Listed): boolean => isOneTenant && one.tenant !== tenant;
  const problems = async (
    what: 'accounts' | 'rooms',
    all: readonly Listed[],
    problemOf: ProfileCheck['account'],
  ): Promise<readonly Finding[]> => {
    const found = new Map<Problem, readonly string[]>();
    for (const { id, shown } of all.filter((one) => !isElsewhere(one))) {
      const problem = (await problemOf?.(id)) ?? null;
      if (problem !== null) found.set(problem, [...(found.get(problem) ?? []), shown]);
    }
    if (found.size === 0) return [];
    const list = [...found].map(
      ([problem, ids]): Text => ({
        ...{ key: `chat.profile.${problem}`, params: { ids: ids.join(', ') } },
      }),
    );
    return [wrong(what, { key: `chat.profile.${what}`, params: { list: { list, joiner: 'semicolon' } } })];
  };
  const names = [...new Set([...accounts, ...listed].filter(isElsewhere).map(({ name }) => name))].join(', ');
  const wanted = variable === undefined ? tenant : `${tenant} (${variable})`;
  return [
    ...(names === '' ? [] : [wrong('tenant', { key: 'chat.profile.tenant', params: { names, tenant: wanted } })]),
    ...(await problems('accounts', accounts, account)),
    ...(await problems('rooms', listed, room)),
  ];
}
