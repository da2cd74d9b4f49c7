import { z } from 'zod';
import { parseJson } from '../../ops/json.ts';
import { enteredIn } from '../shared/card-form.ts';
import type { CardEvent } from '../shared/card-wire.ts';
import { TOPICS } from './api.ts';

/** Callback to handle: topic, frame id, and data. */
const callback = z.strictObject({ topic: z.string(), id: z.string(), data: z.unknown() });
const piece = z.looseObject({ text: z.string().default(''), downloadCode: z.string().optional() });
const message = z.looseObject({
  conversationId: z.string(),
  conversationType: z.string(),
  msgId: z.string(),
  senderId: z.string(),
  /** Staff id, which only colleagues have. */
  senderStaffId: z.string().optional(),
  senderCorpId: z.string().optional(),
  chatbotCorpId: z.string().default(''),
  senderNick: z.string().default(''),
  text: z.looseObject({ content: z.string() }).optional(),
  content: z
    .looseObject({
      downloadCode: z.string().optional(),
      fileName: z.string().optional(),
      /** Transcript of a voice message. */
      recognition: z.string().optional(),
      richText: z.array(piece).default([]),
    })
    .optional(),
});
const press = z.looseObject({ outTrackId: z.string(), userId: z.string().default(''), content: z.string() });
const pressed = z.looseObject({
  cardPrivateData: z.looseObject({
    params: z.looseObject({
      value: z.string().optional(),
      /** Address of the chat in which the card was posted. */
      chat: z.string(),
      form: z.record(z.string(), z.unknown()).default({}),
    }),
  }),
});

/** File that a person sent, stored by its code until it is fetched. */
export const fileSchema = z.object({ message: z.string(), user: z.string(), code: z.string(), name: z.string() });
export type GivenFile = z.infer<typeof fileSchema>;

export function parseCallback(raw: unknown): CardEvent<GivenFile> | null {
  const { topic, id, data } = callback.parse(raw);
  if (topic === TOPICS.press) return pressIn(id, data);
  return topic === TOPICS.message ? messageIn(data) : null;
}

function messageIn(data: unknown): CardEvent<GivenFile> {
  const one = message.parse(data);
  const { senderStaffId, senderCorpId: corp, chatbotCorpId: ours, msgId, content } = one;
  const isForeign = senderStaffId === undefined || (corp !== undefined && corp !== ours);
  const user = senderStaffId ?? one.senderId;
  const isDirect = one.conversationType === '1';
  const by = { id: msgId, user, name: one.senderNick, chat: isDirect ? user : one.conversationId, isForeign };
  const rich = content?.richText ?? [];
  const text = one.text?.content ?? content?.recognition ?? rich.map((part) => part.text).join('');
  // Voice messages have a transcript, so they count as a line of text.
  const single = content?.recognition === undefined ? content?.downloadCode : undefined;
  const codes = [single, ...rich.map((part) => part.downloadCode)].flatMap((code) => code ?? []);
  const files = codes.map((code, n) => ({
    ...{ user, code, name: content?.fileName ?? '' },
    message: n === 0 ? msgId : `${msgId}.${n}`,
  }));
  return { kind: 'said', ...by, isDirect, text: text.trim(), files };
}

function pressIn(id: string, data: unknown): CardEvent<GivenFile> {
  const { outTrackId, userId, content } = press.parse(data);
  const { params } = pressed.parse(parseJson(content)).cardPrivateData;
  const value = parseJson(params.value ?? '');
  // Only colleagues have a user id.
  const by = { id, user: userId || 'unknown', chat: params.chat, message: outTrackId, isForeign: userId === '' };
  return { kind: 'pressed', ...by, value, entered: enteredIn(params.form) };
}
