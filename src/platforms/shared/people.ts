import { z } from 'zod';
import { type Account, accountKey, LANGUAGES, type Language } from '../../incident/identity.ts';
import type { App, Caller } from '../../use-cases/app.ts';
import { KeptMap } from '../../use-cases/directory/kept-map.ts';
import { type Known, personBehind } from '../../use-cases/directory/links.ts';
import { callerOf } from '../../use-cases/platform-support.ts';
import type { PlatformNeeds } from '../description.ts';

const describedSchema = z.object({
  name: z.string(),
  language: z.enum(LANGUAGES).optional(),
  /** Workspace of the person, on platforms with several; null: the platform did not name it. */
  team: z.string().nullish(),
  /** True for a guest, or a person of another company. */
  outsider: z.boolean().optional(),
});
/** Person as described by the platform, e.g. `{ name: '陈宇', language: 'zh-CN' }`. */
export type Described = Readonly<z.infer<typeof describedSchema>>;
const personSchema = describedSchema.extend({ at: z.number() });
type Person = Readonly<z.infer<typeof personSchema>>;

/** Time (ms) after which the platform is asked about a person again. */
const FRESH = 24 * 3_600_000;
/** Retention (ms) of people: half a year after the last request. */
const KEPT_FOR = 180 * 24 * 3_600_000;
/** Maximum number of open incidents whose people are compared at once. */
const LOOKED_AT = 200;

export interface PeopleDependencies extends Known, Pick<PlatformNeeds, 'kept' | 'clock' | 'log'> {
  readonly platform: string;
  readonly tenant: string;
  /** Requests a person from the platform; null if it gives no names. */
  readonly lookUp: ((id: string) => Promise<Described>) | null;
  /** Language of an unknown person without a profile; Chinese by default. */
  readonly otherwise?: Language;
}
/** Sender as described by a payload; used until the platform has described them. */
export interface Hints {
  readonly tenant?: string | undefined;
  readonly name?: string | undefined;
  readonly language?: Language | undefined;
}

/** Names and languages of people: from the profile, else from the platform; nothing waits for its answer. */
export class People {
  readonly #deps: PeopleDependencies;
  /** Languages that people chose in words. */
  readonly #chosen: KeptMap<Language>;
  readonly #known: KeptMap<Person>;
  readonly #asking = new Map<string, Promise<Described | null>>();
  /** People the platform did not describe, each logged once. */
  readonly #silent = new Set<string>();
  /** Time (epoch ms) at which the previous run's data were loaded. */
  #recalledAt = 0;

  constructor(deps: PeopleDependencies) {
    this.#deps = deps;
    this.#chosen = new KeptMap<Language>(deps.kept, 'language:', z.enum(LANGUAGES));
    this.#known = new KeptMap(deps.kept, 'person:', personSchema);
  }

  /** Loads people known before, and follows those that other instances look up. */
  async recall(): Promise<void> {
    await Promise.all([this.#chosen.recall(), this.#known.recall()]);
    this.#recalledAt = this.#deps.clock.now();
  }
  /** Drops people not looked up for half a year. */
  forget(): Promise<void> {
    const now = this.#deps.clock.now();
    return this.#known.prune(({ at }) => at + KEPT_FOR < now);
  }

  account(id: string): Account {
    const { platform, tenant } = this.#deps;
    return { platform, tenant, id };
  }

  /** Returns the caller as known without a request. */
  caller(id: string, { tenant = this.#deps.tenant, name = id, language }: Hints = {}): Caller {
    const { platform, otherwise = 'zh-CN' } = this.#deps;
    const known = this.known(id);
    const described = { name: known?.name ?? name, language: known?.language ?? language, otherwise };
    const caller = callerOf(this.#deps, { platform, tenant, id }, described);
    const chosen = this.#chosen.get(id);
    return chosen === undefined ? caller : { ...caller, language: chosen, choseLanguage: true };
  }

  /** Returns the cached description of a person; null if there is none. */
  known(id: string): Described | null {
    const person = this.#known.get(id);
    // A description this old at the start may be wrong: the person counts as an outsider until the platform is asked.
    return person && person.at + FRESH < this.#recalledAt ? { ...person, outsider: true } : (person ?? null);
  }
  #isFresh(id: string): boolean {
    return (this.#known.get(id)?.at ?? Number.NEGATIVE_INFINITY) + FRESH >= this.#deps.clock.now();
  }

  /** Returns the known description; a missing or old one is requested in the background. */
  person(id: string): Described | null {
    if (!this.#isFresh(id)) void this.learn(id);
    return this.known(id);
  }

  /** Requests a person from the platform; null if it does not answer. */
  learn(id: string): Promise<Described | null> {
    const asking = this.#asking.get(id) ?? this.#lookUp(id).finally(() => this.#asking.delete(id));
    this.#asking.set(id, asking);
    return asking;
  }
  async #lookUp(id: string): Promise<Described | null> {
    const { lookUp, clock, log } = this.#deps;
    if (lookUp === null) return null;
    try {
      const described = await lookUp(id);
      await this.#known.put(id, { ...described, at: clock.now() });
      this.#silent.delete(id);
      return described;
    } catch (error) {
      if (!this.#silent.has(id))
        log.warn({ err: error }, 'a person could not be asked for; the id stands for the name');
      this.#silent.add(id);
      return null;
    }
  }

  /** Records a person's name from a payload, if the profile has none. */
  async met(id: string, name: string): Promise<void> {
    const known = this.#known.get(id);
    if (name === '' || (known?.name === name && this.#isFresh(id))) return;
    await this.#known.put(id, { ...known, name, at: this.#deps.clock.now() });
  }

  /** Records the language in which a person wants to be addressed. */
  choose(id: string, language: Language): Promise<void> {
    return this.#chosen.put(id, language);
  }

  /** Returns a person's language: chosen, or else from the platform's description. */
  languageOf(id: string): Language | undefined {
    return this.#chosen.get(id) ?? this.known(id)?.language;
  }

  nameOf(account: Account): string {
    return personBehind(this.#deps, account)?.name ?? this.known(account.id)?.name ?? account.id;
  }

  /** Records the name of a person who acted; asks the platform for it if it is missing or no longer fresh. */
  async introduce(app: Pick<App, 'named'>, { account, language, unmet }: Caller): Promise<void> {
    if (this.#deps.lookUp === null) return;
    const { id } = account;
    if (!unmet && (this.#isFresh(id) || personBehind(this.#deps, account))) return;
    const person = (this.#isFresh(id) ? this.known(id) : null) ?? (await this.learn(id));
    if (person) await app.named(account, { name: person.name, language: this.languageOf(id) ?? language });
  }

  /** Corrects people in open incidents whom the platform could not describe at first, or describes differently now. */
  async renew(app: Pick<App, 'incidents' | 'state' | 'named'>, knows: (account: Account) => boolean): Promise<void> {
    const found = new Map<string, Account>();
    for (const { id } of await app.incidents('api', { open: true, limit: LOOKED_AT })) {
      const state = await app.state(id, 'api');
      for (const { account, name, language } of Object.values(state?.people ?? {})) {
        if (!account || !knows(account)) continue;
        if (this.person(account.id)?.name !== name || this.languageOf(account.id) !== language)
          found.set(accountKey(account), account);
      }
    }
    for (const account of found.values())
      await this.introduce(app, { ...this.caller(account.id), account, unmet: true });
  }
}
