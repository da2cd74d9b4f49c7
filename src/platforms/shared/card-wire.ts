import type { z } from 'zod';
import type { FetchedFile } from '../../talk/evidence.ts';
import type { Given } from '../../talk/intake-options.ts';
import type { CanFind, SendOutcome } from '../../use-cases/ports.ts';
import type { ChatService } from '../description.ts';
import type { Entered } from './card-form.ts';
import type { Body, Drawing } from './card-view.ts';
import type { Readers } from './chats.ts';
import type { Heard, HeardOf, Press } from './hearing.ts';
import type { OutgoingFile } from './http-client.ts';
import type { Standing } from './standing.ts';

/** Destination of a message, e.g. `{ address: 'oc_…', isGroup: true, below: 'om_…' }` in Feishu. */
export interface Target {
  readonly address: string;
  /** True for a group, false for one person. */
  readonly isGroup: boolean;
  /** Message that this one belongs or replies to; null for none. */
  readonly below: string | null;
}
/** Message that the bot has posted, with its chat; `ref` is its handle on the platform, e.g. `om_…`. */
export interface Posted extends Omit<Target, 'below'> {
  readonly ref: string;
}

/**
 * Requests to a platform that shows cards and edits them in place; unsupported requests are absent. Every request
 * rejects with an error that `failed` classifies.
 */
export interface CardWire {
  /** Platform name in rooms, accounts and keys. */
  readonly platform: string;
  readonly tenant: string;
  readonly drawing: Drawing;
  isGroup(address: string): boolean;
  /** Limits per minute: edits of all cards, and posts to one chat. */
  readonly perMinute: { readonly edits: number; readonly posts?: number };
  /** Time (ms) for which the platform drops a message whose id was used before; absent: it posts the message again. */
  readonly dropsFor?: number;
  /** Looks for a message by its id; `since`: epoch ms. */
  find?(to: Target, id: string, since: number): ReturnType<CanFind['find']>;
  /** Returns true if the next edit of a message does not count against the limit. */
  isFree?(address: string, ref: string): boolean;
  /** Returns false while the platform accepts no direct messages at all. */
  reaches?(): boolean;
  /** Returns the time (epoch ms) of the last news of a chat, which end its rest after a refusal. */
  newsOf?(address: string): number;
  /** Returns the visible part of a body. */
  readonly fingerprint?: (body: string) => string;
  /** Posts a message and returns its handle; the same id is the same message. */
  post(to: Target, body: Body, id: string): Promise<string>;
  edit(at: Posted, body: Body): Promise<unknown>;
  /** Adds a reaction to a person's message, as a mark that its content is recorded. */
  mark?(message: string): Promise<unknown>;
  /** Removes a message for everybody. */
  remove(at: Posted): Promise<unknown>;
  /** Pattern of accepted file names; other files are sent in a ZIP. Absent: all names are accepted. */
  readonly fileNames?: RegExp;
  upload(file: OutgoingFile): Promise<string>;
  /** True if a repeated file is posted again, although repeated cards are dropped. */
  readonly filesRepeat?: true;
  postFile(to: Target, uploaded: string, file: OutgoingFile, id: string): Promise<string>;
  /** Posts a file and its text as one message. */
  postFileWith?(to: Target, uploaded: string, file: OutgoingFile, id: string, words: Body): Promise<string>;
  failed(error: unknown, now: number): SendOutcome;
}

/** Types of a card platform. */
export interface CardKinds<File extends Given> {
  readonly file: File;
  readonly at: string;
  readonly entered: Entered;
  readonly ack: Told;
}
/** Event of a card platform, parsed in its folder; `value`: content of the pressed button. */
export type CardEvent<File extends Given> =
  | Exclude<Heard<CardKinds<File>>, { readonly user: string }>
  | Omit<HeardOf<CardKinds<File>, 'said'>, 'at'>
  | (Omit<Press<CardKinds<File>>, 'at' | 'value'> & { readonly value: unknown });

/** Answer to an event: a sentence for the actor, and the card that replaces the pressed one. */
export interface Told {
  readonly mood: 'done' | 'refused' | 'told';
  readonly say: string;
  readonly card: Body | null;
}
/** Handles an event; resolves once it is on disk, rejects if it should be repeated. Null: no answer. */
export type Hear = (raw: unknown) => Promise<Told | null>;

/** Connection or route that delivers events. */
export interface Listener extends Pick<ChatService, 'routes' | 'start' | 'health'> {
  stop(): void;
}

export interface CardPlatform<File extends Given> extends CardWire {
  nameOf(user: string): Promise<string>;
  readersOf(chat: string): Promise<Readers>;
  /** Parses a payload's event; null if it should be ignored. Throws if it differs from the documentation. */
  parse(raw: unknown): CardEvent<File> | null;
  readonly file: z.ZodType<File>;
  fetch(file: File): Promise<FetchedFile>;
  /** Names of fields not to store: tokens and live addresses. */
  readonly secrets: ReadonlySet<string>;
  listen(hear: Hear, connected: () => void): Listener;
  /** Standing of the app according to the calls. */
  readonly standing: Standing;
  close(): Promise<void>;
}
