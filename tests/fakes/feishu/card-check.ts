import { z } from 'zod';

/** What Feishu's documents say of a card in JSON 2.0: reasons to refuse it, empty if there are none. */
export function wrongWithCard(content: string): readonly string[] {
  const wrong: string[] = [];
  if (Buffer.byteLength(content) > 30 * 1024) wrong.push('larger than 30 KB');
  const card = cardSchema.safeParse(JSON.parse(content));
  if (!card.success) return [...wrong, z.prettifyError(card.error)];
  const elements = card.data.body.elements;
  const all = elements.flatMap(withInner);
  if (all.length > 200) wrong.push('more than 200 elements');
  const names = all.flatMap(({ name }) => (typeof name === 'string' ? [name] : []));
  if (new Set(names).size !== names.length) wrong.push('a name is there twice');
  for (const one of all) {
    if (!TAGS.has(one.tag)) wrong.push(`no such tag: ${one.tag}`);
    if (one.tag === 'form' && !elements.includes(one)) wrong.push('a form is inside of something');
    if (['input', 'select_static', 'multi_select_static'].includes(one.tag) && typeof one['name'] !== 'string') {
      wrong.push(`${one.tag} without a name`);
    }
    const most = one['max_length'];
    if (typeof most === 'number' && (most < 1 || most > 1_000)) wrong.push('max_length is not 1 to 1000');
    if (typeof most === 'number' && String(one['default_value'] ?? '').length > most) wrong.push('value too long');
    if (one.tag === 'form' && !withInner(one).some((inner) => inner['form_action_type'] === 'submit')) {
      wrong.push('a form without a submit button');
    }
  }
  return wrong;
}

export interface Part {
  readonly tag: string;
  readonly [field: string]: unknown;
}
const part = z.custom<Part>((value) => typeof value === 'object' && value !== null && 'tag' in value);
const parts = z.array(part);
const TAGS = new Set(
  ['div', 'markdown', 'button', 'column_set', 'column', 'form', 'input'].concat([
    'select_static',
    'multi_select_static',
  ]),
);
export const cardSchema = z.looseObject({
  schema: z.literal('2.0'),
  config: z.looseObject({ update_multi: z.literal(true) }),
  header: z.looseObject({ title: z.looseObject({ tag: z.literal('plain_text'), content: z.string().min(1) }) }),
  body: z.looseObject({ elements: parts }),
});

/** An element and everything inside. */
export function withInner(one: Part): readonly Part[] {
  const inner = [one['elements'], one['columns']].flatMap((list) => parts.safeParse(list).data ?? []);
  return [one, ...inner.flatMap(withInner)];
}
