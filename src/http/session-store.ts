import { z } from 'zod';
import { ROLES } from '../incident/identity.ts';
import { parseJson } from '../ops/json.ts';
import { Listeners } from '../ops/listeners.ts';
import type { Clock, IdSource, KeptValues } from '../use-cases/ports.ts';
import { consoleName } from './sessions.ts';

/** Ways to sign in to the console. */
export const SIGN_IN_WAYS = ['local', 'link', 'guest', 'oidc'] as const;
export type SignInWay = (typeof SIGN_IN_WAYS)[number];

const sessionSchema = z.strictObject({
  /** Id of the console account, which is its name. */
  name: consoleName,
  way: z.enum(SIGN_IN_WAYS),
  /** Id in the profile; null for a guest, and where there is no profile. */
  person: z.string().nullable(),
  /** Of the person's roles when they signed in: other roles need another sign-in. */
  version: z.string(),
  /** Roles the sign-in itself gave, by groups of the identity provider. */
  roles: z.array(z.enum(ROLES)).default([]),
  since: z.number(),
  until: z.number(),
  /** Epoch ms of its end before its time. */
  ended: z.number().optional(),
});
export type Session = z.infer<typeof sessionSchema>;
export type NamedSession = Session & { readonly id: string };

/** Prefix of the kept values about who may come in. */
export const ACCESS = 'access:';
const KEY = 'session:';
const MOST = 100_000;

/** `kept` is a part of the kept values with its own prefix. */
export interface SessionNeeds {
  readonly kept: KeptValues;
  readonly ids: IdSource;
  readonly clock: Clock;
}

/**
 * Sessions of the console, kept in the store, so that each can be listed and ended, on every instance. An ended one stays
 * until its time is over: a removal could be missed by an instance that is cut off from the others.
 */
export class Sessions {
  readonly #needs: SessionNeeds;
  readonly #all = new Map<string, Session>();
  readonly #changed = new Listeners<string | null>();

  private constructor(needs: SessionNeeds) {
    this.#needs = needs;
  }

  /** Loads the sessions there are and drops those whose time is over. */
  static async open(needs: SessionNeeds): Promise<Sessions> {
    const sessions = new Sessions(needs);
    await needs.kept.watch(KEY, MOST, (key, value) => sessions.#learn(key.slice(KEY.length), value));
    const over = [...sessions.#all].filter(([, { until }]) => until <= needs.clock.now());
    for (const [id] of over) await sessions.#forget(id);
    return sessions;
  }

  async begin(session: Omit<Session, 'since' | 'until' | 'ended'>, life: number): Promise<string> {
    const id = this.#needs.ids.next();
    const since = this.#needs.clock.now();
    await this.#put(id, { ...session, since, until: since + life });
    return id;
  }

  /** The session, also one that another instance has just begun; null if it is over. */
  async find(id: string): Promise<NamedSession | null> {
    if (!this.#all.has(id)) this.#learn(id, await this.#needs.kept.get(KEY + id));
    const session = this.#all.get(id);
    return session && this.#runs(session) ? { ...session, id } : null;
  }

  /** Returns true if it was still running. */
  async end(id: string): Promise<boolean> {
    const session = await this.find(id);
    if (session === null) return false;
    const { id: _, ...kept } = session;
    await this.#put(id, { ...kept, ended: this.#needs.clock.now() });
    return true;
  }

  /** Those that still run, the newest first. */
  list(): readonly NamedSession[] {
    const running = [...this.#all].filter(([, session]) => this.#runs(session));
    return running.map(([id, session]) => ({ ...session, id })).toSorted((a, b) => b.since - a.since);
  }

  /** Calls with the id of a session that changed, or null when any may have. Returns its cancellation. */
  onChange(listener: (id: string | null) => void): () => void {
    return this.#changed.add(listener);
  }

  /** To be called when the profile changed: whoever waits for the end of a session looks again. */
  recheck(): void {
    this.#changed.call(null);
  }

  #runs({ until, ended }: Session): boolean {
    return ended === undefined && this.#needs.clock.now() < until;
  }

  async #put(id: string, session: Session): Promise<void> {
    const value = JSON.stringify(session);
    await this.#needs.kept.put(KEY + id, value);
    this.#learn(id, value);
  }

  async #forget(id: string): Promise<void> {
    await this.#needs.kept.remove(KEY + id);
    this.#all.delete(id);
  }

  #learn(id: string, value: string | null): void {
    const session = sessionSchema.safeParse(parseJson(value)).data;
    if (session) this.#all.set(id, session);
    else this.#all.delete(id);
    this.#changed.call(id);
  }
}
