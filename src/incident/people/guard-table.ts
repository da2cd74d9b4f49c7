import { z } from 'zod';
import { ROLES, type Role } from '../identity.ts';
import type { IncidentState, Proposal } from '../state.ts';
import data from './guard.json' with { type: 'json' };
import { rolesIn } from './rights.ts';

/**
 * Effects of a change that one person may not make alone: a duty ends or is less certain; its limit is later; its
 * recipient changes; a late duty becomes met; the earliest known start is withdrawn; nobody gets its reminders; people
 * who must act no longer see it; a level below the figures is shown; a state-secret stop ends; the text of a law is
 * replaced; a program gives a judgement; a person responsible for the incident is removed; the record is erased.
 */
export const EFFECTS = [
  'lost',
  'later',
  'recipient_removed',
  'met_after_the_fact',
  'start_withdrawn',
  'silenced',
  'hidden',
  'below_floor',
  'secrecy_lifted',
  'law_replaced',
  'judged_by_token',
  'taken_out',
  'erased',
] as const;
export type EffectKind = (typeof EFFECTS)[number];

/**
 * Effect of a change on the duties. `duty`: id of the affected duty; null if all are affected. `certain`: the duty was
 * owed for certain, not only possible.
 */
export interface Effect {
  readonly kind: EffectKind;
  readonly duty: string | null;
  readonly certain: boolean;
  /** True for a lost duty that stays possible, e.g. because a fact on which it depends becomes unknown. */
  readonly stays?: true;
  /** Id of the regime, pack or contract that no longer asks for a report. */
  readonly ends?: string;
  /** Level by the figures, which is higher than the decided one. */
  readonly floor?: string;
}

/**
 * Cases in which one person may cause an effect alone: a first answer on a merely possible duty; the record of a filing
 * at its time; a filing entered within an hour with a receipt, a file or the official's name; leaving chat by a
 * responsible person, because people are still called there, without content.
 */
export const EXCEPTIONS = ['first_statement', 'filing', 'proof_within_the_hour', 'called_on'] as const;
export type Exception = (typeof EXCEPTIONS)[number];

/** Table of the guard: per effect, the roles of the second person, the need of a reason, and the exceptions. */
export const guardTable = z
  .record(
    z.enum(EFFECTS),
    z.strictObject({
      second: z.array(z.enum(ROLES)).min(1),
      alone: z.array(z.enum(EXCEPTIONS)),
      /** True if the command needs a reason; a statement is its own reason, and so is a mistaken declaration. */
      reason: z.boolean(),
    }),
  )
  .parse(data);

/**
 * Roles of which the second person of a proposal needs one: those allowed for every one of its effects. Legal and an
 * administrator erase together, so the second person of an erasure has a role that the proposer lacks.
 */
export function rolesToSecond(
  state: Pick<IncidentState, 'people' | 'organisation' | 'inForce'>,
  { effects, by }: Pick<Proposal, 'effects' | 'by'>,
): readonly Role[] {
  const [first = [], ...others] = effects.map(({ kind }) => guardTable[kind].second);
  const common = first.filter((role) => others.every((roles) => roles.includes(role)));
  const may = common.length > 0 ? common : guardTable.lost.second;
  const proposer = state.people[by];
  const own = proposer ? rolesIn(state, proposer) : [];
  const together = effects.some(({ kind }) => kind === 'erased') ? may.filter((role) => !own.includes(role)) : [];
  return together.length > 0 ? together : may;
}
