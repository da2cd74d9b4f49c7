import type { Card } from '../../conversation/cards/card.ts';
import type { Account, Language, RoomId } from '../../incident/identity.ts';
import type { OutgoingEvent } from './platform.ts';

/** Timer an incident wants, e.g. `{ key: 'INC-2026-0007:r:30', kind: 'reminder', dueAt }`. */
export interface WantedTimer {
  /** Key, unique among all timers; the same key is the same timer, whatever its due time. */
  readonly key: string;
  readonly kind: string;
  readonly dueAt: number;
}

/** Stored timer; `fence` increases each time it is armed, so that an old firing is refused. */
export interface StoredTimer extends WantedTimer {
  readonly incident: string;
  readonly state: 'pending' | 'done' | 'cancelled';
  readonly fence: number;
}

/** Timers for the scheduler; a timer is consumed in the commit of the change it causes. */
export interface TimerStore {
  /** Pending timers with dueAt ≤ now, earliest first. */
  due(now: number, limit: number): Promise<readonly StoredTimer[]>;
  nextDueAt(): Promise<number | null>;
  of(incident: string): Promise<readonly StoredTimer[]>;
}

/**
 * Notice to be delivered once. It is rendered at the first attempt; that body is stored and resent byte for byte.
 * Example: a reminder of INC-2026-0007 to a person in lane `reminder`; its idempotency key makes a second insert
 * harmless.
 */
export interface NewNotice {
  readonly key: string;
  /** Incident of the notice; null for a notice on several, e.g. the daily digest. */
  readonly incident: string | null;
  readonly lane: Lane;
  readonly to: Destination;
  readonly content: NoticeContent;
  /** Wall time at which the notice is due; lateness is measured from here. */
  readonly dueAt: number;
}

/** Priority lane of a notice: answers before reminders, reminders before files, files before status cards. */
export type Lane = 'answer' | 'reminder' | 'file' | 'status';

/** People to mention in a room: accounts of its platform, or everybody. */
export type Mention = readonly Account[] | 'everybody';

/** Destination: a room (in the incident's thread, or ringing the room), a person directly, or a place outside. */
export type Destination =
  | {
      readonly kind: 'room';
      readonly room: RoomId;
      readonly ring: boolean;
      readonly mention?: Mention;
      /** Language of a message without an incident; other messages have the language of the incident's rooms. */
      readonly language?: Language;
    }
  /** Fallback place outside the incident's rooms, without a thread, if no other place accepts a notice. */
  | {
      readonly kind: 'outside';
      readonly platform: string;
      readonly tenant: string;
      readonly address: string;
      readonly language: Language;
      readonly mention?: Mention;
    }
  | {
      readonly kind: 'person';
      readonly account: Account;
      /** Further accounts of the person, used if this one fails. */
      readonly others?: readonly Account[];
      readonly language: Language;
      /** Room that gets the notice if no account reaches the person. */
      readonly otherwise: RoomId | null;
    };

/** Content of a notice: a card, a file, an event for a program, or the replacement of a sent message. */
export type NoticeContent =
  | {
      readonly kind: 'card';
      readonly card: Card;
      /** Version of the entry whose hash is added to the card: it exists only after the commit. */
      readonly anchor?: number;
      /** Card for the room in place of unreachable people, sent once. Null: the room has it already. */
      readonly inRoom?: Card | null;
    }
  | {
      readonly kind: 'file';
      readonly card: Card;
      readonly document: { readonly draft: number; readonly format: string; readonly language: Language };
    }
  /** Event for a listening program, e.g. a webhook. */
  | { readonly kind: 'event'; readonly card: Card; readonly event: OutgoingEvent }
  /**
   * Replacement of sent messages. `of` null: every message about the incident; `settled`: those to people with nothing
   * left to do; `left`: those on platforms that the incident left; `room`: those in a room abroad and to people who
   * read from abroad; `message`: that of the notice with this key, which may not be sent yet. `place` null: the direct
   * conversation with the recipient.
   */
  | {
      readonly kind: 'take_back';
      readonly card: Card;
      readonly of:
        | { readonly place: RoomId | null; readonly ref: string; readonly isFile?: true }
        | { readonly place: RoomId | null; readonly message: string }
        | { readonly room: RoomId }
        | 'settled'
        | 'left'
        | null;
    };

/**
 * Notice with its delivery state. A claim increases `fence`, a fencing token: older writes are refused. Example:
 * `sending` with fence 2 becomes `unknown` when its lease expires, and is searched for before it is sent again.
 */
export interface Notice extends NewNotice {
  readonly state: 'ready' | 'sending' | 'sent' | 'unknown' | 'dead';
  readonly fence: number;
  /** True if the attempt before this claim has an unknown outcome. */
  readonly wasUnknown: boolean;
  readonly attempts: number;
  /** Time (epoch ms) of the last attempt before this claim. */
  readonly attemptedAt: number | null;
  readonly notBefore: number;
  readonly body: string | null;
  readonly ref: string | null;
}

/** Outbox: notices from insert to outcome, claimed with a lease. */
export interface OutboxStore {
  /** Adds notices that belong to no change of an incident; an existing key is unchanged. */
  add(notices: readonly NewNotice[]): Promise<void>;
  /** Claims due notices (`ready`/`unknown` → `sending`, fence + 1), committed when it resolves; skips leased rows. */
  claim(now: number, limit: number): Promise<readonly Notice[]>;
  /** Stores the rendered body before it is sent; false if the fence is old. */
  keepBody(key: string, fence: number, body: string): Promise<boolean>;
  /** Records the outcome of an attempt; false if another attempt began. After the lease only `sent` is accepted. */
  settle(key: string, fence: number, to: NoticeSettlement): Promise<boolean>;
  /** Changes rows in `sending` with an expired lease to `unknown`. */
  recover(now: number): Promise<number>;
  /** After the clock was set back: notices that wait for times of the clock before are due; sends are `unknown`. */
  rewind(now: number): Promise<void>;
  /** Makes notices that wait for an unreachable platform due at once; returns their number. */
  hurry(): Promise<number>;
  nextAt(): Promise<number | null>;
  /** Due time (epoch ms) of the notice that has waited longest to be sent or searched for; null if none waits. */
  untriedSince(): Promise<number | null>;
  /** Removes settled notices due before this instant; returns their number. */
  prune(before: number): Promise<number>;
  get(key: string): Promise<Notice | null>;
  /** Records a message sent without a notice, e.g. an answer, so that it can be taken back; idempotent. */
  noteSent(message: NewNotice, ref: string): Promise<void>;
  /** Delivered messages about an incident that `prune` has not removed. */
  sentAbout(incident: string): Promise<readonly Notice[]>;
  /** Counts by state; `superseded` and `settled` do not count as dead. */
  counts(): Promise<Readonly<Record<Notice['state'], number>>>;
}

/** Outcome of an attempt: delivered, to be retried at `notBefore`, or given up. */
export type NoticeSettlement =
  | { readonly state: 'sent'; readonly ref: string }
  | {
      readonly state: 'ready' | 'unknown';
      readonly notBefore: number;
      /** Present if the notice waits for its platform to become reachable. */
      readonly reason?: 'unreachable';
    }
  | { readonly state: 'dead'; readonly reason: string };

/**
 * Surface: a card kept up to date in a room, e.g. `status` of INC-2026-0007 in `chat/T0123/C0456`. Delivery edits it
 * until `shownHash` equals the hash of the wanted content.
 */
export interface SurfaceRow {
  readonly incident: string;
  readonly room: RoomId;
  readonly key: string;
  /** Handle of the posted message on its platform; null while it is not posted. */
  readonly ref: string | null;
  readonly shownHash: string | null;
  readonly dirty: boolean;
  /** Instant at which time alone makes the shown content stale. */
  readonly refreshAt: number | null;
  /** Renewal interval in milliseconds; null: the card is renewed at `refreshAt` only. */
  readonly refreshEvery: number | null;
  /** Start of the card's age: the last update, shifted so that a change of `refreshEvery` keeps age ÷ interval. */
  readonly shownAt: number | null;
  /** Time of the last attempt to post, 0 if it may have been posted before; null: never. */
  readonly attemptedAt: number | null;
  readonly fence: number;
}

/** Surfaces to be posted or edited, the oldest first. */
export interface SurfaceStore {
  /** Dirty or stale rows, at most `limit`, the oldest ones; delivery then sorts them by urgency. */
  wanting(now: number, limit: number): Promise<readonly SurfaceRow[]>;
  /** Records the shown content; `dirty` is cleared only if `fence` is unchanged. */
  shown(
    row: Pick<SurfaceRow, 'incident' | 'room' | 'key' | 'fence'>,
    /** Shown content; `ref` null: no message is posted, and none is needed. */
    shown: {
      readonly ref: string | null;
      readonly hash: string;
      readonly at: number;
      readonly refreshAt: number | null;
      readonly refreshEvery?: number | null;
    },
  ): Promise<boolean>;
  /**
   * Records that the place's content is uncertain: a post is in flight, or an edit got no answer. A later `shown`, or
   * `at` null, ends this. False if the row is gone or another process now delivers: then no post is allowed.
   */
  attempting(row: Pick<SurfaceRow, 'incident' | 'room' | 'key'>, at: number | null): Promise<boolean>;
  /**
   * Records that the message is gone (deleted, archived), so that it is posted again. With the status card its whole
   * thread is gone, so everything in it is posted again.
   */
  lost(row: Pick<SurfaceRow, 'incident' | 'room' | 'key'>): Promise<void>;
  get(incident: string, room: RoomId, key: string): Promise<SurfaceRow | null>;
  /** After the clock was set back: cards shown at a later time than `now` are stale, with no age. */
  rewind(now: number): Promise<void>;
  /** First instant after `now` (epoch ms) at which a clean row becomes stale; null: none does. */
  nextStaleAt(now: number): Promise<number | null>;
}
