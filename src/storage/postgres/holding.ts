import type { Exclusive } from '../../use-cases/ports.ts';

type Parts = Parameters<Exclusive['hold']>[1];

/** A name this process wants to hold: winning and losing it happen one after the other, however fast they are called. */
export class Holding {
  readonly name: string | null;
  readonly #parts: Parts;
  readonly #giveBack: () => Promise<void>;
  #isHeld = false;
  #last: Promise<void> = Promise.resolve();

  /** `giveBack` lets others have the name, when what needed it could not begin. */
  constructor(name: string | null, parts: Parts, giveBack: () => Promise<void>) {
    this.name = name;
    this.#parts = parts;
    this.#giveBack = giveBack;
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  win(): void {
    if (this.#isHeld) return;
    this.#isHeld = true;
    this.#next(async () => {
      try {
        await this.#parts.held();
      } catch (error) {
        this.#parts.failed?.(error);
        await this.#parts.lost();
        if (!this.#isHeld) return;
        this.#isHeld = false;
        await this.#giveBack();
      }
    });
  }

  /** Resolves when everything that needed the name has ended. */
  lose(): Promise<void> {
    if (this.#isHeld) {
      this.#isHeld = false;
      this.#next(async () => this.#parts.lost());
    }
    return this.#last;
  }

  #next(work: () => Promise<void>): void {
    this.#last = this.#last.then(work).catch((error: unknown) => this.#parts.failed?.(error));
  }
}
