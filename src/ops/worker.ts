import type { systemClock } from './system-clock.ts';

type Clock = Pick<typeof systemClock, 'now' | 'at'>;

/** Maximum sleep (ms) of a worker by default, so that a missed wake-up costs a minute only. */
const LONGEST_SLEEP = 60_000;

/** Work of a loop. A pass may start work that continues after it. */
export interface Work {
  /** Does, or starts, due work; returns the time of the next pass (epoch ms), or null if only new work matters. */
  pass(): Promise<number | null>;
  /** True while work started by a pass continues; `idle` resolves when it ends. */
  readonly busy?: boolean;
  idle?(): Promise<void>;
  /** Prevents new work. */
  halt?(): void;
}

/**
 * Loop that never runs twice at once: it runs when woken or at its time, and again if woken meanwhile. A pass that
 * throws is reported and retried after a pause, so that a full disk or a locked file does not end the reminders.
 */
export class Worker {
  readonly #work: Work;
  readonly #clock: Clock;
  readonly #onError: (error: unknown) => void;
  readonly #began: () => void;
  readonly #afterTurn: (run: () => void) => void;
  readonly #longestSleep: number;
  #cancel: (() => void) | null = null;
  #running: Promise<void> | null = null;
  #again = false;
  #stopped = false;

  /** `began` is called before each pass; `afterTurn` runs a function after the current turn of the event loop. */
  constructor(options: {
    work: Work;
    clock: Clock;
    onError: (error: unknown) => void;
    began?: () => void;
    afterTurn?: (run: () => void) => void;
    longestSleep?: number;
  }) {
    this.#work = options.work;
    this.#afterTurn = options.afterTurn ?? setImmediate;
    this.#clock = options.clock;
    this.#onError = options.onError;
    this.#began = options.began ?? (() => {});
    this.#longestSleep = options.longestSleep ?? LONGEST_SLEEP;
  }

  wake(): void {
    if (this.#stopped) return;
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#cancel?.();
    this.#cancel = null;
    // A person's acknowledgement leaves in this turn, before the pass reads what is to be sent.
    const turn = new Promise<void>((go) => this.#afterTurn(() => go()));
    this.#running = turn
      .then(() => (this.#stopped ? undefined : this.#run()))
      .finally(() => {
        this.#running = null;
        if (this.#again) {
          this.#again = false;
          this.wake();
        }
      });
  }

  /** Stops the loop; resolves when the current pass is finished. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel?.();
    this.#cancel = null;
    this.#again = false;
    this.#work.halt?.();
    await this.#running;
    this.#work.halt?.();
    await this.#work.idle?.();
  }

  get busy(): boolean {
    return this.#running !== null || this.#work.busy === true;
  }

  /** Resolves once the worker has nothing to do, for tests and a clean stop. */
  async idle(): Promise<void> {
    while (this.busy) {
      await this.#running;
      await this.#work.idle?.();
    }
  }

  async #run(): Promise<void> {
    let next: number | null;
    this.#began();
    try {
      next = await this.#work.pass();
    } catch (error) {
      this.#onError(error);
      next = this.#clock.now() + 1_000;
    }
    if (this.#stopped) return;
    const latest = this.#clock.now() + this.#longestSleep;
    this.#cancel = this.#clock.at(Math.min(next ?? latest, latest), () => this.wake());
  }
}
