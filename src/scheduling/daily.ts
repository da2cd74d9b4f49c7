import type { Situation } from '../conversation/cards/situation.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Engine } from '../use-cases/engine.ts';
import type { Clock, Store } from '../use-cases/ports.ts';
import { checkTimers, type Found } from '../use-cases/timer-check.ts';
import { applyRetention } from '../use-cases/upkeep/retention.ts';
import { addDigests } from './digest.ts';

const DAY = 86_400_000;
/** Zones lie whole quarters of an hour apart, so nine o'clock comes at a quarter everywhere. */
const QUARTER = 15 * 60_000;
/** Half past three in Beijing, as milliseconds into a day of UTC. */
const NIGHT = 19.5 * 3_600_000;
/** Delay (ms) after the start, so that work overdue from a stop is done first. */
const AFTER_START = 10_000;

export interface DailyDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly engine: Engine;
  /** Situation of an incident now. */
  situation(state: IncidentState): Situation;
  /** Removes reports from outside past their time. */
  dropReports(): Promise<void>;
  /** Delivery looks for new work. */
  wake(): void;
  readonly failed: (error: unknown) => void;
  /** Timers of an incident were not as its record wants them. */
  readonly tampered: Found;
}
export interface Daily {
  /** Catches up what was missed and goes on by the clock on the wall. */
  start(): void;
  /** Resolves when a run under way is finished. */
  stop(): Promise<void>;
}

/**
 * Daily tasks: a digest of open clocks at nine in each room's zone, clean-up and a check of all timers at half past
 * three in Beijing. Runs are harmless when repeated, so each one also catches up on missed ones.
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
    await applyRetention(deps.engine);
    await deps.dropReports();
  });
  const pauses = new Set<(goOn: boolean) => void>();
  const pause = (ms: number): Promise<boolean> => {
    if (stopped) return Promise.resolve(false);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const end = deps.clock.at(deps.clock.now() + ms, () => resolve(true));
    pauses.add(resolve);
    return promise.finally(() => {
      end();
      pauses.delete(resolve);
    });
  };
  // Beside the others: it takes minutes where there are many incidents.
  let checking: Promise<void> = Promise.resolve();
  const check = (): void => {
    const quiet = pause(AFTER_START);
    checking = checking
      .then(() => quiet)
      .then((goOn) => (goOn ? checkTimers(deps.engine, { found: deps.tampered, pause }) : undefined))
      .catch(deps.failed);
  };
  let stopped = false;
  let cancel = (): void => {};
  let night = Number.NaN;
  const look = (): void => {
    const now = deps.clock.now();
    void digests();
    const last = Math.floor((now - NIGHT) / DAY);
    if (last !== night) {
      void housekeeping();
      check();
    }
    night = last;
    cancel = deps.clock.at((Math.floor(now / QUARTER) + 1) * QUARTER, look);
  };
  return {
    start() {
      stopped = false;
      look();
    },
    async stop() {
      stopped = true;
      cancel();
      night = Number.NaN;
      for (const end of pauses) end(false);
      await Promise.all([running, checking]);
    },
  };
}
