import { z } from 'zod';
import { isSamePerson } from '../approvals.ts';
import { peopleWith } from '../decide/admission.ts';
import {
  allHappened,
  type Deciders,
  type DecisionContext,
  happened,
  named,
  nothing,
  nowOf,
  personGone,
  refused,
} from '../decide/context.ts';
import { reminded } from '../decide/effects.ts';
import { type ActorId, LANGUAGES, type Language, type Room, type RoomId } from '../identity.ts';
import { fromProfile, hasLeftProfile, languageOf, listedNow, participantOf, peopleNow } from '../people/people.ts';
import type { Person } from '../people/profile.ts';
import { type Acting, actingAs, actingOf, actionSchema, isActing, lacks, leadOf, mayLead } from '../people/rights.ts';
import type { EventOf, IncidentEvent, Reducers } from '../record/events.ts';
import type { IncidentState, Participant } from '../state.ts';
import { callerAsParticipant } from './declaring.ts';
import { command, id, reason } from './parts.ts';

/** People of an incident: lead, handover, who takes part, name and language. */

export const schemas = {
  take_lead: command('take_lead', {}),
  /** Takes charge of the due duties ("I am on it"), so that the bot calls nobody else for now. */
  take_charge: command('take_charge', {}),
  /** Asks a person to take over the actor's role as lead and items. Nothing changes before the person accepts. */
  hand_over: command('hand_over', { person: id }),
  take_over: command('take_over', {}),
  /** Asks to take part; for a reader of an open room that shows no content. */
  ask_to_join: command('ask_to_join', {}),
  /** Asks those who have a right of `rights.json` to use it, because the actor lacks it. */
  ask_for: command('ask_for', { right: id }),
  /** Adds a person of the profile, or the actor who asked to take part. */
  add_person: command('add_person', { person: id }),
  /** Takes a participant, or a person of the profile, out of the incident and keeps them out. */
  remove_person: command('remove_person', { person: id, reason: reason.optional() }),
  set_language: command('set_language', { language: z.enum(LANGUAGES) }),
  /** Command reserved to the bot: name and language that a platform gives for the person behind an account. */
  name_person: command('name_person', {
    actor: id,
    name: z.string().trim().min(1).max(200),
    language: z.enum(LANGUAGES),
  }),
};

export interface Events {
  /** First act of a person in this incident: from here on the opaque actor has a name. */
  person_joined: Omit<Participant, 'removed'>;
  /** A person without access asked to take part; the person joins once admitted. */
  join_asked: EventOf<'person_joined'>['payload'];
  /** A person without the right asked those who have it; `people`: their ids in the profile. */
  right_asked: { right: string; people: readonly string[] };
  /** A person removed and kept out until added again; the person's entries stay. */
  person_removed: EventOf<'person_joined'>['payload'] & { reason?: string };
  /** Name or language from a person's platform that came later than the first one, or differs from it. */
  person_named: { actor: ActorId; name: string; was: string; language: Language | null };
  lead_taken: { lead: ActorId };
  charge_taken: Readonly<Record<never, never>>;
  handover_offered: { to: ActorId };
  /** `from`: the person who handed over; the items handed over are in events of their own. */
  handover_taken: { from: ActorId };
  language_set: { language: Language };
}

export const deciders: Deciders<keyof typeof schemas> = {
  /** Makes the actor lead; does nothing if the actor leads already. */
  take_lead: (state, _command, context) =>
    leadOf(state)?.actor === context.actor ? nothing : happened('lead_taken', { lead: context.actor }),
  /** Records that the actor takes charge, at most once between two reminders: each reminder allows it again. */
  take_charge: ({ charge, reminders }, _command, context) =>
    charge?.by === context.actor && !reminders.some(({ version }) => version > charge.version)
      ? nothing
      : happened('charge_taken', {}),
  /** Offers the actor's items to another person, and the lead too if that person may lead. */
  hand_over: (state, { person }, context) => {
    const found = named(state, person);
    if ('refusal' in found) return found.refusal;
    const to = found.actor;
    const one = state.people[to];
    if (!one) return refused('unknown_person', { field: 'person' });
    if (isSamePerson(state, to, context.actor)) return nothing;
    const lead = leadOf(state);
    const leads = lead !== null && isSamePerson(state, lead.actor, context.actor);
    if (leads && !mayLead(state, one)) return refused('cannot_lead', { field: 'person', params: { name: one.name } });
    const { handover } = state;
    if (handover?.to === to && handover.by === context.actor) return nothing;
    return happened('handover_offered', { to });
  },
  /** Accepts a handover: lead, items, open tasks and snooze of the person who offered it pass to the actor. */
  take_over: (state, _command, context) => {
    const { handover, owners } = state;
    const acting = actingOf(state, { actor: context.actor, ...context.caller });
    if (!handover || !isActing(state, acting, handover.to)) return refused('no_handover');
    const from = handover.by;
    const isOf = (actor: string | null): boolean => actor !== null && isSamePerson(state, actor, from);
    const items = Object.entries(owners).filter(([, { owner }]) => isOf(owner));
    const tasks = state.tasks.filter(({ owner, finished }) => finished === null && isOf(owner));
    return allHappened(
      ...(isOf(leadOf(state)?.actor ?? null)
        ? [{ type: 'lead_taken', payload: { lead: context.actor } } as const]
        : []),
      ...items.map(([item]) => ({ type: 'item_assigned', payload: { item, owner: context.actor } }) as const),
      ...tasks.map(({ id }) => ({ type: 'task_changed', payload: { task: id, owner: context.actor } }) as const),
      ...snoozeMoved(state, acting, isOf, context),
      { type: 'handover_taken', payload: { from } },
    );
  },
  /** Records the request only; the person takes part once admitted. */
  ask_to_join: (state, _command, context) => {
    if (state.people[context.actor]) return refused('takes_part');
    if (state.asked[context.actor]) return refused('asked_already');
    return happened('join_asked', callerAsParticipant({ ...context, organisation: peopleNow(state) }));
  },
  /** Asks people of the profile to use a right; does nothing if the actor has it, or asked within `ASKED_FOR`. */
  ask_for: (state, { right }, context) => {
    const known = actionSchema.safeParse(right);
    if (!known.success) return refused('invalid', { field: 'right' });
    const { actors, roles } = actingOf(state, { actor: context.actor, ...context.caller });
    const missing = lacks(known.data, actors[0] ?? '', roles, state.organisation);
    const able = missing ? peopleWith(state, missing) : [];
    const people = able.map(({ id }) => id);
    const before = state.askedFor[right];
    const isFresh = before !== undefined && Date.parse(nowOf(state, context)) - Date.parse(before.at) < ASKED_FOR;
    if (people.length === 0 || isFresh) return nothing;
    const isListed = ({ id }: Person): boolean => state.organisation?.people.some((one) => one.id === id) ?? false;
    const joining = able.filter((one) => !isListed(one) && participantOf(state, one.id) === null).map(addedPerson);
    return allHappened(...joining, { type: 'right_asked', payload: { right, people } });
  },
  /** Adds a person of the profile, to own items and get reminders; admits one who asked; readmits a removed one. */
  add_person: (state, command) => {
    const removed = Object.values(state.people).find(
      (one) => one.removed === true && [one.actor, one.person].includes(command.person),
    );
    if (removed) {
      const { removed: _, ...entry } = removed;
      return hasLeftProfile(state, entry.person) ? personGone(entry) : happened('person_joined', entry);
    }
    const asked = state.asked[command.person];
    if (asked) return state.people[asked.actor] ? nothing : happened('person_joined', asked);
    if (Object.values(state.people).some((p) => p.person === command.person)) return nothing;
    const isNamed = ({ id }: Person): boolean => id === command.person;
    const person = peopleNow(state)?.people.find(isNamed);
    if (person) return allHappened(addedPerson(person));
    const left = state.organisation?.people.find(isNamed);
    return left ? personGone(left) : refused('unknown_person', { field: 'person' });
  },
  /**
   * Removes a person and keeps the person out: owned items and tasks become unowned, and the actor who removes the lead
   * becomes lead if allowed. `person`: a participant, or a person of the profile who never acted.
   */
  remove_person: (state, { person, reason }, context) => {
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
    return allHappened(
      { type: 'person_removed', payload: { ...entry, ...(reason === undefined ? {} : { reason }) } },
      ...Object.entries(state.owners).flatMap(([item, { owner }]) =>
        isTheirs(owner) ? [{ type: 'item_assigned' as const, payload: { item, owner: null } }] : [],
      ),
      ...state.tasks.flatMap(({ id, owner, finished }) =>
        finished === null && isTheirs(owner)
          ? [{ type: 'task_changed' as const, payload: { task: id, owner: null } }]
          : [],
      ),
      ...(isTheirs(state.lead) ? leadTaken(state, context) : []),
    );
  },
  set_language: (state, { language }, { actor }) => {
    const one = state.people[actor];
    const isSame = one?.language === language && languageOf(state, one) === language;
    return isSame ? nothing : happened('language_set', { language });
  },
  /** Records a name or language from a platform. The profile's name and a language people chose take precedence. */
  name_person: (state, command) => {
    const known = state.people[command.actor];
    if (!known) return refused('unknown_person', { field: 'actor' });
    const profile = listedNow(state, known.person);
    const name = known.person === null ? command.name : known.name;
    const language = known.choseLanguage ? known.language : (profile?.language ?? command.language);
    if (name === known.name && language === known.language && !known.unnamed) return nothing;
    return happened('person_named', { actor: known.actor, name, was: known.name, language });
  },
};

export const reducers: Reducers<keyof Events> = {
  /** Adds a person, or readmits a removed one with all accounts of that person. */
  person_joined: ({ people }, entry) => ({
    people: { ...of(people, entry, ({ removed: _, ...one }) => one), [entry.actor]: entry },
  }),
  join_asked: (s, p) => ({ asked: { ...s.asked, [p.actor]: p } }),
  right_asked: (s, p, stamp) => ({ askedFor: { ...s.askedFor, [p.right]: { ...stamp, people: p.people } } }),
  /** Removes a person with all accounts; what the person took charge of, offered or was offered ends as well. */
  person_removed: ({ people: before, charge, handover }, { reason: _, ...entry }) => {
    const people = of({ ...before, [entry.actor]: entry }, entry, (one) => ({ ...one, removed: true }));
    const isGone = (actor: ActorId): boolean => people[actor]?.removed === true;
    return {
      people,
      charge: charge && isGone(charge.by) ? null : charge,
      handover: handover && (isGone(handover.by) || isGone(handover.to)) ? null : handover,
    };
  },
  person_named: (state, { actor, name, language }) => {
    const known = state.people[actor];
    if (!known) return {};
    const { unnamed: _, ...before } = known;
    const people = { ...state.people, [actor]: { ...before, name, language } };
    // The room of declaration uses the language of the declarer; people chose the languages of other rooms.
    return actor === state.declared.by && language ? { people, rooms: spokenAtHome(state, language) } : { people };
  },
  lead_taken: (_, p) => ({ lead: p.lead, leadTaken: true }),
  charge_taken: (_s, _p, stamp) => ({ charge: stamp }),
  handover_offered: (_, p, stamp) => ({ handover: { ...stamp, to: p.to } }),
  handover_taken: () => ({ handover: null }),
  language_set: (state, { language }, { by }) => {
    const person = state.people[by];
    return person ? { people: { ...state.people, [by]: { ...person, language, choseLanguage: true } } } : {};
  },
};

/** Moves the snooze of a leaving person to `to`, if another person would now get the reminders. */
function snoozeMoved(
  state: IncidentState,
  to: Acting,
  isFrom: (actor: ActorId) => boolean,
  context: DecisionContext,
): readonly IncidentEvent[] {
  const now = nowOf(state, context);
  const ends = Object.entries(state.snoozes).flatMap(([actor, end]) => (isFrom(actor) ? [end] : []));
  const until = ends.toSorted((a, b) => Date.parse(b) - Date.parse(a))[0];
  const own = state.snoozes[context.actor];
  if (until === undefined || Date.parse(until) <= Math.max(Date.parse(now), Date.parse(own ?? now))) return [];
  const isOther = (actor: ActorId): boolean => !isActing(state, to, actor) && !isFrom(actor);
  return reminded(state, now).some(isOther) ? [{ type: 'snoozed', payload: { until } }] : [];
}

/** Time (ms) within which the same people are not asked again to use the same right. */
const ASKED_FOR = 30 * 60_000;

/** Returns the event by which the first of the two removers who may lead takes the lead; empty if neither may. */
function leadTaken(state: IncidentState, { onBehalf, actor, caller }: DecisionContext): readonly IncidentEvent[] {
  const proposer = onBehalf === undefined ? undefined : state.people[onBehalf];
  const both = [...(proposer ? [actingAs(state, proposer)] : []), actingOf(state, { actor, ...caller })];
  const lead = both.find(
    ({ actors, roles }) => lacks('take_lead', actors[0] ?? '', roles, state.organisation) === null,
  );
  return lead ? [{ type: 'lead_taken', payload: { lead: lead.actors[0] ?? actor } }] : [];
}

function participant(state: IncidentState, id: string): Participant | null {
  const { people } = state;
  const joined = people[id] ?? Object.values(people).find((one) => one.person === id);
  const listed = listedNow(state, id);
  return joined ?? (listed ? fromProfile(listed) : null);
}

export function addedPerson(person: Person): IncidentEvent {
  return { type: 'person_joined', payload: fromProfile(person) };
}

/** Returns `people` with `change` applied to each entry of one person: a person has one entry per account. */
function of(
  people: IncidentState['people'],
  { actor, person }: Pick<Participant, 'actor' | 'person'>,
  change: (entry: Participant) => Participant,
): IncidentState['people'] {
  const isTheirs = (one: Participant): boolean => one.actor === actor || (person !== null && one.person === person);
  return Object.fromEntries(Object.entries(people).map(([id, one]) => [id, isTheirs(one) ? change(one) : one]));
}

function spokenAtHome(state: IncidentState, language: Language): IncidentState['rooms'] {
  const home = state.homeRoom;
  const isHome = (id: RoomId): boolean => id === home || (home !== null && state.rooms[home]?.insteadOf === id);
  const settled = (room: Room): Room => {
    const { assumed: _, ...rest } = room;
    return { ...rest, language };
  };
  return Object.fromEntries(
    Object.entries(state.rooms).map(([id, room]) => [id, room.assumed && isHome(id) ? settled(room) : room]),
  );
}
