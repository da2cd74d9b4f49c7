import type { Pack } from '../../law/pack.ts';
import type { Contract, Organisation } from './profile.ts';

type Profile = Pick<Organisation, 'entities' | 'accept' | 'contracts'> | null;
type Listed = Pick<Pack, 'id' | 'status'>;

/** Packs in force that an entity names: compared with the official text, or drafts that the profile accepts by name. */
export function packsInUse<T extends Listed>(profile: Profile, packs: Iterable<T>): readonly T[] {
  return named(profile, packs).filter((pack) => isAccepted(profile, pack));
}

/** Drafts that an entity names, or that are `asked` for, but that are not in force because nobody accepted them. */
export function draftsNotAccepted<T extends Listed>(
  profile: Profile,
  packs: Iterable<T>,
  asked?: string,
): readonly T[] {
  return named(profile, packs, asked).filter((pack) => !isAccepted(profile, pack));
}

/** Laws that an open incident can adopt: packs that are compared or accepted, and the contracts of the profile. */
export function lawsOnOffer(
  profile: Profile,
  packs: readonly Pack[],
  asPack: (contract: Contract) => Pack,
): readonly Pack[] {
  return [...packs.filter((pack) => isAccepted(profile, pack)), ...(profile?.contracts ?? []).map(asPack)];
}

function named<T extends Listed>(profile: Profile, packs: Iterable<T>, asked?: string): readonly T[] {
  const names = new Set([...(profile?.entities.flatMap((entity) => entity.packs ?? []) ?? []), asked]);
  return [...packs].filter(({ id }) => names.has(id));
}

function isAccepted(profile: Profile, { id, status }: Listed): boolean {
  return status !== 'draft' || Object.hasOwn(profile?.accept ?? {}, id);
}
