import { fromProfile } from '../people/people.ts';
import { actingPerson } from '../people/rights.ts';
import type { IncidentState, Participant } from '../state.ts';
import { type Decider, happened, nothing, refused } from './context.ts';

/**
 * Takes somebody out and keeps them out: what they own is nobody's, and who takes out the lead leads. `person`: a
 * participant, or somebody of the profile who never acted.
 */
export const removePerson: Decider<'remove_person'> = (state, { person, reason }, context) => {
  const found = participant(state, person);
  if (!found) return refused('unknown_person', { field: 'person' });
  if (found.removed) return nothing;
  const isSelf =
    found.actor === context.actor ||
    (found.person !== null && found.person === actingPerson(state, context.actor, context.caller));
  if (isSelf) return refused('removes_self');
  const isTheirs = (actor: string | null): boolean => {
    const one = actor === null ? undefined : state.people[actor];
    return actor === found.actor || (found.person !== null && one?.person === found.person);
  };
  const { removed: _, ...entry } = found;
  return happened(
    { type: 'person_removed', payload: { ...entry, ...(reason === undefined ? {} : { reason }) } },
    ...Object.entries(state.owners).flatMap(([item, { owner }]) =>
      isTheirs(owner) ? [{ type: 'item_assigned' as const, payload: { item, owner: null } }] : [],
    ),
    ...(isTheirs(state.lead) ? [{ type: 'lead_taken' as const, payload: { lead: context.actor } }] : []),
  );
};

function participant(state: IncidentState, id: string): Participant | null {
  const { people, organisation } = state;
  const joined = people[id] ?? Object.values(people).find((one) => one.person === id);
  const listed = organisation?.people.find((one) => one.id === id);
  return joined ?? (listed ? fromProfile(listed) : null);
}

/**
 * Records a name or language from a platform. The profile's name and a language people chose themselves take
 * precedence.
 */
export const namePerson: Decider<'name_person'> = (state, command) => {
  const known = state.people[command.actor];
  if (!known) return refused('unknown_person', { field: 'actor' });
  const profile = state.organisation?.people.find(({ id }) => id === known.person);
  const name = known.person === null ? command.name : known.name;
  const language = known.choseLanguage ? known.language : (profile?.language ?? command.language);
  if (name === known.name && language === known.language && !known.unnamed) return nothing;
  return happened({ type: 'person_named', payload: { actor: known.actor, name, was: known.name, language } });
};
