import { z } from 'zod';
import { parseJson } from '../../ops/json.ts';

const id = z.looseObject({ open_id: z.string() });
/** Fields every event has once header and event are one object, as Feishu's SDK hands them over. */
export const eventSchema = z.looseObject({
  event_type: z.string(),
  event_id: z.string(),
  tenant_key: z.string().default(''),
});

/** Event `im.message.receive_v1`. */
export const messageEvent = eventSchema.extend({
  sender: z.looseObject({ sender_id: id, sender_type: z.string(), tenant_key: z.string().optional() }),
  message: z.looseObject({
    message_id: z.string(),
    root_id: z.string().optional(),
    chat_id: z.string(),
    chat_type: z.string(),
    message_type: z.string(),
    content: z.string(),
    mentions: z.array(z.looseObject({ key: z.string(), id: id, name: z.string() })).default([]),
  }),
});
export type MessageEvent = z.infer<typeof messageEvent>;

/** Callback `card.action.trigger`. */
export const clickEvent = eventSchema.extend({
  operator: z.looseObject({ open_id: z.string(), tenant_key: z.string().optional() }),
  context: z.looseObject({ open_message_id: z.string(), open_chat_id: z.string() }),
  action: z.looseObject({
    value: z.unknown(),
    form_value: z.record(z.string(), z.unknown()).default({}),
  }),
});
export type ClickEvent = z.infer<typeof clickEvent>;

/** Event about somebody who left a chat, or about a chat that was dissolved. */
export const memberEvent = eventSchema.extend({
  chat_id: z.string(),
  users: z.array(z.looseObject({ user_id: id })).default([]),
});

/** Event `im.message.recalled_v1`. */
export const recalledEvent = eventSchema.extend({ message_id: z.string(), chat_id: z.string() });

const piece = z.looseObject({ tag: z.string(), text: z.string().default(''), user_name: z.string().default('') });
const content = z.looseObject({
  text: z.string().optional(),
  title: z.string().default(''),
  content: z.array(z.array(piece)).optional(),
  file_key: z.string().optional(),
  image_key: z.string().optional(),
  file_name: z.string().optional(),
});

/** Words of a message without the mention of the bot, and its file; `text` is null where there are none. */
export function readMessage({ message }: MessageEvent, bot: string | null) {
  const {
    text,
    title,
    content: lines,
    file_key,
    image_key,
    file_name,
  } = content.parse(parseJson(message.content) ?? {});
  const rich = lines?.map((line) => line.map((one) => (one.tag === 'at' ? `@${one.user_name}` : one.text)).join(''));
  let words = text ?? (rich ? [title, ...rich].join('\n').trim() : null);
  for (const { key, id: who, name } of message.mentions) {
    words = words?.replaceAll(key, bot === null || who.open_id === bot ? '' : `@${name}`) ?? null;
    if (rich && who.open_id === bot) words = words?.replaceAll(`@${name}`, '') ?? null;
  }
  const key = file_key ?? image_key;
  const type = image_key === undefined ? ('file' as const) : ('image' as const);
  return { text: words?.trim() ?? null, file: key === undefined ? null : { key, type, name: file_name ?? key } };
}

/** Chosen or entered values of a form container. */
export function entered(values: ClickEvent['action']['form_value']): Record<string, string | readonly string[]> {
  const value = z.union([z.string(), z.array(z.string())]);
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, given]) => {
      const read = value.safeParse(given);
      return read.success ? [[name, read.data]] : [];
    }),
  );
}

/** A file that somebody sent, on disk until it is fetched. */
export const fileSchema = z.object({
  message: z.string(),
  user: z.string(),
  key: z.string(),
  type: z.enum(['image', 'file']),
  name: z.string(),
});
export type GivenFile = z.infer<typeof fileSchema>;
