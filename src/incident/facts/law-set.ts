import { keptFor, last } from '../../law/kept-for.ts';
import { lawSet, type Pack } from '../../law/pack.ts';
import type { Regime } from '../../law/regime.ts';
import { contractDuty, contractPack } from '../people/contracts.ts';
import type { Organisation } from '../people/profile.ts';
import type { IncidentState } from '../state.ts';
import { entityOf } from './law-facts.ts';

/** Number of cached sets: incidents of one company share a set, although each keeps its own copy of the profile. */
const KEPT = 64;
const alike = new WeakMap<Regime, Map<string, Regime>>();
const known = keptFor((_: Organisation) => last<Regime>());

/**
 * Law of an incident as a whole: the base regime, with the clock packs its entity names and its contracts as they were
 * at the declaration, or as people put them in force later. While the reporting entity is not known, those of all
 * entities apply.
 */
export function lawOf(state: IncidentState, current: Regime): Regime {
  const base = editionOf(state, current);
  const { organisation, packs, taken } = state;
  if (!organisation || (packs.length === 0 && !organisation.contracts)) return base;
  const entity = entityOf(state)?.id ?? null;
  return known(organisation)([base, packs, taken, entity], () =>
    shared(base, applying(state, base, entity), organisation.duties ?? {}),
  );
}

/** Version of the base regime under which an incident was declared; if the record has none, the oldest stored one. */
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
