import type { Command } from '../commands.ts';
import { type Account, type ActorId, API_ACTOR, accountKey, CLOCK_ACTOR, ROLES, type Role } from '../identity.ts';
import type { IncidentState } from '../state.ts';
import type { Organisation, Person } from './profile.ts';

/**
 * Rights table: who may run which command, checked here for every platform and the API. `participant` is a reader of a
 * room of the incident or a person added to it; `clock` is reserved to the bot itself.
 */
export type Right = 'anyone' | 'participant' | 'clock' | readonly Role[];

const DECIDERS = ['lead', 'approver'] as const;
const ASSESSORS = ['lead', 'approver', 'legal'] as const;

/** A command, or recording the word of an authority, which is a right of its own beside deciding a level. */
export type Action = Command['type'] | 'record_authority';

export const rights: Record<Action, Right> = {
  declare: 'anyone',
  answer: 'participant',
  rename: 'participant',
  add_awareness: 'participant',
  confirm_awareness: ASSESSORS,
  decide_level: DECIDERS,
  record_authority: DECIDERS,
  second: ASSESSORS,
  second_level: ASSESSORS,
  not_reportable: DECIDERS,
  settle_question: ASSESSORS,
  stop_state_secret: 'participant',
  take_lead: DECIDERS,
  ask_to_join: 'anyone',
  add_person: 'participant',
  assign_item: 'participant',
  take_item: 'participant',
  fill_field: 'participant',
  confirm_wording: 'participant',
  choose_version: 'participant',
  add_note: 'participant',
  add_evidence: 'participant',
  compile_draft: 'participant',
  request_approval: 'participant',
  approve: ['approver'],
  send_back: ['approver'],
  assess_point: ASSESSORS,
  record_filing: ['lead', 'filer'],
  correct_filing: ['lead', 'filer'],
  practise_filing: ['lead', 'filer'],
  explain_delay: ['lead', 'filer', 'legal'],
  add_request: 'participant',
  drop_request: ASSESSORS,
  not_owed: ASSESSORS,
  add_task: 'participant',
  change_task: 'participant',
  finish_task: 'participant',
  end_handling: DECIDERS,
  close: DECIDERS,
  reopen: DECIDERS,
  hold: ['administrator'],
  release_hold: ['administrator'],
  erase: ['administrator'],
  expire: 'clock',
  snooze: 'participant',
  set_drill_speed: 'participant',
  add_room: 'participant',
  remove_room: 'participant',
  leave_chat: 'participant',
  return_to_chat: DECIDERS,
  release_abroad: ['administrator'],
  withdraw_release: [...DECIDERS, 'administrator'],
  set_language: 'participant',
  name_person: 'clock',
  tick: 'clock',
  note_restored: 'clock',
  record_delivery: 'clock',
};

/** Rights the profile may give to other roles (`rights`); the table above holds where it does not. */
const NAMED_IN_PROFILE: Partial<Record<Action, keyof NonNullable<Organisation['rights']>>> = {
  take_lead: 'lead',
  confirm_awareness: 'awareness',
  settle_question: 'readings',
  record_authority: 'authority',
};

/** Commands that only a person may give: the API's bearer token and the clock cannot decide or own anything. */
const PERSONAL: ReadonlySet<Action> = new Set(['ask_to_join', 'take_item', 'snooze', 'set_language']);

/** The entry of the profile that lists this account; nobody is ever matched by name. */
export function personOf(organisation: Organisation | null, account: Account): Person | null {
  const key = accountKey(account);
  return organisation?.people.find((p) => p.accounts.some((a) => accountKey(a) === key)) ?? null;
}

/** People of the profile who may agree as the second person; with fewer than two, nobody can where one of them proposed. */
export function whoMaySecond({ people }: Organisation): readonly Person[] {
  return people.filter(({ roles }) => ASSESSORS.some((role) => roles.includes(role)));
}

/** Without a profile (trying out) everybody has every role but administrator. */
export function rolesOf(organisation: Organisation | null, account: Account): readonly Role[] {
  if (!organisation) return ROLES.filter((role) => role !== 'administrator');
  return personOf(organisation, account)?.roles ?? ['responder'];
}

/** The person of the profile who acts, by a linked account as well, also before their first act in this incident. */
export function actingPerson(
  state: IncidentState,
  actor: ActorId,
  { account, person }: { readonly account: Account | null; readonly person?: string | null },
): string | null {
  const listed = account ? personOf(state.organisation, account)?.id : null;
  return state.people[actor]?.person ?? listed ?? person ?? null;
}

/** Returns true if who acts now is the person behind `by`, with this account or another one of theirs. */
export function actsAs(
  state: IncidentState,
  { actor, caller }: { readonly actor: ActorId; readonly caller: Parameters<typeof actingPerson>[2] },
  by: ActorId,
): boolean {
  const person = actingPerson(state, actor, caller);
  return by === actor || (person !== null && state.people[by]?.person === person);
}

/**
 * Roles an actor lacks for a command: null if it is allowed, otherwise the roles of which one is needed, e.g.
 * `['lead']`. Roles come from the profile alone: leading an incident gives nobody the role `lead`.
 */
export function lacks(
  action: Action,
  actor: ActorId,
  roles: readonly Role[],
  organisation: Organisation | null,
): readonly string[] | null {
  const named = NAMED_IN_PROFILE[action];
  const right = (named && organisation?.rights?.[named]) ?? rights[action];
  if (right === 'clock') return actor === CLOCK_ACTOR ? null : ['clock'];
  if (right === 'anyone' || right === 'participant') {
    return actor === API_ACTOR && PERSONAL.has(action) ? ['person'] : null;
  }
  if (actor === API_ACTOR || actor === CLOCK_ACTOR) return right;
  return right.some((role) => roles.includes(role)) ? null : right;
}
