/**
 * One piece of work per turn of the event loop. What goes out waits in this line, so that what comes in is never behind
 * more than one piece of it, however much is to be sent.
 */
export class Turns {
  readonly #afterTurn: (run: () => void) => void;
  #last: Promise<void> = Promise.resolve();

  /** `afterTurn` runs something when the current turn of the event loop is over. */
  constructor(afterTurn: (run: () => void) => void = setImmediate) {
    this.#afterTurn = afterTurn;
  }

  /** Resolves in a later turn, one caller per turn, in the order they asked. */
  readonly next = (): Promise<void> => {
    this.#last = this.#last.then(() => new Promise<void>((resolve) => this.#afterTurn(resolve)));
    return this.#last;
  };
}
