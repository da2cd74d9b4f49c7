import type { Logger } from '../ops/logger.ts';
import type { Metrics } from '../ops/metrics.ts';
import { StoreError } from '../storage/errors.ts';
import type { KeptHighWater } from '../storage/open-store.ts';
import type { Clock } from '../use-cases/ports.ts';

const NOTE_EVERY = 15_000;
const DAY = 86_400_000;

interface Watched {
  readonly clock: Clock;
  readonly highWater: KeptHighWater;
  readonly metrics: Pick<Metrics, 'alarms' | 'failures'>;
  readonly log: Pick<Logger, 'error'>;
}

/**
 * Writes the high-water mark of the record again and again, and compares the whole record with it once a day: an alarm
 * and an error line, once a day, while events are missing. Returns the function that ends it.
 */
export function watchRecord({ clock, highWater, metrics, log }: Watched): () => Promise<void> {
  let cancel = (): void => {};
  let working: Promise<void> = Promise.resolve();
  // The mark was compared when the store was opened.
  let checkedAt = clock.now();
  let saidAt = Number.NEGATIVE_INFINITY;
  let stopped = false;
  const look = async (): Promise<void> => {
    const now = clock.now();
    try {
      if (now - checkedAt >= DAY) {
        checkedAt = now;
        await highWater.check();
      }
      await highWater.note();
    } catch (error) {
      if (now - saidAt < DAY) return;
      saidAt = now;
      const isLost = error instanceof StoreError && error.fault === 'behind';
      if (isLost) metrics.alarms.inc({ kind: 'record_lost' });
      else metrics.failures.inc({ where: 'record_mark' });
      log.error(
        { err: error, ...(isLost ? { alarm: 'record_lost' } : {}) },
        isLost ? 'the record has lost events' : 'the mark of how far the record reaches cannot be written',
      );
    }
  };
  const next = (): void => {
    working = look().then(() => {
      if (!stopped) cancel = clock.at(clock.now() + NOTE_EVERY, next);
    });
  };
  next();
  return async () => {
    stopped = true;
    cancel();
    await working;
  };
}
