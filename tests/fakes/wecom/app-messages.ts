import { z } from 'zod';

/** Limits of messages as the documents give them (90236, 90248, 99110): bytes for texts, counts for cards. */
const bytes = (max: number) =>
  z.string().refine((text) => Buffer.byteLength(text) <= max, { message: `more than ${max} bytes` });
const filled = (max: number) => bytes(max).refine((text) => text.trim() !== '', { message: 'empty' });

const text = z.object({
  msgtype: z.literal('text'),
  text: z.object({ content: filled(2_048), mentioned_list: z.array(z.string()).optional() }),
});
const markdown = z.object({ msgtype: z.literal('markdown'), markdown: z.object({ content: filled(2_048) }) });
const textcard = z.object({
  msgtype: z.literal('textcard'),
  textcard: z.object({
    title: filled(128),
    description: filled(512),
    url: z.url().max(2_048),
    btntxt: z.string().max(4).optional(),
  }),
});
const file = z.object({ msgtype: z.literal('file'), file: z.object({ media_id: z.string() }) });

const key = bytes(1_024);
const card = z.looseObject({
  card_type: z.enum(['text_notice', 'button_interaction', 'vote_interaction', 'multiple_interaction']),
  main_title: z.looseObject({ title: filled(36 * 4).optional(), desc: bytes(44 * 4).optional() }),
  task_id: z
    .string()
    .regex(/^[0-9A-Za-z_\-@]{1,128}$/)
    .optional(),
  sub_title_text: bytes(160 * 4).optional(),
  horizontal_content_list: z
    .array(z.looseObject({ keyname: filled(5 * 4) }))
    .max(6)
    .optional(),
  jump_list: z
    .array(z.looseObject({ title: filled(13 * 4), url: z.url().optional() }))
    .max(3)
    .optional(),
  card_action: z.looseObject({ type: z.number(), url: z.url().optional() }).optional(),
  button_list: z
    .array(
      z.looseObject({
        text: filled(10 * 4),
        key: key.optional(),
        type: z.number().optional(),
        url: z.url().optional(),
      }),
    )
    .min(1)
    .max(6)
    .optional(),
  checkbox: z
    .looseObject({
      option_list: z
        .array(z.looseObject({ id: bytes(128), text: filled(11 * 4) }))
        .min(1)
        .max(20),
    })
    .optional(),
  submit_button: z.looseObject({ text: filled(10 * 4), key }).optional(),
  button_selection: z
    .looseObject({
      option_list: z
        .array(z.looseObject({ id: bytes(128), text: filled(16 * 4) }))
        .min(1)
        .max(10),
    })
    .optional(),
});
const templateCard = z.object({ msgtype: z.literal('template_card'), template_card: card });

export const messageSchema = z.discriminatedUnion('msgtype', [text, markdown, textcard, file, templateCard]);
export type Message = z.infer<typeof messageSchema>;

/** The message with the words a reader sees, or the error WeCom answers. */
export function checkMessage(
  body: unknown,
  taskIds: Set<string>,
): { readonly message: Message; readonly text: string } | { readonly errcode: number; readonly errmsg: string } {
  const parsed = messageSchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') ?? '';
    return { errcode: where.startsWith('template_card') ? 42027 : 45002, errmsg: `${where} ${issue?.message ?? ''}` };
  }
  const message = parsed.data;
  if (message.msgtype === 'template_card') {
    const { task_id, card_type, card_action } = message.template_card;
    if (card_type === 'text_notice' && !card_action) return { errcode: 42045, errmsg: 'card_action missing' };
    if (card_type !== 'text_notice' && task_id === undefined) return { errcode: 42014, errmsg: 'task_id missing' };
    if (task_id !== undefined && taskIds.has(task_id)) return { errcode: 42014, errmsg: 'task_id repeated' };
    if (task_id !== undefined) taskIds.add(task_id);
  }
  return { message, text: wordsOf(message) };
}

function wordsOf(message: Message): string {
  switch (message.msgtype) {
    case 'text':
      return message.text.content;
    case 'markdown':
      return message.markdown.content;
    case 'textcard':
      return `${message.textcard.title}\n${message.textcard.description}`;
    case 'file':
      return message.file.media_id;
    case 'template_card':
      return JSON.stringify(message.template_card);
  }
}
