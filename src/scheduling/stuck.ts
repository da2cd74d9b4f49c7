import type { Logger } from '../ops/logger.ts';
import type { Metrics } from '../ops/metrics.ts';
import type { Clock, StoredTimer } from '../use-cases/ports.ts';

/** Time (ms) after which a failing timer needs a person; shorter failures usually end by themselves. */
const STUCK_AFTER = 60_000;
/** Limit of remembered timers that have raised an alarm; once it is reached, each may raise it again. */
const MOST = 10_000;

/**
 * Alarm for timers that are due and cannot be run, as on a full disk: their reminders cannot be recorded, so they go out
 * by the way that needs no commit, once for each arming of a timer. The heartbeat stays away meanwhile as well.
 */
export function alarmOfStuck(
  { clock, metrics, log }: { clock: Pick<Clock, 'now'>; metrics: Pick<Metrics, 'alarms'>; log: Pick<Logger, 'error'> },
  nameOf: (timer: StoredTimer) => string,
): (timer: StoredTimer) => void {
  const told = new Set<string>();
  return (timer) => {
    const name = nameOf(timer);
    if (clock.now() - timer.dueAt < STUCK_AFTER || told.has(name)) return;
    if (told.size >= MOST) told.clear();
    told.add(name);
    metrics.alarms.inc({ kind: 'reminder_stuck' });
    const { incident, key, dueAt } = timer;
    log.error(
      { alarm: 'reminder_stuck', incident, job: key, since: new Date(dueAt).toISOString() },
      'a reminder is due and cannot be recorded or sent; tell the people of the incident another way',
    );
  };
}
