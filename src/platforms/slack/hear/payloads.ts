import { z } from 'zod';
import { type fileRef, messageSchema } from '../api-shapes.ts';

/** Schemas of Slack's payloads, reduced to the fields used, so that all others may change. */
const id = z.string().min(1).max(255);
const optional = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null);

export const slashCommand = z.object({
  command: z.string(),
  text: z.string().default(''),
  team_id: id,
  channel_id: id,
  channel_name: z.string().default(''),
  user_id: id,
  user_name: z.string().default(''),
  trigger_id: id,
  response_url: z.string(),
});
export type SlashCommand = z.infer<typeof slashCommand>;

const user = z.object({
  id,
  team_id: z.string().optional(),
  name: z.string().optional(),
  username: z.string().optional(),
});
const team = optional(z.object({ id }));
/** Fields of a pressed button or used shortcut. */
const acting = { user, team, trigger_id: id };
const channel = z.object({ id, name: z.string().optional() });

const entered = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string(), text: z.object({ text: z.string() }).optional() })).nullish(),
  files: z.array(z.object({ id })).nullish(),
});
/** Submitted values by block, then by the action in it. */
const enteredValues = z.record(z.string(), z.record(z.string(), entered));
const state = optional(z.object({ values: enteredValues }));

export const blockActions = z.object({
  ...acting,
  channel: optional(channel),
  response_url: z.string().optional(),
  container: z
    .object({ message_ts: z.string(), thread_ts: z.string(), channel_id: z.string(), is_ephemeral: z.boolean() })
    .partial()
    .default({}),
  message: optional(z.object({ ts: z.string(), thread_ts: z.string().optional() })),
  view: optional(z.object({ id, type: z.string().optional(), private_metadata: z.string().default(''), state })),
  state,
  actions: z.array(z.object({ type: z.string(), value: z.string().optional() })).min(1),
});
export type BlockActions = z.infer<typeof blockActions>;

export const viewSubmission = z.object({
  user,
  team,
  view: z.object({
    id,
    callback_id: z.string().optional(),
    private_metadata: z.string().default(''),
    blocks: z.array(z.object({ type: z.string(), block_id: z.string().optional() })).default([]),
    state: z.object({ values: enteredValues }),
  }),
});
export type ViewSubmission = z.infer<typeof viewSubmission>;

export const globalShortcut = z.object({ ...acting, callback_id: id });
export type GlobalShortcut = z.infer<typeof globalShortcut>;

export type MessageFile = z.infer<typeof fileRef>;
export const messageShortcut = z.object({
  ...acting,
  callback_id: id,
  response_url: z.string().optional(),
  channel,
  message: messageSchema,
});
export type MessageShortcut = z.infer<typeof messageShortcut>;

export const messageEvent = messageSchema.extend({
  channel: id,
  channel_type: z.string().optional(),
});
export type MessageEvent = z.infer<typeof messageEvent>;

export const changedEvent = z.object({
  channel: id,
  message: messageSchema,
  previous_message: messageSchema.partial({ ts: true }).optional(),
});
export type ChangedEvent = z.infer<typeof changedEvent>;
export const deletedEvent = z.object({
  channel: id,
  deleted_ts: z.string(),
  previous_message: messageSchema.partial({ ts: true }).optional(),
});
export type DeletedEvent = z.infer<typeof deletedEvent>;

export const reactionEvent = z.object({
  user: id,
  reaction: z.string(),
  item: z.object({ type: z.string(), channel: z.string().optional(), ts: z.string().optional() }),
});
export type ReactionEvent = z.infer<typeof reactionEvent>;
export const memberEvent = z.object({
  type: z.enum(['member_joined_channel', 'member_left_channel']),
  user: id,
  channel: id,
});
export type MemberEvent = z.infer<typeof memberEvent>;
export const channelEvent = z.object({
  channel: z.union([id, z.object({ id, name: z.string() })]),
});
export const revokedEvent = z.object({
  type: z.string(),
  tokens: z.object({ bot: z.array(z.string()).default([]) }).default({ bot: [] }),
});
export const homeEvent = z.object({ user: id, tab: z.string().optional() });

/** Envelope of every event. `team_id` is the workspace in which it happened. */
export const eventCallback = z.object({
  type: z.literal('event_callback'),
  team_id: z.string().default(''),
  event: z.looseObject({ type: z.string(), subtype: z.string().optional() }),
});
