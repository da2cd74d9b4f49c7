import { clockOver, LONGEST_WAIT } from '../../ops/system-clock.ts';
import type { Clock } from '../../use-cases/ports.ts';
import { type Database, persistently, rowsOf } from './connect.ts';

const REFRESH = 60_000;
/** Round trip (ms) below which a measurement is good enough: the time is wrong by at most half of it. */
const QUICK = 250;
const TRIES = 5;
/** Difference (ms) of wall and monotonic time beyond which the machine slept or its clock was set: measure again. */
const JUMP = 1_000;

/**
 * Clock of the database: the machine's monotonic time plus an offset measured every minute. All instances agree on it,
 * and setting one machine's clock has no effect. `ask` returns the database's epoch ms.
 */
export async function databaseClock(ask: () => Promise<number>): Promise<Clock & { stop(): void }> {
  let offset = (await firstOf(ask)).offset;
  // Without a quick answer the last offset stays in use: monotonic time drifts by milliseconds a minute at most.
  const apart = (): number => Date.now() - performance.now();
  let asked = { at: performance.now(), apart: apart() };
  const refresh = setInterval(() => {
    const jumped = Math.abs(apart() - asked.apart) > JUMP;
    if (!jumped && performance.now() - asked.at < REFRESH) return;
    asked = { at: performance.now(), apart: apart() };
    measured(ask).then(
      (one) => {
        if (one.took <= QUICK) offset = one.offset;
        // Monotonic time may have stopped, so the offset is measured until an answer is quick.
        else if (jumped) asked.at = Number.NEGATIVE_INFINITY;
      },
      () => undefined,
    );
  }, LONGEST_WAIT);
  refresh.unref();
  const clock = clockOver({
    wall: () => Math.floor(performance.now() + offset),
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  });
  return { ...clock, stop: () => clearInterval(refresh) };
}

interface Measured {
  /** Epoch milliseconds of the database at monotonic time 0 of this machine. */
  readonly offset: number;
  readonly took: number;
}

/** Measures the offset with one request; without retries, which would count as response time. */
async function measured(ask: () => Promise<number>): Promise<Measured> {
  const before = performance.now();
  const time = await ask();
  const after = performance.now();
  return { offset: time - (before + after) / 2, took: after - before };
}

/** Best of several measurements; stops at the first quick one. Rejects if the database does not answer. */
async function firstOf(ask: () => Promise<number>): Promise<Measured> {
  let best = await persistently(() => measured(ask));
  for (let n = 1; n < TRIES && best.took > QUICK; n += 1) {
    const next = await persistently(() => measured(ask));
    if (next.took < best.took) best = next;
  }
  return best;
}

/** Reads the database's time, in epoch milliseconds, without a retry. */
export async function timeOf({ pool }: Pick<Database, 'pool'>): Promise<number> {
  const sql = `SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now`;
  const [row] = await rowsOf<{ now: number }>(pool, sql);
  if (!row) throw new Error('the database does not tell the time');
  return row.now;
}
