/** Position in a folded text. All rules only read forward from it, so the time is linear in the length. */
export class Cursor {
  readonly text: string;
  at: number;

  constructor(text: string, at = 0) {
    this.text = text;
    this.at = at;
  }

  /** Matches a sticky `pattern` (`/…/y`) here and moves after it; otherwise stays and returns undefined. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) return undefined;
    this.at = pattern.lastIndex;
    return match;
  }

  /** Matches the first fitting pattern of a table, and returns the value of its row. */
  oneOf<T>(table: readonly (readonly [RegExp, T])[]): T | undefined {
    for (const [pattern, meaning] of table) if (this.take(pattern)) return meaning;
    return undefined;
  }

  /** Reads entries of a table, separated by `between`, up to the end; undefined if anything else occurs. */
  allOf<T>(table: readonly (readonly [RegExp, T])[], between: RegExp): readonly T[] | undefined {
    const found: T[] = [];
    while (!this.finished) {
      const one = this.oneOf(table);
      if (one === undefined) return undefined;
      found.push(one);
      this.take(between);
    }
    return found;
  }

  /** Returns true if the pattern matches here, without moving. */
  sees(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    return pattern.test(this.text);
  }

  /** Runs a rule; if it returns undefined, the cursor goes back to its earlier position. */
  attempt<T>(rule: (cursor: Cursor) => T | undefined): T | undefined {
    const start = this.at;
    const result = rule(this);
    if (result === undefined) this.at = start;
    return result;
  }

  skipSpaces(): void {
    while (this.text.charAt(this.at) === ' ') this.at += 1;
  }

  /** True when only spaces are left. */
  get finished(): boolean {
    for (let index = this.at; index < this.text.length; index += 1) if (this.text.charAt(index) !== ' ') return false;
    return true;
  }
}
