import type { Clock } from '../../src/use-cases/ports.ts';

/** A clock that moves only when told. Due functions run in order of their instants, then of their setting. */
export class ManualClock implements Clock {
  #now: number;
  #next = 0;
  readonly #waiting = new Map<number, { readonly instant: number; readonly run: () => void }>();

  constructor(start: number | string = '2026-03-02T09:00:00+08:00') {
    this.#now = typeof start === 'number' ? start : Date.parse(start);
  }

  now(): number {
    return this.#now;
  }

  at(instant: number, run: () => void): () => void {
    const id = this.#next++;
    this.#waiting.set(id, { instant, run });
    return () => this.#waiting.delete(id);
  }

  /** Moves forward and runs everything that comes due on the way, each at its own instant. */
  advance(ms: number): void {
    const target = this.#now + ms;
    for (let next = this.#earliest(target); next; next = this.#earliest(target)) {
      this.#waiting.delete(next.id);
      this.#now = Math.max(this.#now, next.instant);
      next.run();
    }
    this.#now = target;
  }

  /**
   * Moves forward as time passes for a program: at each instant something waits for, all that follows from it is done
   * before time goes on.
   */
  async pass(ms: number, settle: () => Promise<void>): Promise<void> {
    const target = this.#now + ms;
    for (let next = this.#earliest(target); next; next = this.#earliest(target)) {
      this.advance(Math.max(0, next.instant - this.#now));
      await settle();
    }
    this.advance(target - this.#now);
    await settle();
  }

  /** Sets the wall clock, also backwards. Only what is due by then runs, at the new time. */
  jumpTo(instant: number): void {
    this.#now = instant;
    this.advance(0);
  }

  /** The earliest instant something waits for; null if nothing does. */
  next(): number | null {
    return this.#earliest(Number.POSITIVE_INFINITY)?.instant ?? null;
  }

  /** How many functions wait. */
  get waiting(): number {
    return this.#waiting.size;
  }

  #earliest(until: number): { id: number; instant: number; run: () => void } | null {
    let found: { id: number; instant: number; run: () => void } | null = null;
    for (const [id, entry] of this.#waiting) {
      if (entry.instant <= until && (!found || entry.instant < found.instant)) found = { id, ...entry };
    }
    return found;
  }
}
