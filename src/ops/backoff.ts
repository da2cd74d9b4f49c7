/** Pauses (ms) that double from `first` up to `longest`. */
export interface Backoff {
  readonly first: number;
  readonly longest: number;
}

/** Returns the pause after the n-th failure in a row, counted from 1. */
export function pauseAfter(failures: number, { first, longest }: Backoff): number {
  return Math.min(first * 2 ** (failures - 1), longest);
}
