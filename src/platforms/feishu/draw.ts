import { translate } from '../../i18n/translate.ts';
import type { Language } from '../../incident/identity.ts';
import type { CardView, Drawing, Part, ViewButton, ViewField } from '../shared/card-view.ts';

/** Maximum size (bytes) of a card; Feishu allows 30 KB (and 200 elements, text objects included). */
const BYTES = 28_000;
const ELEMENTS = 200;
const TEMPLATES = { calm: 'grey', running: 'yellow', urgent: 'red', done: 'green' } as const;

interface Element {
  readonly tag: string;
  readonly [field: string]: unknown;
}
const plain = (content: string, more: object = {}): Element => ({ tag: 'plain_text', content, ...more });
const text = (content: string, more: object = {}): Element => ({ tag: 'div', text: plain(content, more) });
const small = (content: string): Element => text(content, { text_size: 'notation', text_color: 'grey' });

/** Field of a card that is removed before sending: its receiver gets an urgent notification (加急). */
export const WAKES = 'wakes';

/** Draws cards in JSON 2.0. Texts are `plain_text`, so people's text cannot mention, link or format. */
export const drawing: Drawing = {
  limits: { title: 200, inputText: 1_000, example: 100, called: 20 },
  draw: ({ title, summary, tone, language, calls, wakes, parts }) => ({
    ...(wakes ? { [WAKES]: true } : {}),
    schema: '2.0',
    config: { update_multi: true, summary: { content: summary } },
    header: { title: plain(title), template: TEMPLATES[tone] },
    body: { elements: [...callOf(calls), ...parts.map((part) => elementOf(part, language))] },
  }),
  fits: (card) => {
    const json = JSON.stringify(card);
    return Buffer.byteLength(json) <= BYTES && json.split('"tag":').length <= ELEMENTS;
  },
};

/** Returns mentions; only these notify the people of a topic. */
function callOf(calls: CardView['calls']): readonly Element[] {
  const ids = calls === 'everybody' ? ['all'] : calls.filter((id) => /^ou_[\w-]+$/.test(id));
  return ids.length === 0 ? [] : [{ tag: 'markdown', content: ids.map((id) => `<at id=${id}></at>`).join(' ') }];
}

function elementOf(part: Part, language: Language): Element {
  if (part.kind === 'form') return formOf(part, language);
  if (part.kind === 'buttons') {
    const columns = part.buttons.map((one) => ({ tag: 'column', width: 'auto', elements: [buttonOf(one, language)] }));
    return { tag: 'column_set', flex_mode: 'flow', columns };
  }
  if (part.size === 'small') return small(part.text);
  if (part.size === 'quote') return text(`「${part.text}」`);
  return text(part.text, part.size === 'heading' ? { text_size: 'heading' } : {});
}

function buttonOf({ label, style, confirm, does }: ViewButton, language: Language): Element {
  const behavior =
    'url' in does ? { type: 'open_url', default_url: does.url } : { type: 'callback', value: does.value };
  const sure = { title: plain(translate(language, 'chat.yes')), text: plain(confirm ?? '') };
  const look = { type: style ?? 'default', ...(confirm === undefined ? {} : { confirm: sure }) };
  return { tag: 'button', text: plain(label), behaviors: [behavior], ...look };
}

type FormPart = Extract<Part, { readonly kind: 'form' }>;
function formOf({ name, fields, submit, value }: FormPart, language: Language): Element {
  const behaviors = [{ type: 'callback', value }];
  const send = { tag: 'button', name: 'submit', text: plain(submit), type: 'primary', form_action_type: 'submit' };
  return { tag: 'form', name, elements: [...fields.flatMap((one) => fieldOf(one, language)), { ...send, behaviors }] };
}

function fieldOf(field: ViewField, language: Language): readonly Element[] {
  if (field.kind === 'note') return [field.isError ? text(field.text, { text_color: 'red' }) : small(field.text)];
  const { name, label, required } = field;
  if (field.kind === 'input') {
    const { value, maxLength: max_length, example, multiline } = field;
    const shown = example === undefined ? {} : { placeholder: plain(example) };
    const more = { ...(multiline ? { input_type: 'multiline_text', rows: 3 } : {}), max_length, required };
    const entered = value === '' ? {} : { default_value: value };
    return [{ tag: 'input', name, label: plain(label), label_position: 'top', ...shown, ...more, ...entered }];
  }
  const isMany = field.kind === 'many';
  const [first] = field.chosen;
  const chosen = isMany ? { selected_values: field.chosen } : first === undefined ? {} : { initial_option: first };
  const options = field.options.map((one) => ({ text: plain(one.label), value: one.value }));
  const placeholder = plain(translate(language, 'chat.choose'));
  const select = { tag: isMany ? 'multi_select_static' : 'select_static', name, placeholder, options, width: 'fill' };
  return [...(label === '' ? [] : [text(label)]), { ...select, ...(required ? { required } : {}), ...chosen }];
}
