import { z } from 'zod';
import { translate } from '../../i18n/translate.ts';
import type { Language } from '../../incident/identity.ts';
import { digest } from '../../ops/digest.ts';
import { parseJson } from '../../ops/json.ts';
import { inTurn } from '../../use-cases/one-at-a-time.ts';
import type { PlatformNeeds } from '../description.ts';
import { CARD_LIMITS } from '../wecom/limits.ts';
import { bytes, cutBytes } from '../wecom/text.ts';

/** Time (ms) in which WeCom drops an equal text to the same people. */
export const SAME_WITHIN = 30 * 60_000;
/** Time (ms) for which texts are remembered: a second attempt may come when WeCom no longer drops. */
const REMEMBERED = 2 * SAME_WITHIN;

/** Texts to the same people: digest of the text, key of its notice, `n`: its number among equal ones. */
const sentSchema = z.array(z.object({ text: z.string(), key: z.string(), at: z.number(), n: z.number() })).catch([]);

/**
 * Numbers equal texts of different notices, because WeCom drops a text that the same people got within half an hour: a
 * second reminder would be lost without an error. Each attempt of one notice has the same text, which WeCom shall drop.
 */
export class EqualTexts {
  readonly #deps: Pick<PlatformNeeds, 'kept' | 'clock'>;
  readonly #turn = inTurn();

  constructor(deps: Pick<PlatformNeeds, 'kept' | 'clock'>) {
    this.#deps = deps;
  }

  /** Returns the text of a notice, with its number if it is not the first equal one. */
  async told(users: readonly string[], text: string, key: string, language: Language): Promise<string> {
    const n = await this.#turn(() => this.#numberOf(users.join('|'), digest(text, 16), digest(key, 16)));
    if (n === 1) return text;
    const mark = `\n${translate(language, 'wecom_app.equal_text', { n })}`;
    return cutBytes(text, CARD_LIMITS.app.markdown - bytes(mark)) + mark;
  }

  async #numberOf(users: string, text: string, key: string): Promise<number> {
    const { kept, clock } = this.#deps;
    const name = `same:${users}` as const;
    const at = clock.now();
    const before = sentSchema.parse(parseJson(await kept.get(name))).filter((one) => at - one.at < REMEMBERED);
    const equal = before.filter((one) => one.text === text);
    const known = equal.find((one) => one.key === key);
    if (known) return known.n;
    const n = (equal.at(-1)?.n ?? 0) + 1;
    await kept.put(name, JSON.stringify([...before, { text, key, at, n }]));
    return n;
  }
}
