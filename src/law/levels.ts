import type { Regime } from './regime.ts';
import type { Level } from './types.ts';

/** Levels of a regime, lowest first. */
export type Graded = { readonly levels: readonly Pick<Regime['levels'][number], 'id' | 'role'>[] };

/** Returns the rank of a level: 0 for the lowest, −1 for a level that this regime does not have. */
export function rankOf({ levels }: Graded, level: string): number {
  let rank = levels.length - 1;
  while (rank >= 0 && levels[rank]?.id !== level) rank -= 1;
  return rank;
}

export function higherOf(regime: Graded, a: Level, b: Level): Level {
  return rankOf(regime, a) >= rankOf(regime, b) ? a : b;
}

export function reportedFrom({ levels }: Graded): Level {
  return levels.find(({ role }) => role === 'reported')?.id ?? '';
}

export function isReported({ levels }: Graded, level: string): boolean {
  return levels.find(({ id }) => id === level)?.role === 'reported';
}

export function isHighest({ levels }: Graded, level: string): boolean {
  return levels.at(-1)?.id === level;
}
