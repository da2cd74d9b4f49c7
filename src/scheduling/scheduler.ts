import type { Clock, Store, StoredTimer } from '../use-cases/ports.ts';

/** Maximum number of timers in one turn of the event loop: they share a commit without blocking other work for long. */
const AT_ONCE = 50;
/** Pause (ms) before timers that failed are tried again. */
const PAUSE = 1_000;

export interface SchedulerDependencies {
  readonly store: Store;
  readonly clock: Clock;
  /** Runs a timer as an ordinary command; resolves when its change is committed or no longer wanted. */
  fire(timer: StoredTimer): Promise<void>;
  failed(error: unknown, timer: StoredTimer): void;
}

/**
 * Runs every due timer (`dueAt <= now`, however old) and returns the time of the next one. A timer leaves `pending` in
 * the commit of its change, so a crash in between runs it again, which the idempotency key makes harmless. A failing
 * timer delays no other.
 */
export async function schedulerPass(deps: SchedulerDependencies): Promise<number | null> {
  /** Timers that failed, or ran and are still due: they wait for the next pass. */
  const tried = new Set<string>();
  let before = new Set<string>();
  for (;;) {
    const due = await deps.store.timers.due(deps.clock.now(), AT_ONCE + tried.size);
    for (const timer of due) if (before.has(nameOf(timer))) tried.add(nameOf(timer));
    const fresh = due.filter((timer) => !tried.has(nameOf(timer)));
    if (fresh.length === 0) {
      return due.length === 0 ? deps.store.timers.nextDueAt() : deps.clock.now() + PAUSE;
    }
    const results = await Promise.allSettled(fresh.map((timer) => deps.fire(timer)));
    for (const [n, timer] of fresh.entries()) {
      const result = results[n];
      if (result?.status === 'rejected') deps.failed(result.reason, timer);
    }
    before = new Set(fresh.map(nameOf));
    // If all timers failed, the store is at fault: the next pass follows after a pause.
    if (results.every((result) => result.status === 'rejected')) return deps.clock.now() + PAUSE;
  }
}

/** Name of one arming of a timer: its fence increases each time it is armed. */
export function nameOf(timer: Pick<StoredTimer, 'key' | 'fence'>): string {
  return `${timer.key}#${timer.fence}`;
}
