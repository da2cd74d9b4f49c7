/** At most `count` in any span of `span` milliseconds. */
export interface Limit {
  readonly count: number;
  readonly span: number;
}

/** Counts what was sent per key (a person, a chat, a robot) in sliding windows: WeCom silently drops what is above. */
export class Limiter {
  readonly #limits: readonly Limit[];
  readonly #longest: number;
  readonly #sent = new Map<string, number[]>();

  constructor(limits: readonly Limit[]) {
    this.#limits = limits;
    this.#longest = Math.max(...limits.map((limit) => limit.span));
  }

  /** Takes one permit of every key and answers null; or takes none and answers when all would have one (epoch milliseconds). */
  take(keys: readonly string[], now: number): number | null {
    const waits = keys.flatMap((key) => this.#nextAt(key, now) ?? []);
    if (waits.length > 0) return Math.max(...waits);
    for (const key of keys) this.#sent.set(key, [...this.#recent(key, now), now]);
    return null;
  }

  #nextAt(key: string, now: number): number | null {
    const sent = this.#recent(key, now);
    const waits = this.#limits.flatMap(({ count, span }) => {
      const first = sent.at(-count);
      return first !== undefined && first > now - span ? [first + span] : [];
    });
    return waits.length > 0 ? Math.max(...waits) : null;
  }

  #recent(key: string, now: number): number[] {
    return (this.#sent.get(key) ?? []).filter((at) => at > now - this.#longest);
  }
}
