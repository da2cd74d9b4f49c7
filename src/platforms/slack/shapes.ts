import { z } from 'zod';

/** Schemas of Slack's payloads and answers, reduced to the fields used, so that all others may change. */
const id = z.string().min(1).max(255);
const text = z.string().optional();
const orEmpty = z.string().default('');
const flag = z.boolean().default(false);
const orNull = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null);

/** Part of a message, reduced to its text. */
export interface Node extends Partial<Record<'type' | 'url' | 'user_id' | 'fallback', string | undefined>> {
  readonly text?: string | Node | undefined;
  readonly elements?: readonly Node[] | undefined;
  readonly fields?: readonly Node[] | undefined;
}
const word = text.catch(undefined);
const node: z.ZodType<Node> = z.lazy(() => {
  const nodes = z.array(node).optional().catch(undefined);
  const own = z.union([z.string(), node]).optional().catch(undefined);
  return z.object({ type: text, url: word, user_id: word, fallback: word, text: own, elements: nodes, fields: nodes });
});
const words = z.string().nullish().catch(null);
const listed = <T extends z.ZodType>(schema: T) => z.array(schema).nullish().catch(null);
const field = z.object({ title: words, value: words });
const texts = { pretext: words, title: words, text: words, fallback: words };
const attachment = z.object({ ...texts, fields: listed(field), blocks: listed(node) });
export type Attachment = z.output<typeof attachment>;

/** Message in history, events and shortcuts; `user_team`: workspace of the author, if not ours. */
export const messageSchema = z.object({
  ...{ ts: z.string(), thread_ts: text, user_team: text, team: text, subtype: text, user: text, bot_id: text },
  text: orNull(z.string()).transform((one) => one ?? ''),
  edited: z.object({ ts: z.string() }).optional(),
  username: words,
  bot_profile: z.object({ name: words }).nullish().catch(null),
  attachments: listed(attachment),
  blocks: listed(node),
  files: z
    .array(z.object({ id: z.string(), name: z.string().nullish() }))
    .optional()
    .catch(undefined),
});
type Message = z.output<typeof messageSchema>;
export type MessageFile = NonNullable<Message['files']>[number];
/** Fields of a message that contain text or name its author. */
export type Worded = Pick<Message, 'text' | 'user' | 'bot_id' | 'username' | 'bot_profile' | 'attachments' | 'blocks'>;

const metadata = z.object({ event_type: z.string(), event_payload: z.object({ key: text }) });
const reaction = z.object({ name: z.string(), users: z.array(z.string()) });
export const historyMessage = messageSchema.extend({
  metadata: metadata.optional().catch(undefined),
  reactions: z.array(reaction).optional(),
});
export const history = z.object({ messages: z.array(historyMessage).default([]) });
export const posted = z.object({ ts: z.string() });
export const uploadUrl = z.object({ upload_url: z.string(), file_id: z.string() });
const scheduled = z.object({ id: z.string(), channel_id: z.string(), post_at: z.number(), text: orEmpty });
export const scheduledList = z.object({ scheduled_messages: z.array(scheduled).default([]) });
export const authTest = z.object({
  ...{ url: z.string(), team: orEmpty, team_id: orEmpty, user: z.string(), user_id: z.string(), bot_id: text },
  enterprise_id: z.string().nullish(),
  is_enterprise_install: flag,
});
/** Workspaces of an organisation to which the app was added. */
export const teamList = z.object({ teams: z.array(z.object({ id: z.string() })).default([]) });
/** `context_team_id`: workspace of the channel, for an app of a whole organisation. */
export const channelInfo = z.object({
  ...{ id: z.string(), name: text, context_team_id: text },
  ...{ is_private: flag, is_member: flag, is_ext_shared: flag, is_pending_ext_shared: flag },
});
export const channelAnswer = z.object({ channel: channelInfo });
export const channelList = z.object({ channels: z.array(channelInfo).default([]) });
const isSo = z.boolean().optional();
export const userInfo = z.object({
  user: z.object({
    ...{ name: z.string(), team_id: text, real_name: text, locale: text },
    ...{ is_stranger: isSo, is_restricted: isSo, is_ultra_restricted: isSo },
    /** Enterprise user; only people in an organisation of several workspaces have one. */
    enterprise_user: z.object({ enterprise_id: text }).optional(),
    profile: z.object({ display_name: text }).optional(),
  }),
});
const address = z.string().nullish();
export const fileAnswer = z.object({
  file: z.object({
    ...{ name: z.string().nullish(), mimetype: z.string().nullish(), size: z.number().nullish() },
    ...{ url_private: address, url_private_download: address },
  }),
});

export const slashCommand = z.object({
  ...{ text: orEmpty, team_id: id, channel_id: id, channel_name: orEmpty, user_id: id, user_name: orEmpty },
  ...{ trigger_id: id, response_url: z.string() },
});

/** Person and workspace of a press, form or shortcut. */
const actor = { user: z.object({ id, team_id: text, name: text, username: text }), team: orNull(z.object({ id })) };
const actorSchema = z.object(actor);
export type Actor = z.infer<typeof actorSchema>;
const channel = z.object({ id, name: text });

const option = z.object({ value: z.string() });
const chosen = { selected_option: option.nullish(), selected_options: z.array(option).nullish() };
const entered = z.object({ value: z.string().nullish(), ...chosen });
/** Submitted values by block, then by the action in it. */
const enteredValues = z.record(z.string(), z.record(z.string(), entered));
export type EnteredValues = z.infer<typeof enteredValues>;
const state = orNull(z.object({ values: enteredValues }));
const view = { id, private_metadata: orEmpty };

export const blockActions = z.object({
  ...{ ...actor, trigger_id: id, response_url: text, channel: orNull(channel), state },
  container: z.object({ message_ts: text, thread_ts: text, channel_id: text, is_ephemeral: isSo }).default({}),
  message: orNull(z.object({ ts: z.string(), thread_ts: text })),
  view: orNull(z.object({ ...view, type: text, state })),
  actions: z.array(z.object({ type: z.string(), value: text })).min(1),
});
export type BlockActions = z.infer<typeof blockActions>;

export const viewSubmission = z.object({
  ...actor,
  view: z.object({
    ...{ ...view, callback_id: text, state: z.object({ values: enteredValues }) },
    blocks: z.array(z.object({ type: z.string(), block_id: text })).default([]),
  }),
});
export type ViewSubmission = z.infer<typeof viewSubmission>;

export const globalShortcut = z.object({ ...actor, trigger_id: id, callback_id: id });
export const messageShortcut = globalShortcut.extend({ response_url: text, channel, message: messageSchema });
export type MessageShortcut = z.infer<typeof messageShortcut>;

export const messageEvent = messageSchema.extend({ channel: id, channel_type: text });
const previous_message = messageSchema.partial({ ts: true }).optional();
export const changedEvent = z.object({ channel: id, message: messageSchema, previous_message });
export const deletedEvent = z.object({ channel: id, deleted_ts: z.string(), previous_message });
const item = z.object({ type: z.string(), channel: text, ts: text });
export const reactionEvent = z.object({ user: id, reaction: z.string(), item });
const membership = z.enum(['member_joined_channel', 'member_left_channel']);
export const memberEvent = z.object({ type: membership, user: id, channel: id });
export const channelEvent = z.object({ channel: z.union([id, z.object({ id, name: z.string() })]) });
const tokens = z.object({ bot: z.array(z.string()).default([]) }).default({ bot: [] });
export const revokedEvent = z.object({ type: z.string(), tokens });
export const homeEvent = z.object({ user: id, tab: text });

/** Envelope of every event. `team_id` is the workspace in which it happened. */
export const eventCallback = z.object({ team_id: orEmpty, event: z.looseObject({ type: z.string(), subtype: text }) });
