import type { Clock, Store, StoredTimer } from '../use-cases/ports.ts';

export interface SchedulerDependencies {
  readonly store: Store;
  readonly clock: Clock;
  /** Runs one timer by the same door as a person; resolves when its change is committed or was no longer wanted. */
  fire(timer: StoredTimer): Promise<void>;
}

/**
 * Runs every timer whose time has come (`dueAt <= now`, however long ago) and answers when the next one is due. The rows
 * are the only truth: a timer leaves `pending` in the commit of the change it caused, so a crash in between runs it again
 * and the delivery key makes that harmless.
 */
export async function schedulerPass(deps: SchedulerDependencies): Promise<number | null> {
  for (;;) {
    const due = await deps.store.timers.due(deps.clock.now(), 200);
    if (due.length === 0) return deps.store.timers.nextDueAt();
    // All changes of one turn share one commit.
    await Promise.all(due.map((timer) => deps.fire(timer)));
  }
}
