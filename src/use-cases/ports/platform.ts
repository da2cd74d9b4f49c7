import type { Card } from '../../conversation/cards/card.ts';
import type { Account, Language, RoomId } from '../../incident/identity.ts';
import type { Mention } from './delivery.ts';

/** Place of a message on a platform, e.g. `{ tenant: 'T0123', address: 'C0456', thread: '1717.0001' }`. */
export interface Place {
  readonly tenant: string;
  readonly address: string;
  /** The handle of the incident's root message in this room; null for the root itself. */
  readonly thread: string | null;
}

/** Event of an incident, as programs receive it, e.g. `incident.report_filed` at revision 9. */
export interface OutgoingEvent {
  readonly id: string;
  /** E.g. `incident.report_filed`. */
  readonly type: string;
  readonly at: string;
  readonly revision: number;
  readonly drill: boolean;
  /** Hash of the entry of the record, for a time-stamping authority: it exists only once the change is committed. */
  readonly hash?: string;
}
/** Program that receives events. */
export interface Listener {
  readonly platform: string;
  readonly address: string;
  /** True for a time-stamping authority: it receives the hash of some entries and nothing else. */
  readonly stamps?: true;
}
/** Time-stamp (RFC 3161) of an entry of the record, as an authority answered. */
export interface Stamped {
  readonly version: number;
  /** Hash of that entry, SHA-256 in hex. */
  readonly hash: string;
  /** Time in the stamp, ISO 8601 UTC. */
  readonly at: string;
  /** Host of the authority. */
  readonly authority: string;
  /** TimeStampResp (DER) in Base64. */
  readonly response: string;
}

/**
 * Message to render: a card in one language, with the revision that goes into its buttons.
 * Example: the status card (`surface: 'status'`) of INC-2026-0007 at revision 12, in Chinese, without a notification.
 */
export interface OutgoingMessage {
  readonly incident: string;
  readonly card: Card;
  readonly language: Language;
  /** The revision the card was made for: platforms bind it into every button. */
  readonly revision: number;
  readonly surface: string | null;
  /** True if the room (not only the thread) is notified. */
  readonly ring: boolean;
  /** People mentioned by name where the platform can. */
  readonly mention?: Mention;
  /** Event for a subscribed program, instead of the card. */
  readonly event?: OutgoingEvent;
  /** True for a call to one person that should wake them, where the platform can. */
  readonly wakes?: true;
  /** First status card in a place whose cards are reposted: it confirms that the incident is recorded. */
  readonly isFirst?: true;
  readonly late?: { readonly seconds: number };
  readonly possiblyRepeated?: boolean;
}

/**
 * Outcome of a send. Sends never throw.
 * `sent`: accepted, with its handle. `refused`: certainly not there, e.g. HTTP 429 (`rate_limited`) or an archived
 * channel (`gone`). `unknown`: the request may have arrived, e.g. a time-out after the body was sent; the same key is
 * searched for on the platform before anything is sent again.
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

/** A platform that can show an incident. Sends never throw. */
export interface Messenger {
  readonly platform: string;
  /** Renders the exact body on the wire; pure. Its hash decides whether an edit is needed. */
  render(message: OutgoingMessage): string;
  /** The part of a body that a reader sees; bodies equal in it need no edit (e.g. without the bound revision). */
  fingerprint?(body: string): string;
  /**
   * News of a surface, for a platform without edits: content that people must see again once it changes; reposted when
   * it differs. Without this function each surface is posted once. Null: no news, a notice states it.
   */
  news?(message: OutgoingMessage): string | null;
  /** True with `news` if one act makes one message in a place: the first card asks the first question, the list waits. */
  readonly postsOnce?: true;
  post(place: Place, body: string, key: string): Promise<SendOutcome>;
  /** True if it reaches people's telephones; a message to them names the incident and holds no content. */
  readonly rings?: true;
  /** Addresses of programs that receive every event; a message to them holds no content. */
  readonly listens?: readonly string[];
  /** True with `listens` if the platform stamps the hash of an entry of the record, and the answer is recorded. */
  readonly stamps?: true;
  readonly canEdit?: CanEdit;
  readonly canRemove?: CanRemove;
  readonly canFind?: CanFind;
  readonly canSendFile?: CanSendFile;
  readonly canMessagePeople?: CanMessagePeople;
}

/** Platform whose messages can be edited in place, e.g. by `chat.update`. */
export interface CanEdit {
  /** Limit of edits a minute in one workspace, all incidents together. */
  readonly perMinute: number;
  /** Returns true if the next edit of a message costs no permit, e.g. through the response of a press on it. */
  isFree?(room: RoomId, ref: string): boolean;
  edit(place: Place, ref: string, body: string): Promise<SendOutcome>;
}

/** Platform whose messages can be removed for everybody, e.g. on a state-secret stop. */
export interface CanRemove {
  /** Removes a message of ours for everybody, a file too. */
  remove(place: Place, ref: string): Promise<SendOutcome>;
  /** Returns false for a message too old for removal at `now` (epoch ms); without this function all can be removed. */
  reaches?(ref: string, now: number): boolean;
}

/** Platform whose history can be searched for our key after an unknown outcome. */
export interface CanFind {
  /** Looks for a message sent with `key` after an unknown outcome. */
  find(
    place: Place,
    key: string,
    since: number,
  ): Promise<
    | { readonly kind: 'found'; readonly ref: string }
    /** Absent: not in the history; with `drops` the platform itself drops a repetition of the same bytes. */
    | { readonly kind: 'absent'; readonly drops?: true }
    | { readonly kind: 'unknown' }
    /** Unsearchable here, or not any more: sent again, the message may be a repetition. */
    | { readonly kind: 'unsearchable' }
  >;
}

/** Platform that accepts files, e.g. a draft as DOCX; `body` is the text beside it. */
export interface CanSendFile {
  sendFile(
    place: Place,
    file: { readonly name: string; readonly mediaType: string; readonly content: Uint8Array },
    body: string,
    key: string,
  ): Promise<SendOutcome>;
}

/** Platform that reaches a person directly; `direct` opens or finds the conversation. */
export interface CanMessagePeople {
  /** The place of a direct conversation, or null if this person cannot be reached. */
  direct(account: Account): Promise<Place | null>;
  /** Reachability of an account at once, as far as known here; without it nothing is shown about who can be reached. */
  reaches?(account: Account): boolean;
  /**
   * Present for a place without notifications, which people have to open: it is tried last. Returns false for an
   * account that is notified nevertheless.
   */
  readonly quiet?: ((account: Account) => boolean) | undefined;
}

/** Rings the people of a room where the room's own platform can mention nobody. Never throws. */
export interface Ringer {
  rings(room: RoomId): boolean;
  /** Rings a room. What was sent cannot be found again, so a second attempt may be a repetition. */
  ring(room: RoomId, text: string, mention: Mention, key: string): Promise<SendOutcome>;
}

/** One line of `jishi doctor`: fine, or what to do. A warning does not fail the check. */
export interface Finding {
  readonly what: string;
  readonly state: 'ok' | 'warning' | 'wrong';
  readonly say: string;
  /** The same sentence in Chinese, where the platform supplies one. */
  readonly chinese?: string;
}
