import type { BudgetLeft } from '../use-cases/ports.ts';

/**
 * A token bucket: `perMinute` permits, spread evenly, with a burst of a fifth of them. A minute that begins with a full
 * bucket sees `perMinute` and the burst, never more. Pure arithmetic over an injected time.
 */
export class Budget {
  readonly #perMinute: number;
  readonly #burst: number;
  #tokens: number;
  #at: number;
  #pausedUntil: number;

  /** A full one, or what another process left of it. */
  constructor(perMinute: number, now: number, left: BudgetLeft = { tokens: Number.POSITIVE_INFINITY, at: now }) {
    this.#perMinute = perMinute;
    this.#burst = Math.max(1, Math.floor(perMinute / 5));
    this.#tokens = Math.min(this.#burst, left.tokens);
    this.#at = Math.min(left.at, now);
    this.#pausedUntil = left.at;
  }

  get left(): BudgetLeft {
    return { tokens: this.#tokens, at: Math.max(this.#at, this.#pausedUntil) };
  }

  /** Permits available right now. */
  available(now: number): number {
    this.#refill(now);
    return Math.floor(this.#tokens);
  }

  /** Permits that cards nobody changed leave to the changed ones: half of the burst. */
  get reserve(): number {
    return Math.floor(this.#burst / 2);
  }

  /** Takes one permit if there is one. */
  take(now: number): boolean {
    this.#refill(now);
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** Time (epoch ms) at which there are `wanted` permits, from 1 to the burst. */
  nextAt(now: number, wanted = 1): number {
    this.#refill(now);
    if (this.#tokens >= wanted) return now;
    return Math.ceil(now + ((wanted - this.#tokens) * 60_000) / this.#perMinute);
  }

  /** Stops sending until the instant (epoch ms) given by the platform. */
  pauseUntil(instant: number): void {
    this.#tokens = 0;
    this.#pausedUntil = Math.max(this.#pausedUntil, instant);
  }

  #refill(now: number): void {
    // A clock that was set back earns nothing, and nobody waits until it is as late again.
    const back = Math.max(0, this.#at - now);
    this.#pausedUntil -= back;
    const since = Math.max(this.#at - back, this.#pausedUntil);
    const earned = (Math.max(0, now - since) * this.#perMinute) / 60_000;
    this.#tokens = Math.min(this.#burst, this.#tokens + earned);
    this.#at = now;
  }
}
