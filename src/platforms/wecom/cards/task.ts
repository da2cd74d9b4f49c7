import { z } from 'zod';
import { LANGUAGES } from '../../../incident/identity.ts';
import { parseJson } from '../../../ops/json.ts';
import type { Clock, IdSource, KeptValues } from '../../../use-cases/ports.ts';
import type { WecomMessage } from './compose.ts';
import { boundSchema } from './does.ts';
import type { TemplateCard } from './template.ts';

/** Data of a sent card: the meaning of all its buttons. A click brings only the task id and a key. */
export const taskSchema = z.strictObject({
  incident: z.string(),
  revision: z.number(),
  surface: z.string().nullable(),
  language: z.enum(LANGUAGES),
  title: z.string(),
  bound: boundSchema,
  /** First answer and its author. */
  answered: z
    .strictObject({
      by: z.string(),
      at: z.number(),
      what: z.string(),
      /** Kind of the act; for an item that was taken `what` is its number. */
      as: z.enum(['answer', 'taken', 'approved', 'other']).default('answer'),
      /** Sentence that said what came of it. */
      result: z.string().optional(),
    })
    .optional(),
});
export type Task = z.infer<typeof taskSchema>;

const PREFIX = 'task:';
/** Lifetime (ms) of a card: an older one is out of date whatever it shows. */
export const TASK_LIFE = 90 * 24 * 3_600_000;
const PRUNED_AT_ONCE = 500;

/** Ids of cards and what is behind them, on disk before a card is sent. */
export class Tasks {
  readonly #kept: KeptValues;
  readonly #clock: Clock;
  readonly #ids: IdSource;

  constructor(deps: { readonly kept: KeptValues; readonly clock: Clock; readonly ids: IdSource }) {
    this.#kept = deps.kept;
    this.#clock = deps.clock;
    this.#ids = deps.ids;
  }

  /** A new id (`[0-9A-Za-z_-]`, under 64 bytes), never used before: ids sort by time. */
  async mint(message: WecomMessage): Promise<string> {
    const time = this.#clock.now().toString(36).padStart(9, '0');
    const id = `js-${time}-${this.#ids.next().replace(/[^0-9A-Za-z_-]/g, '')}`;
    await this.put(id, taskOf(message));
    return id;
  }

  put(id: string, task: Task): Promise<void> {
    return this.#kept.put(PREFIX + id, JSON.stringify(task));
  }

  /** Null: not one of ours, or long gone. */
  async get(id: string): Promise<Task | null> {
    const value = await this.#kept.get(PREFIX + id);
    if (value === null) return null;
    const parsed = taskSchema.safeParse(parseJson(value));
    return parsed.success ? parsed.data : null;
  }

  async prune(): Promise<void> {
    const before = `js-${(this.#clock.now() - TASK_LIFE).toString(36).padStart(9, '0')}`;
    for (const { key } of await this.#kept.list(PREFIX, PRUNED_AT_ONCE)) {
      if (key.slice(PREFIX.length) >= before) return;
      await this.#kept.remove(key);
    }
  }
}

export function taskOf(message: WecomMessage): Task {
  const { incident, revision, surface, language, bound, heading } = message;
  return { incident, revision, surface, language, bound, title: heading };
}

/** The card as it goes on the wire. */
export function withTaskId(card: TemplateCard, id: string): TemplateCard & { readonly task_id: string } {
  return { ...card, task_id: id };
}

/** A body without the revision bound to its buttons: what a reader sees. */
export function withoutRevision(body: string): string {
  return body.replace(/^\{"revision":\d+,/, '{');
}
