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
    const slash = /^[@＠].{0,64}?\s(\/(?:incident|jishi)\b.*)$/s.exec(text)?.[1];
    if (slash !== undefined) return slash;
    for (const name of [known, this.#name]) {
      if (name === null || !text.startsWith(name)) continue;
      const rest = text.slice(name.length).trimStart();
      if (rest !== '' && parseCommand(rest).type !== 'unknown') return rest;
    }
    return text;
  }

  async #learn(text: string): Promise<void> {
    if (!/^[@＠]/.test(text)) return;
    const name = this.#name === null ? text.slice(0, LONGEST_NAME) : common(this.#name, text);
    if (name === this.#name || name.length < 2) return;
    this.#name = name;
    await this.#kept.put(KEY, name);
  }
}

/** What both begin with, up to the end of a word. */
function common(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  const shared = one.slice(0, length);
  if (length === one.length) return shared;
  const end = Math.max(...[' ', '\u2005', '\u3000'].map((space) => shared.lastIndexOf(space)));
  return end > 0 ? shared.slice(0, end + 1) : one;
}
