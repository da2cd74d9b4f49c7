const given = process.env['SOAK_SEED'];

/** Seed of this round of a soak; undefined in `npm test`, which draws the same cases each time. */
export const SOAK_SEED: number | undefined = given === undefined ? undefined : Number(given);

/** Part of a whole soak, 0 to 1: nothing in `npm test`, all from ten minutes on. */
const share = SOAK_SEED === undefined ? 0 : Math.min(1, Number(process.env['SOAK_MINUTES'] ?? 10) / 10);

/** Number of cases: `few` in `npm test`, `many` in a soak of ten minutes or more, in between for a short one. */
export const soaked = (few: number, many: number): number => Math.round(few + (many - few) * share);

/** Number of random cases: `few` in `npm test`, `all` in every soak, also the short one of `.ci/run`. */
export const inEverySoak = (few: number, all: number): number => (SOAK_SEED === undefined ? few : all);

/**
 * Variants of one flow, e.g. its languages or where it is played: the first in `npm test`, which proves the flow; the others
 * in every soak, a short one too. With EVERY_VARIANT=1 all of them, as where planted mistakes are looked for.
 */
export function variants<T>(first: T, ...others: readonly T[]): readonly T[] {
  if (process.env['EVERY_VARIANT'] === '1') return [first, ...others];
  return SOAK_SEED === undefined ? [first] : others;
}
