import { z } from 'zod';
import { ABROAD_PARTS, type Account, type ActorId, API_ACTOR, CLOCK_ACTOR, ROLES, type Role } from '../identity.ts';
import type { Organisation, Person } from './profile.ts';
import data from './rights.json' with { type: 'json' };

const rightSchema = z.union([z.enum(['anyone', 'participant', 'clock']), z.array(z.enum(ROLES))]);

/** A command, or a right that is not a command: stating an authority's word on a level, answering a judgement. */
export type Action = keyof typeof data;
export const actionSchema = z.custom<Action>((action) => typeof action === 'string' && Object.hasOwn(data, action));

/**
 * Rights table: who may run which command and when, checked here for every platform and the API. `participant` is a
 * reader of a room of the incident or a person added to it; `clock` is reserved to the bot itself.
 */
export const rights = z
  .record(
    actionSchema,
    z.strictObject({
      who: rightSchema,
      /** Right of the profile (`rights`) that gives it to other roles. */
      inProfile: z.enum(['lead', 'awareness', 'readings', 'authority']).optional(),
      /** True where a program with a token may, too: it states or prepares something, and neither decides nor owns anything. */
      byProgram: z.literal(true).optional(),
      /**
       * Part of the incident that the author must be able to see, in any place; absent: all of it. `told`: the
       * overview, or nothing for a person of another organisation in a shared room, whose words are kept.
       */
      sees: z.enum([...ABROAD_PARTS, 'head', 'told']).optional(),
      /** True for a command allowed after a state-secret stop: it collects nothing, it ends or files. */
      whenStopped: z.literal(true).optional(),
      whenClosed: z.literal(true).optional(),
      /** True for a command allowed in an incident recorded afterwards: it adds, keeps or erases. */
      whenImported: z.literal(true).optional(),
    }),
  )
  .parse(data);

/** The entry of the profile that lists this account; nobody is ever matched by name. */
export function personOf(organisation: Organisation | null, account: Account): Person | null {
  const { platform, tenant, id } = account;
  return (
    organisation?.people.find(({ accounts }) =>
      accounts.some((one) => one.id === id && one.tenant === tenant && one.platform === platform),
    ) ?? null
  );
}

/** People of the profile who may agree as the second person; with fewer than two, nobody can where one of them proposed. */
export function whoMaySecond({ people }: Organisation): readonly Person[] {
  return people.filter(({ roles }) => lacks('second_level', '', roles, null) === null);
}

/** Roles of an account. Without a profile (trying out) everybody has every role but administrator. */
export function rolesOf(organisation: Organisation | null, account: Account): readonly Role[] {
  if (!organisation) return ROLES.filter((role) => role !== 'administrator');
  return personOf(organisation, account)?.roles ?? ['responder'];
}

/**
 * Roles an actor lacks for a command: null if it is allowed, otherwise the roles of which one is needed, e.g.
 * `['lead']`.
 */
export function lacks(
  action: Action,
  actor: ActorId,
  roles: readonly Role[],
  organisation: Organisation | null,
): readonly string[] | null {
  const { who, inProfile, byProgram } = rights[action];
  const right = (inProfile && organisation?.rights?.[inProfile]) ?? who;
  if (right === 'clock') return actor === CLOCK_ACTOR ? null : ['clock'];
  if (right === 'anyone' || right === 'participant') {
    return actor === API_ACTOR && !byProgram ? ['person'] : null;
  }
  if (actor === API_ACTOR || actor === CLOCK_ACTOR) return right;
  return right.some((role) => roles.includes(role)) ? null : right;
}

/** Returns true for a person who may lead or file: once such a person answers, the bot calls nobody else. */
export function mayAnswerCalls(
  organisation: Organisation | null,
  { actor, roles }: { readonly actor: ActorId; readonly roles: readonly Role[] },
): boolean {
  return (['take_lead', 'record_filing'] as const).some((one) => lacks(one, actor, roles, organisation) === null);
}
