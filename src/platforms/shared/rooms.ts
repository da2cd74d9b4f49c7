import type { Room } from '../../incident/identity.ts';
import type { Organisation } from '../../incident/people/profile.ts';
import type { Caller } from '../../use-cases/app.ts';
import { type Known, personBehind } from '../../use-cases/directory/links.ts';

/** Room of the profile at an address: two tenants may have rooms of one address. */
export function roomOf(
  organisation: Organisation | null,
  { platform, tenant, address }: Pick<Room, 'platform' | 'tenant' | 'address'>,
): Organisation['rooms'][number] | undefined {
  return organisation?.rooms.find(
    (room) => room.platform === platform && room.tenant === tenant && room.address === address,
  );
}

/** Room of a group: from the profile where it is listed; else at home, in the organisation's language, and `open` as given. */
export function groupRoom(
  organisation: Organisation | null,
  { platform, tenant, address, open }: Pick<Room, 'platform' | 'tenant' | 'address' | 'open'>,
): Room {
  const own = roomOf(organisation, { platform, tenant, address });
  return {
    platform,
    tenant,
    address,
    location: own?.location ?? 'home',
    language: own?.language ?? organisation?.languages.rooms ?? 'zh-CN',
    open: own?.open ?? open,
    ...(own?.zone === undefined ? {} : { zone: own.zone }),
  };
}

/** The conversation of a person with the bot: where they are, and in their language. */
export function directRoom({ account, language }: Pick<Caller, 'account' | 'language'>, profile: Known): Room {
  const { platform, tenant, id } = account;
  const location = personBehind(profile, account)?.location ?? 'home';
  return { platform, tenant, address: id, location, language, open: false };
}
