import { StoreError } from '../errors.ts';

/** Maximum number of items in one commit. */
const AT_ONCE = 100;

export interface Job<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: all requests made during a commit share the next one, whose round trips do not grow with the number of
 * items. Items with common rows are committed one after the other, in the order of the requests.
 */
export class Batches<T, R> {
  readonly #touches: (item: T) => readonly string[];
  readonly #commit: (jobs: readonly Job<T, R>[]) => Promise<void>;
  #waiting: Job<T, R>[] = [];
  #running: Promise<void> | null = null;
  #closed = false;

  /** `commit` must settle every job it is given. */
  constructor(touches: (item: T) => readonly string[], commit: (jobs: readonly Job<T, R>[]) => Promise<void>) {
    this.#touches = touches;
    this.#commit = commit;
  }

  add(item: T): Promise<R> {
    if (this.#closed) return Promise.reject(new StoreError('closed', 'the store is closed'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Finishes the queued items; every later one rejects. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    // One turn of the event loop is awaited, so that all its requests share the commit.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) await this.#commit(this.#next());
    this.#running = null;
  }

  /** Takes the oldest items without common rows; items that have to wait keep their order. */
  #next(): readonly Job<T, R>[] {
    const touched = new Set<string>();
    const next: Job<T, R>[] = [];
    const later: Job<T, R>[] = [];
    for (const job of this.#waiting) {
      const touches = this.#touches(job.item);
      const free = next.length < AT_ONCE && !touches.some((one) => touched.has(one));
      (free ? next : later).push(job);
      for (const one of touches) touched.add(one);
    }
    this.#waiting = later;
    return next;
  }
}
