import type { Scene } from '../conversation/scene.ts';
import { addedActor } from '../incident/identity.ts';
import type { Person } from '../incident/profile.ts';
import { isThere, standInFor } from '../incident/stand-ins.ts';
import type { IncidentState, Participant } from '../incident/state.ts';

/**
 * Who hears beside the lead when a deadline is near or past: the deputy; if the lead is off duty by the roster, whoever can
 * lead now.
 */
export function besideLead({ state, ia }: Scene): readonly Participant[] {
  const { organisation } = state;
  const lead = organisation?.people.find(({ id }) => id === state.people[state.lead]?.person);
  if (!organisation || !lead) return [];
  const deputy = organisation.people.filter(({ id }) => id === lead.deputy);
  const others = isThere(organisation, lead, ia.now)
    ? deputy
    : standInFor(organisation, 'lead', ia.now).map(({ person }) => person);
  return others.filter(({ id }) => id !== lead.id).map((person) => participantOf(state, person));
}

/** Somebody of the profile as a participant, whether or not they have acted yet. */
export function participantOf(state: IncidentState, person: Person): Participant {
  const known = Object.values(state.people).find((one) => one.person === person.id);
  return (
    known ?? {
      actor: addedActor(person.id),
      name: person.name,
      account: person.accounts[0] ?? null,
      person: person.id,
      roles: person.roles,
      language: person.language ?? null,
    }
  );
}
