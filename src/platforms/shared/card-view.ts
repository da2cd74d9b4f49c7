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
    /** `chat`: chat in which the form was requested. */
    z.strictObject({ kind: z.literal('fill'), form: formRefSchema, chat: z.string() }),
    /** `alone`: labels of exclusive options, by value. */
    z.strictObject({ kind: z.literal('ticks'), fact: z.string(), alone: z.record(z.string(), z.string()) }),
  ]),
});
export type Value = z.infer<typeof valueSchema>;
/** Parses the value of a pressed button; null if it is not ours, or of another version. */
export const valueIn = (raw: unknown): Value | null => valueSchema.safeParse(raw).data ?? null;
/** Removes the invisible revision in button values from a body, even where values are strings. */
export const withoutRevision = (body: string): string => body.replace(/\\*"r\\*":\d+,/g, '');

export interface ViewButton {
  readonly label: string;
  readonly style?: 'primary' | 'danger' | undefined;
  /** Question to confirm before the act. */
  readonly confirm?: string | undefined;
  /** Value sent back when pressed, or the page to open. */
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
      /** Deadline in the text, for a platform that shows it in the reader's own time zone. */
      readonly clock?: Pick<Extract<LocalBlock, { kind: 'clock' }>, 'due' | 'segment'>;
      /** True for a row of a list, to which the following buttons belong. */
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

/** Card for a platform to draw: plain strings, three kinds of parts, within its limits. */
export interface CardView {
  readonly title: string;
  readonly summary: string;
  readonly tone: keyof typeof MARKS;
  readonly language: Language;
  /** Lines of a notification: title, late notes, summary. */
  readonly lines: readonly string[];
  /** True if the room is notified, not only the thread. */
  readonly rings: boolean;
  /** True if the card calls one person, who should be woken. */
  readonly wakes: boolean;
  /** Ids of people to call, or everybody. */
  readonly calls: readonly string[] | 'everybody';
  readonly parts: readonly Part[];
}

/** Card or message in the JSON format of a platform. */
export type Body = Readonly<Record<string, unknown>>;
/** Drawing of cards for one platform, without side effects. */
export interface Drawing {
  draw(view: CardView): Body;
  /** Returns false if the platform refuses a body of this size. */
  fits(body: Body): boolean;
  readonly limits: {
    /** Maximum number of characters of a title, and of a form entry. */
    readonly title: number;
    readonly inputText: number;
    readonly example: number;
    /** Maximum number of people mentioned in one message. */
    readonly called: number;
    /** Maximum number of characters of one text; a longer one is split. */
    readonly piece?: number;
  };
  /** True if the message itself notifies the room; else everybody is mentioned for that. */
  readonly rings?: true;
}

const MARK = { done: '✅', partly: '🟡', open: '○', urgent: '🔴' } as const;
/** Maximum length of one part: longer texts are split, so that only their end is omitted if space is short. */
const PIECE = 600;
const SUMMARY = 300;

const small = (text: string): Part => ({ kind: 'text', text, size: 'small' });
export const normal = (text: string) => ({ kind: 'text', text, size: 'normal' }) as const;

/**
 * Draws a message in the platform's format; the last buttons always fit, and a sentence names the omitted part. `url`:
 * console page with the rest.
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

/** Draws as many parts as the platform accepts: the beginnings of long texts, their rest only if it all fits. */
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
  // Binary search finds the greatest number that fits.
  let [low, high] = [0, firsts.length + 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (drawing.fits(body(firsts.slice(0, middle)))) low = middle;
    else high = middle;
  }
  return body(firsts.slice(0, low));
}

/** Returns the beginning of a text, and its rest in pieces. */
function shortened(part: Part, piece: number): { readonly part: Part; readonly rest: readonly Part[] } {
  if (part.kind !== 'text') return { part, rest: [] };
  const { clock: _, ...plain } = part;
  const [first = '', ...rest] = pieces(part.text, piece);
  return { part: { ...part, text: first }, rest: rest.map((text) => ({ ...plain, text })) };
}

/** Returns people of this platform to mention; everybody if the room should be notified and no people are given. */
function callsOf({ mention, ring }: OutgoingMessage, platform: string, { limits, rings }: Drawing): CardView['calls'] {
  if (mention === 'everybody') return 'everybody';
  if (mention === undefined) return ring && !rings ? 'everybody' : [];
  const ids = new Set(mention.flatMap((one) => (one.platform === platform ? [one.id] : [])));
  return [...ids].slice(0, limits.called);
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
      return block.copy
        ? [normal(block.source), { kind: 'text', text: block.text, size: 'quote' }]
        : [{ kind: 'text', text: block.text, size: 'quote' }, small(block.source)];
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
