import { z } from 'zod';
import type { Pack } from '../../law/pack.ts';
import type { CommandOf } from '../commands.ts';
import {
  allHappened,
  beforeLawRefusal,
  type Deciders,
  type Decision,
  type DecisionContext,
  happened,
  nothing,
  refused,
} from '../decide/context.ts';
import { DRILL_SPEEDS, isDrillSpeed, isoOf } from '../drill-clock.ts';
import { accountKey, type Room, roomId } from '../identity.ts';
import type { Imported } from '../imported.ts';
import { packsInUse, withApprovedDuties } from '../people/law-in-use.ts';
import type { Organisation } from '../people/profile.ts';
import { personOf, rolesOf } from '../people/rights.ts';
import type { EventOf, IncidentEvent, Reducers } from '../record/events.ts';
import type { Scenario } from '../scenario.ts';
import type { ClockSegment } from './clock.ts';
import { command, id, iso, line, reason, titleOf } from './parts.ts';

/** Declaration of an incident, its title and its relations to others. */

/**
 * Relations between incidents. A duplicate names the incident that goes on, which names it in turn; `none` ends a
 * relation. No relation ends a clock: a duplicate's duties are filed or settled like any others.
 */
export const RELATIONS = ['related', 'duplicate_of', 'has_duplicate', 'none'] as const;

export const schemas = {
  declare: command('declare', {
    title: line,
    awareness: iso.optional(),
    drill: z.boolean().optional(),
    speed: z.number().min(DRILL_SPEEDS.slowest).max(DRILL_SPEEDS.fastest).optional(),
    scenario: id.optional(),
    system: id.optional(),
  }),
  /** Withdraws a mistaken declaration: only while nothing was filed, and always by two people. */
  withdraw_declaration: command('withdraw_declaration', { reason: reason.optional() }),
  rename: command('rename', { title: line }),
  relate: command('relate', { incident: id, how: z.enum(RELATIONS), reason: reason.optional() }),
};

export interface Events {
  declared: Declared;
  /** The incident was declared by mistake: it has ended, and none of its duties is owed until it is reopened. */
  declaration_withdrawn: { reason?: string };
  renamed: { title: string };
  relation_set: Omit<CommandOf<'relate'>, 'type'>;
}

export interface Declared {
  readonly id: string;
  readonly title: string;
  readonly drill: boolean;
  readonly regimes: readonly string[];
  /** Version of the base regime; its text is kept in the store. */
  readonly law?: string;
  readonly segment: ClockSegment;
  readonly room: Room | null;
  readonly organisation: Organisation | null;
  /** Full text of the clock packs that entities of the profile name, so that a changed file rewrites no record. */
  readonly packs?: readonly Pack[];
  /** Story that a drill plays, as it was at its start. */
  readonly scenario?: Scenario;
  /** Data of an incident recorded afterwards from a list; absent for others. No command makes such a declaration. */
  readonly imported?: Imported;
}

export const deciders: Deciders<Exclude<keyof typeof schemas, 'declare'>> = {
  /** Withdraws a mistaken declaration: afterwards nothing is owed, so nothing may have been filed yet. */
  withdraw_declaration: (state, { reason }) => {
    if (state.filings.some(({ practised }) => !practised)) return refused('filed_so_not_mistaken');
    return happened('declaration_withdrawn', reason === undefined ? {} : { reason });
  },
  rename: (state, command) =>
    state.title === titleOf(command.title) ? nothing : happened('renamed', { title: titleOf(command.title) }),
  relate: (state, { type: _, ...relation }) =>
    (state.relations[relation.incident]?.how ?? 'none') === relation.how || relation.incident === state.id
      ? nothing
      : happened('relation_set', relation),
};

export const reducers: Reducers<keyof Events> = {
  declared: () => ({}),
  declaration_withdrawn: (_, p, stamp) => ({
    closed: { ...stamp, reason: p.reason ?? '', mistaken: true },
    handover: null,
  }),
  renamed: (_, p, stamp) => ({ title: p.title, renamed: stamp }),
  relation_set: (s, { incident, ...relation }, stamp) => ({
    relations: { ...s.relations, [incident]: { ...stamp, ...relation } },
  }),
};

/** Declares an incident: its working start is the earliest known time, at the latest the declaration itself. */
export function declare(command: CommandOf<'declare'>, context: DecisionContext): Decision {
  const title = titleOf(command.title);
  if (context.recent && context.recent.title.trim() === title) {
    return refused('duplicate', { params: { id: context.recent.id, title: context.recent.title } });
  }
  const at = isoOf(context.at);
  const drill = command.drill ?? false;
  if (command.awareness && Date.parse(command.awareness) > context.at + 60_000) {
    return refused('in_the_future', { field: 'awareness', params: { value: command.awareness, now: at } });
  }
  const tooOld = command.awareness ? beforeLawRefusal(context, 'awareness', command.awareness) : null;
  if (tooOld) return tooOld;
  if (command.speed !== undefined && !drill) return refused('speed_without_drill', { field: 'speed' });
  if (command.speed !== undefined && !isDrillSpeed(command.speed)) return refused('drill_speed', { field: 'speed' });
  const scenario = command.scenario === undefined ? null : context.scenario(command.scenario);
  if (command.scenario !== undefined && !(drill && scenario)) return refused('unknown_scenario', { field: 'scenario' });
  const organisation = withApprovedDuties(context.organisation);
  if (command.system && !organisation?.systems.some((s) => s.id === command.system)) {
    return refused('unknown_system', { field: 'system' });
  }
  const events: IncidentEvent[] = [
    {
      type: 'declared',
      payload: {
        ...lawsOf({ ...context, organisation }),
        id: context.id,
        title,
        drill,
        segment: { wall: at, incidentTime: at, rate: drill ? (command.speed ?? scenario?.speed ?? 1) : 1 },
        room: context.room && roomDeclaredIn(context.room, context),
        organisation,
        ...(scenario ? { scenario } : {}),
      },
    },
    joined(context),
    {
      type: 'awareness_candidate_added',
      payload: { candidate: 'a1', at: command.awareness ?? at, source: 'declaration', reachedUs: true },
    },
  ];
  if (command.system) events.push({ type: 'fact_stated', payload: { fact: 'system', value: command.system } });
  const opening = scenario?.injects.filter(({ at }) => at === 0) ?? [];
  events.push(...opening.map(({ id }) => ({ type: 'inject_given', payload: { inject: id } }) as const));
  return allHappened(...events);
}

type Laws = Pick<DecisionContext, 'regimes' | 'law' | 'packs' | 'organisation'>;

/** Laws of a declaration under a profile, as the record keeps them. */
function lawsOf({ regimes, law, packs = [], organisation }: Laws): Pick<Declared, 'regimes' | 'law' | 'packs'> {
  const used = packsInUse(organisation, packs);
  return {
    regimes: [...regimes, ...used.map(({ id }) => id)],
    ...(law === undefined ? {} : { law }),
    ...(used.length > 0 ? { packs: used } : {}),
  };
}

/** Declaration of an incident from a list: its record has no other entry, and no command makes it. */
export function importedDeclaration({
  id,
  at,
  title,
  imported,
  ...laws
}: Laws & Pick<Declared, 'id' | 'title'> & { readonly at: number; readonly imported: Imported }): IncidentEvent {
  const organisation = withApprovedDuties(laws.organisation);
  const now = isoOf(at);
  return {
    type: 'declared',
    payload: {
      ...lawsOf({ ...laws, organisation }),
      ...{ id, title, drill: false, organisation, imported, room: null },
      segment: { wall: now, incidentTime: now, rate: 1 },
    },
  };
}

/**
 * Room of a declaration. A room that is not in the profile and was not made by the bot shows only the head until a
 * person confirms it; the room of a person abroad is abroad.
 */
function roomDeclaredIn(room: Room, context: DecisionContext): Room {
  const { organisation, elsewhere } = context;
  const id = roomId(room);
  const isKnown = [...(organisation?.rooms ?? []), ...elsewhere.own].some((one) => roomId(one) === id);
  const { made, ...kept } = room;
  if (!organisation || isKnown || made || isDirect(room, context)) return kept;
  const isAbroad =
    organisation.people.find((one) => one.id === callerAsParticipant(context).person)?.location === 'abroad';
  return { ...kept, unconfirmed: true, ...(isAbroad ? { location: 'abroad' } : {}) };
}

/** Returns true for a room that is the conversation of one person with the bot. */
function isDirect(room: Room, { caller: { account } }: DecisionContext): boolean {
  return account !== null && accountKey(account) === roomId(room);
}

/** The event that gives the opaque actor a name in this incident. */
export function joined(context: DecisionContext): IncidentEvent {
  return { type: 'person_joined', payload: callerAsParticipant(context) };
}

export function callerAsParticipant(context: DecisionContext): EventOf<'person_joined'>['payload'] {
  const { account, name, language, choseLanguage, unnamed } = context.caller;
  const linked = context.organisation?.people.find(({ id }) => id === context.caller.person) ?? null;
  const person = (account ? personOf(context.organisation, account) : null) ?? linked;
  return {
    actor: context.actor,
    name: person?.name ?? name,
    account,
    person: person?.id ?? null,
    roles: person ? person.roles : account ? rolesOf(context.organisation, account) : [],
    language: choseLanguage ? language : (person?.language ?? language),
    ...(choseLanguage ? { choseLanguage } : {}),
    ...(person?.location === undefined && context.room?.location === 'abroad' ? { abroad: true as const } : {}),
    ...(unnamed === true && !person ? { unnamed } : {}),
  };
}
