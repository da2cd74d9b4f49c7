/**
 * Sends that are under way. A pass starts them and does not wait, so a slow room delays nothing but itself; each end is
 * reported, so that the next pass can use the free slot.
 */
export class ConcurrentSends {
  readonly #limit: number;
  readonly #under = new Map<string, Promise<void>>();
  readonly #ended: (error: unknown) => void;

  /** Limit of sends at a time; `ended` is called at every end: with the error of a failed one, otherwise with null. */
  constructor(limit: number, ended: (error: unknown) => void) {
    this.#limit = limit;
    this.#ended = ended;
  }

  get free(): number {
    return this.#limit - this.#under.size;
  }

  has(key: string): boolean {
    return this.#under.has(key);
  }

  start(key: string, send: () => Promise<void>): void {
    const flight = send().then(
      () => this.#end(key, null),
      (error: unknown) => this.#end(key, error),
    );
    this.#under.set(key, flight);
  }

  /** Resolves when everything that was under way has ended. */
  async idle(): Promise<void> {
    while (this.#under.size > 0) await Promise.all(this.#under.values());
  }

  #end(key: string, error: unknown): void {
    this.#under.delete(key);
    this.#ended(error);
  }
}
