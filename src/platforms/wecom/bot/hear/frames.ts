import { z } from 'zod';

const content = z.object({ content: z.string() });
const media = z.object({ url: z.string(), aeskey: z.string().optional() });
const part = z.object({ msgtype: z.string(), text: content.optional(), image: media.optional() });
const quote = z.object({
  text: content.optional(),
  mixed: z.object({ msg_item: z.array(part) }).optional(),
});
const headers = z.object({ req_id: z.string() });
const who = {
  msgid: z.string(),
  chatid: z.string().optional(),
  chattype: z.enum(['single', 'group']).catch('single'),
  from: z.object({ userid: z.string().min(1) }),
};

/** Message or file sent to the bot (101463, 101027). */
export const messageFrame = z.object({
  headers,
  body: z.object({
    ...who,
    msgtype: z.string(),
    text: content.optional(),
    voice: content.optional(),
    mixed: z.object({ msg_item: z.array(part) }).optional(),
    image: media.optional(),
    file: media.optional(),
    video: media.optional(),
    quote: quote.optional(),
  }),
});
export type MessageFrame = z.infer<typeof messageFrame>;

const press = z.object({
  event_key: z.string().default(''),
  task_id: z.string(),
  selected_items: z
    .object({
      selected_item: z.array(
        z.object({ question_key: z.string(), option_ids: z.object({ option_id: z.array(z.string()) }).optional() }),
      ),
    })
    .optional(),
});
/** Event frame. Real frames nest the pressed button, the SDK's documentation shows it flat: both are accepted. */
export const eventFrame = z.object({
  headers,
  body: z.object({
    ...who,
    event: z.looseObject({ eventtype: z.string(), template_card_event: press.optional() }),
  }),
});
export type EventFrame = z.infer<typeof eventFrame>;
export type Press = z.infer<typeof press>;

export function pressOf({ body }: EventFrame): Press | null {
  if (body.event.template_card_event) return body.event.template_card_event;
  const flat = press.safeParse(body.event);
  return flat.success ? flat.data : null;
}

/** Returns the text of a message; null if there is none. */
export function wordsOf({ text, voice, mixed }: MessageFrame['body']): string | null {
  const parts = mixed?.msg_item.flatMap((item) => (item.text ? [item.text.content] : [])).join('\n');
  return text?.content ?? voice?.content ?? parts ?? null;
}

export function quotedWords({ quote }: MessageFrame['body']): string {
  return quote?.text?.content ?? quote?.mixed?.msg_item.map((item) => item.text?.content ?? '').join('\n') ?? '';
}

export function mediaOf({ image, file, video, mixed }: MessageFrame['body']): readonly z.infer<typeof media>[] {
  const inside = mixed?.msg_item.flatMap((item) => (item.image ? [item.image] : [])) ?? [];
  return [image, file, video, ...inside].filter((one) => one !== undefined);
}
