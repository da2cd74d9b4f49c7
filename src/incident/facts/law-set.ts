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

/**
 * Law under which the filings of a record were made: that in force, or with the laws of every entity of the profile if
 * one was made under a law that another entity named as the reporting one.
 */
export function lawOfFilings(state: IncidentState, current: Regime, inForce: Regime): Regime {
  const known = new Set([...inForce.obligations, ...state.requests].map(({ id }) => id));
  const { organisation } = state;
  if (!organisation || state.filings.every(({ obligation }) => known.has(obligation))) return inForce;
  const base = editionOf(state, current);
  return shared(base, applying(state, base, null), organisation.duties ?? {});
}

/** Rule of a duty: of the law in force, otherwise of a law that another entity of the profile names. */
export function ruleKnown(state: IncidentState, { obligations, ...regime }: Regime, duty: string) {
  const is = ({ id }: { readonly id: string }): boolean => id === duty;
  return (
    obligations.find(is) ??
    packsOf(state, regime)
      .flatMap(({ duties }) => duties)
      .find(is)
  );
}

/** Recipient by its id: of the law in force, otherwise of a law that another entity of the profile names. */
export function recipientKnown(state: IncidentState, { recipients, ...regime }: Regime, recipient: string) {
  const is = ({ id }: { readonly id: string }): boolean => id === recipient;
  return (
    recipients.find(is) ??
    packsOf(state, regime)
      .flatMap((pack) => pack.recipients)
      .find(is)
  );
}

function packsOf({ packs, organisation }: IncidentState, base: Parameters<typeof contractPack>[1]): readonly Pack[] {
  return [...packs, ...(organisation?.contracts ?? []).map((one) => contractPack(one, base))];
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
