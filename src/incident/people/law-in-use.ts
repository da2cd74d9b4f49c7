import type { Pack } from '../../law/pack.ts';
import { guardTable } from './guard-table.ts';
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

/** Duty of a pack that the profile leaves out, with its approvers; `isApproved`: two people with the right approved. */
export interface SwitchedOff {
  readonly duty: string;
  readonly reason: string;
  readonly by: readonly string[];
  readonly isApproved: boolean;
}

/** Duties the profile leaves out. Without the approval of two people with that right, a duty stays owed. */
export function switchedOff(organisation: Organisation | null): readonly SwitchedOff[] {
  return Object.entries(organisation?.duties ?? {}).flatMap(([duty, setting]): readonly SwitchedOff[] => {
    if (!('off' in setting)) return [];
    const { reason, approvedBy = [] } = setting;
    const may = organisation?.people.filter(
      ({ id, roles }) => approvedBy.includes(id) && roles.some((role) => guardTable.lost.second.includes(role)),
    );
    const by = (may ?? []).map(({ name }) => name);
    return [{ duty, reason, by, isApproved: by.length >= 2 }];
  });
}

/** Profile as a new incident keeps it: a duty left out without two approvals is put back. */
export function withApprovedDuties(organisation: Organisation | null): Organisation | null {
  const refused = new Set(switchedOff(organisation).flatMap(({ duty, isApproved }) => (isApproved ? [] : [duty])));
  if (organisation === null || refused.size === 0) return organisation;
  const kept = Object.entries(organisation.duties ?? {}).filter(([duty]) => !refused.has(duty));
  return { ...organisation, duties: Object.fromEntries(kept) };
}
