import { stripLead, tagOf } from '../conversation/text/commands/command-lead.ts';
import { findIncidentId, type TextCommand } from '../conversation/text/commands/commands.ts';
import type { KeptValues } from '../use-cases/ports.ts';

const LONGEST_NAME = 64;
const KEY = 'mention';

/** Line without its leading mention, and the command parsed from it. */
interface Bare {
  readonly text: string;
  readonly read: TextCommand;
}

/**
 * Learns the bot's own name on a platform that puts "@name " before the lines of a group, but never tells a bot its
 * name. The grammar removes mentions, but cannot recognise a name with spaces, so the common beginning of all messages
 * is stored as the name.
 */
export class OwnName {
  readonly #kept: KeptValues;
  readonly #read: (line: string) => TextCommand;
  #name: string | null = null;

  constructor(kept: KeptValues, read: (line: string) => TextCommand) {
    this.#kept = kept;
    this.#read = read;
  }

  async recall(): Promise<void> {
    this.#name = await this.#kept.get(KEY);
  }

  /** Returns the text without its prefix, and the parsed command. An incident id in the prefix is kept as a tag. */
  async bare(text: string): Promise<Bare> {
    await this.#learn(text);
    const { text: rest, read } = this.#behindLead(text);
    const tag = tagOf(findIncidentId(text.slice(0, text.lastIndexOf(rest))) ?? '');
    return tag === '' ? { text: rest, read } : { text: `${tag}${rest}`, read: this.#read(`${tag}${rest}`) };
  }

  /** Returns the command found by the grammar; otherwise the text after the learned name, or the whole text. */
  #behindLead(text: string): Bare {
    const at = this.#name === null || !/^[@＠]/.test(text) ? -1 : text.indexOf(this.#name);
    const named = at < 0 ? '' : text.slice(at + (this.#name?.length ?? 0)).trim();
    const lines = [...stripLead(text).lines, named].filter((line) => line !== '');
    for (const line of [...lines, text]) {
      const read = this.#read(line);
      if (read.type !== 'unknown') return { text: line, read };
    }
    const rest = named || (lines[0] ?? text);
    return { text: rest, read: this.#read(rest) };
  }

  async #learn(text: string): Promise<void> {
    if (!/^[@＠]/.test(text)) return;
    const known = this.#name;
    // Another person may be mentioned first.
    if (known !== null && text.indexOf(known) > 0) return;
    const own = text.replace(/^(?:[@＠]\S+\s+)+(?=[@＠])/, '');
    const name = (known === null ? null : common(known, `${own} `)) ?? own.slice(0, LONGEST_NAME);
    if (name === known || name.length < 2) return;
    this.#name = name;
    await this.#kept.put(KEY, name);
  }
}

/** Returns the common beginning of two texts, up to the end of a word; null if no word is shared. */
function common(one: string, other: string): string | null {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  const shared = one.slice(0, length);
  if (length === one.length) return shared;
  const end = Math.max(...[' ', '\u2005', '\u3000'].map((space) => shared.lastIndexOf(space)));
  return end > 0 ? shared.slice(0, end + 1) : null;
}
