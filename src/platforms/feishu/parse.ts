import { z } from 'zod';
import { parseJson } from '../../ops/json.ts';
import { enteredIn } from '../shared/card-form.ts';
import type { CardEvent } from '../shared/card-wire.ts';

const id = z.looseObject({ open_id: z.string() });
/** Fields of every event after header and event are joined. */
const eventSchema = z.looseObject({
  event_type: z.string(),
  event_id: z.string(),
  tenant_key: z.string().default(''),
});
const messageEvent = eventSchema.extend({
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
type Message = z.infer<typeof messageEvent>['message'];
const clickEvent = eventSchema.extend({
  operator: z.looseObject({ open_id: z.string(), tenant_key: z.string().optional() }),
  context: z.looseObject({ open_message_id: z.string(), open_chat_id: z.string() }),
  action: z.looseObject({
    value: z.unknown().optional(),
    form_value: z.record(z.string(), z.unknown()).default({}),
  }),
});
/** Event about a chat: its members, name and readers, or a recalled message in it. */
const chatEvent = eventSchema.extend({
  chat_id: z.string(),
  message_id: z.string().default(''),
  users: z.array(z.looseObject({ user_id: id })).default([]),
  external: z.boolean().default(false),
  name: z.string().optional(),
  after_change: z.looseObject({ name: z.string().optional() }).optional(),
});

/** File that a person sent, stored by its key until it is fetched. */
export const fileSchema = z.object({
  ...{ message: z.string(), user: z.string(), key: z.string(), name: z.string() },
  type: z.enum(['image', 'file']),
});
export type GivenFile = z.infer<typeof fileSchema>;

/** Parses an event with joined header. `bot`: our own `open_id`, null while unknown. */
export function parseEvent(raw: unknown, bot: string | null): CardEvent<GivenFile> | null {
  const { event_type, event_id, tenant_key } = eventSchema.parse(raw);
  const isForeign = (tenant: string | undefined): boolean => (tenant ?? tenant_key) !== tenant_key;
  if (event_type === 'card.action.trigger') {
    const { operator, context, action } = clickEvent.parse(raw);
    const by = { id: event_id, user: operator.open_id, chat: context.open_chat_id };
    const more = { message: context.open_message_id, value: action.value, entered: enteredIn(action.form_value) };
    return { kind: 'pressed', ...by, ...more, isForeign: isForeign(operator.tenant_key) };
  }
  const change = CHANGES[event_type];
  if (change) return change(chatEvent.parse(raw));
  if (event_type !== 'im.message.receive_v1') return null;
  const { sender, message } = messageEvent.parse(raw);
  const user = sender.sender_id.open_id;
  const isDirect = message.chat_type === 'p2p';
  const isMentioned = message.mentions.some((one) => bot === null || one.id.open_id === bot);
  if (sender.sender_type !== 'user' || (!isDirect && !isMentioned)) return null;
  const { message_id, chat_id: chat, root_id: root } = message;
  const by = { id: message_id, user, chat, isForeign: isForeign(sender.tenant_key) };
  return { kind: 'said', ...by, isDirect, root, ...readMessage(message, user, bot) };
}
const CHANGES: Readonly<Record<string, (event: z.infer<typeof chatEvent>) => CardEvent<GivenFile>>> = {
  'im.chat.member.user.deleted_v1': ({ chat_id: chat, users }) => {
    return { kind: 'left', chat, users: users.map((one) => one.user_id.open_id) };
  },
  'im.message.recalled_v1': ({ chat_id: chat, message_id: message }) => ({ kind: 'recalled', chat, message }),
  'im.chat.member.bot.deleted_v1': ({ chat_id: chat, name }) => ({ kind: 'place', chat, change: 'kicked', name }),
  'im.chat.disbanded_v1': ({ chat_id: chat, name }) => ({ kind: 'place', chat, change: 'archived', name }),
  'im.chat.member.user.added_v1': readersChanged,
  'im.chat.updated_v1': readersChanged,
};

function readersChanged({ chat_id: chat, external, after_change }: z.infer<typeof chatEvent>): CardEvent<GivenFile> {
  const name = after_change?.name;
  return { kind: 'place', chat, change: external ? 'shared' : name === undefined ? 'asked' : 'renamed', name };
}

const piece = z.looseObject({
  tag: z.string(),
  text: z.string().default(''),
  user_name: z.string().default(''),
  image_key: z.string().optional(),
});
const content = z.looseObject({
  text: z.string().optional(),
  title: z.string().default(''),
  content: z.array(z.array(piece)).optional(),
  file_key: z.string().optional(),
  image_key: z.string().optional(),
  file_name: z.string().optional(),
});

/** Returns a message's text without the mention of the bot, and its files, including those inside the text. */
function readMessage({ message_id, content: json, mentions }: Message, user: string, bot: string | null) {
  const { text, title, content: lines, file_key, image_key, file_name } = content.parse(parseJson(json) ?? {});
  const written = (one: z.infer<typeof piece>): string => (one.tag === 'at' ? `@${one.user_name}` : one.text);
  let words = text ?? [title, ...(lines ?? []).map((line) => line.map(written).join(''))].join('\n').trim();
  for (const { key, id: who, name } of mentions) {
    const isBot = bot === null || who.open_id === bot;
    words = words.replaceAll(key, isBot ? '' : `@${name}`);
    if (lines && isBot) words = words.replaceAll(`@${name}`, '');
  }
  const inside = (lines ?? []).flatMap((line) => line.flatMap((one) => one.image_key ?? []));
  const images = [...(file_key === undefined && image_key !== undefined ? [image_key] : []), ...inside];
  const found = [
    ...(file_key === undefined ? [] : [{ key: file_key, type: 'file' as const, name: file_name ?? '' }]),
    ...images.map((key) => ({ key, type: 'image' as const, name: '' })),
  ];
  const files = found.map((file, n) => ({ ...file, user, message: n === 0 ? message_id : `${message_id}.${n}` }));
  return { text: words.trim(), files };
}
