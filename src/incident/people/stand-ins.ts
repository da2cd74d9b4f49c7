import type { Role } from '../identity.ts';
import type { Organisation, Person } from './profile.ts';

/** Person who acts in a role at an instant, and why. */
export interface StandIn {
  readonly person: Person;
  readonly as: 'duty' | 'holder' | 'deputy';
  /** Person whom the deputy replaces. */
  readonly insteadOf?: string;
}

/**
 * People who have a role now (`instant`: ISO 8601), those on duty first. A person in the roster is available during
 * their duties only, a person outside it always. A holder who is not available is replaced by their deputy, or by the
 * deputy's deputy. If nobody is available, all holders and deputies are named, so the role is never empty.
 */
export function standInFor(organisation: Organisation, role: Role, instant: string): readonly StandIn[] {
  const holders = organisation.people.filter((person) => person.roles.includes(role));
  const there = holders.filter((person) => isThere(organisation, person, instant));
  const onDuty = there.filter(({ id }) => organisation.roster.some(({ person }) => person === id));
  const present: StandIn[] = [
    ...onDuty.map((person): StandIn => ({ person, as: 'duty' })),
    ...there.filter((person) => !onDuty.includes(person)).map((person): StandIn => ({ person, as: 'holder' })),
  ];
  const absent = holders.filter((person) => !there.includes(person));
  const deputies = absent.flatMap((person) => deputyOf(organisation, person, instant) ?? []);
  const found = unique([...present, ...deputies]);
  if (found.length > 0) return found;
  return unique([
    ...holders.map((person): StandIn => ({ person, as: 'holder' })),
    ...holders.flatMap((holder) => {
      const person = personWith(organisation, holder.deputy);
      return person ? [{ person, as: 'deputy' as const, insteadOf: holder.id }] : [];
    }),
  ]);
}

/** First available person in the chain of deputies; the search ends where the chain returns to somebody. */
function deputyOf(organisation: Organisation, absent: Person, instant: string): StandIn | null {
  const asked = new Set([absent.id]);
  let person = personWith(organisation, absent.deputy);
  while (person && !asked.has(person.id)) {
    if (isThere(organisation, person, instant)) return { person, as: 'deputy', insteadOf: absent.id };
    asked.add(person.id);
    person = personWith(organisation, person.deputy);
  }
  return null;
}

/** Returns true for a holder of a role, and for everybody in a holder's chain of deputies. */
export function mayStandIn({ people }: Organisation, role: Role, id: string): boolean {
  const may = new Set(people.flatMap((one) => (one.roles.includes(role) ? [one.id] : [])));
  // A set visits what is added while it is read.
  for (const one of may) for (const { id: known, deputy } of people) if (known === one && deputy) may.add(deputy);
  return may.has(id);
}

/** Returns true if the roster has the person on duty, or does not list the person. */
export function isThere(organisation: Organisation | null, person: Person, instant: string): boolean {
  const at = Date.parse(instant);
  const duties = organisation?.roster.filter((duty) => duty.person === person.id) ?? [];
  return duties.length === 0 || duties.some((duty) => Date.parse(duty.from) <= at && at < Date.parse(duty.until));
}

function personWith(organisation: Organisation, id: string | undefined): Person | undefined {
  return organisation.people.find((person) => person.id === id);
}

function unique(found: readonly StandIn[]): readonly StandIn[] {
  return found.filter((one, index) => found.findIndex((other) => other.person.id === one.person.id) === index);
}
