import { z } from 'zod';
import type { LocalField, LocalForm } from '../../conversation/cards/localise.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import { translate } from '../../i18n/translate.ts';
import type { Language } from '../../incident/identity.ts';
import { cut } from './card-text.ts';
import { type Body, type Drawing, normal, type Part, type Value, type ViewField } from './card-view.ts';

export interface Filling {
  readonly form: LocalForm;
  readonly value: Value;
  readonly language: Language;
  /** Messages above the fields, by field; those without a field are under ''. */
  readonly errors?: Readonly<Record<string, string>>;
  /** Sentence above the form. */
  readonly note?: string;
}

export function drawnForm({ form, value, language, errors = {}, note }: Filling, drawing: Drawing): Body {
  const wrong = (id: string): readonly ViewField[] => {
    const message = errors[id];
    return message === undefined ? [] : [{ kind: 'note', text: `❗ ${message}`, isError: true }];
  };
  const { inputText, example } = drawing.limits;
  const fields = form.fields.flatMap((field) => [
    ...wrong(field.id),
    ...fieldOf(field, language, { inputText, example }),
  ]);
  const intro = [...(note === undefined ? [] : [note]), ...form.intro].map(normal);
  const above = wrong('').flatMap((one) => (one.kind === 'note' ? [normal(one.text)] : []));
  const part: Part = { kind: 'form', name: 'form', fields, submit: form.submit, value };
  const view = {
    title: form.title,
    summary: '',
    tone: 'calm',
    language,
    lines: [],
    rings: false,
    wakes: false,
    calls: [],
    parts: [...above, ...intro, part],
  } as const;
  return drawing.draw({ ...view, title: cut(form.title, drawing.limits.title) });
}

const entry = z.union([z.string(), z.array(z.string())]);
export type Entered = Readonly<Record<string, string | readonly string[]>>;
/** Returns a form's entries from a platform: only texts and lists of texts. */
export function enteredIn(values: Readonly<Record<string, unknown>>): Entered {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, given]) => {
      const { data } = entry.safeParse(given);
      return data === undefined ? [] : [[name, data]];
    }),
  );
}

/** Returns true for a field with a text longer than the platform's input allows; the form leaves it unchanged. */
export const isTooLong = (field: LocalField, { inputText }: { readonly inputText: number }): boolean =>
  field.kind === 'text' && field.value.length > inputText;

function fieldOf(
  field: LocalField,
  language: Language,
  limits: { readonly inputText: number; readonly example: number },
): readonly ViewField[] {
  const { id: name, label, required } = field;
  const note = (key: MessageKey): readonly ViewField[] => [{ kind: 'note', text: translate(language, key, { label }) }];
  if (field.kind === 'file') return note('chat.field_file');
  if (isTooLong(field, limits)) return note('chat.field_too_long');
  const hint: readonly ViewField[] = field.hint === undefined ? [] : [{ kind: 'note', text: field.hint }];
  const frame = { name, label, required };
  if (field.kind === 'one' || field.kind === 'many') {
    const chosen = (typeof field.value === 'string' ? [field.value] : field.value).filter((one) => one !== '');
    return [...hint, { ...frame, kind: field.kind, options: field.options, chosen }];
  }
  const isText = field.kind === 'text';
  const maxLength = isText ? Math.min(field.maxLength, limits.inputText) : limits.inputText;
  const example = field.example === undefined ? {} : { example: cut(field.example, limits.example) };
  const { value } = field;
  return [...hint, { ...frame, kind: 'input', multiline: isText && field.multiline, maxLength, value, ...example }];
}
