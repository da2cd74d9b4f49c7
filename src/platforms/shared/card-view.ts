import { z } from 'zod';
import { type LocalAction, type LocalBlock, localise, localiseCard, MARKS } from '../../conversation/cards/localise.ts';
import { deliveryNotes } from '../../conversation/reminding/delivery-notes.ts';
import { translate } from '../../i18n/translate.ts';
import type { Language } from '../../incident/identity.ts';
import type { OutgoingMessage } from '../../use-cases/ports.ts';
import { cut, pieces } from './card-text.ts';
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
/** Value of a pressed button; null if the button is not ours, or of another version. */
export const valueIn = (raw: unknown): Value | null => valueSchema.safeParse(raw).data ?? null;
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

/** Parts to which all blocks and forms are reduced. */
export type Part =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly size: 'normal' | 'heading' | 'small' | 'quote';
      /** Deadline that the text tells, for a platform that shows it in the reader's own zone. */
      readonly clock?: Pick<Extract<LocalBlock, { kind: 'clock' }>, 'due' | 'segment'>;
      /** Row of a list; the buttons after it belong to it. */
      readonly isRow?: true;
    }
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
  /** Summary for notifications. */
  readonly summary: string;
  readonly tone: keyof typeof MARKS;
  readonly language: Language;
  /** Lines of a notification: title, late notes, summary. */
  readonly lines: readonly string[];
  /** The room is notified, not only the thread. */
  readonly rings: boolean;
  /** A call to one person that should wake them. */
  readonly wakes: boolean;
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
    /** Characters of one text; a longer one is several. */
    readonly piece?: number;
  };
  /** The room is notified by the message itself; else everybody is called for that. */
  readonly rings?: true;
}

const MARK = { done: '✅', partly: '🟡', open: '○', urgent: '🔴' } as const;
/** Most characters of one part: a longer text is divided, so that only its end is left out where it does not fit. */
const PIECE = 600;
const SUMMARY = 300;

const small = (text: string): Part => ({ kind: 'text', text, size: 'small' });
export const normal = (text: string) => ({ kind: 'text', text, size: 'normal' }) as const;

/**
 * Body of a message in the platform's format; the last buttons always fit, and a sentence names the omitted part.
 * `url`: page of the console with the rest.
 */
export function drawn(message: OutgoingMessage, platform: string, drawing: Drawing, url: string | null = null): Body {
  const { language, incident: i, revision: r, surface } = message;
  const card = localiseCard(message.card, language);
  const late = deliveryNotes(message).map((note) => localise(note, language));
  const bind: Bind = (d, own = r) => ({ r: own, i, ...(surface === null ? {} : { s: surface }), d });
  const parts = [...late.map(small), ...card.blocks.flatMap((block) => partsOf(block, bind))];
  const calls = callsOf(message, platform, drawing);
  const title = `${MARKS[card.tone]} ${card.title}`;
  const lines = [title, ...late, card.summary];
  const rings = { rings: message.ring, wakes: message.wakes === true };
  const view = { title, summary: card.summary, tone: card.tone, language, lines, ...rings, calls, parts };
  return within(view, drawing, url);
}

/** Draws as many parts as the platform takes: of long texts first the beginning, the rest only if all of it fits. */
function within(whole: CardView, drawing: Drawing, url: string | null): Body {
  const { title: max, piece = PIECE } = drawing.limits;
  const full = whole.title.length > max ? [normal(whole.title), ...whole.parts] : whole.parts;
  const last = full.at(-1);
  const end = last?.kind === 'buttons' ? [last] : [];
  const parts = full.slice(0, full.length - end.length).map((part) => shortened(part, piece));
  const all = parts.flatMap(({ part, rest }) => [part, ...rest]);
  const firsts = parts.map(({ part, rest }) =>
    part.kind === 'text' && rest.length > 0 ? { ...part, text: `${part.text}…` } : part,
  );
  const title = cut(whole.title, max);
  const summary = cut(`${whole.title} · ${whole.summary}`, SUMMARY);
  const body = (shown: readonly Part[]): Body => {
    const left = all.length - shown.length;
    const key = url === null ? 'chat.more' : 'chat.more_linked';
    const sign = left === 0 ? [] : [small(translate(whole.language, key, { n: left, url: url ?? '' }))];
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
function shortened(part: Part, piece: number): { readonly part: Part; readonly rest: readonly Part[] } {
  if (part.kind !== 'text') return { part, rest: [] };
  const { clock: _, ...plain } = part;
  const [first = '', ...rest] = pieces(part.text, piece);
  return { part: { ...part, text: first }, rest: rest.map((text) => ({ ...plain, text })) };
}

/** People of this platform who are called by name, else everybody where the room is to ring. */
function callsOf(
  { mention = [], ring }: OutgoingMessage,
  platform: string,
  { limits, rings }: Drawing,
): CardView['calls'] {
  if (mention === 'everybody') return 'everybody';
  const ids = new Set(mention.flatMap((one) => (one.platform === platform ? [one.id] : [])));
  return ids.size === 0 && ring && !rings ? 'everybody' : [...ids].slice(0, limits.called);
}

type Bind = (does: Value['d'], revision?: number) => Value;

function partsOf(block: LocalBlock, bind: Bind): readonly Part[] {
  const row = (actions: readonly LocalAction[]): readonly Part[] => {
    const buttons = actions.flatMap((one) => buttonOf(one, bind));
    return buttons.length === 0 ? [] : [{ kind: 'buttons', buttons }];
  };
  switch (block.kind) {
    case 'text':
      return [block.strong ? { kind: 'text', text: block.text, size: 'heading' } : normal(block.text)];
    case 'clock':
      return [{ kind: 'text', text: block.text, size: 'heading', clock: block }];
    case 'quote':
      return [{ kind: 'text', text: block.text, size: 'quote' }, small(block.source)];
    case 'note':
      return [small(block.text)];
    case 'row':
      return [{ ...normal(`${MARK[block.mark]} ${block.text}`), isRow: true }, ...row(block.actions)];
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

function buttonOf({ label, style, confirm, does, revision }: LocalAction, bind: Bind): readonly ViewButton[] {
  const d = doesOf(does);
  if (d !== null) return [{ label, style, confirm, does: { value: bind(d, revision) } }];
  return does.kind === 'link' && /^https?:\/\//.test(does.url) ? [{ label, style, does: { url: does.url } }] : [];
}
