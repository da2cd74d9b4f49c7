import { z } from 'zod';
import { parseJson } from '../../../ops/json.ts';
import { keepAsked } from '../../../talk/focus.ts';
import { KeptMap } from '../../../use-cases/directory/kept-map.ts';
import type { Clock, KeptKey, KeptValues } from '../../../use-cases/ports.ts';
import { isToBeNoted, stillReads } from '../../shared/chats.ts';

export interface Chat {
  readonly id: string;
  readonly kind: 'single' | 'group';
}
/** Stored conversation; `at`: time (epoch ms) of the last noted act (one a day is noted). */
export const chatSchema = z.strictObject({ id: z.string(), kind: z.enum(['single', 'group']), at: z.number() });
const askedSchema = z.strictObject({ task: z.string(), at: z.number() });
type Asked = z.infer<typeof askedSchema>;

/** Time (ms) within which a changed card counts as the answer to the actor. */
const WAITS_FOR = 10_000;

/**
 * Conversations of the bot. It may only write where a person wrote to it before, so they are stored; and since WeCom
 * has no directory for bots, they are also the only source on readers and reachable people.
 */
export class Conversations {
  readonly #kept: KeptValues;
  readonly #clock: Clock;
  readonly #chats: KeptMap<z.infer<typeof chatSchema>>;
  readonly #members: KeptMap<number>;
  /** Times (epoch ms) of the last act in each chat. */
  readonly #acted = new Map<string, number>();

  constructor({ kept, clock }: { readonly kept: KeptValues; readonly clock: Clock }) {
    this.#kept = kept;
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

  /** Returns an incident's last question card, whose options a bare number selects, and its time. */
  async asked(chat: string, incident: string): Promise<Asked | null> {
    return askedSchema.safeParse(parseJson(await this.#kept.get(askedKey(chat, incident)))).data ?? null;
  }

  /** Records a posted question: a bare number now selects an option, and a line without an id is about its incident. */
  async setAsked(chat: string, incident: string, task: string): Promise<void> {
    const asked: Asked = { task, at: this.#clock.now() };
    const kind = this.kindOf(chat) === 'group' ? 'room' : 'direct';
    await keepAsked(this.#kept, { kind, address: chat }, incident);
    await this.#kept.put(askedKey(chat, incident), JSON.stringify(asked));
  }
}

function askedKey(chat: string, incident: string): KeptKey {
  return `asked:${encodeURIComponent(chat)}:${incident}`;
}

function memberKey(chat: string, user: string): string {
  return `${encodeURIComponent(chat)}:${user}`;
}
