/** Listeners of one kind of event, called in the order of registration. */
export class Listeners<T> {
  readonly #all = new Set<(event: T) => void>();

  get size(): number {
    return this.#all.size;
  }

  /** Adds a listener; the returned function removes it. */
  add(listener: (event: T) => void): () => void {
    this.#all.add(listener);
    return () => this.#all.delete(listener);
  }

  call(event: T): void {
    for (const listener of this.#all) listener(event);
  }
}
