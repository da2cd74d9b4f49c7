import type { Account, Room } from '../../incident/identity.ts';
import type { Organisation } from '../../incident/people/profile.ts';
import type { Caller } from '../../use-cases/app.ts';
import { type Known, personBehind } from '../../use-cases/directory/links.ts';
import { addressFor } from '../../use-cases/platform-support.ts';
import type { ChatPlatform } from '../description.ts';

/** Returns the profile's room at an address; rooms of two tenants may have the same address. */
export function roomOf(
  organisation: Organisation | null,
  { platform, tenant, address }: Pick<Room, 'platform' | 'tenant' | 'address'>,
): Organisation['rooms'][number] | undefined {
  return organisation?.rooms.find(
    (room) => room.platform === platform && room.tenant === tenant && room.address === address,
  );
}

/** Returns a group's room: from the profile, else domestic, in the organisation's language, `open` as given. */
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

/** Returns a person's conversation with the bot, with their location and language. */
export function directRoom({ account, language }: Pick<Caller, 'account' | 'language'>, profile: Known): Room {
  const { platform, tenant, id } = account;
  const location = personBehind(profile, account)?.location ?? 'home';
  return { platform, tenant, address: id, location, language, open: false };
}

/** Returns `readsRoom` of a tenant: its accounts read only its rooms. `reads`: by the ids of person and chat. */
export function readsOwn(
  { platform, tenant }: Omit<Account, 'id'>,
  reads: (user: string, chat: string) => boolean,
): ChatPlatform['readsRoom'] {
  return (room, { account }) => {
    const address = addressFor(account, room);
    const isOurs = account.platform === platform && account.tenant === tenant;
    return isOurs && address !== null && reads(account.id, address);
  };
}
