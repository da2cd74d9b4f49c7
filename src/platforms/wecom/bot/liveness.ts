import { schedule } from 'node-cron';
import type { Clock, KeptValues } from '../../../use-cases/ports.ts';

/** Rarely used bots are warned of and then suspended, and an incident bot is rarely used: on the first of each month. */
const MONTHLY = '0 10 1 * *';
const ZONE = 'Asia/Shanghai';
const KEY = 'liveness';

export interface LivenessDependencies {
  readonly kept: KeptValues;
  readonly clock: Clock;
  /** Sends the sign of life; answers whether it arrived. */
  readonly send: () => Promise<boolean>;
  readonly failed: (error: unknown) => void;
}

/** One sign of life a month; what was missed while the program was off is caught up. Answers the function that ends it. */
export function startLiveness(deps: LivenessDependencies): () => Promise<void> {
  const look = (): Promise<void> => liveOnce(deps).catch(deps.failed);
  const task = schedule(MONTHLY, look, { timezone: ZONE, noOverlap: true });
  void look();
  return async () => task.destroy();
}

/** Sends it unless this month has had one. A bot that is new has just shown that it lives. */
export async function liveOnce({ kept, clock, send }: LivenessDependencies): Promise<void> {
  const month = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, year: 'numeric', month: '2-digit' }).format(
    clock.now(),
  );
  const last = await kept.get(KEY);
  if (last === month) return;
  if (last === null || (await send())) await kept.put(KEY, month);
}
