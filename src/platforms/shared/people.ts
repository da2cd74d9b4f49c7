import { z } from 'zod';
import type { Account, Language } from '../../incident/identity.ts';
import type { App, Caller } from '../../use-cases/app.ts';
import { ChosenLanguages } from '../../use-cases/directory/chosen-languages.ts';
import { KeptMap } from '../../use-cases/directory/kept-map.ts';
import { type Known, personBehind } from '../../use-cases/directory/links.ts';
import { callerOf } from '../../use-cases/platform-support.ts';
import type { KeptValues, Log } from '../../use-cases/ports.ts';

export interface PeopleDependencies extends Known {
  readonly platform: string;
  readonly tenant: string;
  /** Requests the name of a person from the platform. */
  readonly nameOf: (id: string) => Promise<string>;
  readonly kept: KeptValues;
  readonly log: Log;
}

/** Names and languages of people: from the profile first, then from the platform, for whose answer nothing waits. */
export class People {
  readonly #deps: PeopleDependencies;
  readonly #languages: ChosenLanguages;
  readonly #names: KeptMap<string>;
  readonly #asked = new Set<string>();

  constructor(deps: PeopleDependencies) {
    this.#deps = deps;
    this.#languages = new ChosenLanguages(deps.kept);
    this.#names = new KeptMap(deps.kept, 'name:', z.string());
  }

  /** Names that were asked for before, and those other instances ask for. */
  async recall(): Promise<void> {
    await Promise.all([this.#languages.recall(), this.#names.recall()]);
  }

  account(id: string): Account {
    const { platform, tenant } = this.#deps;
    return { platform, tenant, id };
  }

  /** The caller as far as is known without asking. */
  caller(id: string): Caller {
    const name = this.#names.get(id) ?? id;
    const caller = callerOf(this.#deps, this.account(id), { name, language: undefined, otherwise: 'zh-CN' });
    return this.#languages.spoken(caller);
  }

  /** A payload has the name of somebody whom the profile does not name. */
  async met(id: string, name: string): Promise<void> {
    if (name !== '' && this.#names.get(id) !== name) await this.#names.put(id, name);
  }

  /** Records the language in which a person wants to be addressed. */
  choose(id: string, language: Language): Promise<void> {
    return this.#languages.choose(id, language);
  }

  nameOf(account: Account): string {
    return personBehind(this.#deps, account)?.name ?? this.#names.get(account.id) ?? account.id;
  }

  /** Requests the missing name of somebody who acted, once, and puts it on the record. */
  async introduce(app: Pick<App, 'named'>, { account, language }: Caller): Promise<void> {
    const { id } = account;
    if (this.nameOf(account) !== id || this.#asked.has(id)) return;
    this.#asked.add(id);
    try {
      const name = await this.#deps.nameOf(id);
      await this.#names.put(id, name);
      await app.named(account, { name, language });
    } catch (error) {
      this.#deps.log.info({ err: error }, 'a name could not be asked for; the id stands in its place');
    }
  }
}
