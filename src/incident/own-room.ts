import type { Account, Room } from './identity.ts';
import type { IncidentState } from './state.ts';
import { showsAll, visibility } from './visibility.ts';

/** Accounts and rooms of one platform, by which an incident's rooms there are found. */
export interface Here {
  readonly platform: string;
  isOurs(tenant: string): boolean;
  /** Returns true if an account is a person of this platform. */
  knows(account: Account): boolean;
  reads(user: string, address: string): boolean;
}

/**
 * Returns an incident's rooms here, that made for it (`own`), the first open one that withholds its content, and its lead.
 * `isWanted`: the incident needs a private room, because every one gets one, or because it was declared in an open room
 * and its lead has no room here that may show the content (rooms abroad do not count).
 */
export function roomsHere(here: Here, state: IncidentState) {
  const { organisation } = state;
  const account = state.people[state.lead]?.account;
  const lead = account && here.knows(account) ? account.id : undefined;
  const rooms = Object.values(state.rooms).filter(
    (room) => room.platform === here.platform && here.isOurs(room.tenant),
  );
  const own = rooms.find(({ insteadOf }) => insteadOf !== undefined);
  const open = rooms.find((room) => {
    const shown = visibility(state, { kind: 'room', room });
    return shown.show === 'head' && shown.why === 'open';
  });
  const isTheirs = (room: Room): boolean =>
    room.location === 'home' && showsAll(state, room) && (lead === undefined || here.reads(lead, room.address));
  // Without a profile no room withholds content.
  const isMissing = organisation !== null && !state.stopped && rooms.length > 0 && !own;
  const isWanted = isMissing && (organisation.channelPerIncident || (open !== undefined && !rooms.some(isTheirs)));
  return { rooms, own, open, lead, isWanted };
}

/** Returns the accounts to invite to the incident's own room; people abroad are not invited to a domestic one. */
export function invitedTo(here: Here, { location }: Room, state: IncidentState): readonly Account[] {
  return Object.values(state.people).flatMap(({ account, person }) => {
    if (account?.platform !== here.platform || !here.isOurs(account.tenant)) return [];
    const shown = visibility(state, { kind: 'account', account, person });
    return location === 'abroad' || shown.show === 'all' ? [account] : [];
  });
}
