/** Rate limit: at most `count` in any `span` ms. */
export interface Limit {
  readonly count: number;
  readonly span: number;
}

export function perMinuteAndHour(quota: { readonly perMinute: number; readonly perHour: number }): readonly Limit[] {
  return [
    { count: quota.perMinute, span: 60_000 },
    { count: quota.perHour, span: 3_600_000 },
  ];
}

/** Counts messages per key (person, chat, robot) in sliding windows: WeCom silently drops messages over a limit. */
export class Limiter {
  readonly #limits: readonly Limit[];
  readonly #longest: number;
  readonly #sent = new Map<string, number[]>();

  constructor(limits: readonly Limit[]) {
    this.#limits = limits;
    this.#longest = Math.max(...limits.map((limit) => limit.span));
  }

  /** Takes a permit for every key and returns null; or takes none and returns the time (epoch ms) of the next. */
  take(keys: readonly string[], now: number, limits = this.#limits): number | null {
    const waits = keys.flatMap((key) => {
      const sent = this.#recent(key, now);
      return limits.flatMap(({ count, span }) => {
        const first = sent.at(-count);
        return first !== undefined && first > now - span ? [first + span] : [];
      });
    });
    if (waits.length > 0) return Math.max(...waits);
    for (const key of keys) this.count(key, now);
    return null;
  }

  /** Counts a message sent with or without a permit. */
  count(key: string, now: number): void {
    this.#sent.set(key, [...this.#recent(key, now), now]);
  }

  #recent(key: string, now: number): number[] {
    return (this.#sent.get(key) ?? []).filter((at) => at > now - this.#longest);
  }
}
