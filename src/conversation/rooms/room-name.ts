import { accountKey, type RoomId, roomId } from '../../incident/identity.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { Text } from '../cards/card.ts';
import { ofPart, plain, platformText, t } from '../cards/situation.ts';

/** Name of a room with its platform: from the profile or from the platform; without a name its address. */
export function roomText(state: Pick<IncidentState, 'organisation' | 'rooms'>, room: RoomId): Text {
  const [platform = '', , ...address] = room.split('/');
  const params = { platform, place: platformText(platform) };
  const name = nameOf(state, room);
  if (name !== undefined) return t('rooms.named', { ...params, name });
  return t('rooms.unnamed', { ...params, address: plain(address.join('/')) });
}

/** Address of a room as its platform knows it, so that somebody finds the room without words of people. */
export function placeOfRoom(room: RoomId): Text {
  const [platform = '', tenant = '', ...address] = room.split('/');
  const params = { platform, place: platformText(platform), tenant: plain(tenant) };
  return t('rooms.place', { ...params, address: plain(address.join('/')) });
}

function nameOf(
  { organisation, rooms }: Pick<IncidentState, 'organisation' | 'rooms'>,
  room: RoomId,
): Text | undefined {
  const own = organisation?.rooms.find((one) => roomId(one) === room)?.name;
  if (own !== undefined) return plain(own);
  // The name was chosen by people, often after the incident: a room abroad sees it only with the title.
  const told = rooms[room]?.name;
  return told === undefined ? undefined : ofPart('title', told);
}

/** Confirmation that the incident is shown in a further room, for the person who requested it there. */
export function roomAddedText(state: IncidentState, room: RoomId): Text {
  const isDirect = Object.values(state.people).some(({ account }) => account !== null && accountKey(account) === room);
  if (isDirect) return t('said.room_added_here');
  if (nameOf(state, room) === undefined) return t('said.room_added');
  return t('said.room_added_named', { room: roomText(state, room) });
}
