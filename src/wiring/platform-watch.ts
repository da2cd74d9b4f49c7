import type { ComponentHealth } from '../http/health.ts';
import type { Logger } from '../ops/logger.ts';
import type { Metrics } from '../ops/metrics.ts';
import type { Clock } from '../use-cases/ports.ts';

const LOOK_EVERY = 15_000;
/** Time (ms) after which a lost connection needs a person; most recover within seconds. */
const DOWN_FOR = 5 * 60_000;

interface Watched {
  readonly clock: Clock;
  readonly platforms: () => readonly ComponentHealth[];
  /** Tries to commit; logs the first failure and the recovery. */
  readonly store: () => Promise<unknown>;
  readonly metrics: Pick<Metrics, 'alarms'>;
  readonly log: Pick<Logger, 'error' | 'warn'>;
}

/** Watches store and platforms: an alarm and an error line for each platform that stays down, a line on its return. */
export class PlatformWatch {
  readonly #deps: Watched;
  readonly #downSince = new Map<string, number>();
  readonly #alarmed = new Set<string>();
  #cancel = (): void => {};

  constructor(deps: Watched) {
    this.#deps = deps;
  }

  /** Starts watching; returns the function that stops it. */
  start(): () => Promise<void> {
    const look = (): void => {
      this.#look();
      // The probe logs a failure itself; without it only a request to `/readyz` would notice one.
      this.#deps.store().catch(() => undefined);
      this.#cancel = this.#deps.clock.at(this.#deps.clock.now() + LOOK_EVERY, look);
    };
    look();
    return async () => this.#cancel();
  }

  /** Returns platforms that have been down for five minutes. */
  down(): readonly string[] {
    return [...this.#alarmed];
  }

  #look(): void {
    const { clock, platforms, metrics, log } = this.#deps;
    const now = clock.now();
    for (const { name, ok, detail } of platforms()) {
      const since = this.#downSince.get(name);
      if (ok) {
        this.#downSince.delete(name);
        if (this.#alarmed.delete(name)) log.warn({ platform: name }, 'the platform can be reached again');
      } else if (since === undefined) this.#downSince.set(name, now);
      else if (now - since >= DOWN_FOR && !this.#alarmed.has(name)) {
        this.#alarmed.add(name);
        metrics.alarms.inc({ kind: 'platform_down' });
        const at = new Date(since).toISOString();
        log.error(
          { alarm: 'platform_down', platform: name, since: at, detail },
          'the platform has been down for five minutes; messages to it wait or go another way',
        );
      }
    }
  }
}
