import { lawSet, type Pack } from '../../law/pack.ts';
import type { Regime } from '../../law/regime.ts';
import { contractPack } from '../people/contracts.ts';
import type { IncidentState } from '../state.ts';
import { entityOf } from './law-facts.ts';

const known = new WeakMap<Regime, WeakMap<object, Map<string, Regime>>>();

/**
 * Everything that applies to an incident at once: the base regime, the clock packs its entity names and its contracts,
 * as they were when it was declared. While it is open which entity reports, those of all of them apply.
 */
export function lawOf(state: IncidentState, base: Regime): Regime {
  const { organisation, packs } = state;
  if (!organisation || (packs.length === 0 && !organisation.contracts)) return base;
  const entity = entityOf(state);
  const kept = known.get(base) ?? new WeakMap<object, Map<string, Regime>>();
  known.set(base, kept);
  const sets = kept.get(organisation) ?? new Map<string, Regime>();
  kept.set(organisation, sets);
  const key = JSON.stringify([entity?.id, packs.map(({ version }) => version)]);
  const before = sets.get(key);
  if (before) return before;
  const made = lawSet(base, applying(state, entity?.id ?? null), organisation.duties);
  sets.set(key, made);
  return made;
}

function applying({ organisation, packs }: IncidentState, entity: string | null): readonly Pack[] {
  const entities = organisation?.entities.filter(({ id }) => entity === null || id === entity) ?? [];
  const named = new Set(entities.flatMap((one) => one.packs ?? []));
  const contracts = (organisation?.contracts ?? []).filter(
    (one) => entity === null || (one.entity ?? entity) === entity,
  );
  return [...packs.filter(({ id }) => named.has(id)), ...contracts.map(contractPack)];
}
