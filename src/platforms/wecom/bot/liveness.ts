import { DateTime } from 'luxon';
import type { BackgroundWork } from '../../../talk/background-work.ts';
import { InOrder } from '../../../talk/in-order.ts';
import type { Clock, KeptValues } from '../../../use-cases/ports.ts';

/** Rarely used bots are warned of and then suspended, and an incident bot is rarely used: a message a month, after ten o'clock. */
const FROM_HOUR = 10;
const LOOK_EVERY = 3_600_000;
const KEY = 'liveness';

export interface LivenessDependencies {
  readonly kept: KeptValues;
  readonly clock: Clock;
  /** Sends the monthly message; returns true if it arrived. */
  readonly send: () => Promise<boolean>;
}

/**
 * Sends one message a month to keep the bot active. Months missed while the program was off are caught up; the returned
 * function looks at once, for those missed while it was disconnected.
 */
export function startLiveness(after: BackgroundWork, deps: LivenessDependencies): () => void {
  // One after the other: two at once would both find that this month has had none.
  const inOrder = new InOrder();
  const look = () => inOrder.run(KEY, () => liveOnce(deps));
  after.every(LOOK_EVERY, look);
  return () => after.run(look);
}

/** Sends it unless this month has had one, and never at night. A bot that is new has just shown that it lives. */
export async function liveOnce({ kept, clock, send }: LivenessDependencies): Promise<void> {
  const now = DateTime.fromMillis(clock.now(), { zone: 'Asia/Shanghai' });
  const month = now.toFormat('yyyy-MM');
  const last = await kept.get(KEY);
  if (last === month || (last !== null && now.hour < FROM_HOUR)) return;
  if (last === null || (await send())) await kept.put(KEY, month);
}
