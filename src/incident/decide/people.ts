import { type Decider, happened, nothing, refused } from './context.ts';

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
