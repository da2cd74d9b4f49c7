import { z } from 'zod';
import { KeptMap } from '../../../use-cases/directory/kept-map.ts';
import type { Clock, KeptValues } from '../../../use-cases/ports.ts';
import { isToBeNoted, stillReads } from '../../shared/chats.ts';

export interface Chat {
  readonly id: string;
  readonly kind: 'single' | 'group';
}
/** Stored conversation; `at`: time (epoch ms) of the last noted act (one a day is noted). */
export const chatSchema = z.strictObject({ id: z.string(), kind: z.enum(['single', 'group']), at: z.number() });

/** Time (ms) within which a changed card counts as the answer to the actor. */
const WAITS_FOR = 10_000;

/**
 * Conversations of the bot. It may only write where a person wrote to it before, so they are stored; and since WeCom
 * has no directory for bots, they are also the only source on readers and reachable people.
 */
export class Conversations {
  readonly #clock: Clock;
  readonly #chats: KeptMap<z.infer<typeof chatSchema>>;
  readonly #members: KeptMap<number>;
  /** Times (epoch ms) of the last act in each chat. */
  readonly #acted = new Map<string, number>();

  constructor({ kept, clock }: { readonly kept: KeptValues; readonly clock: Clock }) {
    this.#clock = clock;
    this.#chats = new KeptMap(kept, 'chat:', chatSchema);
    this.#members = new KeptMap(kept, 'member:', z.number());
  }

  /** Loads the chats known before the restart, then follows the instance that has the connection. */
  async recall(): Promise<void> {
    await this.#chats.recall();
    await this.#members.recall();
  }

  /** Records that a person wrote or clicked in a chat. Resolves, once on disk, with whether the chat was new. */
  async noteActing(chat: Chat, user: string): Promise<'new' | 'known'> {
    const at = this.#clock.now();
    this.#acted.set(chat.id, at);
    const known = this.#chats.get(chat.id);
    const member = memberKey(chat.id, user);
    if (isToBeNoted(known?.at, at)) await this.#chats.put(chat.id, { ...chat, at });
    if (chat.kind === 'group' && isToBeNoted(this.#members.get(member), at)) await this.#members.put(member, at);
    return known ? 'known' : 'new';
  }

  /** Removes a chat that WeCom reports as missing. */
  lost(chat: string): Promise<void> {
    return this.#chats.remove(chat);
  }

  kindOf(chat: string): Chat['kind'] | null {
    return this.#chats.get(chat)?.kind ?? null;
  }

  /** Returns true while a person who just acted in a chat waits for the result. */
  isWaiting(chat: string): boolean {
    return this.#clock.now() - (this.#acted.get(chat) ?? Number.NEGATIVE_INFINITY) < WAITS_FOR;
  }

  /** Returns true if a person can get messages: only after they wrote to the bot directly. */
  isReachable(user: string): boolean {
    return this.kindOf(user) === 'single';
  }

  reads(user: string, chat: string): boolean {
    return chat === user || stillReads(this.#members.get(memberKey(chat, user)), this.#clock.now());
  }

  /** Returns the conversation used last. */
  latest(): Chat | null {
    return this.#chats.values().toSorted((a, b) => b.at - a.at)[0] ?? null;
  }
}

function memberKey(chat: string, user: string): string {
  return `${encodeURIComponent(chat)}:${user}`;
}
