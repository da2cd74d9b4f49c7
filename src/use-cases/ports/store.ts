import type { Account, ActorId, RoomId } from '../../incident/identity.ts';
import type { RecordRow } from '../../incident/record/chain.ts';
import type { IncidentEvent, RecordedEvent } from '../../incident/record/events.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { Json, Refusal } from './basics.ts';
import type { NewNotice, OutboxStore, SurfaceStore, TimerStore, WantedTimer } from './delivery.ts';
import type { KeptKey } from './kept-names.ts';

export type { RecordRow };

/** Store: the record, the data beside it, and the other processes on it. */

/** One row of the list of incidents. */
export interface IncidentRow {
  readonly id: string;
  readonly title: string;
  readonly drill: boolean;
  /** Recorded afterwards, from a list. */
  readonly imported?: true;
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
  /** Complete set of the incident's wanted timers: the store inserts missing ones and cancels all others. */
  readonly timers: readonly WantedTimer[];
  readonly notices: readonly NewNotice[];
  /** Complete set of the wanted surfaces; all become dirty. `every`: interval of their renewal from now on, in ms. */
  readonly surfaces: readonly { readonly room: RoomId; readonly key: string; readonly every?: number | null }[];
  readonly result: Json;
}

/** Input of `decide`. It may run again on a conflict, so it must be pure and synchronous. */
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

export interface ChangeRequest {
  readonly target: { readonly incident: string } | { readonly series: 'INC' | 'DRILL'; readonly year: number };
  /** The delivery key: the same key is answered with the kept result; another body under it is refused (`key_reused`). */
  readonly delivery: { readonly platform: string; readonly key: string; readonly bodyHash: string };
  readonly actor: Account | 'clock' | 'api' | 'import';
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
  /** The delivery key was seen before: the earlier answer. */
  | {
      readonly kind: 'replayed';
      readonly id: string;
      readonly result: Json;
      readonly state: IncidentState;
      readonly replayed: true;
    }
  | { readonly kind: 'refused'; readonly id: string | null; readonly refusal: Refusal };

export interface Store {
  /** One change, durable when the promise resolves. Rejects only if the store cannot commit; then no part is kept. */
  change(request: ChangeRequest): Promise<ChangeOutcome>;
  incident(id: string): Promise<IncidentState | null>;
  events(id: string, from?: number): Promise<readonly RecordedEvent[]>;
  incidents(filter: IncidentFilter): Promise<readonly IncidentRow[]>;
  /** Every open incident that is not a drill, with its next due time. */
  openDues(): Promise<readonly { readonly id: string; readonly nextDue: string | null }[]>;
  /** The opaque actor of an account if it ever acted. */
  actorOf(account: Account): Promise<ActorId | null>;
  /** Incident whose record named a file (SHA-256) first; null if none does. Reads every record: rare. */
  firstNaming(sha256: string): Promise<string | null>;
  /** Rows of the record with the exact bytes, for export and verification; `after`: only those of later versions. */
  record(id: string, after?: number): AsyncIterable<RecordRow>;
  /** Counts a committed probe; rejects when the store cannot commit. */
  probe(): Promise<void>;
  close(): Promise<void>;

  readonly timers: TimerStore;
  readonly outbox: OutboxStore;
  readonly surfaces: SurfaceStore;
  readonly blobs: BlobStore;
  readonly inbox: InboxStore;
  readonly erasure: ErasureStore;
  readonly threads: ThreadIndex;
}

export interface IncidentFilter {
  readonly open?: boolean;
  readonly participant?: ActorId;
  readonly search?: string;
  readonly limit: number;
  readonly before?: string;
}

export interface BlobStore {
  /** Stores content in parts (256 kB) and returns its SHA-256 in hex; durable when it resolves. */
  put(content: AsyncIterable<Uint8Array> | Uint8Array): Promise<{ readonly sha256: string; readonly size: number }>;
  /** The content in parts; null if there is none of that hash. */
  get(sha256: string): Promise<AsyncIterable<Uint8Array> | null>;
}

/** Erasure of data past retention. Only for incidents whose record ends with `erased`; all others are left unchanged. */
export interface ErasureStore {
  /**
   * Drops, at once, content and salt of every entry before the last, everything else that is kept of the incident (also the
   * reports from outside that opened or joined it, with their notices), and the named files unless another record or a
   * report names them. The chain still verifies. Repeating it does nothing.
   */
  erase(incident: string, files: readonly string[]): Promise<void>;
  /** Drops files (SHA-256) that no record and no report names, e.g. those of a report that was dropped. */
  dropFiles(files: readonly string[]): Promise<void>;
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
  /** Drops kept keys older than an instant, and payloads that could not be handled older than another; returns how many. */
  prune(before: number, failedBefore: number): Promise<number>;
}

/**
 * Lock of the one delivering process on a store. The others stand by: they handle requests, and one of them gets the
 * lock when the holder ends, hangs or is cut off. Example: `hold({ held: () => core.start(), lost: () => core.stop()
 * })`.
 */
export interface Exclusive {
  /** True while this process delivers. */
  readonly isHeld: boolean;
  /**
   * Requests the lock, once: `held` is called when this process gets it, `lost` when another may have it, and `held` again
   * only after `lost` has resolved. The returned function releases the lock and resolves after `lost`.
   */
  hold(parts: { readonly held: () => void; readonly lost: () => Promise<void> }): () => Promise<void>;
}

/** Other processes on the same store. */
export interface Neighbours {
  /** Called with the incident changed by another process, or null when unknown. Returns its cancellation. */
  onChange(listener: (incident: string | null) => void): () => void;
}

/** Small durable values of platforms, by key. `put` is on disk when it resolves. */
export interface KeptValues<Key extends string = KeptKey> {
  get(key: Key): Promise<string | null>;
  put(key: Key, value: string): Promise<void>;
  /** Removes an entry; true if it existed: of several processes that remove the same one, exactly one gets true. */
  remove(key: string): Promise<boolean>;
  /** Entries whose key begins with `prefix`, in the order of their keys. */
  list(prefix: string, limit: number): Promise<readonly { readonly key: string; readonly value: string }[]>;
  /**
   * Feeds an in-memory copy: calls `heard` with the entries under `prefix`, at most `limit` of them, and from then on
   * with writes of other processes, null for removals. The last call for a key has the value in the store, so an entry
   * may be reported more than once. A removal is missed while the other processes cannot be reached. Resolves when all
   * existing entries are reported.
   */
  watch(prefix: string, limit: number, heard: (key: string, value: string | null) => void): Promise<void>;
}

/** Incident whose thread starts with a message: its status card has this handle. */
export interface ThreadIndex {
  incidentOf(room: RoomId, ref: string): Promise<string | null>;
  /** Open incidents shown in rooms of a platform, or of one tenant of it (`chat/T0123`), with the handle of their root message. */
  open(platform: string, limit: number): Promise<readonly OpenThread[]>;
  /** Incidents, closed ones too, whose status card was posted in a room. */
  shownIn(room: RoomId): Promise<readonly string[]>;
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
    /** Incident of the message, with which it is erased; without one the incident of its thread's root. */
    readonly incident?: string | null;
  }): Promise<LoggedMessage>;
  /** Edits a message; null if there is no such message. `incident`: its incident, if found out later. */
  edit(ref: string, body: string, at: number, incident?: string | null): Promise<LoggedMessage | null>;
  find(address: string, key: string): Promise<LoggedMessage | null>;
  /** Messages of one address with seq > after, oldest first. */
  since(address: string, after: number, limit: number): Promise<readonly LoggedMessage[]>;
  /**
   * The newest messages of one thread (null: the roots of the room) in the order they were posted, oldest first; with
   * `before` (a ref), those posted before that message. Must not read the whole room.
   */
  page(address: string, thread: string | null, before: string | null, limit: number): Promise<readonly LoggedMessage[]>;
  /**
   * Subscribes to each committed append or edit. Commits of other processes may arrive late and out of order; `seq`
   * orders them. Returns its cancellation.
   */
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
