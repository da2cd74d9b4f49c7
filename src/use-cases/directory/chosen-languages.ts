import { LANGUAGES, type Language } from '../../incident/identity.ts';
import type { Caller } from '../app.ts';
import type { KeptValues } from '../ports.ts';

const PREFIX = 'language:';
const MOST_PEOPLE = 10_000;

/** The languages people of a platform asked for in words: theirs from then on, at every instance and after a restart. */
export class ChosenLanguages {
  readonly #kept: KeptValues;
  readonly #chosen = new Map<string, Language>();

  /** `kept`: kept values of the platform. */
  constructor(kept: KeptValues) {
    this.#kept = kept;
  }

  /** Those chosen before, and from now on those chosen at other instances. */
  async recall(): Promise<void> {
    await this.#kept.watch(PREFIX, MOST_PEOPLE, (key, value) => {
      const language = languageOf(value);
      if (language) this.#chosen.set(key.slice(PREFIX.length), language);
    });
  }

  /** On disk when it resolves. */
  async choose(user: string, language: Language): Promise<void> {
    this.#chosen.set(user, language);
    await this.#kept.put(PREFIX + user, language);
  }

  of(user: string): Language | undefined {
    return this.#chosen.get(user);
  }

  /** The same person, in the language they asked for. */
  spoken(caller: Caller): Caller {
    return inLanguage(caller, this.of(caller.account.id));
  }
}

/** The same person, in the language they asked for; for who only has the store. */
export async function inTheirLanguage(kept: KeptValues, caller: Caller): Promise<Caller> {
  return inLanguage(caller, languageOf(await kept.get(PREFIX + caller.account.id)));
}

function inLanguage(caller: Caller, language: Language | undefined): Caller {
  return language === undefined ? caller : { ...caller, language, choseLanguage: true };
}

function languageOf(value: string | null): Language | undefined {
  return LANGUAGES.find((one) => one === value);
}
