import type { Scene } from '../conversation/scene.ts';
import type { Person } from '../incident/profile.ts';
import { isThere, standInFor } from '../incident/stand-ins.ts';
import type { IncidentState, Participant } from '../incident/state.ts';

/** Who hears of what is due when the lead is off duty by the roster: whoever can lead now, deputies included. */
export function insteadOfLead({ state, ia }: Scene): readonly Participant[] {
  const { organisation } = state;
  const lead = organisation?.people.find(({ id }) => id === state.people[state.lead]?.person);
  if (!organisation || !lead || isThere(organisation, lead, ia.now)) return [];
  return standInFor(organisation, 'lead', ia.now).flatMap(({ person }) =>
    person.id === lead.id ? [] : [participantOf(state, person)],
  );
}

/** Somebody of the profile as a participant, whether or not they have acted yet. */
export function participantOf(state: IncidentState, person: Person): Participant {
  const known = Object.values(state.people).find((one) => one.person === person.id);
  return (
    known ?? {
      actor: `person:${person.id}`,
      name: person.name,
      account: person.accounts[0] ?? null,
      person: person.id,
      roles: person.roles,
      language: person.language ?? null,
    }
  );
}
