import type { ListedIncident } from '../../conversation/cards/card-views.ts';
import type { Account, ActorId, RoomId } from '../../incident/identity.ts';
import type { RecordRow } from '../../incident/record/chain.ts';
import type { IncidentEvent, RecordedEvent } from '../../incident/record/events.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { Json, Refusal } from './basics.ts';
import type { NewNotice, OutboxStore, SurfaceStore, TimerStore, WantedTimer } from './delivery.ts';
import type { KeptKey } from './kept-names.ts';
import type { RegisterIndex } from './register-index.ts';

export type { RecordRow };

/** Store: the record, its accompanying data, and the other processes on it. */

export interface IncidentRow extends ListedIncident {
  /** True for an incident recorded afterwards, from a list. */
  readonly imported?: true;
  readonly phase: string;
  readonly lead: ActorId;
  readonly declaredAt: string;
  readonly version: number;
  readonly participants: readonly ActorId[];
  readonly rooms: readonly RoomId[];
}

export interface Change {
  readonly events: readonly IncidentEvent[];
  readonly row: IncidentRow;
  /** All timers that the incident wants: the store adds missing ones and cancels all others. */
  readonly timers: readonly WantedTimer[];
  readonly notices: readonly NewNotice[];
  readonly surfaces: readonly WantedSurface[];
  readonly result: Json;
}

/** Surface that an incident wants in a room. A change makes it dirty; dirty ones precede stale ones. */
export interface WantedSurface {
  readonly room: RoomId;
  readonly key: string;
  /** New renewal interval, in ms. */
  readonly every?: number | null;
  /** Effect of the change: once posted, `time` (on its countdown) makes it stale instead of dirty, `none` leaves it. */
  readonly effect?: 'content' | 'time' | 'none';
}

/** Input of `decide`, which may run again after a conflict and must be pure and synchronous. */
export interface Current {
  readonly id: string;
  /** State of the incident; null for a new one. */
  readonly state: IncidentState | null;
  readonly actor: ActorId;
  /** Latest incident that the actor declared since the request's `recentSince`; null if none. */
  readonly recent: { readonly id: string; readonly title: string } | null;
}

export type Verdict =
  | { readonly kind: 'commit'; readonly change: Change }
  | { readonly kind: 'refuse'; readonly refusal: Refusal };

export interface ChangeRequest {
  readonly target: { readonly incident: string } | { readonly series: 'INC' | 'DRILL'; readonly year: number };
  /** Delivery (idempotency) key: a repetition gets the stored result; another body is refused (`key_reused`). */
  readonly delivery: { readonly platform: string; readonly key: string; readonly bodyHash: string };
  readonly actor: Account | 'clock' | 'api' | 'import';
  readonly at: number;
  readonly recentSince?: number;
  /** Timer that this change ends (`done`) in the same commit; refused with `timer_gone` if it is not pending. */
  readonly timer?: string;
  decide(current: Current): Verdict;
}

export type ChangeOutcome =
  /** `replayed`: repeated delivery key; the answer is the earlier one. */
  | {
      readonly kind: 'committed' | 'replayed';
      readonly id: string;
      readonly result: Json;
      readonly state: IncidentState;
      readonly replayed: boolean;
    }
  | { readonly kind: 'refused'; readonly id: string | null; readonly refusal: Refusal };

export interface Store {
  /** Commits one change, durable when it resolves. Rejects only if the store cannot commit; then nothing is stored. */
  change(request: ChangeRequest): Promise<ChangeOutcome>;
  incident(id: string): Promise<IncidentState | null>;
  events(id: string, from?: number): Promise<readonly RecordedEvent[]>;
  incidents(filter: IncidentFilter): Promise<readonly IncidentRow[]>;
  /** Lists open incidents, except drills, with their next due time. */
  openDues(): Promise<readonly { readonly id: string; readonly nextDue: string | null }[]>;
  /** Actor of an account; null if it never acted. */
  actorOf(account: Account): Promise<ActorId | null>;
  /** Incident whose record first named a file (SHA-256); null if none. Reads every record, so use it rarely. */
  firstNaming(sha256: string): Promise<string | null>;
  /** Rows of the record with their exact bytes, for export and verification; `after`: only later versions. */
  record(id: string, after?: number): AsyncIterable<RecordRow>;
  /** Commits a probe; rejects if the store cannot commit. */
  probe(): Promise<void>;
  close(): Promise<void>;

  readonly timers: TimerStore;
  readonly outbox: OutboxStore;
  readonly surfaces: SurfaceStore;
  readonly blobs: BlobStore;
  readonly inbox: InboxStore;
  readonly erasure: ErasureStore;
  readonly threads: ThreadIndex;
  readonly register: RegisterIndex;
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
  /** Reads a content in parts; null if there is none with that hash. */
  get(sha256: string): Promise<AsyncIterable<Uint8Array> | null>;
}

/** Erasure of data past its retention, only for incidents whose record ends with `erased`. */
export interface ErasureStore {
  /**
   * Erases content and salt of every entry but the last, all other data of the incident (also the reports from outside
   * that opened or joined it, with their notices), and its files unless another record or a report names them. The
   * chain still verifies. Idempotent.
   */
  erase(incident: string, files: readonly string[]): Promise<void>;
  /** Removes files (SHA-256) that no record or report names, e.g. those of a removed report. */
  dropFiles(files: readonly string[]): Promise<void>;
  /** Erased incidents that still have content, because the process ended before it was removed. */
  unfinished(): Promise<readonly string[]>;
}

/** Payload whose handling threw, for `doctor`; `at` in epoch milliseconds. */
export interface FailedPayload {
  readonly platform: string;
  readonly key: string;
  readonly body: string;
  readonly error: string;
  readonly at: number;
}
export interface InboxStore {
  failed(entry: FailedPayload): Promise<void>;
  listFailed(limit: number): Promise<readonly Omit<FailedPayload, 'body'>[]>;
  /** Removes idempotency keys older than an instant, and failed payloads older than another; returns their number. */
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
   * Requests the lock, once: `held` is called when this process gets it, `lost` when another may have it, and `held`
   * again only after `lost` resolved. The returned function releases the lock and resolves after `lost`.
   */
  hold(parts: { readonly held: () => void; readonly lost: () => Promise<void> }): () => Promise<void>;
}

/** Other processes on the same store. */
export interface Neighbours {
  /** Subscribes to changes by other processes; `incident` null: unknown which one. Returns the unsubscribe function. */
  onChange(listener: (incident: string | null) => void): () => void;
}

/** Small durable values of platforms, by key. `put` is on disk when it resolves. */
export interface KeptValues<Key extends string = KeptKey> {
  get(key: Key): Promise<string | null>;
  put(key: Key, value: string): Promise<void>;
  /** Writes a value in place of `before` (null: of none); false and no write if another one is stored by now. */
  swap(key: Key, before: string | null, value: string): Promise<boolean>;
  /** Removes an entry; true if it existed. Of concurrent removals exactly one gets true. */
  remove(key: string): Promise<boolean>;
  /** Entries whose key begins with `prefix`, in the order of their keys. */
  list(prefix: string, limit: number): Promise<readonly { readonly key: string; readonly value: string }[]>;
  /**
   * Feeds an in-memory copy: calls `heard` with the entries under `prefix`, at most `limit`, and then with writes of
   * other processes, null for removals. The last call for a key has the stored value, so an entry may be reported more
   * than once. Removals are missed while other processes cannot be reached. Resolves when all existing entries are
   * reported.
   */
  watch(prefix: string, limit: number, heard: (key: string, value: string | null) => void): Promise<void>;
}

/** Index of threads: the incident whose status card has this handle. */
export interface ThreadIndex {
  incidentOf(room: RoomId, ref: string): Promise<string | null>;
  /** Open incidents in rooms of a platform, or of one tenant (`chat/T0123`), with the handle of their root message. */
  open(platform: string, limit: number): Promise<readonly OpenThread[]>;
  /** Incidents, also closed ones, whose status card was posted in a room, or may have been. */
  shownIn(room: RoomId): Promise<readonly string[]>;
}

export interface OpenThread {
  readonly incident: string;
  readonly room: RoomId;
  readonly ref: string;
}

/**
 * Messages of a platform that keeps its rooms itself (the console). A second append under one key is ignored. `seq`
 * increases with every append and edit, so a reader can request what is newer than its last `seq`.
 */
export interface RoomLog {
  append(message: {
    readonly address: string;
    readonly thread: string | null;
    readonly key: string;
    readonly author: string | null;
    readonly body: string;
    readonly at: number;
    /** Incident with which the message is erased; absent: the incident of its thread. */
    readonly incident?: string | null;
  }): Promise<LoggedMessage>;
  /** Edits a message; null if it does not exist. `incident`: its incident, if known later. */
  edit(ref: string, body: string, at: number, incident?: string | null): Promise<LoggedMessage | null>;
  find(address: string, key: string): Promise<LoggedMessage | null>;
  /** Messages of one address with seq > after, oldest first. */
  since(address: string, after: number, limit: number): Promise<readonly LoggedMessage[]>;
  /**
   * Newest messages of a thread (null: the roots of the room), oldest first; with `before` (a ref), those posted before
   * that message. It must not read the whole room.
   */
  page(address: string, thread: string | null, before: string | null, limit: number): Promise<readonly LoggedMessage[]>;
  /**
   * Subscribes to each committed append or edit. Those of other processes may arrive late and out of order; `seq`
   * orders them. Returns the unsubscribe function.
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
