import { z } from 'zod';
import { personOf } from '../../incident/people/rights.ts';
import type { Spot } from '../../talk/intake-options.ts';
import { KeptMap } from '../../use-cases/directory/kept-map.ts';
import type { People, PeopleDependencies } from './people.ts';
import { directRoom, groupRoom, roomOf } from './rooms.ts';
import { withTimeout } from './with-timeout.ts';

const readersSchema = z.strictObject({
  /** True for a conversation with one person. */
  direct: z.boolean(),
  /** True if people of other companies can read it. */
  external: z.boolean(),
  /** True if everybody in the company can read it. */
  open: z.boolean(),
  members: z.array(z.string()),
  /** True if the platform does not list the members. */
  hidden: z.boolean().optional(),
});
/** Kind and members of a chat according to the platform. */
export type Readers = z.infer<typeof readersSchema>;
/** `acted`: last act (epoch ms) of people whose membership the platform does not state. */
const chatSchema = readersSchema.extend({ at: z.number(), acted: z.record(z.string(), z.number()).optional() });
type Known = z.infer<typeof chatSchema>;
const FRESH = 10 * 60_000;
const DAY = 86_400_000;
/** Time (ms) for which a person who acted in a chat with hidden members counts as its reader. */
const ACTED_FOR = 30 * DAY;

/** Returns true if a person who acted at `at` counts at `now` (epoch ms) as reader of a chat with hidden members. */
export function stillReads(at: number | undefined, now: number): boolean {
  return at !== undefined && at > now - ACTED_FOR;
}
/** Returns true if an act at `now` should be noted: the last noted act, at `at`, is a day old. */
export function isToBeNoted(at: number | undefined, now: number): boolean {
  return at === undefined || at <= now - DAY;
}

export interface ChatsDependencies extends Pick<PeopleDependencies, 'profile' | 'links' | 'kept' | 'clock' | 'log'> {
  readonly platform: string;
  readonly people: People;
  /** Requests a chat's readers from the platform. */
  readonly lookUp: (id: string) => Promise<Readers>;
  /** Longest wait (ms) for a chat's readers while a person waits for an answer. */
  readonly within: number;
}

/** Chats and their readers: requested once, stored for every instance, renewed after ten minutes. */
export class Chats {
  readonly #deps: ChatsDependencies;
  readonly #known: KeptMap<Known>;
  readonly #asking = new Map<string, Promise<Known | null>>();
  /** Called before a chat is stored as read by another company; after a failure the chat is checked again later. */
  onShared: (id: string) => Promise<unknown> = async () => {};

  constructor(deps: ChatsDependencies) {
    this.#deps = deps;
    this.#known = new KeptMap(deps.kept, 'chat:', chatSchema);
  }

  recall(): Promise<void> {
    return this.#known.recall();
  }

  /** Returns a chat, requested if unknown; null if the platform does not answer within `wait` ms. */
  async chat(id: string, wait = this.#deps.within): Promise<Known | null> {
    const { clock } = this.#deps;
    const known = this.#known.get(id);
    if (known && known.at + FRESH > clock.now()) return this.#readable(id, known);
    const asking = this.#asking.get(id) ?? this.#lookUp(id).finally(() => this.#asking.delete(id));
    this.#asking.set(id, asking);
    return this.#readable(id, known ?? (await withTimeout(clock, wait, asking)));
  }

  /** Returns a known chat; null if its members are hidden and the profile does not count acting people as readers. */
  #readable(id: string, known: Known | null): Known | null {
    const { platform, people, profile } = this.#deps;
    if (known?.hidden !== true) return known;
    const { tenant } = people.account('');
    const own = roomOf(profile(), { platform, tenant, address: id });
    return own?.readers === 'acting' ? known : null;
  }

  async put(id: string, chat: Readers): Promise<Known> {
    const before = this.#known.get(id);
    if (chat.external && before?.external === false) await this.onShared(id);
    const acted = before?.acted;
    const known = { ...chat, ...(chat.hidden && acted ? { acted } : {}), at: this.#deps.clock.now() };
    await this.#known.put(id, known);
    return known;
  }

  /** Applies an event about a chat: another company reads it, or its readers must be requested again. */
  async changed(id: string, isShared: boolean): Promise<void> {
    const known = this.#known.get(id);
    if (!known) return;
    const { at: _, acted: __, ...readers } = known;
    if (isShared) await this.put(id, { ...readers, external: true });
    else await this.#known.put(id, { ...known, at: 0 });
  }

  /** Notes a reader: an act inside a chat proves that the person reads it; an event reports who left. */
  async member(id: string, user: string, isThere: boolean): Promise<void> {
    const chat = this.#known.get(id);
    if (chat?.hidden) {
      const { [user]: last, ...others } = chat.acted ?? {};
      const now = this.#deps.clock.now();
      if (isThere && !isToBeNoted(last, now)) return;
      await this.#known.put(id, { ...chat, acted: isThere ? { ...others, [user]: now } : others });
      return;
    }
    if (!chat || chat.members.includes(user) === isThere) return;
    const members = chat.members.filter((one) => one !== user);
    await this.put(id, { ...chat, members: isThere ? [...members, user] : members });
  }

  reads(user: string, id: string): boolean {
    if (user === id) return true;
    const known = this.#known.get(id);
    if (!known || this.#readable(id, known) === null) return false;
    return known.members.includes(user) || stillReads(known.acted?.[user], this.#deps.clock.now());
  }

  /** Returns person and place of an act. A group with unknown members counts as read by other companies. */
  async spot({ user, chat, isForeign = false, at }: Acting): Promise<Spot> {
    const { people, profile } = this.#deps;
    const known = await this.chat(chat);
    const person = people.caller(user);
    const isOutside = isForeign && personOf(profile(), person.account) === null;
    const caller = { ...person, ...(isOutside ? ({ outside: true } as const) : {}) };
    if (known?.direct) {
      const place = { kind: 'direct', room: directRoom(caller, this.#deps) } as const;
      return { caller: { ...caller, room: null }, place, at };
    }
    // People of other companies are noted as well.
    if (known) await this.member(chat, user, true);
    // Members are hidden, so only this act shows that another company reads the chat.
    if (known?.hidden && isForeign) await this.put(chat, { ...known, external: true });
    if (known === null || known.external || isForeign) return { caller, place: { kind: 'shared' }, at };
    const room = groupRoom(profile(), { ...person.account, address: chat, open: known.open });
    return { caller: { ...caller, room }, place: { kind: 'room', room }, at };
  }

  async #lookUp(id: string): Promise<Known | null> {
    try {
      return await this.put(id, await this.#deps.lookUp(id));
    } catch (error) {
      this.#deps.log.warn({ err: error }, 'the platform did not say who reads a chat');
      return null;
    }
  }
}

interface Acting {
  readonly user: string;
  readonly chat: string;
  readonly isForeign?: boolean;
  /** Address of the message, for answers below it. */
  readonly at: string;
}
