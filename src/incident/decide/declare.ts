import { type CommandOf, titleOf } from '../commands.ts';
import { isDrillSpeed, isoOf } from '../drill-clock.ts';
import { accountKey, type Room, roomId } from '../identity.ts';
import { packsInUse } from '../people/packs-in-use.ts';
import { personOf, rolesOf } from '../people/rights.ts';
import { withApprovedDuties } from '../people/switched-off.ts';
import type { EventOf, IncidentEvent } from '../record/events.ts';
import { beforeLawRefusal, type Decision, type DecisionContext, happened, refused } from './context.ts';

/** A new incident: the working start of the clock is the earliest thing known, at the latest the declaration itself. */
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
  const packs = packsInUse(organisation, context.packs ?? []);
  const events: IncidentEvent[] = [
    {
      type: 'declared',
      payload: {
        id: context.id,
        title,
        drill,
        regimes: [...context.regimes, ...packs.map(({ id }) => id)],
        ...(context.law === undefined ? {} : { law: context.law }),
        segment: { wall: at, incidentTime: at, rate: drill ? (command.speed ?? scenario?.speed ?? 1) : 1 },
        room: context.room && roomDeclaredIn(context.room, context),
        organisation,
        ...(packs.length > 0 ? { packs } : {}),
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
  return happened(...events);
}

/**
 * The room of a declaration. With a profile one that it does not list and the bot did not make shows the head until
 * somebody confirms it; that of somebody abroad is abroad.
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

/** Participant entry of the caller, as recorded when they join. */
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
