import { contractPack } from '../incident/people/contracts.ts';
import { lawsOnOffer, packsInUse } from '../incident/people/law-in-use.ts';
import type { CurrentProfile, Organisation } from '../incident/people/profile.ts';
import { lawSet, type Pack } from '../law/pack.ts';
import type { Regime } from '../law/regime.ts';
import { BASE_REGIME } from '../regimes/base.ts';
import { loadLaws as loadedLaws } from '../regimes/laws.ts';

/** Loaded law: the regime that grades incidents, and clock packs available to profiles. */
export interface Laws {
  readonly regime: Regime;
  readonly packs: ReadonlyMap<string, Pack>;
  /** Law with all packs and contracts, for looking up names. */
  readonly whole: Regime;
}

/** Loads the base regime and packs, built in and from REGIMES_DIR, and the contracts of the profile. */
export async function loadLaws(regimesDir: string | null, organisation: Organisation | null): Promise<Laws> {
  const { regimes, packs } = await loadedLaws(regimesDir);
  const regime = regimes.get(BASE_REGIME);
  if (!regime) throw new Error(`the regime ${BASE_REGIME} is missing`);
  const contracts = (organisation?.contracts ?? []).map((one) => contractPack(one, regime));
  return { regime, packs, whole: lawSet(regime, [...packs.values(), ...contracts]) };
}

/** Returns the base regime with the packs and contracts that some entity of the organisation uses. */
export function usedLaw({ regime, packs }: Laws, organisation: Organisation | null): Regime {
  const used = packsInUse(organisation, packs.values());
  const contracts = (organisation?.contracts ?? []).map((one) => contractPack(one, regime));
  return lawSet(regime, [...used, ...contracts], organisation?.duties);
}

/** Returns the base regime with the packs and contracts that the current profile offers to open incidents. */
export function offering({ regime, packs }: Laws, profile: CurrentProfile): Regime {
  const onOffer = (): readonly Pack[] =>
    lawsOnOffer(profile(), [...packs.values()], (one) => contractPack(one, regime));
  return { ...regime, onOffer };
}

/** Throws OrganisationError if the profile names an unknown province, pack, duty, reading, fact or anchor. */
export async function checkProfile(organisation: Organisation | null, laws: Laws): Promise<void> {
  if (organisation === null) return;
  const faults = (await import('./profile-faults.ts')).profileFaults(organisation, laws);
  if (faults.length === 0) return;
  const { OrganisationError } = await import('../config/organisation.ts');
  throw new OrganisationError(faults.join('\n'));
}
