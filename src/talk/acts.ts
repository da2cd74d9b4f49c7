import type { Action, Card, FormRef, Text, ViewRef } from '../conversation/cards/card.ts';
import type { TextCommand } from '../conversation/text/commands/commands.ts';
import type { Language, Room } from '../incident/identity.ts';
import type { IncidentState } from '../incident/state.ts';
import type { App, Caller, Delivery, Submitted } from '../use-cases/app.ts';
import type { Clock, InboxStore, KeptValues, Log, Refusal } from '../use-cases/ports.ts';

/** Card with the reason of a refusal; `state`: the incident that explains it; `again`: the button back into a form. */
export type Explain = (refusal: Refusal, state: IncidentState | null, again?: Action) => Card;

/** Use cases as connected to a platform. */
export interface Core {
  readonly app: App;
  readonly explain: Explain;
}

/** Parts of the program on which the intake of a platform works. */
export interface TalkNeeds {
  /** Kept values of the platform. */
  readonly kept: KeptValues;
  readonly clock: Clock;
  readonly log: Log;
  readonly inbox: Pick<InboxStore, 'failed'>;
}

/** Place of an act: a channel (`room`), a direct message (`direct`), a channel shared with others (`shared`). */
export type Place =
  | { readonly kind: 'room'; readonly room: Room }
  /** Direct conversation with the bot; `room`: the room it becomes when an incident is declared or shown in it. */
  | { readonly kind: 'direct'; readonly room: Room | null }
  /** A place where nothing may be shown, e.g. a channel shared with another organisation. */
  | { readonly kind: 'shared' };

/** Act of a person: caller, place, and its delivery key, the idempotency key: a redelivery has no second effect. */
export interface Act {
  readonly caller: Caller;
  readonly place: Place;
  readonly delivery: Delivery;
}
/** Incident that is meant, a card with the possible ones, or null if there is none. */
export type Focus = { readonly incident: string } | { readonly ask: Card } | null;

/** Line that somebody wrote, read once. Example: "120万" below the question on INC-2026-0007, with `about` that id. */
export interface Line extends Act {
  /** Text of the line, without mentions. */
  readonly text: string;
  /** Command of the line, as parsed by `Talk.read`. */
  readonly command: TextCommand;
  /** Incident named by a thread, a quoted message or a tag; null if there is none. */
  readonly about: string | null;
  /** Incident found by `Talk.focusOf`; absent: not searched yet. */
  readonly focus?: Focus | undefined;
  /** Text of the message it quotes: if that was a question, the line is about it. */
  readonly quoted?: string;
  /** True for the transcript of a voice message. */
  readonly spoken?: true;
  /** Address of the message, where people can edit it later. */
  readonly source?: string;
}
/** Press of a button: the effect it holds and the revision it was made for. An older revision is refused as stale. */
export interface Press extends Act {
  readonly incident: string;
  /** The revision the button was made for. */
  readonly revision: number;
  readonly does: Does;
}
/** Form that was handed in: entries by field, e.g. `{ channel: 'web_12387', receipt: '17' }`. */
export interface FilledForm extends Act {
  readonly ref: FormRef;
  readonly revision: number;
  readonly values: Readonly<Record<string, string | readonly string[]>>;
}
/** Effect of a button; links are followed by the platform. */
export type Does = Exclude<Action['does'], { readonly kind: 'link' }>;

/** One answer, shown to the actor. */
export type Answer =
  /** `view`: the requested view, so that a platform may renew the card in place later. */
  | { readonly kind: 'card'; readonly card: Card; readonly view: ViewRef | null }
  /** A form to open; `card` offers it where a form cannot be opened at once. */
  | { readonly kind: 'form'; readonly ref: FormRef; readonly card: Card }
  | { readonly kind: 'file'; readonly view: ViewRef };

/** Outcome of an act: answers to show to the actor, and the change, which is committed. */
export interface Outcome {
  /** The incident it is about, as far as the caller may see one; null if none. */
  readonly incident: string | null;
  /** The revision to bind into buttons of the answers. */
  readonly revision: number;
  /** Language of the answers: of the caller, who may just have asked for another. */
  readonly language: Language;
  /** Answers in their order; empty if the cards of the place say everything. */
  readonly answers: readonly Answer[];
  /** Result of a change; null if none was requested. */
  readonly change: Submitted | null;
  /** True if the change opened the incident: its first card shows itself. */
  readonly declared: boolean;
}

/** Outcome of a form: done, to be corrected field by field, or refused. */
export type FormOutcome =
  | (Outcome & { readonly kind: 'done'; readonly incident: string; readonly state: IncidentState })
  /** Errors by field; the entries stay. */
  | { readonly kind: 'invalid'; readonly errors: Readonly<Record<string, Text>> }
  /** `isStale`: another person was quicker; the form is shown again in its current state, with the submitted entries. */
  | {
      readonly kind: 'refused';
      readonly refusal: Refusal;
      readonly incident: string | null;
      readonly card: Card;
      readonly state: IncidentState | null;
      readonly isStale: boolean;
    };
