import type { Clock } from './facts/owed.ts';

/** Minutes before a deadline from which no reminder is muted. */
export const NO_SNOOZE = 15;

/**
 * End of a snooze of so many minutes from `now` (epoch ms, incident time), no later than 15 minutes before the next
 * deadline. Null if that moment has passed, or if all clocks are overdue: their reminders are never muted.
 */
export function snoozeEnd(clocks: readonly Clock[], now: number, minutes: number): number | null {
  const dues = clocks.filter(({ filing, status }) => !filing && status !== 'void').map(({ due }) => Date.parse(due));
  const coming = dues.filter((due) => due > now);
  if (coming.length === 0) return dues.length > 0 ? null : now + minutes * 60_000;
  const last = Math.min(...coming) - NO_SNOOZE * 60_000;
  return last <= now ? null : Math.min(last, now + minutes * 60_000);
}
