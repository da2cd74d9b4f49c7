import type { Card, FormRef, Text, ViewRef } from '../conversation/cards/card.ts';
import type { LocalForm } from '../conversation/cards/localise.ts';
import type { Caller } from '../use-cases/app.ts';
import type { MadeFile } from '../use-cases/documents/document-port.ts';
import type { Place as SentTo } from '../use-cases/ports.ts';
import type { Does, Outcome, Place } from './acts.ts';
import type { Tick } from './ticks.ts';

/*
 * Contract between a platform and the intake. A platform parses each payload into a `Heard` and gives it to
 * `Intake.hear`; the intake decides what it means, commits it, and answers through an `AnswerPort`. Example, the whole
 * inbound side of a platform:
 *
 *   const heard = parse(payload); // { kind: 'said', id: 'm1', by: { user, chat, isForeign: false }, text: '状态', files: [] }
 *   const { told, after } = await intake.hear(heard); // on disk; rejects with NotCommitted: do not acknowledge
 *   acknowledge(told);
 *   background.run(after);
 */

/** Account and chat of an act, as the payload names them. A platform extends it by what its answers need. */
export interface Actor {
  /** Id of the account, e.g. `ou_7d8a`. */
  readonly user: string;
  /** Name of the account, where the payload has one. */
  readonly name?: string | undefined;
  /** Address of the chat, e.g. `oc_a0553`; of a direct chat as the platform names it. */
  readonly chat: string;
  /** True if the payload says that the account is of another organisation. */
  readonly isForeign: boolean;
}

interface Act<By extends Actor> {
  /** Id of the payload on its platform: delivered again it is the same act. */
  readonly id: string;
  readonly by: By;
}

/** A message that was addressed to the bot, or that stands in the thread of an incident. */
export interface Said<By extends Actor, File> extends Act<By> {
  readonly kind: 'said';
  /** Text without the mention of the bot; empty for files alone. */
  readonly text: string;
  /** Photos and files in the order of the message. */
  readonly files: readonly File[];
  /** Id of the message at the root of its thread. */
  readonly root?: string | undefined;
  /** Incident that a tag or a quoted message names. */
  readonly about?: string | null;
  /** Text of the message it quotes. */
  readonly quoted?: string;
  /** Address of the message, where people can edit it later. */
  readonly source?: string;
  /** False for a message in a thread that was not addressed to the bot. */
  readonly isAddressed?: boolean;
  /** Content that tells two messages with one id apart; by default account and text. */
  readonly body?: unknown;
}

/** A message was changed by its author. */
export interface Edited<By extends Actor> extends Act<By> {
  readonly kind: 'edited';
  /** `source` of the message. */
  readonly source: string;
  /** Id under which the message was given to the intake. */
  readonly message: string;
  readonly text: string;
}

/** Effect of a button with what it was made for; a platform puts it into the button or keeps it under a key. */
export interface Bound {
  /** Empty for none. */
  readonly incident: string;
  /** Version of the record that the card shows. */
  readonly revision: number;
  /** Surface the button is on, e.g. `question`; null for none. */
  readonly surface: string | null;
  readonly does:
    | Does
    /** Sends the ticks of a question; `alone`: values that cannot be combined with others. */
    | { readonly kind: 'ticks'; readonly fact: string; readonly alone: readonly string[] };
}

/** A button or ticks of a card. */
export interface Pressed<By extends Actor> extends Act<By> {
  readonly kind: 'pressed';
  /** Null: the button cannot be read, or is not known any more. */
  readonly button: Bound | null;
  /** Options ticked beside the button. */
  readonly chosen?: readonly Tick[];
}

export type Entries = Readonly<Record<string, string | readonly string[]>>;

/** A form that was sent. */
export interface FormSent<By extends Actor> extends Act<By> {
  readonly kind: 'form';
  /** Null: nothing is known of the form any more. */
  readonly ref: FormRef | null;
  /** Version of the record for which the form was opened, from the form itself: never the version of now. */
  readonly revision: number;
  /** Reads what was entered, by the form as it is now. */
  readonly entriesOf: (form: LocalForm) => Entries;
}

/** A message was removed. Of an incident's first card: it is posted again; of somebody's words: the record says so. */
export interface Recalled {
  readonly kind: 'recalled';
  readonly chat: string;
  /** Id of the message, as `Said.root` names it. */
  readonly message: string;
  /** Id under which the message was given to the intake, if a person wrote it. */
  readonly said?: string;
}

/** Somebody left a chat, or was removed from it. */
export interface Left {
  readonly kind: 'left';
  readonly chat: string;
  readonly user: string;
}

export type Heard<By extends Actor, File> = Said<By, File> | Pressed<By> | FormSent<By> | Edited<By> | Recalled | Left;

/** Person and place of an act, as the platform finds them before anything is decided. */
export interface Spot {
  readonly caller: Caller;
  readonly place: Place;
}

/** Address of a message that was sent, so that it can be taken back; null where nothing stays (toast, modal, ephemeral). */
export type Handle = { readonly place: SentTo; readonly ref: string } | null;

/** Incident, revision and language of an answer, to be bound into its buttons. */
export type About = Pick<Outcome, 'incident' | 'revision' | 'language'>;

/** Ways in which a platform shows an answer to whoever acted; each is used once, and losing one is harmless. */
export interface AnswerPort {
  /** `view`: what was asked for, so that it may be renewed in place. */
  card(card: Card, about: About, view: ViewRef | null): Promise<Handle>;
  /** `offer`: card with a button that opens the form, where it cannot be opened at once. */
  form(form: LocalForm, about: About, offer: Card): Promise<Handle>;
  file(file: MadeFile, about: About, view: ViewRef): Promise<Handle>;
  /**
   * Shows in the place of the pressed card what the press came to. Returns true if people see it there, now or by the
   * edit that follows; absent: nothing can be shown in its place.
   */
  inPlace?(outcome: Outcome): Promise<boolean>;
}

/** Result of a press or a form in one sentence, for a platform that shows it in its acknowledgement. */
export interface Told {
  readonly mood: 'done' | 'refused' | 'told';
  readonly say: Text;
}

/** Work that follows the acknowledgement. */
export type After = () => Promise<void>;
