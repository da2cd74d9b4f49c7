import type { BudgetLeft } from '../use-cases/ports.ts';
import type { Worker } from './worker.ts';

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

/** One process alone does everything, whatever the platform. */
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
