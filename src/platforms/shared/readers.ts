import { z } from 'zod';
import { parseJson } from '../../ops/json.ts';
import type { Clock, KeptValues, Log } from '../../use-cases/ports.ts';

const chatSchema = z.strictObject({
  /** With one person alone. */
  direct: z.boolean(),
  /** People of other companies read it. */
  external: z.boolean(),
  /** Everybody of the company can read it. */
  open: z.boolean(),
  members: z.array(z.string()),
  at: z.number(),
});
export type Chat = z.infer<typeof chatSchema>;

const CHAT = 'chat:';
const MOST = 10_000;
const FRESH = 10 * 60_000;

export interface ReadersDependencies {
  readonly kept: KeptValues;
  readonly clock: Clock;
  readonly log: Log;
  /** Asks the platform about a chat. */
  readonly lookUp: (id: string) => Promise<Omit<Chat, 'at'>>;
}

/** Chats of a platform and who reads them: asked once, kept for every instance, renewed when older than ten minutes. */
export class Readers {
  readonly #deps: ReadersDependencies;
  readonly #chats = new Map<string, Chat>();
  readonly #asking = new Map<string, Promise<Chat | null>>();

  constructor(deps: ReadersDependencies) {
    this.#deps = deps;
  }

  async recall(): Promise<void> {
    await this.#deps.kept.watch(CHAT, MOST, (key, value) => {
      const chat = chatSchema.safeParse(parseJson(value));
      if (chat.success) this.#chats.set(key.slice(CHAT.length), chat.data);
      else this.#chats.delete(key.slice(CHAT.length));
    });
  }

  /** The chat as known, asked for if it is not; null if the platform did not say within `wait` milliseconds. */
  async chat(id: string, wait: number): Promise<Chat | null> {
    const known = this.#chats.get(id);
    if (known && known.at + FRESH > this.#deps.clock.now()) return known;
    const asked = this.#ask(id);
    if (known) return known;
    const { promise, resolve } = Promise.withResolvers<null>();
    const timer = setTimeout(() => resolve(null), wait);
    return Promise.race([asked, promise]).finally(() => clearTimeout(timer));
  }

  #ask(id: string): Promise<Chat | null> {
    const asking = this.#asking.get(id) ?? this.#lookUp(id).finally(() => this.#asking.delete(id));
    this.#asking.set(id, asking);
    return asking;
  }

  async #lookUp(id: string): Promise<Chat | null> {
    try {
      const chat = { ...(await this.#deps.lookUp(id)), at: this.#deps.clock.now() };
      await this.put(id, chat);
      return chat;
    } catch (error) {
      this.#deps.log.warn({ err: error }, 'the platform did not say who reads a chat');
      return null;
    }
  }

  async put(id: string, chat: Omit<Chat, 'at'>): Promise<void> {
    const known: Chat = { ...chat, at: this.#deps.clock.now() };
    this.#chats.set(id, known);
    await this.#deps.kept.put(CHAT + id, JSON.stringify(known));
  }

  /** An act inside a chat proves that the person reads it; an event reports that somebody left. */
  async member(id: string, user: string, isThere: boolean): Promise<void> {
    const chat = this.#chats.get(id);
    if (!chat || chat.members.includes(user) === isThere) return;
    const members = chat.members.filter((one) => one !== user);
    await this.put(id, { ...chat, members: isThere ? [...members, user] : members });
  }

  reads(user: string, id: string): boolean {
    return user === id || this.#chats.get(id)?.members.includes(user) === true;
  }
}
