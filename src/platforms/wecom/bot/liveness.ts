import { schedule } from 'node-cron';
import type { Clock, KeptValues } from '../../../use-cases/ports.ts';

/** Rarely used bots are warned of and then suspended, and an incident bot is rarely used: once a month, at ten, or on the next day. */
const DAILY = '0 10 * * *';
const FROM_HOUR = 10;
const ZONE = 'Asia/Shanghai';
const KEY = 'liveness';

export interface LivenessDependencies {
  readonly kept: KeptValues;
  readonly clock: Clock;
  /** Sends the monthly message; returns true if it arrived. */
  readonly send: () => Promise<boolean>;
  readonly failed: (error: unknown) => void;
}

/**
 * Sends one message a month to keep the bot active; months missed while the program was off or disconnected are caught
 * up by `look`, called when there is a connection.
 */
export function startLiveness(deps: LivenessDependencies): { look(): void; end(): Promise<void> } {
  // One after the other: two at once would both find that this month has had none.
  let looking = Promise.resolve();
  const look = (): void => {
    looking = looking.then(() => liveOnce(deps)).catch(deps.failed);
  };
  const task = schedule(DAILY, look, { timezone: ZONE });
  look();
  return {
    look,
    end: async () => {
      await task.destroy();
      await looking;
    },
  };
}

/** Sends it unless this month has had one, and never at night. A bot that is new has just shown that it lives. */
export async function liveOnce({ kept, clock, send }: LivenessDependencies): Promise<void> {
  const month = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, year: 'numeric', month: '2-digit' }).format(
    clock.now(),
  );
  const last = await kept.get(KEY);
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', hourCycle: 'h23' }).format(
    clock.now(),
  );
  if (last === month || (last !== null && Number(hour) < FROM_HOUR)) return;
  if (last === null || (await send())) await kept.put(KEY, month);
}
