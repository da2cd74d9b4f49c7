import { z } from 'zod';
import {
  type LocalAction,
  type LocalBlock,
  type LocalField,
  type LocalForm,
  localise,
  localiseCard,
  MARKS,
} from '../../conversation/cards/localise.ts';
import { deliveryNotes } from '../../conversation/reminding/delivery-notes.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import { translate } from '../../i18n/translate.ts';
import type { Language } from '../../incident/identity.ts';
import type { OutgoingMessage } from '../../use-cases/ports.ts';
import { DOES, doesOf, formRefSchema } from './does.ts';

/** Value of a button: revision and incident of its card, surface, effect. `fill` sends a form, `ticks` a choice. */
export const valueSchema = z.strictObject({
  r: z.number().int(),
  i: z.string(),
  s: z.string().optional(),
  d: z.discriminatedUnion('kind', [
    ...DOES,
    /** `chat`: where the form was asked for. */
    z.strictObject({ kind: z.literal('fill'), form: formRefSchema, chat: z.string() }),
    /** `alone`: labels of the options that go with no other, by value. */
    z.strictObject({ kind: z.literal('ticks'), fact: z.string(), alone: z.record(z.string(), z.string()) }),
  ]),
});
export type Value = z.infer<typeof valueSchema>;
/** Part of a body that a reader sees: without the revision in the values of its buttons, also where values are strings. */
export const withoutRevision = (body: string): string => body.replace(/\\*"r\\*":\d+,/g, '');

export interface ViewButton {
  readonly label: string;
  readonly style?: 'primary' | 'danger' | undefined;
  /** Question before it acts. */
  readonly confirm?: string | undefined;
  /** Sent back when pressed, or the page it opens. */
  readonly does: { readonly value: Value } | { readonly url: string };
}
interface FieldFrame {
  readonly name: string;
  readonly label: string;
  readonly required: boolean;
}
export type ViewField =
  | (FieldFrame & {
      readonly kind: 'input';
      readonly multiline: boolean;
      readonly maxLength: number;
      readonly value: string;
      readonly example?: string;
    })
  | (FieldFrame & {
      readonly kind: 'one' | 'many';
      readonly options: readonly { readonly value: string; readonly label: string }[];
      readonly chosen: readonly string[];
    })
  /** Sentence between the fields. */
  | { readonly kind: 'note'; readonly text: string; readonly isError?: true };

/** All kinds of blocks and forms come down to these. */
export type Part =
  | { readonly kind: 'text'; readonly text: string; readonly size: 'normal' | 'heading' | 'small' }
  | { readonly kind: 'buttons'; readonly buttons: readonly ViewButton[] }
  | {
      readonly kind: 'form';
      readonly name: string;
      readonly fields: readonly ViewField[];
      readonly submit: string;
      readonly value: Value;
    };

/** Card as a platform draws it: plain strings, three kinds of parts, already within its limits. */
export interface CardView {
  readonly title: string;
  /** For notifications. */
  readonly summary: string;
  readonly tone: keyof typeof MARKS;
  readonly language: Language;
  /** Ids of people to call, or everybody. */
  readonly calls: readonly string[] | 'everybody';
  readonly parts: readonly Part[];
}

/** Card or message in the form of a platform: JSON. */
export type Body = Readonly<Record<string, unknown>>;
/** Look of a card on one platform; pure. */
export interface Drawing {
  draw(view: CardView): Body;
  /** False if the platform refuses a body of this size. */
  fits(body: Body): boolean;
  readonly limits: {
    /** Characters of a title and of one entry in a form. */
    readonly title: number;
    readonly inputText: number;
    readonly example: number;
    /** People called by name in one message. */
    readonly called: number;
  };
}

const MARK = { done: '✅', partly: '🟡', open: '○', urgent: '🔴' } as const;
/** A longer text is several parts, so that of a text that does not fit only the end is left out. */
const PIECE = 600;
const SUMMARY = 300;

const small = (text: string): Part => ({ kind: 'text', text, size: 'small' });
const normal = (text: string): Part => ({ kind: 'text', text, size: 'normal' });

/** A text of at most `max` UTF-16 units, cut between characters. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = /[\uD800-\uDBFF]/.test(text.charAt(max - 2)) ? max - 2 : max - 1;
  return `${text.slice(0, end)}…`;
}

function pieces(text: string): readonly string[] {
  const found: string[] = [];
  for (let rest = text; rest !== ''; rest = rest.slice(found.at(-1)?.length)) {
    const end = /[\uD800-\uDBFF]/.test(rest.charAt(PIECE - 1)) ? PIECE - 1 : PIECE;
    found.push(rest.slice(0, end));
  }
  return found;
}

/** Body of a message as it goes to a platform; the last buttons always fit, and a sentence tells what was left out. */
export function drawn(message: OutgoingMessage, platform: string, drawing: Drawing): Body {
  const { language, incident: i, revision: r, surface } = message;
  const card = localiseCard(message.card, language);
  const late = deliveryNotes(message).map((note) => small(localise(note, language)));
  const bind = (d: Value['d']): Value => ({ r, i, ...(surface === null ? {} : { s: surface }), d });
  const parts = [...late, ...card.blocks.flatMap((block) => partsOf(block, bind))];
  const calls = callsOf(message, platform, drawing.limits.called);
  const title = `${MARKS[card.tone]} ${card.title}`;
  return within({ title, summary: card.summary, tone: card.tone, language, calls, parts }, drawing);
}

/** Draws as many parts as the platform takes: of long texts first the beginning, the rest only if all of it fits. */
function within(whole: CardView, drawing: Drawing): Body {
  const { title: max } = drawing.limits;
  const full = whole.title.length > max ? [normal(whole.title), ...whole.parts] : whole.parts;
  const last = full.at(-1);
  const end = last?.kind === 'buttons' ? [last] : [];
  const parts = full.slice(0, full.length - end.length).map(shortened);
  const all = parts.flatMap(({ part, rest }) => [part, ...rest]);
  const firsts = parts.map(({ part, rest }) =>
    part.kind === 'text' && rest.length > 0 ? { ...part, text: `${part.text}…` } : part,
  );
  const title = cut(whole.title, max);
  const summary = cut(`${whole.title} · ${whole.summary}`, SUMMARY);
  const body = (shown: readonly Part[]): Body => {
    const left = all.length - shown.length;
    const sign = left === 0 ? [] : [small(translate(whole.language, 'chat.more', { n: left }))];
    return drawing.draw({ ...whole, title, summary, parts: [...shown, ...sign, ...end] });
  };
  if (drawing.fits(body(all))) return body(all);
  // The greatest number that fits, found by halves.
  let [low, high] = [0, firsts.length + 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (drawing.fits(body(firsts.slice(0, middle)))) low = middle;
    else high = middle;
  }
  return body(firsts.slice(0, low));
}

/** Beginning of a text, and the rest of it in pieces. */
function shortened(part: Part): { readonly part: Part; readonly rest: readonly Part[] } {
  if (part.kind !== 'text') return { part, rest: [] };
  const [first = '', ...rest] = pieces(part.text);
  return { part: { ...part, text: first }, rest: rest.map((text) => ({ ...part, text })) };
}

/** People of this platform who are called by name, else everybody where the room is to ring. */
function callsOf({ mention = [], ring }: OutgoingMessage, platform: string, most: number): CardView['calls'] {
  if (mention === 'everybody') return 'everybody';
  const ids = [...new Set(mention.flatMap((one) => (one.platform === platform ? [one.id] : [])))].slice(0, most);
  return ids.length === 0 && ring ? 'everybody' : ids;
}

type Bind = (does: Value['d']) => Value;

function partsOf(block: LocalBlock, bind: Bind): readonly Part[] {
  const row = (actions: readonly LocalAction[]): readonly Part[] => {
    const buttons = actions.flatMap((one) => buttonOf(one, bind));
    return buttons.length === 0 ? [] : [{ kind: 'buttons', buttons }];
  };
  switch (block.kind) {
    case 'text':
      return [block.strong ? { kind: 'text', text: block.text, size: 'heading' } : normal(block.text)];
    case 'clock':
      return [{ kind: 'text', text: block.text, size: 'heading' }];
    case 'quote':
      return [normal(`「${block.text}」`), small(block.source)];
    case 'note':
      return [small(block.text)];
    case 'row':
      return [normal(`${MARK[block.mark]} ${block.text}`), ...row(block.actions)];
    case 'actions':
      return row(block.actions);
    case 'choices': {
      const { fact, options, chosen, submit } = block.choice;
      const alone = Object.fromEntries(options.flatMap((one) => (one.exclusive ? [[one.value, one.label]] : [])));
      const field = { kind: 'many', name: 'ticks', label: '', required: false, options, chosen } as const;
      return [
        { kind: 'form', name: `ticks-${fact}`, fields: [field], submit, value: bind({ kind: 'ticks', fact, alone }) },
      ];
    }
  }
}

function buttonOf({ label, style, confirm, does }: LocalAction, bind: Bind): readonly ViewButton[] {
  const d = doesOf(does);
  if (d !== null) return [{ label, style, confirm, does: { value: bind(d) } }];
  return does.kind === 'link' && /^https?:\/\//.test(does.url) ? [{ label, style, does: { url: does.url } }] : [];
}

export interface Filling {
  readonly form: LocalForm;
  readonly value: Value;
  readonly language: Language;
  /** Messages by field that stand above it; those of no field have the name ''. */
  readonly errors?: Readonly<Record<string, string>>;
  /** Sentence above the form. */
  readonly note?: string;
}

/** Body of a form that is filled in on a card. */
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
    calls: [],
    parts: [...above, ...intro, part],
  } as const;
  return drawing.draw({ ...view, title: cut(form.title, drawing.limits.title) });
}

const entry = z.union([z.string(), z.array(z.string())]);
/** Entries of a form as a platform sends them: texts and lists of texts, nothing else. */
export function enteredIn(values: Readonly<Record<string, unknown>>): Record<string, string | readonly string[]> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, given]) => {
      const { data } = entry.safeParse(given);
      return data === undefined ? [] : [[name, data]];
    }),
  );
}

/** True for a field whose present text is longer than one can enter: it is left as it is. */
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
