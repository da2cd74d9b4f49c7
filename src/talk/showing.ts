import type { Card, Text, ViewRef } from '../conversation/cards/card.ts';
import { type LocalForm, localised } from '../conversation/cards/localise.ts';
import type { MessageKey } from '../i18n/keys.ts';
import type { Language } from '../incident/identity.ts';
import type { Caller } from '../use-cases/app.ts';
import type { MadeFile } from '../use-cases/documents/document-port.ts';
import { fileAsked } from '../use-cases/platform-support.ts';
import type { Core, Outcome } from './acts.ts';
import type { RunningPort } from './running-answers.ts';

/** Incident, revision and language of an answer, to be bound into its buttons. */
export type About = Pick<Outcome, 'incident' | 'revision' | 'language'> & Partial<Pick<Outcome, 'change'>>;
export type KeyedText = Extract<Text, { readonly key: MessageKey }>;

/** Ways in which a platform shows an answer to the actor; each is used once, and a lost answer is harmless. */
export interface AnswerPort {
  /** `view`: the requested view, for a later renewal in place. Resolves to false if the card was not accepted. */
  card(card: Card, about: About, view: ViewRef | null): Promise<unknown>;
  /** `offer`: card with a button that opens the form, where it cannot be opened at once. */
  form(form: LocalForm, about: About, offer: Card): Promise<unknown>;
  file(file: MadeFile, about: About, view: ViewRef): Promise<unknown>;
  /** A sentence of our own, about an incident or none. */
  say(text: KeyedText, incident?: string | null): Promise<unknown>;
  /** Shows the result in the place of the pressed card. Returns true if people see it. Absent: not possible. */
  inPlace?(outcome: Outcome): Promise<boolean>;
  /**
   * Message of the room for statements recorded there within minutes. Absent: each confirmation is a message of its
   * own.
   */
  readonly running?: RunningPort;
}

/**
 * Shows the answers of an outcome. Forms and files are read now; one that is refused is a card with the reason.
 * `formLanguage`: of forms, which go to the person alone although the other answers are for a room.
 */
export async function showAnswers(
  { app, explain }: Core,
  caller: Caller,
  outcome: Outcome & { readonly formLanguage?: Language },
  port: Pick<AnswerPort, 'card' | 'form' | 'file'>,
): Promise<void> {
  for (const answer of outcome.answers) {
    if (answer.kind === 'card') {
      await port.card(answer.card, outcome, answer.view);
    } else if (answer.kind === 'form') {
      const form = await app.form(answer.ref, caller);
      const language = outcome.formLanguage ?? outcome.language;
      if ('code' in form) await port.card(explain(form, null), outcome, null);
      else await port.form(localised(form, language), { ...outcome, language }, answer.card);
    } else {
      const file = await fileAsked(app, answer.view, caller);
      if ('code' in file) await port.card(explain(file, null), outcome, null);
      else await port.file(file, outcome, answer.view);
    }
  }
}
