import { z } from 'zod';

const button = z.strictObject({
  id: z.string(),
  text: z.string().min(1),
  color: z.enum(['gray', 'blue', 'red']),
  value: z.string().optional(),
  url: z.url().optional(),
  confirm: z.string().optional(),
  sure: z.string().optional(),
});
const option = z.strictObject({ value: z.string(), text: z.string().min(1) });
const labelled = { name: z.string().min(1), label: z.string(), required: z.boolean() };
const field = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('LABEL'), label: z.string().min(1) }),
  z.strictObject({
    type: z.enum(['TEXT', 'TEXTAREA']),
    ...labelled,
    placeholder: z.string(),
    defaultValue: z.string(),
    maxLength: z.number().int().min(1).max(2_000),
  }),
  z.strictObject({
    type: z.enum(['SELECT', 'MULTI_SELECT']),
    ...labelled,
    placeholder: z.string(),
    options: z.array(option).min(1),
    chosen: z.array(z.string()),
  }),
]);
const part = z.union([
  z.strictObject({ text: z.string().min(1), size: z.enum(['normal', 'heading', 'small']) }),
  z.strictObject({ buttons: z.array(button).min(1) }),
  z.strictObject({
    form: z.strictObject({ fields: z.array(field).min(1) }),
    submit: z.string().min(1),
    value: z.string(),
  }),
]);
export type Part = z.infer<typeof part>;

/** Variables of the template, whose lists are JSON in strings. */
export const cardSchema = z.strictObject({
  title: z.string().min(1),
  summary: z.string(),
  color: z.enum(['gray', 'orange', 'red', 'green']),
  chat: z.string(),
  parts: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.array(part)),
});
export type Card = z.infer<typeof cardSchema>;

/** Reasons to refuse the variables of a card in this chat; empty if there are none. */
export function wrongWithCard(variables: Readonly<Record<string, string>>, chat: string): readonly string[] {
  const wrong: string[] = [];
  if (Buffer.byteLength(JSON.stringify(variables)) > 15_000) wrong.push('larger than 15,000 bytes');
  const { data, error } = cardSchema.safeParse(variables);
  if (!data) return [...wrong, z.prettifyError(error)];
  if (data.chat !== chat) wrong.push('a card says that it is in another chat');
  for (const one of data.parts) {
    if ('buttons' in one && one.buttons.some(({ value, url }) => (value === undefined) === (url === undefined)))
      wrong.push('a button with no value or two effects');
    const names = 'form' in one ? one.form.fields.flatMap((entry) => ('name' in entry ? [entry.name] : [])) : [];
    if (new Set(names).size !== names.length) wrong.push('a name is there twice');
  }
  return wrong;
}

/** Everything readable on a card, in one line. */
export function wordsOf({ title, parts }: Card): string {
  const words = parts.flatMap((one): readonly string[] => {
    if ('text' in one) return [one.text];
    if ('buttons' in one)
      return one.buttons.flatMap(({ text, confirm }) => [text, ...(confirm === undefined ? [] : [confirm])]);
    const fields = one.form.fields.flatMap((entry) => {
      if ('options' in entry) return [entry.label, ...entry.options.map(({ text }) => text)];
      return [entry.label, 'defaultValue' in entry ? entry.defaultValue : ''];
    });
    return [...fields, one.submit];
  });
  return [title, ...words].join(' ');
}
