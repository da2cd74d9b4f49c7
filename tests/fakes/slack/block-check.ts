import { LIMITS } from '../../../src/platforms/slack/limits.ts';

/**
 * What Slack would refuse in blocks or a view, as sentences. Written apart from the renderer: it walks plain JSON and knows
 * only the table of limits.
 */
type Node = Readonly<Record<string, unknown>>;

export function wrongInMessage(message: {
  readonly text: string;
  readonly blocks: readonly unknown[];
}): readonly string[] {
  const wrong: string[] = [];
  if (message.blocks.length > LIMITS.message.blocks) wrong.push(`${message.blocks.length} blocks`);
  if (message.blocks.length === 0) wrong.push('no blocks');
  if (message.text.trim() === '') wrong.push('no text');
  if (message.text.length > LIMITS.message.text) wrong.push(`text of ${message.text.length}`);
  return [...wrong, ...wrongInBlocks(message.blocks)];
}

export function wrongInView(view: unknown): readonly string[] {
  const v = node(view);
  const wrong: string[] = [];
  const blocks = list(v['blocks']);
  if (blocks.length > LIMITS.view.blocks) wrong.push(`${blocks.length} blocks`);
  if (Buffer.byteLength(JSON.stringify(view)) > LIMITS.view.bytes) wrong.push('view too large');
  for (const key of ['title', 'submit', 'close'] as const) {
    if (v[key] !== undefined) limit(wrong, `view ${key}`, node(v[key])['text'], LIMITS.view[key]);
  }
  if (typeof v['private_metadata'] === 'string')
    limit(wrong, 'metadata', v['private_metadata'], LIMITS.view.privateMetadata, 0);
  const hasInput = blocks.some((block) => node(block)['type'] === 'input');
  if (hasInput && v['type'] === 'modal' && v['submit'] === undefined) wrong.push('input without submit');
  return [...wrong, ...wrongInBlocks(blocks)];
}

function wrongInBlocks(blocks: readonly unknown[]): readonly string[] {
  const wrong: string[] = [];
  const ids = blocks.flatMap((block) => node(block)['block_id'] ?? []);
  if (new Set(ids).size !== ids.length) wrong.push(`block_id twice: ${ids.join(' ')}`);
  const actions: unknown[] = [];
  for (const block of blocks) {
    const b = node(block);
    if (b['block_id'] !== undefined) limit(wrong, 'block_id', b['block_id'], LIMITS.id);
    checkBlock(b, wrong, actions);
  }
  // An action id must be unique in its block; ours are unique in the message but for the one input of each block.
  const own = actions.map((a) => node(a)['action_id']).filter((id) => id !== 'v');
  if (new Set(own).size !== own.length) wrong.push(`action_id twice: ${own.join(' ')}`);
  return wrong;
}

function checkBlock(b: Node, wrong: string[], actions: unknown[]): void {
  switch (b['type']) {
    case 'header':
      text(wrong, 'header', b['text'], LIMITS.header, ['plain_text']);
      return;
    case 'section':
      text(wrong, 'section', b['text'], LIMITS.section.text, ['plain_text', 'mrkdwn']);
      if (b['accessory'] !== undefined) element(node(b['accessory']), wrong, actions);
      return;
    case 'context':
      if (list(b['elements']).length > LIMITS.context.elements) wrong.push('context elements');
      for (const one of list(b['elements'])) text(wrong, 'context', one, LIMITS.context.text, ['plain_text', 'mrkdwn']);
      return;
    case 'rich_text':
      richText(b, wrong);
      return;
    case 'actions':
      if (list(b['elements']).length === 0 || list(b['elements']).length > LIMITS.actions.elements)
        wrong.push(`${list(b['elements']).length} elements`);
      for (const one of list(b['elements'])) element(node(one), wrong, actions);
      return;
    case 'input':
      text(wrong, 'label', b['label'], LIMITS.input.label, ['plain_text']);
      if (b['hint'] !== undefined) text(wrong, 'hint', b['hint'], LIMITS.input.hint, ['plain_text']);
      element(node(b['element']), wrong, actions);
      return;
    case 'divider':
      return;
    default:
      wrong.push(`block ${String(b['type'])}`);
  }
}

function richText(b: Node, wrong: string[]): void {
  let length = 0;
  for (const part of list(b['elements'])) {
    for (const one of list(node(part)['elements'])) {
      const e = node(one);
      if (e['type'] === 'text') {
        if (typeof e['text'] !== 'string' || e['text'] === '') wrong.push('empty rich text');
        length += String(e['text']).length;
      } else if (e['type'] === 'date') {
        if (!Number.isInteger(e['timestamp']) || e['fallback'] === '') wrong.push('date');
      } else wrong.push(`rich text ${String(e['type'])}`);
    }
  }
  // The line with the reader's own time follows the text that is measured.
  if (length > LIMITS.richText + 100) wrong.push(`rich text of ${length}`);
}

function element(e: Node, wrong: string[], actions: unknown[]): void {
  actions.push(e);
  limit(wrong, 'action_id', e['action_id'], LIMITS.id);
  if (e['placeholder'] !== undefined) text(wrong, 'placeholder', e['placeholder'], LIMITS.placeholder, ['plain_text']);
  const confirm = e['confirm'];
  if (confirm !== undefined) {
    text(wrong, 'confirm title', node(confirm)['title'], LIMITS.confirm.title, ['plain_text']);
    text(wrong, 'confirm text', node(confirm)['text'], LIMITS.confirm.text, ['plain_text', 'mrkdwn']);
    text(wrong, 'confirm yes', node(confirm)['confirm'], LIMITS.confirm.button, ['plain_text']);
    text(wrong, 'confirm no', node(confirm)['deny'], LIMITS.confirm.button, ['plain_text']);
  }
  switch (e['type']) {
    case 'button':
      text(wrong, 'button', e['text'], LIMITS.button.text, ['plain_text']);
      if (e['value'] !== undefined && Buffer.byteLength(String(e['value'])) > LIMITS.button.value)
        wrong.push('button value');
      if (e['url'] !== undefined) limit(wrong, 'url', e['url'], LIMITS.button.url);
      if (e['value'] === undefined && e['url'] === undefined) wrong.push('button without effect');
      return;
    case 'checkboxes':
    case 'radio_buttons':
      options(e, LIMITS.option.checkboxes, wrong);
      return;
    case 'static_select':
    case 'multi_static_select':
      if (e['option_groups'] === undefined) options(e, LIMITS.option.select, wrong);
      else {
        if (list(e['option_groups']).length > LIMITS.option.select) wrong.push('option groups');
        for (const group of list(e['option_groups'])) {
          text(wrong, 'group', node(group)['label'], LIMITS.option.text, ['plain_text']);
          options(node(group), LIMITS.option.select, wrong);
        }
      }
      return;
    case 'plain_text_input': {
      const max = e['max_length'];
      if (max !== undefined && !(typeof max === 'number' && max >= 1 && max <= LIMITS.input.text))
        wrong.push('max_length');
      if (typeof e['initial_value'] === 'string' && e['initial_value'].length > Number(max ?? LIMITS.input.text))
        wrong.push('initial value');
      return;
    }
    case 'file_input':
      return;
    default:
      wrong.push(`element ${String(e['type'])}`);
  }
}

function options(e: Node, max: number, wrong: string[]): void {
  const all = list(e['options']);
  if (all.length === 0 || all.length > max) wrong.push(`${all.length} options`);
  const values = all.map((one) => node(one)['value']);
  if (new Set(values).size !== values.length) wrong.push('option value twice');
  for (const one of all) {
    text(wrong, 'option', node(one)['text'], LIMITS.option.text, ['plain_text']);
    limit(wrong, 'option value', node(one)['value'], LIMITS.option.value);
  }
  const initial = [
    ...list(e['initial_options'] ?? []),
    ...(e['initial_option'] === undefined ? [] : [e['initial_option']]),
  ];
  for (const one of initial) {
    if (!all.some((option) => JSON.stringify(option) === JSON.stringify(one)))
      wrong.push('initial option is none of the options');
  }
}

function text(wrong: string[], what: string, value: unknown, max: number, types: readonly string[]): void {
  const t = node(value);
  if (typeof t['type'] !== 'string' || !types.includes(t['type'])) wrong.push(`${what} is ${String(t['type'])}`);
  limit(wrong, what, t['text'], max);
}

function limit(wrong: string[], what: string, value: unknown, max: number, min = 1): void {
  if (typeof value !== 'string') wrong.push(`${what} is missing`);
  else if (value.length > max || value.length < min) wrong.push(`${what} of ${value.length}`);
}

function node(value: unknown): Node {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
