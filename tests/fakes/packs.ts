import type { Organisation } from '../../src/incident/people/profile.ts';
import type { Pack } from '../../src/law/pack.ts';
import type { Regime } from '../../src/law/regime.ts';
import { packsFor } from '../../src/regimes/load-packs.ts';
import { allPacks, regime as base } from './law.ts';

/** The clock packs of a bot in a test, read only where the profile names some. */
export function packsOf(organisation: Organisation | null, regime: Regime): readonly Pack[] {
  const named = organisation?.entities.some(({ packs }) => packs !== undefined) === true;
  if (!named) return [];
  if (regime === base) return [...allPacks().values()].map(({ pack }) => pack);
  return [...packsFor(new Map([[regime.id, regime]])).values()];
}
