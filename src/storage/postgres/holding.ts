import type { Exclusive } from '../../use-cases/ports.ts';

/** A name this process wants to hold: winning and losing it happen one after the other, however fast they are called. */
export class Holding {
  readonly name: string | null;
  readonly #parts: Parameters<Exclusive['hold']>[1];
  #isHeld = false;
  #last: Promise<void> = Promise.resolve();

  constructor(name: string | null, parts: Parameters<Exclusive['hold']>[1]) {
    this.name = name;
    this.#parts = parts;
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  win(): void {
    if (this.#isHeld) return;
    this.#isHeld = true;
    this.#last = this.#last.then(() => this.#parts.held());
  }

  /** Resolves when everything that needed the name has ended. */
  lose(): Promise<void> {
    if (this.#isHeld) {
      this.#isHeld = false;
      this.#last = this.#last.then(() => this.#parts.lost());
    }
    return this.#last;
  }
}
