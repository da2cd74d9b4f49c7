import { z } from 'zod';
import { parseJson } from '../../../ops/json.ts';
import { keepAsked } from '../../../talk/focus.ts';
import type { Clock, KeptValues } from '../../../use-cases/ports.ts';

export interface Chat {
  readonly id: string;
  readonly kind: 'single' | 'group';
}
const chatSchema = z.strictObject({ kind: z.enum(['single', 'group']), at: z.number() });
type Known = z.infer<typeof chatSchema>;
const askedSchema = z.strictObject({ task: z.string(), at: z.number() });
type Asked = z.infer<typeof askedSchema>;

const MOST = 100_000;
const DAY = 24 * 3_600_000;
/**
 * Time (ms) for which a person who wrote or clicked in a group counts as its reader: WeCom gives nobody's membership.
 */
const READER_FOR = 30 * DAY;

/**
 * The conversations of the bot. It may only write where somebody wrote to it before, so they are remembered; and since
 * WeCom has no directory for bots, they are also all that is known of who reads what and who can be reached.
 */
export class Chats {
  readonly #kept: KeptValues;
  readonly #clock: Clock;
  readonly #chats = new Map<string, Known>();
  readonly #members = new Map<string, number>();

  constructor(deps: { readonly kept: KeptValues; readonly clock: Clock }) {
    this.#kept = deps.kept;
    this.#clock = deps.clock;
  }

  /** Loads the chats known before the restart, and then those reported by the instance that has the connection. */
  async recall(): Promise<void> {
    await this.#kept.watch('chat:', MOST, (key, value) => {
      const chat = key.slice('chat:'.length);
      const known = chatSchema.safeParse(parseJson(value));
      if (value === null) this.#chats.delete(chat);
      else if (known.success) this.#chats.set(chat, known.data);
    });
    await this.#kept.watch('member:', MOST, (key, value) => {
      if (value !== null) this.#members.set(key, Number(value));
    });
  }

  /** Records that a person wrote or clicked in a chat. Returns true if the chat is new; on disk when it resolves. */
  async seen(chat: Chat, user: string): Promise<boolean> {
    const now = this.#clock.now();
    const known = this.#chats.get(chat.id);
    const member = memberKey(chat.id, user);
    if (!known || now - known.at > DAY) {
      const fresh: Known = { kind: chat.kind, at: now };
      this.#chats.set(chat.id, fresh);
      await this.#kept.put(`chat:${chat.id}`, JSON.stringify(fresh));
    }
    if (chat.kind === 'group' && now - (this.#members.get(member) ?? 0) > DAY) {
      this.#members.set(member, now);
      await this.#kept.put(member, String(now));
    }
    return !known;
  }

  /** Removes a chat that WeCom reports as not existing (any more). */
  async lost(chat: string): Promise<void> {
    this.#chats.delete(chat);
    await this.#kept.remove(`chat:${chat}`);
  }

  kindOf(chat: string): Chat['kind'] | null {
    return this.#chats.get(chat)?.kind ?? null;
  }

  /** Returns true if a person can be written to: only after they wrote to the bot directly. */
  isReachable(user: string): boolean {
    return this.kindOf(user) === 'single';
  }

  reads(user: string, chat: string): boolean {
    if (chat === user) return true;
    return this.#clock.now() - (this.#members.get(memberKey(chat, user)) ?? Number.NEGATIVE_INFINITY) < READER_FOR;
  }

  /** The conversation used last. */
  latest(): Chat | null {
    const [last] = [...this.#chats].toSorted(([, a], [, b]) => b.at - a.at);
    return last ? { id: last[0], kind: last[1].kind } : null;
  }

  /** The card of an incident whose options a bare number means, and when it was put there. */
  async asked(chat: string, incident: string): Promise<Asked | null> {
    const asked = askedSchema.safeParse(parseJson(await this.#kept.get(askedKey(chat, incident))));
    return asked.success ? asked.data : null;
  }

  /** A question was posted: a bare number means its options, and a line without an id its incident. */
  async setAsked(chat: string, incident: string, task: string): Promise<void> {
    const asked: Asked = { task, at: this.#clock.now() };
    const kind = this.kindOf(chat) === 'group' ? 'room' : 'direct';
    await keepAsked(this.#kept, { kind, address: chat }, incident);
    await this.#kept.put(askedKey(chat, incident), JSON.stringify(asked));
  }
}

function askedKey(chat: string, incident: string): string {
  return `asked:${encodeURIComponent(chat)}:${incident}`;
}

function memberKey(chat: string, user: string): string {
  return `member:${encodeURIComponent(chat)}:${user}`;
}
