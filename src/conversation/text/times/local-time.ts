import { DateTime } from 'luxon';

/** A wall-clock time without a zone. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/**
 * All instants at which clocks in `zone` showed that time: none when clocks were put forward over it, two when they
 * were put back. `skipped` is what the nearest reading would be in the first case.
 */
export function instantsOf(
  wall: WallTime,
  zone: string,
): { readonly at: readonly DateTime[]; readonly skipped: boolean } {
  const read = DateTime.fromObject(wall, { zone });
  if (!read.isValid) return { at: [], skipped: false };
  const possible = read.getPossibleOffsets();
  const skipped = read.hour !== wall.hour || read.minute !== wall.minute;
  return { at: skipped ? [read] : possible, skipped };
}

export function wallOf(date: DateTime, hour: number, minute: number, second: number): WallTime {
  return { year: date.year, month: date.month, day: date.day, hour, minute, second };
}
