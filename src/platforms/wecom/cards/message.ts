import { z } from 'zod';
import { LANGUAGES, type Language } from '../../../incident/identity.ts';
import { effectsSchema, NO_EFFECTS } from './button-effects.ts';
import type { TemplateCard } from './template.ts';

/**
 * Message in WeCom's format: a card, a text, or a text followed by its card where the card has no room for the words.
 * The card has no task id yet: `task.ts` gives each sent card a new one, because WeCom accepts each id once.
 */
export const messageSchema = z.object({
  /** First in the JSON, so that bodies can be compared without it. */
  revision: z.number(),
  incident: z.string(),
  surface: z.string().nullable(),
  language: z.enum(LANGUAGES),
  repeated: z.boolean(),
  /** Sentence of the message in one line. */
  heading: z.string(),
  markdown: z.string().nullable(),
  card: z
    .custom<TemplateCard>((value) => typeof value === 'object' && value !== null && 'card_type' in value)
    .nullable(),
  bound: effectsSchema,
});
export type WecomMessage = Readonly<z.infer<typeof messageSchema>>;

/** A message of text alone, outside any incident. */
export function textOnly(language: Language, markdown: string): WecomMessage {
  const about = { revision: 0, incident: '', surface: null, language, repeated: false, heading: '' };
  return { ...about, markdown, card: null, bound: NO_EFFECTS };
}

/** Body without the revision bound to its buttons: the visible part. */
export function withoutRevision(body: string): string {
  return body.replace(/^\{"revision":\d+,/, '{');
}

/**
 * Message with keys that no other revision of its card has: a replacing card keeps the task id of the replaced one, and
 * a press on an old button must not count for a new one.
 */
export function withOwnKeys(message: WecomMessage): WecomMessage {
  const { card } = message;
  const own = (key: string): string => key.replace(/^[^/]+/, `$&-${message.revision}`);
  const does = Object.fromEntries(Object.entries(message.bound.does).map(([key, entry]) => [own(key), entry]));
  const bound = { ...message.bound, does, answers: message.bound.answers.map(own) };
  if (card?.card_type === 'button_interaction') {
    const button_list = card.button_list.map((button) => ({ ...button, key: own(button.key) }));
    return { ...message, card: { ...card, button_list }, bound };
  }
  if (card?.card_type !== 'vote_interaction') return message;
  const submit_button = { ...card.submit_button, key: own(card.submit_button.key) };
  return { ...message, card: { ...card, submit_button }, bound: { ...bound, submit: submit_button.key } };
}
