import { z } from 'zod';
import { KeptMap } from '../../use-cases/directory/kept-map.ts';
import type { Clock, KeptValues, Log } from '../../use-cases/ports.ts';
import { soon } from '../shared/soon.ts';
import type { FeishuApi } from './api.ts';

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

const info = z.looseObject({
  data: z.looseObject({
    chat_mode: z.string().default('group'),
    chat_type: z.string().default('private'),
    external: z.boolean().default(true),
  }),
});
const page = z.looseObject({
  data: z.looseObject({
    items: z.array(z.looseObject({ member_id: z.string() })).default([]),
    has_more: z.boolean().default(false),
    page_token: z.string().default(''),
  }),
});
const MOST_PAGES = 20;
const FRESH = 10 * 60_000;

export interface ChatsDependencies {
  readonly api: FeishuApi;
  readonly kept: KeptValues;
  readonly clock: Clock;
  readonly log: Log;
}

/** Chats and who reads them: asked once, kept for every instance, renewed when older than ten minutes. */
export class Chats {
  readonly #deps: ChatsDependencies;
  readonly #known: KeptMap<Chat>;
  readonly #asking = new Map<string, Promise<Chat | null>>();

  constructor(deps: ChatsDependencies) {
    this.#deps = deps;
    this.#known = new KeptMap(deps.kept, 'chat:', chatSchema);
  }

  recall(): Promise<void> {
    return this.#known.recall();
  }

  /** The chat as known, asked for if it is not; null if Feishu did not say within `wait` milliseconds. */
  async chat(id: string, wait: number): Promise<Chat | null> {
    const { clock } = this.#deps;
    const known = this.#known.get(id);
    if (known && known.at + FRESH > clock.now()) return known;
    const asking = this.#asking.get(id) ?? this.#lookUp(id).finally(() => this.#asking.delete(id));
    this.#asking.set(id, asking);
    return known ?? soon(clock, wait, asking);
  }

  async put(id: string, chat: Omit<Chat, 'at'>): Promise<Chat> {
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

  /** Its first 2,000 members; those beyond count as readers once they act there. */
  async #lookUp(id: string): Promise<Chat | null> {
    const { api, log } = this.#deps;
    const path = `im/v1/chats/${encodeURIComponent(id)}`;
    try {
      const { chat_mode, chat_type, external } = info.parse(await api.call(path)).data;
      const members: string[] = [];
      let token = '';
      for (let n = 0; n < MOST_PAGES && (n === 0 || token !== ''); n += 1) {
        const query = `member_id_type=open_id&page_size=100${token === '' ? '' : `&page_token=${token}`}`;
        const { data } = page.parse(await api.call(`${path}/members?${query}`));
        members.push(...data.items.map(({ member_id }) => member_id));
        token = data.has_more ? data.page_token : '';
      }
      return await this.put(id, { direct: chat_mode === 'p2p', external, open: chat_type === 'public', members });
    } catch (error) {
      log.warn({ err: error }, 'Feishu did not say who reads a chat');
      return null;
    }
  }
}
