import { z } from 'zod';
import { LANGUAGES, type Language } from '../../incident/identity.ts';
import type { Caller } from '../app.ts';
import type { KeptValues } from '../ports.ts';
import { KeptMap } from './kept-map.ts';

const PREFIX = 'language:';

/** The languages people of a platform asked for in words: theirs from then on, at every instance and after a restart. */
export class ChosenLanguages {
  readonly #chosen: KeptMap<Language>;

  /** `kept`: kept values of the platform. */
  constructor(kept: KeptValues) {
    this.#chosen = new KeptMap<Language>(kept, PREFIX, z.enum(LANGUAGES));
  }

  /** Those chosen before, and from now on those chosen at other instances. */
  recall(): Promise<void> {
    return this.#chosen.recall();
  }

  /** On disk when it resolves. */
  choose(user: string, language: Language): Promise<void> {
    return this.#chosen.put(user, language);
  }

  of(user: string): Language | undefined {
    return this.#chosen.get(user);
  }

  /** The same person, in the language they asked for. */
  spoken(caller: Caller): Caller {
    const language = this.of(caller.account.id);
    return language === undefined ? caller : { ...caller, language, choseLanguage: true };
  }
}
