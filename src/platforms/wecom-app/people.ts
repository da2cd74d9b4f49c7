import { z } from 'zod';
import type { Account, Language } from '../../incident/identity.ts';
import type { Caller } from '../../use-cases/app.ts';
import { ChosenLanguages } from '../../use-cases/directory/chosen-languages.ts';
import { type Known, personBehind } from '../../use-cases/directory/links.ts';
import { callerOf } from '../../use-cases/platform-doors.ts';
import type { KeptValues, Log } from '../../use-cases/ports.ts';
import type { WecomApp } from '../wecom/api/http-api.ts';
import { PLATFORM } from './ports.ts';

const MOST_NAMES = 10_000;
const user = z.looseObject({ name: z.string().trim().min(1) });

/** Names and languages of people: from the profile first, then from WeCom. Nothing waits for WeCom's answer. */
export class People {
  readonly #api: WecomApp;
  readonly #corpId: string;
  readonly #profile: Known;
  readonly #kept: KeptValues;
  readonly #log: Log;
  readonly #languages: ChosenLanguages;
  readonly #names = new Map<string, string>();
  readonly #asked = new Set<string>();

  constructor(
    deps: Known & {
      readonly api: WecomApp;
      readonly corpId: string;
      readonly kept: KeptValues;
      readonly log: Log;
    },
  ) {
    this.#api = deps.api;
    this.#corpId = deps.corpId;
    this.#profile = deps;
    this.#kept = deps.kept;
    this.#languages = new ChosenLanguages(deps.kept);
    this.#log = deps.log;
  }

  /** Names that were asked for before, and those other instances ask for. */
  async recall(): Promise<void> {
    await this.#languages.recall();
    await this.#kept.watch('name:', MOST_NAMES, (key, name) => {
      if (name !== null) this.#names.set(key.slice('name:'.length), name);
    });
  }

  account(id: string): Account {
    return { platform: PLATFORM, tenant: this.#corpId, id };
  }

  /** The caller as far as is known without asking. */
  caller(id: string): Caller {
    const name = this.#names.get(id) ?? id;
    const caller = callerOf(this.#profile, this.account(id), { name, language: undefined, otherwise: 'zh-CN' });
    return this.#languages.spoken(caller);
  }

  /** They want to be spoken to in a language. */
  choose(id: string, language: Language): Promise<void> {
    return this.#languages.choose(id, language);
  }

  nameOf(account: Account): string {
    return personBehind(this.#profile, account)?.name ?? this.#names.get(account.id) ?? account.id;
  }

  /** Requests a missing name from WeCom once, so that it is there next time. */
  async learn(id: string): Promise<void> {
    if (this.nameOf(this.account(id)) !== id || this.#asked.has(id)) return;
    this.#asked.add(id);
    try {
      const { name } = user.parse(await this.#api.get('user/get', { userid: id }));
      this.#names.set(id, name);
      await this.#kept.put(`name:${id}`, name);
    } catch (error) {
      this.#log.info({ err: error }, 'a name could not be asked for; the id stands in its place');
    }
  }
}
