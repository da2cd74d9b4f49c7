import type { Card } from '../../conversation/cards/card.ts';
import type { Account, Language, RoomId } from '../../incident/identity.ts';
import type { OutgoingEvent } from './platform.ts';

/** Timer an incident wants, e.g. `{ key: 'INC-2026-0007:r:30', kind: 'reminder', dueAt }`. */
export interface WantedTimer {
  /** Unique among all timers; the same key is the same timer, whatever its due time. */
  readonly key: string;
  readonly kind: string;
  readonly dueAt: number;
}

/** Timer as the store keeps it; `fence` rises whenever it is armed again, so an old firing is refused. */
export interface StoredTimer extends WantedTimer {
  readonly incident: string;
  readonly state: 'pending' | 'done' | 'cancelled';
  readonly fence: number;
}

/** Timers as the scheduler reads them; they are consumed in the commit of the change they cause. */
export interface TimerStore {
  /** Pending timers with dueAt ≤ now, earliest first. */
  due(now: number, limit: number): Promise<readonly StoredTimer[]>;
  nextDueAt(): Promise<number | null>;
  of(incident: string): Promise<readonly StoredTimer[]>;
}

/**
 * Notice that must arrive once. Rendered at the first attempt; that body is kept and resent byte for byte.
 * Example: a reminder of INC-2026-0007 to a person in lane `reminder`; its idempotency key makes a second insert
 * harmless.
 */
export interface NewNotice {
  readonly key: string;
  /** Null for a notice about several incidents, e.g. the daily digest. */
  readonly incident: string | null;
  readonly lane: Lane;
  readonly to: Destination;
  readonly content: NoticeContent;
  /** Wall time the notice is about; lateness is measured from here. */
  readonly dueAt: number;
}

/** Lane of a notice: answers overtake reminders, reminders files, files the status cards. */
export type Lane = 'answer' | 'reminder' | 'file' | 'status';

/** People to call by name in a room: accounts of its platform, or everybody there. */
export type Mention = readonly Account[] | 'everybody';

/** A room (in the incident's thread or ringing the room itself), a person directly, or a place outside. */
export type Destination =
  | {
      readonly kind: 'room';
      readonly room: RoomId;
      readonly ring: boolean;
      readonly mention?: Mention;
      /** Language of a message that belongs to no incident, whose rooms would give it. */
      readonly language?: Language;
    }
  /** A fallback place outside the rooms of the incident, without a thread: used when no other place accepts a notice. */
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
      /** Other accounts of the person, used when this one fails. */
      readonly others?: readonly Account[];
      readonly language: Language;
      /** Room of the notice when none of these accounts reaches the person. */
      readonly otherwise: RoomId | null;
    };

/** Content of a notice: a card, a draft as a file, an event for a program, or the replacement of a sent message. */
export type NoticeContent =
  | {
      readonly kind: 'card';
      readonly card: Card;
      /** The entry of the record whose hash is added to the card: it exists only once the change is committed. */
      readonly anchor?: number;
      /** Card for the room in place of an unreachable person, once for everybody it concerns. Null: the room has it already. */
      readonly inRoom?: Card | null;
    }
  | {
      readonly kind: 'file';
      readonly card: Card;
      readonly document: { readonly draft: number; readonly format: string; readonly language: Language };
    }
  /** Event for a program that listens, e.g. a webhook. */
  | { readonly kind: 'event'; readonly card: Card; readonly event: OutgoingEvent }
  /**
   * Takes the place of a message that was sent; `of` null: of every message about the incident; `settled`: of those to
   * people from whom nothing is wanted any more; `left`: of those on platforms that were left; `room`: of those in a room
   * abroad and to people who read from abroad. `place` null: the direct conversation with the recipient.
   */
  | {
      readonly kind: 'take_back';
      readonly card: Card;
      readonly of:
        | { readonly place: RoomId | null; readonly ref: string; readonly isFile?: true }
        | { readonly room: RoomId }
        | 'settled'
        | 'left'
        | null;
    };

/**
 * Notice with its delivery state. Claiming raises `fence`; a later write with an older fence is refused.
 * Example: `sending` with fence 2 whose lease ran out becomes `unknown` and is searched for before it is sent again.
 */
export interface Notice extends NewNotice {
  readonly state: 'ready' | 'sending' | 'sent' | 'unknown' | 'dead';
  readonly fence: number;
  /** True if the attempt before this claim ended without a known outcome. */
  readonly wasUnknown: boolean;
  readonly attempts: number;
  /** Time at which it was last handed to a platform before this claim, epoch ms. */
  readonly attemptedAt: number | null;
  readonly notBefore: number;
  readonly body: string | null;
  readonly ref: string | null;
}

/** Outbox: notices from insert to outcome, claimed by lease. */
export interface OutboxStore {
  /** Adds notices that belong to no change of an incident; an existing key is left alone. */
  add(notices: readonly NewNotice[]): Promise<void>;
  /** `ready → sending` (or `unknown → sending`), fence + 1, committed before it resolves. Rows held by another lease are left alone. */
  claim(now: number, limit: number): Promise<readonly Notice[]>;
  /** Keeps the rendered body, which is about to be handed to a platform; refused (false) when the fence is old. */
  keepBody(key: string, fence: number, body: string): Promise<boolean>;
  /** Records the outcome of the attempt with that fence; false if another began. After its lease only `sent` counts. */
  settle(key: string, fence: number, to: NoticeSettlement): Promise<boolean>;
  /** Rows found in `sending` whose lease has run out become `unknown`. */
  recover(now: number): Promise<number>;
  /** Makes notices that wait for an unreachable platform due at once; returns how many. */
  hurry(): Promise<number>;
  nextAt(): Promise<number | null>;
  /** Time (epoch ms) since which the longest-waiting notice is due to be sent, or searched for; null if none waits. */
  untriedSince(): Promise<number | null>;
  /** Drops settled notices about an instant before this one; returns how many. */
  prune(before: number): Promise<number>;
  get(key: string): Promise<Notice | null>;
  /** Notes a message that was sent without a notice, e.g. an answer, so that it can be taken back; repeating it does nothing. */
  noteSent(message: NewNotice, ref: string): Promise<void>;
  /** Messages about an incident that arrived and were not dropped by `prune`. */
  sentAbout(incident: string): Promise<readonly Notice[]>;
  /** Counts by state; `superseded` and `settled` are not counted as dead. */
  counts(): Promise<Readonly<Record<Notice['state'], number>>>;
}

/** Outcome of an attempt: arrived, to be tried again at `notBefore`, or given up. */
export type NoticeSettlement =
  | { readonly state: 'sent'; readonly ref: string }
  | {
      readonly state: 'ready' | 'unknown';
      readonly notBefore: number;
      /** Present if the notice waits for its platform to be reached again. */
      readonly reason?: 'unreachable';
    }
  | { readonly state: 'dead'; readonly reason: string };

/**
 * Surface: a card kept current in a room, e.g. `status` of INC-2026-0007 in `chat/T0123/C0456`. Delivery edits it until
 * `shownHash` is the hash of the wanted content.
 */
export interface SurfaceRow {
  readonly incident: string;
  readonly room: RoomId;
  readonly key: string;
  /** The platform's handle of the posted message; null while it is not posted. */
  readonly ref: string | null;
  readonly shownHash: string | null;
  readonly dirty: boolean;
  /** Instant at which the shown content becomes stale by time alone. */
  readonly refreshAt: number | null;
  /** Renewal interval in milliseconds; null: as `refreshAt` gives it. */
  readonly refreshEvery: number | null;
  /** Start of its age: the time of the last update, or moved so that a change of `refreshEvery` keeps age ÷ interval. */
  readonly shownAt: number | null;
  /** Time of the last attempt to post, 0 if it may have been there before; null: never. */
  readonly attemptedAt: number | null;
  readonly fence: number;
}

/** Surfaces that have to be posted or edited, the stalest first. */
export interface SurfaceStore {
  /** Dirty or stale rows, for delivery to order; at most `limit`, the stalest first. */
  wanting(now: number, limit: number): Promise<readonly SurfaceRow[]>;
  /** Records the shown content; `dirty` is cleared only if nothing changed since `fence` was read. */
  shown(
    row: Pick<SurfaceRow, 'incident' | 'room' | 'key' | 'fence'>,
    /** A null `ref`: no message is posted, and none is needed. */
    shown: {
      readonly ref: string | null;
      readonly hash: string;
      readonly at: number;
      readonly refreshAt: number | null;
      readonly refreshEvery?: number | null;
    },
  ): Promise<boolean>;
  /**
   * Records that the content of the place is uncertain: a post is in flight, or an edit got no answer. `shown` or null
   * ends this. False if the row is gone or another process delivers by now: then no post is allowed.
   */
  attempting(row: Pick<SurfaceRow, 'incident' | 'room' | 'key'>, at: number | null): Promise<boolean>;
  /**
   * The message is gone (deleted, archived): forget the handle so that it is posted again. With the status card its thread
   * is gone, and all that hung below it is posted again as well.
   */
  lost(row: Pick<SurfaceRow, 'incident' | 'room' | 'key'>): Promise<void>;
  get(incident: string, room: RoomId, key: string): Promise<SurfaceRow | null>;
  /** First instant after `now` (epoch ms) at which a clean row becomes stale; null: none will. */
  nextStaleAt(now: number): Promise<number | null>;
}
