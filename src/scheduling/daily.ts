import { schedule } from 'node-cron';
import type { Scene } from '../conversation/scene.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Clock, Store } from '../use-cases/ports.ts';
import { addDigests } from './digest.ts';
import { HOME_ZONE } from './zone.ts';

const DAY = 86_400_000;
/** How long delivery keys are remembered: no platform delivers again after this. */
const KEEP_KEYS = 7 * DAY;
/** Zones lie whole quarters of an hour apart, so nine o'clock comes at a quarter everywhere. */
const EVERY_QUARTER = '*/15 * * * *';
const AT_NIGHT = '30 3 * * *';

export interface DailyDependencies {
  readonly store: Store;
  readonly clock: Clock;
  /** What the bot knows of an incident now. */
  scene(state: IncidentState): Scene;
  /** Delivery looks for new work. */
  wake(): void;
  readonly failed: (error: unknown) => void;
}
export interface Daily {
  /** Catches up what was missed and goes on by the clock on the wall. */
  start(): void;
  /** Resolves when a run under way is finished. */
  stop(): Promise<void>;
}

/**
 * What happens once a day: a digest of open clocks at nine in each room's zone, housekeeping at night. Runs are harmless
 * when repeated, so each one also is the catching up of those that were missed.
 */
export function createDaily(deps: DailyDependencies): Daily {
  let running: Promise<void> = Promise.resolve();
  const queue = (task: () => Promise<void>) => (): Promise<void> => {
    running = running.then(task).catch(deps.failed);
    return running;
  };
  const digests = queue(async () => {
    if ((await addDigests(deps)) > 0) deps.wake();
  });
  const housekeeping = queue(async () => {
    await deps.store.inbox.prune(deps.clock.now() - KEEP_KEYS);
  });
  const tasks: { destroy(): void | Promise<void> }[] = [];
  return {
    start() {
      tasks.push(
        schedule(EVERY_QUARTER, digests, { name: 'digests', timezone: HOME_ZONE }),
        schedule(AT_NIGHT, housekeeping, { name: 'housekeeping', timezone: HOME_ZONE }),
      );
      void digests();
      void housekeeping();
    },
    async stop() {
      await Promise.all(tasks.map(async (task) => task.destroy()));
      await running;
    },
  };
}
