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

  /** Loads the languages chosen before, and follows those chosen at other instances. */
  recall(): Promise<void> {
    return this.#chosen.recall();
  }

  /** Stores the choice; it is on disk when this resolves. */
  choose(user: string, language: Language): Promise<void> {
    return this.#chosen.put(user, language);
  }

  of(user: string): Language | undefined {
    return this.#chosen.get(user);
  }

  /** Caller with the language they asked for. */
  spoken(caller: Caller): Caller {
    const language = this.of(caller.account.id);
    return language === undefined ? caller : { ...caller, language, choseLanguage: true };
  }
}
