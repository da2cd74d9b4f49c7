import type { Clock, Log } from '../use-cases/ports.ts';

/** Work after an acknowledgement, or at intervals; a clean stop waits for running work. */
export class BackgroundWork {
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #running = new Set<Promise<void>>();
  readonly #cancels = new Set<() => void>();

  constructor({ log, clock }: { readonly log: Log; readonly clock: Clock }) {
    this.#log = log;
    this.#clock = clock;
  }

  run(work: (() => Promise<void>) | undefined): void {
    if (!work) return;
    const running = Promise.resolve()
      .then(work)
      .catch((error: unknown) => this.#log.error({ err: error }, 'what follows an acknowledgement failed'))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Runs work now, and after every interval (ms) until the stop. */
  every(interval: number, work: () => Promise<void>): void {
    this.run(work);
    this.after(interval, () => this.every(interval, work));
  }
  after(pause: number, act: () => void): void {
    const cancel = this.#clock.at(this.#clock.now() + pause, () => {
      this.#cancels.delete(cancel);
      act();
    });
    this.#cancels.add(cancel);
  }

  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
  async stop(): Promise<void> {
    for (const cancel of this.#cancels) cancel();
    await this.idle();
  }
}
