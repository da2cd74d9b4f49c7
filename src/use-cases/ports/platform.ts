import type { Card } from '../../conversation/cards/card.ts';
import type { CommandOf } from '../../incident/commands.ts';
import type { Account, Language, RoomId } from '../../incident/identity.ts';
import type { Mention, SurfaceRow } from './delivery.ts';

/** Place of a message on a platform, e.g. `{ tenant: 'T0123', address: 'C0456', thread: '1717.0001' }`. */
export interface Place {
  readonly tenant: string;
  readonly address: string;
  /** Handle of the incident's root message in this room; null for the root itself. */
  readonly thread: string | null;
}

/** Event of an incident for programs, e.g. `incident.report_filed` at revision 9. */
export interface OutgoingEvent {
  readonly id: string;
  /** Type of the event, e.g. `incident.report_filed`. */
  readonly type: string;
  readonly at: string;
  readonly revision: number;
  readonly drill: boolean;
  /** Hash of the entry, for a time-stamping authority: it exists only after the commit. */
  readonly hash?: string;
}
/** Program that receives events. */
export interface Listener {
  readonly platform: string;
  readonly address: string;
  /** True for a time-stamping authority, which gets only hashes of some entries. */
  readonly stamps?: true;
}
/** Time-stamp (RFC 3161) of an entry of the record, as the authority answered. */
export type Stamped = Omit<CommandOf<'record_stamp'>, 'type'>;

/**
 * Message to render: a card in one language, with the revision that goes into its buttons.
 * Example: the status card (`surface: 'status'`) of INC-2026-0007 at revision 12, in Chinese, without a notification.
 */
export interface OutgoingMessage {
  readonly incident: string;
  readonly card: Card;
  readonly language: Language;
  /** Revision of the card, which platforms bind into every button. */
  readonly revision: number;
  readonly surface: string | null;
  /** True if the whole room (not only the thread) is notified. */
  readonly ring: boolean;
  /** People to mention, where the platform can; empty: nobody, also in a room that is notified. */
  readonly mention?: Mention;
  /** Event for a listening program, in place of the card. */
  readonly event?: OutgoingEvent;
  /** True for a message that should wake its recipient, where the platform can. */
  readonly wakes?: true;
  /** True for the first status card in a place with reposted cards: it confirms the declaration. */
  readonly isFirst?: true;
  readonly late?: { readonly seconds: number };
  readonly possiblyRepeated?: boolean;
}

/**
 * Outcome of a send, which never throws. `sent`: accepted, with its handle. `refused`: certainly not delivered, e.g.
 * HTTP 429 (`rate_limited`) or an archived channel (`gone`). `unknown`: possibly delivered, e.g. a time-out after the
 * body was sent; the platform is searched for the same key before it is sent again.
 */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly ref: string /** Time-stamp to record. */; readonly stamp?: Stamped }
  | {
      readonly kind: 'refused';
      readonly reason: 'rate_limited' | 'gone' | 'forbidden' | 'invalid' | 'unreachable';
      readonly retryAt?: number;
      readonly detail: string;
      /** True if a part of the message may have been posted. */
      readonly partly?: true;
    }
  | { readonly kind: 'unknown'; readonly detail: string };

/** Platform that can show an incident. Sends never throw. */
export interface Messenger {
  readonly platform: string;
  /** Renders the exact body to send; pure. Its hash decides if an edit is needed. */
  render(message: OutgoingMessage): string;
  /** Returns the visible part of a body; if it is equal no edit is needed (e.g. without the bound revision). */
  fingerprint?(body: string): string;
  /**
   * Content of a surface that a platform without edits compares: if it changes, the surface is posted again. Null: not
   * posted again, because a notice states the change. Without this function each surface is posted once.
   */
  news?(message: Pick<OutgoingMessage, 'card' | 'surface'>): string | null;
  /** True, with `news`, if one act makes one message in a place: the first card includes the first question. */
  readonly postsOnce?: true;
  /**
   * Returns how far an act of a person got in showing news of a surface in its place: shown, or tried if a crash hid the
   * outcome. `hash`: that of the news. Absent: acts show none.
   */
  renewed?(
    place: Place,
    surface: Pick<SurfaceRow, 'incident' | 'key'>,
    hash: string,
  ): Promise<'none' | 'tried' | 'shown'>;
  /** Posts a message. `first`: time of a surface's first attempt; the same key at another time is another message. */
  post(place: Place, body: string, key: string, first?: number): Promise<SendOutcome>;
  /** True if it reaches telephones; a message to them names the incident, without content. */
  readonly rings?: true;
  /** Addresses of programs that get every event; their messages have no content. */
  readonly listens?: readonly string[];
  /** True if the programs in `listens` time-stamp the hashes of entries; their answers are recorded. */
  readonly stamps?: true;
  readonly canEdit?: CanEdit;
  readonly canRemove?: CanRemove;
  readonly canFind?: CanFind;
  readonly canSendFile?: CanSendFile;
  readonly canMessagePeople?: CanMessagePeople;
}

/** Ability to edit messages in place, e.g. by `chat.update`. */
export interface CanEdit {
  /** Maximum number of edits per minute in one workspace. */
  readonly perMinute: number;
  /** Returns true if the next edit of a message needs no permit, e.g. as the response to a press. */
  isFree?(room: RoomId, ref: string): boolean;
  edit(place: Place, ref: string, body: string): Promise<SendOutcome>;
}

/** Ability to remove messages for everybody, e.g. on a state-secret stop. */
export interface CanRemove {
  /** Removes a message or file of the bot for everybody. */
  remove(place: Place, ref: string): Promise<SendOutcome>;
  /** Returns false for a message too old to remove at `now` (epoch ms); absent: any can be removed. */
  reaches?(ref: string, now: number): boolean;
}

/** Ability to search a place's history for a key after an unknown outcome. */
export interface CanFind {
  /** Searches for a message sent with `key` after an unknown outcome. */
  find(
    place: Place,
    key: string,
    since: number,
  ): Promise<
    | { readonly kind: 'found'; readonly ref: string }
    /** Not in the history. `drops`: the platform drops a repetition; `isFinal`: no earlier request can arrive any more. */
    | { readonly kind: 'absent'; readonly drops?: true; readonly isFinal?: true }
    | { readonly kind: 'unknown' }
    /** Search is impossible (any more), so a message sent again may be a repetition. */
    | { readonly kind: 'unsearchable' }
  >;
}

/** Ability to send files, e.g. a draft as DOCX; `body`: the text beside it. */
export interface CanSendFile {
  /** True if a repeated file is shown twice, although the platform drops repeated messages. */
  readonly repeats?: true;
  sendFile(
    place: Place,
    file: { readonly name: string; readonly mediaType: string; readonly content: Uint8Array },
    body: string,
    key: string,
  ): Promise<SendOutcome>;
}

/** Ability to reach people directly; `direct` opens or finds the conversation. */
export interface CanMessagePeople {
  /** Place of the direct conversation; null if the person cannot be reached. */
  direct(account: Account): Promise<Place | null>;
  /** Returns the known reachability of an account; absent: nothing is shown about it. */
  reaches?(account: Account): boolean;
  /**
   * Present for a place without notifications, which people must open, so that it is tried last. Returns false for an
   * account that is notified anyway.
   */
  readonly quiet?: ((account: Account) => boolean) | undefined;
}

/** Ability to mention people in a room whose own platform cannot do so. Never throws. */
export interface Ringer {
  rings(room: RoomId): boolean;
  /** Rings a room. The message cannot be searched for, so a second attempt may be a repetition. */
  ring(room: RoomId, text: string, mention: Mention, key: string): Promise<SendOutcome>;
}

/** Line of `jishi doctor`: fine, or a remedy. A warning does not fail the check. */
export interface Finding {
  readonly what: string;
  readonly state: 'ok' | 'warning' | 'wrong';
  readonly say: string;
  /** Sentence in Chinese, if the platform supplies one. */
  readonly chinese?: string;
}
