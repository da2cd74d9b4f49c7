import type { BudgetLeft, Clock } from '../use-cases/ports.ts';

/** Sleeps until the next due time at most: a missed wake-up costs a minute, not an incident. */
const LONGEST_SLEEP = 60_000;

/** Work of a loop. Its passes may start work that goes on beside it. */
export interface Work {
  /**
   * Does, or starts, work that is due; returns the time of the next pass (epoch milliseconds), or null if only new work
   * matters.
   */
  pass(): Promise<number | null>;
  /** True while something started by a pass is still going on; `idle` resolves when it ends. */
  readonly busy?: boolean;
  idle?(): Promise<void>;
  /** Starts nothing more. */
  halt?(): void;
  /** True if it holds in-memory state that another instance would not know. */
  readonly minds?: boolean;
}

/**
 * A loop that never runs twice at once: it runs when woken or when its time comes, again at once if woken meanwhile.
 * A pass that throws is reported and tried again after a pause, so a full disk or a locked file is not the end of reminders.
 */
export class Worker {
  readonly #work: Work;
  readonly #clock: Clock;
  readonly #onError: (error: unknown) => void;
  readonly #began: () => void;
  #cancel: (() => void) | null = null;
  #running: Promise<void> | null = null;
  #again = false;
  #stopped = false;
  #next: number | null = null;

  /** `began` is called before each pass. */
  constructor(options: { work: Work; clock: Clock; onError: (error: unknown) => void; began?: () => void }) {
    this.#work = options.work;
    this.#clock = options.clock;
    this.#onError = options.onError;
    this.#began = options.began ?? (() => {});
  }

  wake(): void {
    if (this.#stopped) return;
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#cancel?.();
    this.#cancel = null;
    this.#running = this.#run().finally(() => {
      this.#running = null;
      if (this.#again) {
        this.#again = false;
        this.wake();
      }
    });
  }

  /** Resolves when what is under way is finished; no pass starts after. */
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

  /**
   * Returns true if this worker holds no in-memory state and has nothing due until `instant` (epoch ms), so another
   * instance may take over its work.
   */
  isFreeUntil(instant: number): boolean {
    return !this.busy && this.#work.minds !== true && (this.#next ?? instant) >= instant;
  }

  /** Resolves once the worker has nothing to do right now; for tests and a clean stop. */
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
    this.#next = next;
    if (this.#stopped) return;
    const latest = this.#clock.now() + LONGEST_SLEEP;
    this.#cancel = this.#clock.at(Math.min(next ?? latest, latest), () => this.wake());
  }
}

/** The loops that do some work. */
export interface Loops {
  readonly workers: readonly Worker[];
  /** Budget of the workspace left by the workers; null if they did not use it. */
  budgetLeft(): BudgetLeft | null;
}

/** Running delivery of this process. */
export interface Running {
  /** Something may have changed. */
  wake(): void;
  /** Delivers to a platform from now on that has one connection only. */
  open(platform: string): void;
  /** Resolves when nothing is under way for a platform and nothing more will be. */
  close(platform: string): Promise<void>;
  /** Resolves when nothing is left to do right now. */
  settle(): Promise<void>;
  /** Finishes what is in flight; nothing starts after. */
  stop(): Promise<void>;
}

/** Work of a single process: it runs every loop for every platform. */
export function everything({ workers }: Loops): Running {
  return {
    wake: () => {
      for (const worker of workers) worker.wake();
    },
    open: () => {},
    close: async () => {},
    settle: async () => {
      while (workers.some((w) => w.busy)) for (const w of workers) await w.idle();
    },
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}
