import type { ClockSegment } from './commands/clock.ts';
/**
 * Speeds of a drill that is not paused: minutes of incident time per minute. Above `fastest` people would get too many
 * messages. `usual`: the default.
 */
export const DRILL_SPEEDS = { slowest: 1, usual: 60, fastest: 600 } as const;

/** Speed at which a paused drill goes on: the last one it ran at. */
export function lastSpeed(segments: readonly ClockSegment[]): number {
  return segments.findLast(({ rate }) => rate > 0)?.rate ?? 1;
}

export function isDrillSpeed(speed: number): boolean {
  return speed >= DRILL_SPEEDS.slowest && speed <= DRILL_SPEEDS.fastest;
}

/**
 * Incident time of a wall instant (both epoch milliseconds). Outside drills they are the same; in a drill every segment
 * has its own rate, and time before the first segment has the rate 1.
 */
export function toIncidentTime(segments: readonly ClockSegment[], wall: number): number {
  const first = segments[0];
  if (!first || (segments.length === 1 && first.rate === 1 && first.wall === first.incidentTime)) return wall;
  const segment = segments.findLast((s) => Date.parse(s.wall) <= wall) ?? first;
  const elapsed = wall - Date.parse(segment.wall);
  return Date.parse(segment.incidentTime) + elapsed * (elapsed < 0 ? 1 : segment.rate);
}

/** First wall instant at which incident time reaches `incident`; null if the clock is paused at an earlier time. */
export function toWallTime(segments: readonly ClockSegment[], incident: number): number | null {
  for (const [index, segment] of segments.entries()) {
    const start = Date.parse(segment.wall);
    const base = Date.parse(segment.incidentTime);
    if (incident <= base) return index === 0 ? start - (base - incident) : start;
    const next = segments[index + 1];
    if (segment.rate === 0) continue;
    const wall = start + (incident - base) / segment.rate;
    if (!next || wall <= Date.parse(next.wall)) return Math.ceil(wall);
  }
  return null;
}

/** ISO 8601 UTC with milliseconds, as the record keeps it. */
export function isoOf(instant: number): string {
  return new Date(instant).toISOString();
}
