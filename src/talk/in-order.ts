/** Queue per key: one task at a time; a failing task does not affect the next. */
export class InOrder {
  readonly #last = new Map<string, Promise<unknown>>();

  run<T>(key: string, act: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const mine = before.then(act, act);
    const tail = mine
      .catch(() => {})
      .then(() => {
        if (this.#last.get(key) === tail) this.#last.delete(key);
      });
    this.#last.set(key, tail);
    return mine;
  }

  /** Resolves when no task is running. */
  async idle(): Promise<void> {
    while (this.#last.size > 0) await Promise.all(this.#last.values());
  }
}
