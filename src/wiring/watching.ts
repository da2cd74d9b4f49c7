import type { Config } from '../config/schema.ts';
import type { Logger } from '../ops/logger.ts';
import type { Metrics } from '../ops/metrics.ts';
import type { HeartbeatDependencies } from '../scheduling/heartbeat.ts';
import { failureCode, remedyFor, StoreError } from '../storage/errors.ts';
import type { KeptHighWater, OpenStore } from '../storage/open-store.ts';
import type { Clock } from '../use-cases/ports.ts';

/** Time (ms) after which an overdue timer stops the heartbeat. */
const TIMER_LEFT = 60_000;
/** Time (ms) after which a due notice that was not tried stops the heartbeat. */
const NOTICE_LEFT = 5 * 60_000;

/** Returns a store probe for repeated calls: it logs once when commits fail, and once when they work again. */
export function saysWhetherItCommits(store: Pick<OpenStore, 'probe'>, log: Logger): () => Promise<'ready'> {
  let failing = false;
  return async () => {
    try {
      await store.probe();
    } catch (error) {
      const advice = remedyFor(error);
      if (!failing)
        log.error({ err: error, advice }, 'the store does not commit; nothing is acknowledged until it does');
      failing = true;
      throw Object.assign(new Error('the store does not commit', { cause: error }), { code: failureCode(error) });
    }
    if (failing) log.warn('the store commits again');
    failing = false;
    return 'ready';
  };
}

interface Watched {
  readonly config: Pick<Config, 'heartbeatUrl' | 'heartbeatPlatforms' | 'proxy'>;
  readonly store: Pick<OpenStore, 'probe'> & {
    readonly timers: Pick<OpenStore['timers'], 'nextDueAt'>;
    readonly outbox: Pick<OpenStore['outbox'], 'untriedSince'>;
  };
  readonly clock: Pick<Clock, 'now'>;
  readonly metrics: Pick<Metrics, 'failures'>;
  readonly log: Pick<Logger, 'warn'>;
  /** Returns platforms that have been down for minutes. */
  readonly down: () => readonly string[];
}

/**
 * Returns the heartbeat: a request every minute while the store commits, no due work is late, and no platform named in
 * the settings is down; null without an address for it.
 */
export function heartbeatOf({ config, store, clock, metrics, log, down }: Watched): HeartbeatDependencies | null {
  const url = config.heartbeatUrl;
  const needed = (name: string): boolean =>
    config.heartbeatPlatforms.some((one) => one === 'all' || one === name.split('/')[0]);
  if (url === null) return null;
  return {
    healthy: async () => {
      await store.probe();
      if (down().some(needed)) return false;
      const [timer, notice] = await Promise.all([store.timers.nextDueAt(), store.outbox.untriedSince()]);
      const now = clock.now();
      return (timer === null || now - timer < TIMER_LEFT) && (notice === null || now - notice < NOTICE_LEFT);
    },
    beat: async () => (await import('../scheduling/heartbeat.ts')).beatTo(url, config.proxy),
    failed: (error) => {
      metrics.failures.inc({ where: 'heartbeat' });
      log.warn({ err: error }, 'the sign of life was not taken');
    },
  };
}

const NOTE_EVERY = 15_000;
const DAY = 86_400_000;

interface WatchedRecord {
  readonly clock: Clock;
  readonly highWater: KeptHighWater;
  readonly metrics: Pick<Metrics, 'alarms' | 'failures'>;
  readonly log: Pick<Logger, 'error'>;
}

/**
 * Updates the high-water mark regularly and compares the whole record with it daily: an alarm and an error line per day
 * while events are missing. Returns the function that stops it.
 */
export function watchRecord({ clock, highWater, metrics, log }: WatchedRecord): () => Promise<void> {
  let cancel = (): void => {};
  let working: Promise<void> = Promise.resolve();
  // The mark was already compared when the store was opened.
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
