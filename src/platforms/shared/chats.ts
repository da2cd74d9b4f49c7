import { z } from 'zod';
import { personOf } from '../../incident/people/rights.ts';
import type { Spot } from '../../talk/intake.ts';
import { KeptMap } from '../../use-cases/directory/kept-map.ts';
import type { Clock, KeptValues, Log } from '../../use-cases/ports.ts';
import type { People, PeopleDependencies } from './people.ts';
import { directRoom, groupRoom } from './rooms.ts';
import { soon } from './soon.ts';

const readersSchema = z.strictObject({
  /** With one person alone. */
  direct: z.boolean(),
  /** People of other companies read it. */
  external: z.boolean(),
  /** Everybody of the company can read it. */
  open: z.boolean(),
  members: z.array(z.string()),
});
/** Kind and members of a chat, as a platform gives them. */
export type Readers = z.infer<typeof readersSchema>;
const chatSchema = readersSchema.extend({ at: z.number() });
type Known = z.infer<typeof chatSchema>;
const FRESH = 10 * 60_000;

export interface ChatsDependencies extends Pick<PeopleDependencies, 'profile' | 'links'> {
  readonly people: People;
  /** Requests who reads a chat from the platform. */
  readonly lookUp: (id: string) => Promise<Readers>;
  /** Time (ms) to wait for it while somebody waits for an answer. */
  readonly within: number;
  readonly kept: KeptValues;
  readonly clock: Clock;
  readonly log: Log;
}

/** Chats and who reads them: asked once, kept for every instance, renewed when older than ten minutes. */
export class Chats {
  readonly #deps: ChatsDependencies;
  readonly #known: KeptMap<Known>;
  readonly #asking = new Map<string, Promise<Known | null>>();

  constructor(deps: ChatsDependencies) {
    this.#deps = deps;
    this.#known = new KeptMap(deps.kept, 'chat:', chatSchema);
  }

  recall(): Promise<void> {
    return this.#known.recall();
  }

  /** The chat as known, asked for if it is not; null if the platform did not say within `wait` milliseconds. */
  async chat(id: string, wait = this.#deps.within): Promise<Known | null> {
    const { clock } = this.#deps;
    const known = this.#known.get(id);
    if (known && known.at + FRESH > clock.now()) return known;
    const asking = this.#asking.get(id) ?? this.#lookUp(id).finally(() => this.#asking.delete(id));
    this.#asking.set(id, asking);
    return known ?? soon(clock, wait, asking);
  }

  async put(id: string, chat: Readers): Promise<Known> {
    const known = { ...chat, at: this.#deps.clock.now() };
    await this.#known.put(id, known);
    return known;
  }

  /** An act inside a chat proves that the person reads it; an event reports that somebody left. */
  async member(id: string, user: string, isThere: boolean): Promise<void> {
    const chat = this.#known.get(id);
    if (!chat || chat.members.includes(user) === isThere) return;
    const members = chat.members.filter((one) => one !== user);
    await this.put(id, { ...chat, members: isThere ? [...members, user] : members });
  }

  reads(user: string, id: string): boolean {
    return user === id || this.#known.get(id)?.members.includes(user) === true;
  }

  /** Person and place of an act. A group of which it is not known who reads it counts as read by strangers. */
  async spot({ user, chat, isForeign, at }: Acting): Promise<Spot> {
    const { people, profile } = this.#deps;
    const known = await this.chat(chat);
    const person = people.caller(user);
    const isOutside = isForeign && personOf(profile(), person.account) === null;
    const caller = { ...person, ...(isOutside ? ({ outside: true } as const) : {}) };
    if (known?.direct) {
      const place = { kind: 'direct', room: directRoom(caller, this.#deps) } as const;
      return { caller: { ...caller, room: null }, place, at };
    }
    // Also of another company: it is recorded.
    if (known) await this.member(chat, user, true);
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
  readonly isForeign: boolean;
  /** Address of the message, for answers below it. */
  readonly at: string;
}
