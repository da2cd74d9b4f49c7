import { z } from 'zod';

export const PLATFORM = 'slack';
/** Prefix of a file message's handle, whose `ts` Slack does not return. */
export const FILE_REF = 'file:';
/** Event type of our messages, whose metadata contains their key. */
export const METADATA_TYPE = 'jishi_message';

/** Part of a message, reduced to its text. */
export interface Node extends Partial<Record<'type' | 'url' | 'user_id' | 'fallback', string | undefined>> {
  readonly text?: string | Node | undefined;
  readonly elements?: readonly Node[] | undefined;
  readonly fields?: readonly Node[] | undefined;
}
const word = z.string().optional().catch(undefined);
const node: z.ZodType<Node> = z.lazy(() =>
  z.object({
    ...{ type: z.string().optional(), url: word, user_id: word, fallback: word },
    text: z.union([z.string(), node]).optional().catch(undefined),
    elements: z.array(node).optional().catch(undefined),
    fields: z.array(node).optional().catch(undefined),
  }),
);
const words = z.string().nullish().catch(null);
const attachment = z.object({
  pretext: words,
  title: words,
  text: words,
  fallback: words,
  fields: z
    .array(z.object({ title: words, value: words }))
    .nullish()
    .catch(null),
  blocks: z.array(node).nullish().catch(null),
});

export type Attachment = z.output<typeof attachment>;

/** Fields of a message that contain text or name its author. */
export const worded = {
  text: z
    .string()
    .nullish()
    .transform((text) => text ?? ''),
  user: z.string().optional(),
  bot_id: z.string().optional(),
  username: words,
  bot_profile: z.object({ name: words }).nullish().catch(null),
  attachments: z.array(attachment).nullish().catch(null),
  blocks: z.array(node).nullish().catch(null),
};
const wordedSchema = z.object(worded);
export type Worded = z.output<typeof wordedSchema>;

/** Answers of the Web API, reduced to the fields used. */
export const posted = z.object({ ts: z.string(), channel: z.string().optional() });
export const fileRef = z.object({ id: z.string(), name: z.string().nullish() });
/** Message in history, events and shortcuts. */
export const messageSchema = z.object({
  ts: z.string(),
  thread_ts: z.string().optional(),
  /** Workspace of the author, if not ours. */
  user_team: z.string().optional(),
  team: z.string().optional(),
  subtype: z.string().optional(),
  edited: z.object({ ts: z.string() }).optional(),
  ...worded,
  files: z.array(fileRef).optional().catch(undefined),
});
export const historyMessage = messageSchema.extend({
  metadata: z
    .object({ event_type: z.string(), event_payload: z.object({ key: z.string().optional() }) })
    .optional()
    .catch(undefined),
  reactions: z.array(z.object({ name: z.string(), users: z.array(z.string()) })).optional(),
});
export const history = z.object({ messages: z.array(historyMessage).default([]) });
export const uploadUrl = z.object({ upload_url: z.string(), file_id: z.string() });
export const scheduledList = z.object({
  scheduled_messages: z
    .array(z.object({ id: z.string(), channel_id: z.string(), post_at: z.number(), text: z.string().default('') }))
    .default([]),
});
export const authTest = z.object({
  url: z.string(),
  team: z.string().default(''),
  team_id: z.string().default(''),
  user: z.string(),
  user_id: z.string(),
  bot_id: z.string().optional(),
  enterprise_id: z.string().nullish(),
  is_enterprise_install: z.boolean().default(false),
});
/** Workspaces of an organisation to which the app was added. */
export const teamList = z.object({ teams: z.array(z.object({ id: z.string() })).default([]) });
/** Scopes from the header `x-oauth-scopes`. */
export const scopesOf = z.object({ response_metadata: z.object({ scopes: z.array(z.string()) }) });
export const channelInfo = z.object({
  id: z.string(),
  name: z.string().optional(),
  is_private: z.boolean().default(false),
  is_member: z.boolean().default(false),
  is_ext_shared: z.boolean().default(false),
  is_pending_ext_shared: z.boolean().default(false),
  /** Workspace of the channel, for an app of a whole organisation. */
  context_team_id: z.string().optional(),
});
export const channelAnswer = z.object({ channel: channelInfo });
export const channelList = z.object({ channels: z.array(channelInfo).default([]) });
export const userInfo = z.object({
  user: z.object({
    id: z.string(),
    team_id: z.string().optional(),
    name: z.string(),
    real_name: z.string().optional(),
    locale: z.string().optional(),
    is_stranger: z.boolean().optional(),
    is_restricted: z.boolean().optional(),
    is_ultra_restricted: z.boolean().optional(),
    /** Enterprise user; only people in an organisation of several workspaces have one. */
    enterprise_user: z.object({ enterprise_id: z.string().optional() }).optional(),
    profile: z.object({ display_name: z.string().optional() }).optional(),
  }),
});
const fileInfo = fileRef.extend({
  mimetype: z.string().nullish(),
  size: z.number().nullish(),
  url_private: z.string().nullish(),
  url_private_download: z.string().nullish(),
});
export const fileAnswer = z.object({ file: fileInfo });
