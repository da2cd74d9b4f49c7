import { z } from 'zod';
import { type Account, LANGUAGES, type Language } from '../../incident/identity.ts';
import type { App, Caller } from '../../use-cases/app.ts';
import { ChosenLanguages } from '../../use-cases/directory/chosen-languages.ts';
import { KeptMap } from '../../use-cases/directory/kept-map.ts';
import { type Known, personBehind } from '../../use-cases/directory/links.ts';
import { callerOf } from '../../use-cases/platform-support.ts';
import type { Clock, KeptValues, Log } from '../../use-cases/ports.ts';

const describedSchema = z.object({
  name: z.string(),
  language: z.enum(LANGUAGES).optional(),
  /** Workspace of the person, where a platform has several; null: the platform did not name it. */
  team: z.string().nullish(),
  /** True for a guest, or a person of another company. */
  outsider: z.boolean().optional(),
});
/** A person as the platform describes them, e.g. `{ name: '陈宇', language: 'zh-CN' }`. */
export type Described = Readonly<z.infer<typeof describedSchema>>;
const personSchema = describedSchema.extend({ at: z.number() });
type Person = Readonly<z.infer<typeof personSchema>>;

/** Time (ms) after which the platform is asked about somebody again. */
const FRESH = 24 * 3_600_000;
/** Retention (ms) of people: half a year after they were last asked about. */
const KEPT_FOR = 180 * 24 * 3_600_000;

export interface PeopleDependencies extends Known {
  readonly platform: string;
  readonly tenant: string;
  /** Requests a person from the platform; null for one that gives no names. */
  readonly lookUp: ((id: string) => Promise<Described>) | null;
  /** Language for an unknown person, without a profile; by default Chinese. */
  readonly otherwise?: Language;
  readonly kept: KeptValues;
  readonly clock: Clock;
  readonly log: Log;
}
/** Sender as a payload describes them beside the account; it counts until the platform has described them. */
export interface Hints {
  readonly tenant?: string | undefined;
  readonly name?: string | undefined;
  readonly language?: Language | undefined;
}

/** Names and languages of people: from the profile first, then from the platform, for whose answer nothing waits. */
export class People {
  readonly #deps: PeopleDependencies;
  readonly #languages: ChosenLanguages;
  readonly #known: KeptMap<Person>;
  readonly #asking = new Map<string, Promise<Described | null>>();
  /** People without a description by the platform: each is logged once. */
  readonly #silent = new Set<string>();
  /** Time (epoch ms) at which the previous run's data were loaded. */
  #recalledAt = 0;

  constructor(deps: PeopleDependencies) {
    this.#deps = deps;
    this.#languages = new ChosenLanguages(deps.kept);
    this.#known = new KeptMap(deps.kept, 'person:', personSchema);
  }

  /** People who were asked about before, and those other instances ask about. */
  async recall(): Promise<void> {
    await Promise.all([this.#languages.recall(), this.#known.recall()]);
    this.#recalledAt = this.#deps.clock.now();
  }
  /** Drops whom nobody met for half a year. */
  forget(): Promise<void> {
    const now = this.#deps.clock.now();
    return this.#known.prune(({ at }) => at + KEPT_FOR < now);
  }

  account(id: string): Account {
    const { platform, tenant } = this.#deps;
    return { platform, tenant, id };
  }

  /** The caller as far as is known without asking. */
  caller(id: string, { tenant = this.#deps.tenant, name = id, language }: Hints = {}): Caller {
    const { platform, otherwise = 'zh-CN' } = this.#deps;
    const known = this.known(id);
    const described = { name: known?.name ?? name, language: known?.language ?? language, otherwise };
    return this.#languages.spoken(callerOf(this.#deps, { platform, tenant, id }, described));
  }

  /** Cached description of a person, without a request; null if there is none. */
  known(id: string): Described | null {
    const person = this.#known.get(id);
    // A colleague of long ago may be a guest by now: content for colleagues waits until the platform was asked again.
    return person && person.at + FRESH < this.#recalledAt ? { ...person, outsider: true } : (person ?? null);
  }
  #isFresh(id: string): boolean {
    return (this.#known.get(id)?.at ?? Number.NEGATIVE_INFINITY) + FRESH >= this.#deps.clock.now();
  }

  /** Description as known; a missing or old one is asked for in the background. */
  person(id: string): Described | null {
    if (!this.#isFresh(id)) void this.learn(id);
    return this.known(id);
  }

  /** Asks the platform about a person; null if it does not answer. */
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

  /** Records the name of a person in a payload, if the profile has none. */
  async met(id: string, name: string): Promise<void> {
    const known = this.#known.get(id);
    if (name === '' || (known?.name === name && this.#isFresh(id))) return;
    await this.#known.put(id, { ...known, name, at: this.#deps.clock.now() });
  }

  /** Records the language in which a person wants to be addressed. */
  choose(id: string, language: Language): Promise<void> {
    return this.#languages.choose(id, language);
  }

  /** Language of a person: as they asked for, otherwise as the platform describes them. */
  languageOf(id: string): Language | undefined {
    return this.#languages.of(id) ?? this.known(id)?.language;
  }

  nameOf(account: Account): string {
    return personBehind(this.#deps, account)?.name ?? this.known(account.id)?.name ?? account.id;
  }

  /** Puts the name of somebody who acted on the record: asked for if it is missing, and once a day. */
  async introduce(app: Pick<App, 'named'>, { account, language, unmet }: Caller): Promise<void> {
    const { id } = account;
    if (!unmet && (this.#isFresh(id) || personBehind(this.#deps, account))) return;
    const person = (this.#isFresh(id) ? this.known(id) : null) ?? (await this.learn(id));
    if (person) await app.named(account, { name: person.name, language: this.languageOf(id) ?? language });
  }
}
