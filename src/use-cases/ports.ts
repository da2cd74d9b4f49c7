import type { Card } from '../conversation/card.ts';
import type { IncidentEvent, RecordedEvent } from '../incident/events.ts';
import type { Account, ActorId, Language, RoomId } from '../incident/identity.ts';
import type { IncidentState } from '../incident/state.ts';

/** Every port of the house. Adapters live in storage/, platforms/, documents/, ops/; wiring.ts puts them together. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Wall time in epoch milliseconds. `at` runs a function once at or after an instant and returns its cancellation. */
export interface Clock {
  now(): number;
  at(instant: number, run: () => void): () => void;
}
/** What parts of the house write to the log; never a payload, a secret or what people wrote. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
/** Opaque, unguessable, unique. */
export interface IdSource {
  next(): string;
}

// --- the store -----------------------------------------------------------------------------------------------------

export interface WantedTimer {
  /** Unique among all timers; the same key is the same timer, whatever its due time. */
  readonly key: string;
  readonly kind: string;
  readonly dueAt: number;
}
export interface StoredTimer extends WantedTimer {
  readonly incident: string;
  readonly state: 'pending' | 'done' | 'cancelled';
  readonly fence: number;
}

/** What must arrive once. Rendered at the first attempt; that body is kept and resent byte for byte. */
export interface NewNotice {
  readonly key: string;
  /** Null for what is about no single incident, e.g. the daily digest. */
  readonly incident: string | null;
  readonly lane: Lane;
  readonly to: Destination;
  readonly content: NoticeContent;
  /** Wall time the notice is about; lateness is measured from here. */
  readonly dueAt: number;
}
export type Lane = 'answer' | 'reminder' | 'file' | 'status';
/** A room (in the incident's thread or ringing the room itself), a person directly, or a place outside. */
export type Destination =
  | {
      readonly kind: 'room';
      readonly room: RoomId;
      readonly ring: boolean;
      /** For what belongs to no incident, whose rooms would say it. */
      readonly language?: Language;
    }
  /** A place beside the rooms of the incident, without a thread: when nothing else takes a notice. */
  | {
      readonly kind: 'outside';
      readonly platform: string;
      readonly tenant: string;
      readonly address: string;
      readonly language: Language;
    }
  | {
      readonly kind: 'person';
      readonly account: Account;
      readonly language: Language;
      readonly otherwise: RoomId | null;
    };
export type NoticeContent =
  | {
      readonly kind: 'card';
      readonly card: Card;
      /** The entry of the record whose hash is added to the card: it exists only once the change is committed. */
      readonly anchor?: number;
    }
  | {
      readonly kind: 'file';
      readonly card: Card;
      readonly document: { readonly draft: number; readonly format: string; readonly language: Language };
    };

export interface Notice extends NewNotice {
  readonly state: 'ready' | 'sending' | 'sent' | 'unknown' | 'dead';
  readonly fence: number;
  /** Whether the attempt before this claim ended without a known outcome. */
  readonly wasUnknown: boolean;
  readonly attempts: number;
  readonly attemptedAt: number | null;
  readonly notBefore: number;
  readonly body: string | null;
  readonly ref: string | null;
}

export interface SurfaceRow {
  readonly incident: string;
  readonly room: RoomId;
  readonly key: string;
  /** The platform's handle of the posted message; null while it is not posted. */
  readonly ref: string | null;
  readonly shownHash: string | null;
  readonly dirty: boolean;
  /** When the shown content goes stale by itself. */
  readonly refreshAt: number | null;
  /** How often it is worth renewing, in milliseconds; null: as it says by `refreshAt`. */
  readonly refreshEvery: number | null;
  /** When it was last made equal; its age is measured from here. */
  readonly shownAt: number | null;
  /** When a first post was last tried, 0 if it may have been there before; null: never. */
  readonly attemptedAt: number | null;
  readonly fence: number;
}

/** One row of the list of incidents. */
export interface IncidentRow {
  readonly id: string;
  readonly title: string;
  readonly drill: boolean;
  readonly phase: string;
  readonly level: string;
  readonly lead: ActorId;
  readonly declaredAt: string;
  readonly nextDue: string | null;
  readonly version: number;
  readonly participants: readonly ActorId[];
  readonly rooms: readonly RoomId[];
}

export interface Change {
  readonly events: readonly IncidentEvent[];
  readonly row: IncidentRow;
  /** The whole wanted set of the incident: the store inserts what is missing and cancels what is no longer wanted. */
  readonly timers: readonly WantedTimer[];
  readonly notices: readonly NewNotice[];
  /** The whole wanted set; all of them become dirty. */
  readonly surfaces: readonly { readonly room: RoomId; readonly key: string }[];
  readonly result: Json;
}
/** What `decide` sees. It may run again on a conflict, so it must be pure and synchronous. */
export interface Current {
  readonly id: string;
  /** Null for a new incident. */
  readonly state: IncidentState | null;
  readonly actor: ActorId;
  /** The latest incident the actor declared since `recentSince` of the request, or null. */
  readonly recent: { readonly id: string; readonly title: string } | null;
}
export type Verdict =
  | { readonly kind: 'commit'; readonly change: Change }
  | { readonly kind: 'refuse'; readonly refusal: Refusal };
export interface Refusal {
  readonly code: string;
  readonly field?: string;
  readonly params?: Readonly<Record<string, Json>>;
}

export interface ChangeRequest {
  readonly target: { readonly incident: string } | { readonly series: 'INC' | 'DRILL'; readonly year: number };
  /** The delivery key: the same key is answered with the kept result; another body under it is refused (`key_reused`). */
  readonly delivery: { readonly platform: string; readonly key: string; readonly bodyHash: string };
  readonly actor: Account | 'clock' | 'api';
  readonly at: number;
  readonly recentSince?: number;
  /** The timer this change consumes: it becomes `done` in the same commit; if it is no longer pending the change is refused (`timer_gone`). */
  readonly timer?: string;
  decide(current: Current): Verdict;
}
export type ChangeOutcome =
  | {
      readonly kind: 'committed';
      readonly id: string;
      readonly result: Json;
      readonly state: IncidentState;
      readonly replayed: false;
    }
  /** The delivery key was seen before: this is what was answered then. */
  | {
      readonly kind: 'replayed';
      readonly id: string;
      readonly result: Json;
      readonly state: IncidentState;
      readonly replayed: true;
    }
  | { readonly kind: 'refused'; readonly id: string | null; readonly refusal: Refusal };

export interface Store {
  /** One change, durable when the promise resolves. Rejects only if the store cannot commit; nothing is kept then. */
  change(request: ChangeRequest): Promise<ChangeOutcome>;
  incident(id: string): Promise<IncidentState | null>;
  events(id: string, from?: number): Promise<readonly RecordedEvent[]>;
  incidents(filter: IncidentFilter): Promise<readonly IncidentRow[]>;
  /** The opaque actor of an account if it ever acted. */
  actorOf(account: Account): Promise<ActorId | null>;
  /** Rows of the record with the exact bytes, for export and verification. */
  record(id: string): AsyncIterable<RecordRow>;
  /** Counts a committed probe; rejects when the store cannot commit. */
  probe(): Promise<void>;
  close(): Promise<void>;

  readonly timers: TimerStore;
  readonly outbox: OutboxStore;
  readonly surfaces: SurfaceStore;
  readonly blobs: BlobStore;
  readonly inbox: InboxStore;
  readonly erasure: ErasureStore;
}
export interface IncidentFilter {
  readonly open?: boolean;
  readonly participant?: ActorId;
  readonly search?: string;
  readonly limit: number;
  readonly before?: string;
}
export interface RecordRow {
  readonly incident: string;
  readonly version: number;
  readonly type: string;
  readonly v: number;
  readonly at: string;
  readonly actor: ActorId;
  readonly command: string;
  /** Canonical JSON (RFC 8785) of the payload; null with `salt` once erased. */
  readonly bytes: string | null;
  readonly salt: string | null;
  readonly payloadHash: string;
  readonly prev: string;
  readonly hash: string;
}

export interface TimerStore {
  /** Pending timers with dueAt ≤ now, earliest first. */
  due(now: number, limit: number): Promise<readonly StoredTimer[]>;
  nextDueAt(): Promise<number | null>;
  of(incident: string): Promise<readonly StoredTimer[]>;
}
export interface OutboxStore {
  /** Adds notices that belong to no change of an incident; an existing key is left alone. */
  add(notices: readonly NewNotice[]): Promise<void>;
  /** `ready → sending` (or `unknown → sending`), fence + 1, attemptedAt = now, committed before it resolves. Rows held by another lease are left alone. */
  claim(now: number, limit: number): Promise<readonly Notice[]>;
  /** Keeps the rendered body; refused (false) when the fence is old. */
  keepBody(key: string, fence: number, body: string): Promise<boolean>;
  settle(key: string, fence: number, to: NoticeSettlement): Promise<boolean>;
  /** Rows found in `sending` whose lease has run out become `unknown`. */
  recover(now: number): Promise<number>;
  nextAt(): Promise<number | null>;
  /** Drops notices that were about an instant before this one and are settled; answers how many. */
  prune(before: number): Promise<number>;
  get(key: string): Promise<Notice | null>;
  counts(): Promise<Readonly<Record<Notice['state'], number>>>;
}
export type NoticeSettlement =
  | { readonly state: 'sent'; readonly ref: string }
  | { readonly state: 'ready'; readonly notBefore: number }
  | { readonly state: 'unknown'; readonly notBefore: number }
  | { readonly state: 'dead'; readonly reason: string };

export interface SurfaceStore {
  /** Dirty or stale rows, for delivery to order; at most `limit`, the stalest first. */
  wanting(now: number, limit: number): Promise<readonly SurfaceRow[]>;
  /** What was shown; `dirty` is cleared only if nothing changed since `fence` was read. */
  shown(
    row: Pick<SurfaceRow, 'incident' | 'room' | 'key' | 'fence'>,
    /** A null `ref`: nothing is posted, and nothing need be. */
    shown: {
      readonly ref: string | null;
      readonly hash: string;
      readonly at: number;
      readonly refreshAt: number | null;
      readonly refreshEvery?: number | null;
    },
  ): Promise<boolean>;
  /** Notes that what stands there is uncertain: a first post is being tried, or an edit got no answer. `shown` ends it. */
  attempting(row: Pick<SurfaceRow, 'incident' | 'room' | 'key'>, at: number): Promise<void>;
  /** The message is gone (deleted, archived): forget the handle so that it is posted again. */
  lost(row: Pick<SurfaceRow, 'incident' | 'room' | 'key'>): Promise<void>;
  get(incident: string, room: RoomId, key: string): Promise<SurfaceRow | null>;
  nextAt(): Promise<number | null>;
}
export interface BlobStore {
  /** Stores content in parts (256 kB) and answers its SHA-256 in hex; durable when it resolves. */
  put(content: AsyncIterable<Uint8Array> | Uint8Array): Promise<{ readonly sha256: string; readonly size: number }>;
  /** The content in parts; null if there is none of that hash. */
  get(sha256: string): Promise<AsyncIterable<Uint8Array> | null>;
}
/** Dropping what may no longer be kept. Only for incidents whose record ends with `erased`; anything else is left alone. */
export interface ErasureStore {
  /**
   * Drops, at once, content and salt of every entry before the last, the named files unless another record names them, and
   * everything else that is kept of the incident. The chain still verifies. Repeating it does nothing.
   */
  erase(incident: string, files: readonly string[]): Promise<void>;
  /** Incidents that were erased but still have content: the process died in between. */
  unfinished(): Promise<readonly string[]>;
}
export interface InboxStore {
  /** A payload whose handling threw: kept with its body for `doctor`. */
  failed(entry: {
    readonly platform: string;
    readonly key: string;
    readonly body: string;
    readonly error: string;
    readonly at: number;
  }): Promise<void>;
  listFailed(
    limit: number,
  ): Promise<
    readonly { readonly platform: string; readonly key: string; readonly error: string; readonly at: number }[]
  >;
  /** Drops kept keys older than an instant. */
  prune(before: number): Promise<number>;
}

// --- platforms -----------------------------------------------------------------------------------------------------

export interface Place {
  readonly tenant: string;
  readonly address: string;
  /** The handle of the incident's root message in this room; null for the root itself. */
  readonly thread: string | null;
}
export interface OutgoingMessage {
  readonly incident: string;
  readonly card: Card;
  readonly language: Language;
  /** The revision the card was made for: platforms bind it into every button. */
  readonly revision: number;
  readonly surface: string | null;
  /** Whether the room (not only the thread) should hear it. */
  readonly ring: boolean;
  readonly late?: { readonly seconds: number };
  readonly possiblyRepeated?: boolean;
}
export type SendOutcome =
  | { readonly kind: 'sent'; readonly ref: string }
  | {
      readonly kind: 'refused';
      readonly reason: 'rate_limited' | 'gone' | 'forbidden' | 'invalid' | 'unreachable';
      readonly retryAt?: number;
      readonly detail: string;
    }
  | { readonly kind: 'unknown'; readonly detail: string };

/** A platform that can show an incident. Sends never throw. */
export interface Messenger {
  readonly platform: string;
  /** Pure: the exact body that goes on the wire. Its hash decides whether an edit is needed. */
  render(message: OutgoingMessage): string;
  /** The part of a body that a reader sees; bodies equal in it need no edit (e.g. without the bound revision). */
  fingerprint?(body: string): string;
  /**
   * For a platform that cannot edit: what of a surface people must see again once it changes; posted anew when it differs.
   * Without it such a platform shows each surface once.
   */
  news?(message: OutgoingMessage): string;
  post(place: Place, body: string, key: string): Promise<SendOutcome>;
  readonly canEdit?: CanEdit;
  readonly canFind?: CanFind;
  readonly canSendFile?: CanSendFile;
  readonly canMessagePeople?: CanMessagePeople;
}
export interface CanEdit {
  /** How many edits a minute one workspace bears, all incidents together. */
  readonly perMinute: number;
  edit(place: Place, ref: string, body: string): Promise<SendOutcome>;
}
export interface CanFind {
  /** Looks for a message sent with `key` after an unknown outcome. */
  find(
    place: Place,
    key: string,
    since: number,
  ): Promise<
    | { readonly kind: 'found'; readonly ref: string }
    /** Not there; with `drops` the platform itself drops what it has already, if the same bytes are sent again. */
    | { readonly kind: 'absent'; readonly drops?: true }
    | { readonly kind: 'unknown' }
    /** Not in this place or not any more: sent again it may be a repetition. */
    | { readonly kind: 'unsearchable' }
  >;
}
export interface CanSendFile {
  sendFile(
    place: Place,
    file: { readonly name: string; readonly mediaType: string; readonly content: Uint8Array },
    body: string,
    key: string,
  ): Promise<SendOutcome>;
}
export interface CanMessagePeople {
  /** The place of a direct conversation, or null if this person cannot be reached. */
  direct(account: Account): Promise<Place | null>;
}

/** One line of `jishi doctor`: fine, or what to do. A warning does not fail the check. */
export interface Finding {
  readonly what: string;
  readonly state: 'ok' | 'warning' | 'wrong';
  readonly say: string;
}

/** Makes the people of a room hear something where its own platform can mention nobody. Never throws. */
export interface Ringer {
  rings(room: RoomId): boolean;
  /** `mentions` are ids of the ringer's own platform. There is no way to find what was sent, so sent again it may be a repetition. */
  ring(room: RoomId, text: string, mentions: readonly string[] | 'everybody', key: string): Promise<SendOutcome>;
}

/** What only one of the processes on a store may do at a time. */
export interface Exclusive {
  /**
   * Wants a name: `held` is called when this process gets it, `lost` when another may have it, never both at a time. The
   * answered function gives it up and resolves after `lost`.
   */
  hold(
    name: string,
    parts: { readonly held: () => void | Promise<void>; readonly lost: () => void | Promise<void> },
  ): () => Promise<void>;
}
/** The other processes on the same store. */
export interface Neighbours {
  /** Called with the incident another process changed, or null when it is not known which. Returns its cancellation. */
  onChange(listener: (incident: string | null) => void): () => void;
}

/** Small durable values of platforms, by key. `put` is on disk when it resolves. */
export interface KeptValues {
  get(key: string): Promise<string | null>;
  put(key: string, value: string): Promise<void>;
  remove(key: string): Promise<void>;
  /** Entries whose key begins with `prefix`, in the order of their keys. */
  list(prefix: string, limit: number): Promise<readonly { readonly key: string; readonly value: string }[]>;
}

/** Which incident hangs below a message: the status card whose handle it is. */
export interface ThreadIndex {
  incidentOf(room: RoomId, ref: string): Promise<string | null>;
  /** Open incidents shown in rooms of a platform, with the handle of their root message. */
  open(platform: string, limit: number): Promise<readonly OpenThread[]>;
}
export interface OpenThread {
  readonly incident: string;
  readonly room: RoomId;
  readonly ref: string;
}

/**
 * Messages of a platform that keeps its rooms itself (the console). Appending twice under one key keeps the first.
 * `seq` rises with every append and edit of the log, so a reader that knows `seq` can ask for what came after.
 */
export interface RoomLog {
  append(message: {
    readonly address: string;
    readonly thread: string | null;
    readonly key: string;
    readonly author: string | null;
    readonly body: string;
    readonly at: number;
  }): Promise<LoggedMessage>;
  /** Answers null if there is no such message. */
  edit(ref: string, body: string, at: number): Promise<LoggedMessage | null>;
  find(address: string, key: string): Promise<LoggedMessage | null>;
  /** Messages of one address with seq > after, oldest first. */
  since(address: string, after: number, limit: number): Promise<readonly LoggedMessage[]>;
  /**
   * The newest messages of one thread (null: the roots of the room) in the order they were posted, oldest first; with
   * `before` (a ref), those posted before that message. Must not read the whole room.
   */
  page(address: string, thread: string | null, before: string | null, limit: number): Promise<readonly LoggedMessage[]>;
  /** Called after each committed append or edit, in this process. Returns its cancellation. */
  onChange(listener: (message: LoggedMessage) => void): () => void;
}
export interface LoggedMessage {
  readonly ref: string;
  readonly address: string;
  readonly thread: string | null;
  readonly author: string | null;
  readonly body: string;
  readonly at: number;
  readonly editedAt: number | null;
  readonly seq: number;
}
