import type { Scenario } from '../../src/incident/scenario.ts';
import type { Regime } from '../../src/law/regime.ts';
import { loadRegimes } from '../../src/regimes/load.ts';
import { type LoadedPack, loadPacks } from '../../src/regimes/load-packs.ts';
import { loadScenarios } from '../../src/scenarios/load.ts';

/** The regimes that come with the product, read once for all tests of a process: data that nobody changes. */
export const regimes: ReadonlyMap<string, Regime> = await loadRegimes();
const found = regimes.get('cn-cac-2025');
if (!found) throw new Error('the regime cn-cac-2025 is missing');
export const regime: Regime = found;

const kept: { scenarios?: ReadonlyMap<string, Scenario>; packs?: ReadonlyMap<string, LoadedPack> } = {};

/** The scenarios of drills that come with the product. */
export function scenariosOf(): ReadonlyMap<string, Scenario> {
  kept.scenarios ??= loadScenarios(regime);
  return kept.scenarios;
}

/** The packs that come with the product. */
export function allPacks(): ReadonlyMap<string, LoadedPack> {
  kept.packs ??= loadPacks(regime);
  return kept.packs;
}
