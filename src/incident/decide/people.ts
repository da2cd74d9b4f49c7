import { actingAs, actingOf, isActing } from '../people/acting.ts';
import { fromProfile } from '../people/people.ts';

import { actionSchema, lacks } from '../people/rights.ts';
import type { IncidentEvent } from '../record/events.ts';
import type { IncidentState, Participant } from '../state.ts';
import { peopleWith } from './admission.ts';
import { type Decider, type DecisionContext, happened, nothing, nowOf, refused } from './context.ts';

/**
 * Takes somebody out and keeps them out: what they own is nobody's, and who takes out the lead leads if they may. `person`: a
 * participant, or somebody of the profile who never acted.
 */
export const removePerson: Decider<'remove_person'> = (state, { person, reason }, context) => {
  const found = participant(state, person);
  if (!found) return refused('unknown_person', { field: 'person' });
  if (found.removed) return nothing;
  if (isActing(state, actingOf(state, { actor: context.actor, ...context.caller }), found.actor))
    return refused('removes_self');
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
    ...(isTheirs(state.lead) ? leadTaken(state, context) : []),
  );
};

/** Time for which one asking counts, in ms: those who may are not asked again for the same within it. */
const ASKED_FOR = 30 * 60_000;

/** Asks the people of the profile who have a right for its use; nothing for who has it, and once in a while. */
export const askFor: Decider<'ask_for'> = (state, { right }, context) => {
  const known = actionSchema.safeParse(right);
  if (!known.success) return refused('invalid', { field: 'right' });
  const { actors, roles } = actingOf(state, { actor: context.actor, ...context.caller });
  const missing = lacks(known.data, actors[0] ?? '', roles, state.organisation);
  const people = missing ? peopleWith(state, missing).map(({ id }) => id) : [];
  const before = state.askedFor[right];
  const isFresh = before !== undefined && Date.parse(nowOf(state, context)) - Date.parse(before.at) < ASKED_FOR;
  return people.length === 0 || isFresh ? nothing : happened({ type: 'right_asked', payload: { right, people } });
};

/** The first of those who take the lead out that may lead; nobody if neither may. */
function leadTaken(state: IncidentState, { onBehalf, actor, caller }: DecisionContext): readonly IncidentEvent[] {
  const proposer = onBehalf === undefined ? undefined : state.people[onBehalf];
  const both = [...(proposer ? [actingAs(state, proposer)] : []), actingOf(state, { actor, ...caller })];
  const lead = both.find(
    ({ actors, roles }) => lacks('take_lead', actors[0] ?? '', roles, state.organisation) === null,
  );
  return lead ? [{ type: 'lead_taken', payload: { lead: lead.actors[0] ?? actor } }] : [];
}

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
