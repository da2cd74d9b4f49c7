/** Rate limiter by key: counts requests within a window. */
export class Limits {
  readonly #times = new Map<string, readonly number[]>();

  /** Counts one more request; returns false if there were already `most` within the last `within` ms. */
  takes(key: string, most: number, within: number, now: number): boolean {
    const recent = (this.#times.get(key) ?? []).filter((at) => now - at < within);
    const isFree = recent.length < most;
    this.#times.set(key, isFree ? [...recent, now] : recent);
    return isFree;
  }
}
