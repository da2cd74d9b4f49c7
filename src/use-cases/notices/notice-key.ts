import { type ActorId, accountKey, type RoomId } from '../../incident/identity.ts';
import type { Destination } from '../ports.ts';

export interface Entry {
  readonly incident: string;
  readonly version: number;
}
/** Fallback route of a notice: its number (`NUMBERS`) and its place. */
interface TakenWay {
  readonly way: number;
  readonly place: string;
}
/** Idempotency key of a notice. A room has one key per entry, also in place of several people. */
export type NoticeKey =
  | (Entry & { readonly kind: 'told'; readonly to: ActorId; readonly by?: TakenWay })
  | (Entry & { readonly kind: 'anchor' | 'moved' | 'event'; readonly to: RoomId })
  /** Replacement of one notice (`of`: its key) or of those that an entry ends: hidden (`back`), or `settled`. */
  | { readonly kind: 'back' | 'settled'; readonly of: string | Entry }
  | { readonly kind: 'digest'; readonly room: RoomId; readonly day: string }
  /** Outside report, e.g. `A-7K2QX9`, to a room or a person. */
  | { readonly kind: 'intake'; readonly ref: string; readonly to: string };
export type ToldKey = Extract<NoticeKey, { kind: 'told' }>;

/** Text of a key in the outbox and the record, e.g. `INC-2026-0001:7:ACTOR~2:PLATFORM/TENANT/ADDRESS`. */
export function formatKey(key: NoticeKey): string {
  if (key.kind === 'digest') return `digest:${key.room}:${key.day}`;
  if (key.kind === 'intake') return `intake:${key.ref}:${key.to}`;
  if ('of' in key) return `${typeof key.of === 'string' ? key.of : entryText(key.of)}:${key.kind}`;
  const entry = entryText(key);
  if (key.kind !== 'told') return `${entry}:${key.kind}:${key.to}`;
  return `${entry}:${key.to}${key.by ? `~${key.by.way}:${key.by.place}` : ''}`;
}

function entryText({ incident, version }: Entry): string {
  return `${incident}:${version}`;
}

/** Parses a key if its notice is about an entry of the record; otherwise null. */
export function parseKey(text: string): Exclude<NoticeKey, { kind: 'digest' | 'intake' | 'back' | 'settled' }> | null {
  const found =
    /^(?<incident>[^:]+):(?<version>\d+):(?:(?<kind>anchor|moved|event):)?(?<to>[^~]*)(?:~(?<way>\d+):(?<place>.*))?$/su.exec(
      text,
    )?.groups;
  if (!found) return null;
  const { incident = '', version, kind, to = '', way, place = '' } = found;
  const entry = { incident, version: Number(version) };
  if (kind === 'anchor' || kind === 'moved' || kind === 'event') return { ...entry, kind, to };
  return { ...entry, kind: 'told', to, ...(way === undefined ? {} : { by: { way: Number(way), place } }) };
}

/** Key of the notice with key `text` when it is sent to `room`; keys without a record entry stay as they are. */
export function keyInRoom(text: string, room: RoomId): string {
  const key = parseKey(text);
  return key ? formatKey({ kind: 'told', incident: key.incident, version: key.version, to: room }) : text;
}

/** Address of a destination, as `PLATFORM/TENANT/ADDRESS`. */
export function placeText(to: Destination): string {
  if (to.kind === 'room') return to.room;
  return to.kind === 'person' ? accountKey(to.account) : `${to.platform}/${to.tenant}/${to.address}`;
}
