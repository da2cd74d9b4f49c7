import type { Log } from '../../use-cases/ports.ts';

/** Work that goes on after an acknowledgement; a clean stop waits for it. */
export class BackgroundWork {
  readonly #log: Log;
  readonly #running = new Set<Promise<void>>();

  constructor(log: Log) {
    this.#log = log;
  }

  run(work: (() => Promise<void>) | undefined): void {
    if (!work) return;
    const running = Promise.resolve()
      .then(work)
      .catch((error: unknown) => this.#log.error({ err: error }, 'what follows an acknowledgement failed'))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}
