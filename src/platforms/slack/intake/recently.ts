import type { Clock } from '../../../use-cases/ports.ts';

const MOST = 5_000;

/** Keys seen a short while ago in this process: keeps a repeated delivery from being answered twice. */
export class Recently {
  readonly #clock: Clock;
  readonly #for: number;
  readonly #seen = new Map<string, number>();

  constructor(clock: Clock, milliseconds: number) {
    this.#clock = clock;
    this.#for = milliseconds;
  }

  /** Returns true if the key was seen before, and marks it as seen. */
  seen(key: string): boolean {
    const now = this.#clock.now();
    const until = this.#seen.get(key);
    if (until !== undefined && until > now) return true;
    this.#seen.delete(key);
    this.#seen.set(key, now + this.#for);
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > MOST && oldest !== undefined) this.#seen.delete(oldest);
    return false;
  }
}
