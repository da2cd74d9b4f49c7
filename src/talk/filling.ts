import type { Card, FormRef } from '../conversation/cards/card.ts';
import { type LocalField, type LocalForm, localise, localised } from '../conversation/cards/localise.ts';
import type { Language } from '../incident/identity.ts';
import { digest } from '../ops/digest.ts';
import type { App } from '../use-cases/app.ts';
import type { Refusal } from '../use-cases/ports.ts';
import type { Act, FormOutcome } from './acts.ts';
import type { Talk } from './talk.ts';

export type Entries = Readonly<Record<string, string | readonly string[]>>;
export interface Filling extends Pick<Act, 'caller' | 'place'> {
  readonly ref: FormRef;
  /** Revision for which the form was opened. */
  readonly revision: number;
  readonly platform: string;
  /** Id of the open form on its platform: the same entries are the same act, corrected entries another. */
  readonly key: string;
  /** Reads the entries, given the form in its current state. */
  readonly entriesOf: (form: LocalForm) => Entries;
  /** Language of the form and its errors; by default that of the person. */
  readonly language?: Language;
  /** True if the form is the last message of the conversation. */
  readonly atEnd?: boolean;
}
/** Result of a form: done, to be shown again with errors, or closed. */
export type Filled =
  /** Result `closed`: the form has nothing (any more) that this person may fill in. */
  | { readonly kind: 'closed'; readonly refusal: Refusal }
  | (Extract<FormOutcome, { kind: 'done' }> & {
      readonly key: string;
      /** Work after the form is closed, e.g. the card of a declaration. */
      readonly after: (inPlace?: boolean) => Promise<void>;
      /** Card in place of the form: a filing that is read back, an offer to restore a text; null if there is none. */
      readonly asks: Card | null;
    })
  /** Result `again`: the form is shown with errors by field; an error under '' belongs to no field. */
  | {
      readonly kind: 'again';
      /** Form with the submitted entries. */
      readonly form: LocalForm;
      readonly revision: number;
      readonly errors: Readonly<Record<string, string>>;
      /** True if another person was quicker: the form shows the current state. */
      readonly isStale: boolean;
      /** Card of the refusal with its buttons; null if entries could not be read. */
      readonly card: Card | null;
    };

/** Returns an act's idempotency key in an open form or page: an equal body is the same act, any other another. */
export function actKey(id: string, body: string): string {
  return `${id}:${digest(body, 22)}`;
}

export async function fillForm(
  { app, talk }: { readonly app: Pick<App, 'form'>; readonly talk: Talk },
  { ref, revision, platform, key: id, caller, place, entriesOf, language = caller.language }: Filling,
): Promise<Filled> {
  const asked = await app.form(ref, caller);
  if ('code' in asked) return { kind: 'closed', refusal: asked };
  const form = localised(asked, language);
  const values = entriesOf(form);
  const body = JSON.stringify([ref, revision, values]);
  const key = actKey(id, body);
  const delivery = { platform, key, body };
  const result = await talk.fill({ ref, revision, values, caller, place, delivery });
  if (result.kind === 'done') {
    const [first] = result.answers;
    return {
      ...result,
      key,
      after: async () => {},
      asks: first?.kind === 'card' && first.card.blocks.length > 0 ? first.card : null,
    };
  }
  const again = (errors: Readonly<Record<string, string>>, now: number, isStale: boolean, why: Card | null): Filled => {
    const fields = form.fields.map((field) => withEntered(field, values[field.id]));
    return { kind: 'again', form: { ...form, fields }, errors, revision: now, isStale, card: why };
  };
  if (result.kind === 'invalid') {
    const errors: Record<string, string> = {};
    for (const [field, text] of Object.entries(result.errors)) errors[field] = localise(text, language);
    return again(errors, revision, false, null);
  }
  const { refusal, isStale, state, card } = result;
  const field = form.fields.find((one) => one.id === refusal.field)?.id ?? '';
  const why = localise(card.title, language);
  return again({ [isStale ? '' : field]: why }, isStale ? (state?.version ?? revision) : revision, isStale, card);
}

/** Returns the field with the entry as its value; a file has to be entered again. */
export function withEntered(field: LocalField, entered: string | readonly string[] | undefined): LocalField {
  if (entered === undefined || field.kind === 'file') return field;
  if (field.kind === 'many') return { ...field, value: typeof entered === 'string' ? [entered] : entered };
  return { ...field, value: typeof entered === 'string' ? entered : (entered[0] ?? '') };
}
