import type { Scene } from '../conversation/scene.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Engine } from '../use-cases/engine.ts';
import type { Clock, Store } from '../use-cases/ports.ts';
import { keepHouse } from '../use-cases/retention.ts';
import { addDigests } from './digest.ts';

const DAY = 86_400_000;
/** Zones lie whole quarters of an hour apart, so nine o'clock comes at a quarter everywhere. */
const QUARTER = 15 * 60_000;
/** Half past three in Beijing, as milliseconds into a day of UTC. */
const NIGHT = 19.5 * 3_600_000;

export interface DailyDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly engine: Engine;
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
 * What happens once a day: a digest of open clocks at nine in each room's zone, housekeeping at half past three in
 * Beijing. Runs are harmless when repeated, so each one also is the catching up of those that were missed.
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
  const housekeeping = queue(() => keepHouse(deps.engine));
  let cancel = (): void => {};
  let night = Number.NaN;
  const look = (): void => {
    const now = deps.clock.now();
    void digests();
    const last = Math.floor((now - NIGHT) / DAY);
    if (last !== night) void housekeeping();
    night = last;
    cancel = deps.clock.at((Math.floor(now / QUARTER) + 1) * QUARTER, look);
  };
  return {
    start: look,
    async stop() {
      cancel();
      await running;
    },
  };
}
