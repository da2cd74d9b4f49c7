import type { Action, Card, FormRef, Text, ViewRef } from '../conversation/cards/card.ts';
import type { TextCommand } from '../conversation/text/commands/commands.ts';
import type { Language, Room } from '../incident/identity.ts';
import type { IncidentState } from '../incident/state.ts';
import type { App, Caller, Delivery, Submitted } from '../use-cases/app.ts';
import type { Clock, InboxStore, KeptValues, Log, Refusal } from '../use-cases/ports.ts';

/** Returns a card with the reason for a refusal; `state`: the incident; `again`: button for another try. */
export type Explain = (refusal: Refusal, state: IncidentState | null, again?: Action) => Card;

/** Use cases as connected to a platform. */
export interface Core {
  readonly app: App;
  readonly explain: Explain;
}

/** Parts of the program that the intake of a platform needs. */
export interface TalkNeeds {
  readonly kept: KeptValues;
  readonly clock: Clock;
  readonly log: Log;
  readonly inbox: Pick<InboxStore, 'failed'>;
}

/** Place of an act: a channel (`room`), a direct message (`direct`), a channel shared with others (`shared`). */
export type Place =
  | { readonly kind: 'room'; readonly room: Room }
  /** Direct conversation with the bot; `room`: the room it becomes if an incident is declared or shown in it. */
  | { readonly kind: 'direct'; readonly room: Room | null }
  /** Place where nothing may be shown, e.g. a channel shared with another organisation. */
  | { readonly kind: 'shared' };

/** Act of a person: caller, place, and its delivery (idempotency) key, by which a redelivery has no second effect. */
export interface Act {
  readonly caller: Caller;
  readonly place: Place;
  readonly delivery: Delivery;
}
/** Incident of a line, a card with the possible ones, or null if there is none. */
export type Focus = { readonly incident: string } | { readonly ask: Card } | null;

/** Line of a person, parsed once. Example: "120万" below the question on INC-2026-0007, with `about` that id. */
export interface Line extends Act {
  /** Text of the line, without mentions. */
  readonly text: string;
  /** Command of the line, as parsed by `App.read`. */
  readonly command: TextCommand;
  /** Incident named by a thread, a quoted message or a tag; null if there is none. */
  readonly about: string | null;
  /** Incident found by `Talk.focusOf`; absent: not searched yet. */
  readonly focus?: Focus | undefined;
  /** Text of the quoted message: if that was a question, the line is its answer. */
  readonly quoted?: string;
  /** True for the transcript of a voice message. */
  readonly spoken?: true;
  /** Address of the message, where people can edit it later. */
  readonly source?: string;
  /** True if the last answer in this direct conversation asked nothing, so that a bare yes is not certain. */
  readonly isUnasked?: true;
}
/** Press of a button: its effect and its revision. An older revision is refused as stale. */
export interface Press extends Act {
  readonly incident: string;
  /** Revision of the record that the button belongs to. */
  readonly revision: number;
  readonly does: Does;
}
/** Submitted form: entries by field, e.g. `{ channel: 'web_12387', receipt: '17' }`. */
export interface FilledForm extends Act {
  readonly ref: FormRef;
  readonly revision: number;
  readonly values: Readonly<Record<string, string | readonly string[]>>;
}
/** Effect of a button, except links, which the platform follows. */
export type Does = Exclude<Action['does'], { readonly kind: 'link' }>;

/** Answer to show to the actor. */
export type Answer =
  /** Card; `view`: the requested view, so that a platform may renew the card in place later. */
  | { readonly kind: 'card'; readonly card: Card; readonly view: ViewRef | null }
  /** Form to open; `card` offers it where a form cannot be opened at once. */
  | { readonly kind: 'form'; readonly ref: FormRef; readonly card: Card }
  | { readonly kind: 'file'; readonly view: ViewRef };

/** Outcome of an act: answers to show to the actor, and the committed change. */
export interface Outcome {
  /** Incident of the act, if the caller may see it; null if there is none. */
  readonly incident: string | null;
  readonly revision: number;
  /** Language of the answers: the caller's, which the act may just have changed. */
  readonly language: Language;
  /** Answers in order; empty if the cards of the place show everything. */
  readonly answers: readonly Answer[];
  /** Result of a change; null if none was requested. */
  readonly change: Submitted | null;
  /** True if the change opened the incident: its first card is posted automatically. */
  readonly declared: boolean;
}

/** Outcome of a form: done, to be corrected, or refused. */
export type FormOutcome =
  | (Outcome & { readonly kind: 'done'; readonly incident: string; readonly state: IncidentState })
  /** Errors by field; the entries are kept. */
  | { readonly kind: 'invalid'; readonly errors: Readonly<Record<string, Text>> }
  /** Refusal; `isStale`: another person was quicker, so the form shows the current state with the submitted entries. */
  | {
      readonly kind: 'refused';
      readonly refusal: Refusal;
      readonly incident: string | null;
      readonly card: Card;
      readonly state: IncidentState | null;
      readonly isStale: boolean;
    };
