import { z } from 'zod';
import { answeredSchema } from '../../../conversation/cards/answered-card.ts';
import { LANGUAGES, type Language } from '../../../incident/identity.ts';
import { parseJson } from '../../../ops/json.ts';
import type { PlatformNeeds } from '../../description.ts';
import { effectsSchema, NO_EFFECTS } from './button-effects.ts';
import type { TemplateCard } from './template.ts';

/**
 * Message in WeCom's format: a card, a text, or a text and its card if the card has no room for the words. Its card has
 * no task id yet: `task.ts` gives each sent card a new one, because WeCom accepts each id once.
 */
export const messageSchema = z.object({
  /** Revision, first in the JSON, so that bodies can be compared without it. */
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

/** Returns a message outside any incident; `more`: what it has. */
export function bareMessage(language: Language, more: Partial<WecomMessage>): WecomMessage {
  const about = { revision: 0, incident: '', surface: null, language, repeated: false, heading: '' };
  return { ...about, markdown: null, card: null, bound: NO_EFFECTS, ...more };
}

/** Returns the visible part of a body, without the revision of its buttons. */
export function withoutRevision(body: string): string {
  return body.replace(/^\{"revision":\d+,/, '{');
}

/**
 * Returns a message with keys of its own revision: a replacing card keeps the task id of the replaced one, and a press
 * on an old button must not count for a new one.
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

/** Data of a sent card: the effects of all its buttons. A click brings only the task id and a key. */
const taskSchema = messageSchema
  .pick({ incident: true, revision: true, surface: true, heading: true, bound: true })
  .extend({
    answered: answeredSchema.optional(),
  });
export type Task = z.infer<typeof taskSchema>;

const PREFIX = 'task:';
/** Lifetime (ms) of a card: older ones are out of date. */
const TASK_LIFE = 90 * 24 * 3_600_000;
const PRUNED_AT_ONCE = 500;

/** Ids of cards with their contents, on disk before a card is sent. */
export class Tasks {
  readonly #deps: Pick<PlatformNeeds, 'kept' | 'clock' | 'ids'>;

  constructor(deps: Pick<PlatformNeeds, 'kept' | 'clock' | 'ids'>) {
    this.#deps = deps;
  }

  /** Returns a new id (`[0-9A-Za-z_-]`, under 64 bytes), never used before; ids sort by time. */
  async mint(message: WecomMessage): Promise<string> {
    const { clock, ids } = this.#deps;
    const id = `${idAt(clock.now())}-${ids.next().replace(/[^0-9A-Za-z_-]/g, '')}`;
    await this.put(id, taskOf(message));
    return id;
  }

  put(id: string, task: Task): Promise<void> {
    return this.#deps.kept.put(`${PREFIX}${id}`, JSON.stringify(task));
  }

  /** Returns a card's data; null if it is not ours, or too old. */
  async get(id: string): Promise<Task | null> {
    return taskSchema.safeParse(parseJson(await this.#deps.kept.get(`${PREFIX}${id}`))).data ?? null;
  }

  async prune(): Promise<void> {
    const { kept, clock } = this.#deps;
    const before = idAt(clock.now() - TASK_LIFE);
    for (const { key } of await kept.list(PREFIX, PRUNED_AT_ONCE)) {
      if (key.slice(PREFIX.length) >= before) return;
      await kept.remove(key);
    }
  }
}

/** Returns the prefix of ids made at a time (epoch ms). */
export function idAt(time: number): string {
  return `js-${time.toString(36).padStart(9, '0')}`;
}

export function taskOf({ incident, revision, surface, bound, heading }: WecomMessage): Task {
  return { incident, revision, surface, bound, heading };
}
