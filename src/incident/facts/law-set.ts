import { lawSet, type Pack } from '../../law/pack.ts';
import type { Regime } from '../../law/regime.ts';
import { contractDuty, contractPack } from '../people/contracts.ts';
import type { Organisation } from '../people/profile.ts';
import type { IncidentState } from '../state.ts';
import { entityOf } from './law-facts.ts';

/** Sets that are kept: incidents of one company have the same, although each keeps its own copy of the profile. */
const KEPT = 64;
const alike = new WeakMap<Regime, Map<string, Regime>>();
const known = new WeakMap<Regime, WeakMap<object, Map<string, Regime>>>();

/**
 * Law of an incident as a whole: the base regime, the clock packs its entity names and its contracts, as they were at
 * the declaration, or as people put them in force since. While it is open which entity reports, those of all of them
 * apply.
 */
export function lawOf(state: IncidentState, current: Regime): Regime {
  const base = editionOf(state, current);
  const { organisation, packs, taken } = state;
  if (!organisation || (packs.length === 0 && !organisation.contracts)) return base;
  const entity = entityOf(state);
  const kept = known.get(base) ?? new WeakMap<object, Map<string, Regime>>();
  known.set(base, kept);
  const sets = kept.get(organisation) ?? new Map<string, Regime>();
  kept.set(organisation, sets);
  const key = JSON.stringify([entity?.id, packs.map(({ version }) => version), Object.keys(taken)]);
  const before = sets.get(key);
  if (before) return before;
  const made = shared(base, applying(state, base, entity?.id ?? null), organisation.duties ?? {});
  sets.set(key, made);
  return made;
}

/** The version of the base regime an incident was declared under; where the record does not say, the first that was kept. */
function editionOf({ law }: IncidentState, base: Regime): Regime {
  const wanted = law ?? base.editions?.first ?? base.version;
  return wanted === base.version ? base : (base.editions?.get(wanted) ?? base);
}

function shared(base: Regime, packs: readonly Pack[], duties: NonNullable<Organisation['duties']>): Regime {
  const sets = alike.get(base) ?? new Map<string, Regime>();
  alike.set(base, sets);
  const key = JSON.stringify([packs.map(({ id, version }) => [id, version]), duties]);
  const set = sets.get(key) ?? lawSet(base, packs, duties);
  sets.set(key, set);
  const [oldest] = sets.keys();
  if (sets.size > KEPT && oldest !== undefined) sets.delete(oldest);
  return set;
}

function applying({ organisation, packs, taken }: IncidentState, base: Regime, entity: string | null): readonly Pack[] {
  const entities = organisation?.entities.filter(({ id }) => entity === null || id === entity) ?? [];
  const named = new Set([...entities.flatMap((one) => one.packs ?? []), ...Object.keys(taken)]);
  const contracts = (organisation?.contracts ?? []).filter(
    (one) => (entity === null || (one.entity ?? entity) === entity) && taken[contractDuty(one.id)] === undefined,
  );
  return [...packs.filter(({ id }) => named.has(id)), ...contracts.map((one) => contractPack(one, base))];
}
