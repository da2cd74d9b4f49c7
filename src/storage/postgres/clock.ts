import type { Clock } from '../../use-cases/ports.ts';
import type { Database } from './connect.ts';

const REFRESH = 60_000;
/** setTimeout fires at once beyond 2^31 − 1 ms. */
const LONGEST_WAIT = 2 ** 31 - 1;

/**
 * The time of the database: the machine's monotonic time plus an offset that is measured again every minute. All
 * instances agree on it, and setting the clock of one machine changes nothing.
 */
export async function databaseClock(db: Database): Promise<Clock & { stop(): void }> {
  const measure = async (): Promise<number> => {
    const before = performance.now();
    const row = await db.first<{ now: number }>(`SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now`);
    const after = performance.now();
    if (!row) throw new Error('the database does not tell the time');
    return row.now - (before + after) / 2;
  };
  let offset = await measure();
  // Without an answer the last offset holds: monotonic time drifts by milliseconds a minute at most.
  const refresh = setInterval(() => {
    measure().then(
      (measured) => {
        offset = measured;
      },
      () => undefined,
    );
  }, REFRESH);
  refresh.unref();
  const now = (): number => Math.floor(performance.now() + offset);
  return {
    now,
    at(instant, run) {
      let timer: NodeJS.Timeout;
      const wait = (): void => {
        const left = instant - now();
        if (left <= 0) timer = setTimeout(run, 0);
        else timer = setTimeout(wait, Math.min(left, LONGEST_WAIT));
      };
      wait();
      return () => clearTimeout(timer);
    },
    stop: () => clearInterval(refresh),
  };
}
