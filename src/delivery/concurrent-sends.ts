/**
 * Sends in flight. A pass starts them without waiting, so a slow room delays only itself; each end is reported, so that
 * the next pass can use the free slot.
 */
export class ConcurrentSends {
  readonly #limit: number;
  readonly #under = new Map<string, Promise<void>>();
  readonly #ended: (error: unknown) => void;

  /** `limit`: maximum number of sends in flight; `ended` is called at each end, with the error or null. */
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

  /** Resolves when no send is in flight. */
  async idle(): Promise<void> {
    while (this.#under.size > 0) await Promise.all(this.#under.values());
  }

  #end(key: string, error: unknown): void {
    this.#under.delete(key);
    this.#ended(error);
  }
}
