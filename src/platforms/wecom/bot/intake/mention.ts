import { parseCommand } from '../../../../conversation/text/commands.ts';
import type { KeptValues } from '../../../../use-cases/ports.ts';

const LONGEST_NAME = 64;
const KEY = 'mention';

/**
 * In a group WeCom hands on what was written with "@name " in front, and tells a bot its own name nowhere. The grammar takes
 * mentions off; a name with spaces it cannot know, so what all messages begin with is remembered as the name.
 */
export class Mentions {
  readonly #kept: KeptValues;
  #name: string | null = null;

  constructor(kept: KeptValues) {
    this.#kept = kept;
  }

  async recall(): Promise<void> {
    this.#name = await this.#kept.get(KEY);
  }

  /** The line without the mention of the bot. */
  async bare(text: string): Promise<string> {
    const known = this.#name;
    await this.#learn(text);
    if (parseCommand(text).type !== 'unknown') return text;
    for (const name of [known, this.#name]) {
      const at = name === null || !/^[@＠]/.test(text) ? -1 : text.indexOf(name);
      if (name === null || at < 0) continue;
      const rest = text.slice(at + name.length).trimStart();
      if (rest !== '' && parseCommand(rest).type !== 'unknown') return rest;
    }
    return text;
  }

  async #learn(text: string): Promise<void> {
    if (!/^[@＠]/.test(text)) return;
    const known = this.#name;
    // Somebody else may be mentioned in front.
    if (known !== null && text.indexOf(known) > 0) return;
    const own = text.replace(/^(?:[@＠]\S+\s+)+(?=[@＠])/, '');
    const name = (known === null ? null : common(known, own)) ?? own.slice(0, LONGEST_NAME);
    if (name === known || name.length < 2) return;
    this.#name = name;
    await this.#kept.put(KEY, name);
  }
}

/** What both begin with, up to the end of a word; null if they have not even one word in common. */
function common(one: string, other: string): string | null {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  const shared = one.slice(0, length);
  if (length === one.length) return shared;
  const end = Math.max(...[' ', '\u2005', '\u3000'].map((space) => shared.lastIndexOf(space)));
  return end > 0 ? shared.slice(0, end + 1) : null;
}
