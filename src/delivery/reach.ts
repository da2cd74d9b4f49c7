import type { Account } from '../incident/identity.ts';
import { platformsOf } from '../use-cases/notices/routes.ts';
import type { Messenger } from '../use-cases/ports.ts';

/**
 * Returns true if one of a person's accounts can be reached, as far as this process knows; null if unknown. An account
 * without push, which the person must open, counts only if there is no other.
 */
export function reachBy(
  messengers: ReadonlyMap<string, Messenger>,
  isElsewhere: (platform: string) => boolean,
): (accounts: readonly Account[]) => boolean | null {
  const platforms = platformsOf(messengers);
  const one = (account: Account): boolean | null => {
    const messenger = messengers.get(account.platform);
    if (!messenger) return false;
    if (isElsewhere(account.platform)) return null;
    return messenger.canMessagePeople?.reaches?.(account) ?? null;
  };
  return (accounts) => {
    const loud = accounts.filter(({ platform }) => !platforms.isQuiet(platform));
    if (accounts.length > 0 && loud.length === 0) return null;
    const found = loud.map(one);
    if (found.includes(true)) return true;
    return found.includes(null) ? null : false;
  };
}
