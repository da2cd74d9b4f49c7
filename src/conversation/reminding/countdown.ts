import { toIncidentTime, toWallTime } from '../../incident/drill-clock.ts';
import type { IncidentEvent } from '../../incident/record/events.ts';
import type { IncidentState } from '../../incident/state.ts';
import { isOfClock, parseStep } from '../../incident/steps.ts';
import type { SurfaceKey } from '../cards/card.ts';

const MINUTE = 60_000;
const HOUR = 60;
/** Minutes after which an overdue clock shows only absolute times, so that nothing is renewed. */
const GIVE_UP = 7 * 24 * HOUR;

/** Renewal interval of a countdown in minutes, by the minutes left (negative: overdue). */
export function intervalFor(minutesLeft: number): number {
  if (minutesLeft > 24 * HOUR) return 60;
  if (minutesLeft > 4 * HOUR) return 15;
  if (minutesLeft > HOUR) return 5;
  return minutesLeft > 0 ? 1 : 15;
}

/** Next instant at which a countdown changes (epoch ms, incident time); null: never. */
export function nextChange(due: number, now: number): number | null {
  const left = (due - now) / MINUTE;
  if (left < -GIVE_UP) return null;
  const interval = intervalFor(left);
  const steps = Math.ceil(left / interval) - 1;
  return due - steps * interval * MINUTE;
}

/** Renewal interval (ms, wall time) of a card with these clocks (`dues`: epoch ms, incident time); null if none ticks. */
export function renewalOf(state: IncidentState, now: number, dues: readonly number[]): number | null {
  const ticking = dues.filter((due) => nextChange(due, now) !== null);
  const rate = state.segments.at(-1)?.rate ?? 1;
  if (ticking.length === 0 || rate === 0) return null;
  const interval = (Math.min(...ticking.map((due) => intervalFor((due - now) / MINUTE))) * MINUTE) / rate;
  return state.drill ? Math.max(interval, DRILL_PAUSE) : interval;
}

/** Shortest renewal interval of a drill's cards (ms of wall time), for any speed. */
const DRILL_PAUSE = 5_000;

/** Wall time (ISO) of the earliest coming change; null if nothing changes by time alone or the drill is paused. */
export function validUntil(state: IncidentState, nowIso: string, instants: readonly (number | null)[]): string | null {
  const now = Date.parse(nowIso);
  const coming = instants.filter((instant): instant is number => instant !== null && instant > now);
  if (coming.length === 0) return null;
  const wall = toWallTime(state.segments, Math.min(...coming));
  if (wall === null) return null;
  return new Date(state.drill ? Math.max(wall, wallNow(state, now) + DRILL_PAUSE) : wall).toISOString();
}

function wallNow(state: IncidentState, now: number): number {
  const segment = state.segments.at(-1);
  if (!segment || toIncidentTime(state.segments, Date.parse(segment.wall)) > now) return now;
  return toWallTime(state.segments, now) ?? Date.parse(segment.wall);
}

/**
 * Effect of events on the card of a surface: `time` if only the time left on it changes (a reminder ahead of a deadline),
 * `none` if nothing does. Such a card is renewed in its turn, by its age, or not at all.
 */
export function effectOn(key: SurfaceKey, events: readonly IncidentEvent[]): 'content' | 'time' | 'none' {
  const effects = new Set(events.map((event) => effectOf(event, key)));
  if (effects.size === 0 || effects.has('content')) return 'content';
  return effects.has('time') ? 'time' : 'none';
}

const NO_TROUBLE: ReadonlySet<string> = new Set(['sent', 'superseded', 'settled']);

function effectOf({ type, payload }: IncidentEvent, key: SurfaceKey): 'content' | 'time' | 'none' {
  const byTime = key === 'status' ? 'time' : 'none';
  if (type === 'head_stamped') return byTime;
  if (type === 'notice_delivered') return NO_TROUBLE.has(payload.outcome) ? byTime : 'content';
  if (type === 'draft_approved') return key === 'verdict' ? 'none' : 'content';
  if (type !== 'reminder_due' || key !== 'status') return 'content';
  const step = parseStep(payload.step);
  return isOfClock(step) && step.kind !== 'due' && step.kind !== 'late' ? 'time' : 'content';
}
