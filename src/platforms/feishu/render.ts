import './messages.ts';
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
import { parseJson } from '../../ops/json.ts';
import type { OutgoingMessage } from '../../use-cases/ports.ts';
import { DOES, doesOf, formRefSchema } from '../shared/does.ts';
import { LIMITS } from './limits.ts';

/** Value of a button: incident, revision of the card, effect. `fill` sends a form, `ticks` a choice. */
export const valueSchema = z.strictObject({
  r: z.number().int(),
  i: z.string(),
  d: z.discriminatedUnion('kind', [
    ...DOES,
    /** `chat`: where the form was asked for, e.g. `oc_5ad1`. */
    z.strictObject({ kind: z.literal('fill'), form: formRefSchema, chat: z.string() }),
    z.strictObject({ kind: z.literal('ticks'), fact: z.string(), alone: z.record(z.string(), z.string()) }),
  ]),
});
export type Value = z.infer<typeof valueSchema>;
interface Part {
  readonly tag: string;
  readonly [field: string]: unknown;
}

const bodySchema = z.object({ card: z.record(z.string(), z.unknown()) });
export type FeishuBody = z.infer<typeof bodySchema>;
export const readBody = (body: string): FeishuBody => bodySchema.parse(parseJson(body));
/** Part of a body that a reader sees: without the revision in the values of its buttons. */
export const withoutRevision = (body: string): string => body.replace(/"r":\d+,/g, '');

/** Card JSON 2.0. Texts are `plain_text`: nothing a person wrote can mention, link or format. */
export function feishuBody(message: OutgoingMessage): FeishuBody {
  const { language, incident: i, revision: r } = message;
  const card = localiseCard(message.card, language);
  const late = deliveryNotes(message).map((note) => small(localise(note, language)));
  const parts = card.blocks.flatMap((block) => partsOf(block, language, (d) => ({ r, i, d })));
  const title = `${MARKS[card.tone]} ${card.title}`;
  return {
    card: within([...callOf(message), ...late, ...parts], { title, summary: card.summary, tone: card.tone, language }),
  };
}

/** Mentions, which alone notify the people of a topic: those who are named, else everybody of the group. */
function callOf({ mention = [], ring }: OutgoingMessage): readonly Part[] {
  const named = mention === 'everybody' ? [] : mention.filter(({ platform }) => platform === 'feishu');
  const ids = [...new Set(named.map(({ id }) => id))].filter((id) => /^ou_[\w-]+$/.test(id)).slice(0, LIMITS.called);
  const called = ids.length === 0 && (ring || mention === 'everybody') ? ['all'] : ids;
  return called.length === 0 ? [] : [{ tag: 'markdown', content: called.map((id) => `<at id=${id}></at>`).join(' ') }];
}

const TEMPLATES = { calm: 'grey', running: 'yellow', urgent: 'red', done: 'green' } as const;
interface Frame {
  readonly title: string;
  readonly summary: string;
  readonly tone: keyof typeof TEMPLATES;
  readonly language: Language;
}

/** The card with as many parts as Feishu takes, its last buttons always; a sentence tells how many were left out. */
function within(parts: readonly Part[], frame: Frame): Record<string, unknown> {
  const last = parts.at(-1);
  const end = last?.tag === 'column_set' ? [last] : [];
  for (let n = parts.length; ; n -= 1) {
    const left = parts.length - n;
    const sign = small(translate(frame.language, 'feishu.more', { n: left }));
    const shown = left === 0 ? parts : [...parts.slice(0, Math.max(0, n - end.length)), sign, ...end];
    const card = framed(shown, frame);
    const json = JSON.stringify(card);
    const fits = Buffer.byteLength(json) <= LIMITS.cardBytes && json.split('"tag":').length <= LIMITS.elements;
    if (fits || n <= end.length) return card;
  }
}

function framed(elements: readonly Part[], { title, summary, tone }: Frame): Record<string, unknown> {
  return {
    schema: '2.0',
    config: { update_multi: true, summary: { content: cut(`${title} · ${summary}`, LIMITS.summary) } },
    header: { title: plain(cut(title, LIMITS.title)), template: TEMPLATES[tone] },
    body: { elements },
  };
}

const cut = (text: string, max: number): string => (text.length <= max ? text : `${text.slice(0, max - 1)}…`);
const plain = (content: string, more: object = {}): Part => ({ tag: 'plain_text', content, ...more });
const text = (content: string, more: object = {}): Part => ({ tag: 'div', text: plain(content, more) });
const small = (content: string): Part => text(content, { text_size: 'notation', text_color: 'grey' });
const MARK = { done: '✅', partly: '🟡', open: '○', urgent: '🔴' } as const;
type Bind = (does: Value['d']) => Value;

function partsOf(block: LocalBlock, language: Language, bind: Bind): readonly Part[] {
  const buttons = (actions: readonly LocalAction[]) => rowOf(actions.flatMap((one) => button(one, language, bind)));
  switch (block.kind) {
    case 'text':
      return [text(block.text, block.strong ? { text_size: 'heading' } : {})];
    case 'clock':
      return [text(block.text, { text_size: 'heading' })];
    case 'quote':
      return [text(`「${block.text}」`), small(block.source)];
    case 'note':
      return [small(block.text)];
    case 'row':
      return [text(`${MARK[block.mark]} ${block.text}`), ...buttons(block.actions)];
    case 'actions':
      return buttons(block.actions);
    case 'choices': {
      const { fact, options, chosen, submit } = block.choice;
      const alone = Object.fromEntries(options.flatMap((one) => (one.exclusive ? [[one.value, one.label]] : [])));
      const list = select('multi_select_static', 'ticks', options, language, { selected_values: chosen });
      return [form(`ticks-${fact}`, [list], submit, bind({ kind: 'ticks', fact, alone }))];
    }
  }
}

function rowOf(buttons: readonly Part[]): readonly Part[] {
  if (buttons.length === 0) return [];
  const columns = buttons.map((one) => ({ tag: 'column', width: 'auto', elements: [one] }));
  return [{ tag: 'column_set', flex_mode: 'flow', columns }];
}

function button({ label, style, confirm, does }: LocalAction, language: Language, bind: Bind): readonly Part[] {
  const d = doesOf(does);
  const url = d === null && does.kind === 'link' && /^https?:\/\//.test(does.url) ? does.url : null;
  if (d === null && url === null) return [];
  const behavior = d === null ? { type: 'open_url', default_url: url } : { type: 'callback', value: bind(d) };
  const sure = { title: plain(translate(language, 'feishu.yes')), text: plain(confirm ?? '') };
  const look = { type: style ?? 'default', ...(confirm === undefined ? {} : { confirm: sure }) };
  return [{ tag: 'button', text: plain(label), behaviors: [behavior], ...look }];
}

type Options = readonly { readonly value: string; readonly label: string }[];
function select(tag: string, name: string, options: Options, language: Language, more: object): Part {
  const list = options.map(({ value, label }) => ({ text: plain(label), value }));
  return { tag, name, placeholder: plain(translate(language, 'feishu.choose')), options: list, width: 'fill', ...more };
}

function form(name: string, elements: readonly Part[], submit: string, value: Value): Part {
  const behaviors = [{ type: 'callback', value }];
  const send = { tag: 'button', name: 'submit', text: plain(submit), type: 'primary', form_action_type: 'submit' };
  return { tag: 'form', name, elements: [...elements, { ...send, behaviors }] };
}

export interface Filling {
  readonly form: LocalForm;
  readonly value: Value;
  readonly language: Language;
  /** Messages by field that stand above it; those of no field have the name ''. */
  readonly errors?: Readonly<Record<string, string>>;
}

/** A form as a card of one form container. */
export function formCard({ form: asked, value, language, errors = {} }: Filling): Record<string, unknown> {
  const wrong = (id: string): readonly Part[] => {
    const message = errors[id];
    return message === undefined ? [] : [text(`❗ ${message}`, { text_color: 'red' })];
  };
  const fields = asked.fields.flatMap((field) => [...wrong(field.id), ...fieldParts(field, language)]);
  const frame = { title: asked.title, summary: '', tone: 'calm', language } as const;
  return framed(
    [...wrong(''), ...asked.intro.map((one) => text(one)), form('form', fields, asked.submit, value)],
    frame,
  );
}

export const isTooLong = (field: LocalField): boolean => field.kind === 'text' && field.value.length > LIMITS.inputText;

function fieldParts(field: LocalField, language: Language): readonly Part[] {
  const { id: name, label, required } = field;
  const note = (key: MessageKey) => [small(translate(language, key, { label }))];
  if (field.kind === 'file') return note('feishu.field_file');
  if (isTooLong(field)) return note('feishu.field_too_long');
  const hint = field.hint === undefined ? [] : [small(field.hint)];
  if (field.kind === 'one') {
    const chosen = field.value === '' ? {} : { initial_option: field.value };
    return [text(label), ...hint, select('select_static', name, field.options, language, { required, ...chosen })];
  }
  if (field.kind === 'many') {
    const more = { required, selected_values: field.value };
    return [text(label), ...hint, select('multi_select_static', name, field.options, language, more)];
  }
  const lines = field.kind === 'text' && field.multiline ? { input_type: 'multiline_text', rows: 3 } : {};
  const most = field.kind === 'text' ? Math.min(field.maxLength, LIMITS.inputText) : LIMITS.inputText;
  const example = field.example === undefined ? {} : { placeholder: plain(cut(field.example, LIMITS.placeholder)) };
  const value = { ...(field.value === '' ? {} : { default_value: field.value }), max_length: most, required };
  return [...hint, { tag: 'input', name, label: plain(label), label_position: 'top', ...example, ...lines, ...value }];
}
