import { entityOf } from './facts/law-facts.ts';
import { ABROAD_PARTS, type AbroadPart, type Account, type Room, type RoomId, roomId } from './identity.ts';
import { isCalled } from './people/called.ts';
import { isTakenOut, listedNow } from './people/people.ts';
import { isGone, isLead, listedFor, locationOf, metIn, personWith, type rights, takesPart } from './people/rights.ts';
import { hasLeft, hasMoved, isRestricted, isTakenOff, leftRooms } from './rooms.ts';
import type { IncidentState, Participant } from './state.ts';

/**
 * Visibility of an incident for a place or a person: the one decision behind every card, list, form, file and stream.
 * - `nothing`: the incident does not exist for them. `left` and `off`: the incident left the room or platform, or was
 *   removed from the room; `outside`: a person of another organisation, whose acts are recorded but who sees nothing.
 * - `head`: id, lead and, with `clocks`, the deadlines. `outsider`: a reader of an open room who takes no part;
 *   `unconfirmed`: a room that the profile does not list and nobody confirmed; `open`: a room that everybody reads;
 *   `moved`: the content is in another room; `elsewhere`: a group that is none of its rooms; `restricted`: abroad, the
 *   overview not released; `stopped`: a possible state secret; `left`: a person on a platform that the incident left.
 * - `overview`: status, clocks, level, owners. `parts`: overview and what a named person released. `all`: everything.
 */
export type Visibility =
  | { readonly show: 'nothing'; readonly why: 'stranger' | 'outside' | 'left' | 'off' }
  | { readonly show: 'head'; readonly why: HeadReason; readonly clocks: boolean }
  | { readonly show: 'overview' }
  | { readonly show: 'parts'; readonly parts: ReadonlySet<AbroadPart> }
  | { readonly show: 'all' };
export type HeadReason =
  | 'outsider'
  | 'open'
  | 'unconfirmed'
  | 'moved'
  | 'elsewhere'
  | 'restricted'
  | 'stopped'
  | 'left';

export interface Viewer {
  readonly kind: 'viewer';
  readonly account: Account;
  /** Person of the profile the account was linked to; null without a link. */
  readonly person: string | null;
  /** Room in which the person acts; null in a direct conversation. A room abroad limits the visible content. */
  readonly room: Room | null;
  /** True if everybody in that room reads the answer, so it holds no more than the room may show. */
  readonly aloud: boolean;
  /** True for a person of another organisation who is not named in the profile. */
  readonly outside: boolean;
  readonly reads: (room: RoomId) => boolean;
  /** Returns true if the account belonged to the person once, but no longer does by the current profile. */
  readonly left: (person: string) => boolean;
  /** True for people who keep the register: they see that an erased incident existed. */
  readonly keepsRegister: boolean;
  /** Entity whose incidents an auditor reads, wherever they take place; absent for everybody else. */
  readonly audits?: string;
}

/** Intended readers: `account` and `mail` are written to directly because they are concerned. */
export type Audience =
  | Viewer
  | { readonly kind: 'room'; readonly room: Room }
  | ({ readonly kind: 'account' } & Pick<Viewer, 'account' | 'person'>)
  | { readonly kind: 'mail'; readonly address: string }
  | { readonly kind: 'api' };

const ALL: Visibility = { show: 'all' };
const NOTHING: Visibility = { show: 'nothing', why: 'stranger' };
const HEAD = { show: 'head', clocks: true } as const;

export function visibility(state: IncidentState, audience: Audience): Visibility {
  switch (audience.kind) {
    case 'api':
      return whileCollecting(state, ALL);
    case 'room':
      return inRoom(state, audience.room);
    case 'account':
      if (isTakenOut(state, audience.account, personWith(state, audience))) return NOTHING;
      if (hasLeft(state, audience.account.platform)) return { ...HEAD, why: 'left' };
      return whileCollecting(
        state,
        (locationOf(state, audience) ?? metIn(state, audience)) === 'abroad' ? abroad(state) : ALL,
      );
    case 'mail': {
      const { organisation, inForce = organisation } = state;
      const reader = inForce?.people.find(({ email }) => email === audience.address);
      const known = { account: null, person: reader?.id ?? null };
      return whileCollecting(state, (reader?.location ?? metIn(state, known)) === 'abroad' ? abroad(state) : ALL);
    }
    case 'viewer':
      return forViewer(state, audience);
  }
}

/**
 * Returns true for an incident that limits no reader of its rooms: `seesPlain` tells, without the record, who sees all of
 * it. Others are judged by `visibility`.
 */
export function isPlain(state: IncidentState): boolean {
  const { stopped, erased, imported, chatLeft, people, rooms } = state;
  const isLimited = ({ account, person, abroad: isAbroad, removed }: Participant): boolean =>
    removed === true ||
    isAbroad === true ||
    // Somebody else may have the account since.
    (account !== null && person !== null && (listedFor(state, account)?.id ?? person) !== person);
  return (
    !(stopped || erased || imported || chatLeft) &&
    !Object.values(people).some(isLimited) &&
    Object.values(rooms).every((room) => room.location === 'home' && showsContent(state, room))
  );
}

/** Returns true if a viewer sees all of each plain incident with this profile that is in a room the viewer reads. */
export function seesPlain(profiles: Pick<IncidentState, 'organisation' | 'inForce'>, viewer: Viewer): boolean {
  if (viewer.audits !== undefined || viewer.outside || viewer.room !== null) return false;
  const person = listedNow(profiles, listedFor(profiles, viewer.account)?.id ?? viewer.person);
  // An account without a person in the profile may have left it: only the record tells.
  return !viewer.left(person?.id ?? '') && person?.location !== 'abroad';
}

/** Returns true if `part` may be shown; `undefined` is a part nobody can release. */
export function reveals(shown: Visibility, part: AbroadPart | undefined): boolean {
  if (shown.show === 'parts') return part !== undefined && shown.parts.has(part);
  return shown.show === 'all' || (shown.show === 'overview' && part === 'overview');
}

/**
 * Part of an incident that its audience may see in any place: a person who may not see may not act. Content withheld
 * only by a state-secret stop counts as visible, so that people may still act on it.
 */
export function sight(state: IncidentState, audience: Viewer | { readonly kind: 'api' }): Visibility {
  const before = state.stopped ? { ...state, stopped: null } : state;
  if (audience.kind === 'api') return visibility(before, audience);
  const { room, reads } = audience;
  return visibility(before, {
    ...audience,
    room: null,
    aloud: false,
    reads: (id) => reads(id) || (room !== null && roomId(room) === id),
  });
}

/** Returns true if the part needed for an act is visible (see `rights`); `undefined` needs all of it. */
export function suffices(seen: Visibility, needed: (typeof rights)[keyof typeof rights]['sees']): boolean {
  if (needed === 'head') return seen.show !== 'nothing';
  if (needed !== 'told') return reveals(seen, needed);
  return reveals(seen, 'overview') || (seen.show === 'nothing' && seen.why === 'outside');
}

/** Returns true if only the head is shown, because of a possible state secret. */
export function isStopped(shown: Visibility): boolean {
  return shown.show === 'head' && shown.why === 'stopped';
}

export function revealsClocks(shown: Visibility): boolean {
  return shown.show === 'head' ? shown.clocks : shown.show !== 'nothing';
}

/**
 * Returns true for a person who may know of the incident: a participant, a reader of a room that shows more than its
 * head, or a person called on. Such a person may act in it from any place.
 */
export function isInsider(state: IncidentState, audience: Viewer | { readonly kind: 'api' }): boolean {
  if (audience.kind === 'api') return true;
  if (audience.audits !== undefined) return isAudited(state, audience.audits);
  if (hasLeft(state, audience.account.platform) || isGone(state, audience)) return false;
  if ((state.erased || state.imported) && audience.keepsRegister) return true;
  if (takesPart(state, audience) || isCalled(state, audience)) return true;
  return roomsRead(state, audience).some((room) => showsContent(state, room));
}

export function showsAll(state: IncidentState, room: Room): boolean {
  return roomId(room) in state.rooms && inRoom(state, room).show === 'all';
}

/** Limits visibility after a state-secret stop to the head; abroad without the clocks. */
function whileCollecting(state: IncidentState, shown: Visibility): Visibility {
  return state.stopped ? lesser(shown, { ...HEAD, why: 'stopped' }) : shown;
}

function inRoom(state: IncidentState, room: Room): Visibility {
  const id = roomId(room);
  const isShown = id in state.rooms;
  if (!isShown && leftRooms(state).some((one) => roomId(one) === id)) return { show: 'nothing', why: 'left' };
  if (isTakenOff(state, room)) return { show: 'nothing', why: 'off' };
  return whileCollecting(
    state,
    lesser(openness(state, room), room.location === 'abroad' ? abroad(state, [room]) : ALL),
  );
}

/**
 * Openness of a room: an open room is read by the whole organisation. With `openChannels: private` or a channel for
 * each incident it shows the head only.
 */
function openness(state: IncidentState, room: Room): Visibility {
  const shown: Visibility = room.unconfirmed ? { ...HEAD, why: 'unconfirmed' } : ALL;
  if (!room.open) return shown;
  if (hasMoved(state, room)) return { ...HEAD, why: 'moved' };
  const { organisation } = state;
  const isPrivate = organisation?.openChannels === 'private' || organisation?.channelPerIncident === true;
  return isPrivate ? { ...HEAD, why: 'open' } : shown;
}

/** Visibility common to some rooms abroad: parts released to all of them; without rooms, parts that need no release. */
function abroad(state: IncidentState, rooms: readonly Room[] = Object.values(state.rooms)): Visibility {
  const ids = rooms.flatMap((room) => (room.location === 'abroad' ? [roomId(room)] : []));
  return (ids.length > 0 ? ids : ['']).map((id) => releasedTo(state, id)).reduce(lesser, ALL);
}

/** Parts released to a room. Restricted: nothing before a release; otherwise the overview needs no release. */
function releasedTo(state: IncidentState, room: RoomId): Visibility {
  const given = state.releases[room] ?? {};
  if (state.stopped || (isRestricted(state) && !given.overview)) {
    return { show: 'head', why: 'restricted', clocks: false };
  }
  const parts = new Set(ABROAD_PARTS.filter((part) => part === 'overview' || given[part]));
  return parts.size > 1 ? { show: 'parts', parts } : { show: 'overview' };
}

/** Returns true for an incident of the auditor's entity; an incident whose entity is still open belongs to none. */
function isAudited(state: IncidentState, entity: string): boolean {
  return entityOf(state)?.id === entity;
}

function forViewer(state: IncidentState, viewer: Viewer): Visibility {
  if (viewer.audits !== undefined) return isAudited(state, viewer.audits) ? whileCollecting(state, ALL) : NOTHING;
  if (isGone(state, viewer)) return NOTHING;
  const read = roomsRead(state, viewer);
  if (hasLeft(state, viewer.account.platform)) {
    const wasTheirs = takesPart(state, viewer) || leftRooms(state).some((room) => viewer.reads(roomId(room)));
    return { show: 'nothing', why: wasTheirs ? 'left' : 'stranger' };
  }
  if (!isInsider(state, viewer)) {
    if (viewer.outside || read.length === 0) return { show: 'nothing', why: 'stranger' };
    const clocks = read.some((room) => revealsClocks(inRoom(state, room)));
    return { show: 'head', why: 'outsider', clocks };
  }
  if (viewer.outside) return { show: 'nothing', why: 'outside' };
  const own = whileCollecting(state, byLocation(state, viewer, read));
  return viewer.aloud && viewer.room ? lesser(own, aloudIn(state, viewer.room)) : own;
}

/** Visibility in a group that reads the answer: of its own incidents as in the room, of others the head. */
function aloudIn(state: IncidentState, room: Room): Visibility {
  const known = state.rooms[roomId(room)];
  const shown = inRoom(state, known ?? room);
  return known || shown.show === 'nothing' ? shown : lesser(shown, { ...HEAD, why: 'elsewhere' });
}

/** Visibility by location, in order: room of the act, profile, rooms the person reads, room of first contact. */
function byLocation(state: IncidentState, viewer: Viewer, read: readonly Room[]): Visibility {
  const room = viewer.room && (state.rooms[roomId(viewer.room)] ?? viewer.room);
  if (room?.location === 'abroad') return abroad(state, [room]);
  const stated = locationOf(state, viewer);
  if (stated) return stated === 'abroad' ? abroad(state) : ALL;
  const shown = read.filter((one) => showsContent(state, one));
  if (shown.some(({ location }) => location === 'home')) return ALL;
  // A lead at home who also reads a room abroad is not limited by that room, because the lead decides on its releases.
  const isMetAbroad = metIn(state, viewer) === 'abroad';
  if (shown.length > 0 && (isMetAbroad || !isLead(state, viewer))) return abroad(state, shown);
  return isMetAbroad ? abroad(state) : ALL;
}

function roomsRead(state: IncidentState, { reads }: Viewer): readonly Room[] {
  return Object.entries(state.rooms).flatMap(([id, room]) => (reads(id) ? [room] : []));
}

/** Returns true for a room whose readers are insiders: not an open room that shows no content. */
function showsContent(state: IncidentState, room: Room): boolean {
  return openness(state, room).show === 'all';
}

const RANK: Readonly<Record<Visibility['show'], number>> = { nothing: 0, head: 1, overview: 2, parts: 3, all: 4 };

/** Intersection of two visibilities. Of two heads: clocks are shown only if both show them; `stopped` goes first. */
function lesser(a: Visibility, b: Visibility): Visibility {
  if (a.show === 'parts' && b.show === 'parts') {
    const parts = new Set([...a.parts].filter((part) => b.parts.has(part)));
    return parts.size > 1 ? { show: 'parts', parts } : { show: 'overview' };
  }
  if (a.show === 'head' && b.show === 'head') {
    return { show: 'head', why: b.why === 'stopped' ? b.why : a.why, clocks: a.clocks && b.clocks };
  }
  return RANK[a.show] <= RANK[b.show] ? a : b;
}
