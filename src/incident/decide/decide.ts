import { isAskedToApprove } from '../approvals.ts';
import { type Command, type Commands, type Proposable, titleOf } from '../commands.ts';
import { type ActorId, API_ACTOR, CLOCK_ACTOR, type Role } from '../identity.ts';
import { type Action, actingPerson, lacks, rights, rolesOf } from '../people/rights.ts';
import type { IncidentEvent } from '../record/events.ts';
import type { IncidentState } from '../state.ts';
import { suffices } from '../visibility.ts';
import * as approval from './approval.ts';
import { assessPoint } from './assessment-points.ts';
import { type Decider, type Decision, type DecisionContext, happened, nothing, refused } from './context.ts';
import { declare, joined } from './declare.ts';
import * as facts from './facts.ts';
import * as filing from './filing.ts';
import { guarded, second } from './guard.ts';
import * as handling from './handling.ts';
import * as items from './items.ts';
import { takeLaw } from './laws.ts';
import * as level from './level.ts';
import * as people from './people.ts';
import * as requests from './requests.ts';
import * as retention from './retention.ts';
import * as rooms from './rooms.ts';
import { staleAgainst } from './stale.ts';
import * as tasks from './tasks.ts';

type Deciders = { [T in Exclude<Command['type'], 'declare'>]: Decider<T> };

const deciders: Deciders = {
  answer: facts.answer,
  rename: (state, command) =>
    state.title === titleOf(command.title)
      ? nothing
      : happened({ type: 'renamed', payload: { title: titleOf(command.title) } }),
  relate: (state, { type: _, ...relation }) =>
    (state.relations[relation.incident]?.how ?? 'none') === relation.how || relation.incident === state.id
      ? nothing
      : happened({ type: 'relation_set', payload: relation }),
  add_awareness: facts.addAwareness,
  confirm_awareness: facts.confirmAwareness,
  settle_question: facts.settleQuestion,
  decide_level: level.decideLevel,
  second: (state, command, context) => second(state, command, context, agreeing(state, context)),
  second_level: (state, command, context) => second(state, command, context, agreeing(state, context)),
  not_reportable: level.notReportable,
  stop_state_secret: handling.stopStateSecret,
  lift_stop: handling.liftStop,
  take_law: takeLaw,
  withdraw_decision: level.withdrawDecision,
  take_lead: items.takeLead,
  take_charge: items.takeCharge,
  hand_over: items.handOver,
  take_over: items.takeOver,
  ask_to_join: handling.askToJoin,
  add_person: handling.addPerson,
  remove_person: people.removePerson,
  assign_item: items.assignItem,
  take_item: items.takeItem,
  fill_field: items.fillField,
  confirm_wording: items.confirmWording,
  choose_version: items.chooseVersion,
  add_note: items.addNote,
  add_evidence: items.addEvidence,
  compile_draft: approval.compileDraft,
  request_approval: approval.requestApproval,
  approve: approval.approve,
  send_back: approval.sendBack,
  assess_point: assessPoint,
  record_filing: filing.recordFiling,
  correct_filing: filing.correctFiling,
  practise_filing: filing.practiseFiling,
  explain_delay: filing.explainDelay,
  add_request: requests.addRequest,
  drop_request: requests.dropRequest,
  not_owed: requests.notOwed,
  add_task: tasks.addTask,
  change_task: tasks.changeTask,
  finish_task: tasks.finishTask,
  end_handling: handling.endHandling,
  close: handling.close,
  reopen: handling.reopen,
  hold: retention.hold,
  release_hold: retention.releaseHold,
  erase: retention.erase,
  withdraw_declaration: handling.withdrawDeclaration,
  expire: retention.expire,
  snooze: handling.snooze,
  set_drill_speed: handling.setDrillSpeed,
  add_room: rooms.addRoom,
  remove_room: rooms.removeRoom,
  confirm_room: rooms.confirmRoom,
  leave_chat: rooms.leaveChat,
  return_to_chat: rooms.returnToChat,
  release_abroad: rooms.releaseAbroad,
  withdraw_release: rooms.withdrawRelease,
  set_language: handling.setLanguage,
  name_person: people.namePerson,
  tick: handling.tick,
  note_restored: (_state, { upTo }) => happened({ type: 'record_restored', payload: { upTo } }),
  record_delivery: handling.recordDelivery,
  record_stamp: handling.recordStamp,
};

/**
 * Decides a command: returns events (none if nothing changes) or a refusal. Pure and synchronous. Rights, staleness and
 * closed or stopped incidents are checked here for every platform and the API.
 */
export function decide(state: IncidentState | null, command: Command, context: DecisionContext): Decision {
  if (command.type === 'declare') return state ? refused('already_declared') : declare(command, context);
  if (!state) return refused('unknown_incident', { params: { id: context.id } });
  if (state.erased) return refused('erased', { params: { id: context.id } });
  const unseen = unseenRefusal(state, command, context);
  if (unseen) return unseen;
  const roles = rolesNow(state, context);
  const decides = command.type === 'approve' || command.type === 'send_back';
  const asked = decides && isAskedToApprove(state, actingPerson(state, context.actor, context.caller));
  const action = actionOf(command, context);
  const missing = lacks(action, context.actor, asked ? [...roles, 'approver'] : roles, state.organisation);
  if (missing) return refused('forbidden', { params: { roles: missing, people: whoHas(state, missing) } });
  if (state.stopped && !rights[command.type].whenStopped) return refused('stopped');
  if (state.closed && !rights[command.type].whenClosed) return refused('closed');
  if (isOfAnotherLaw(state, command, context)) return refused('invalid', { field: 'regime' });

  const decision = guarded(run(command.type, state, command, context), state, command, { ...context, roles });
  if (!decision.ok || decision.events.length === 0) return decision;
  const stale = staleAgainst(state, command, context.revision);
  if (stale) return { ok: false, refusal: stale };
  const introduced = command.type === 'ask_to_join' ? [] : introduction(state, context);
  const events = [...introduced, ...decision.events];
  // Nothing follows the last event of a record.
  if (events.at(-1)?.type === 'erased') return { ok: true, events };
  return { ok: true, events: [...events, ...approval.voidedBy(state, events, context)] };
}

/** Names of the people of the profile with one of some roles, who have not been taken out. */
function whoHas({ organisation, people }: IncidentState, roles: readonly string[]): readonly string[] {
  const isOut = (id: string): boolean => Object.values(people).some((one) => one.person === id && one.removed === true);
  const able = (organisation?.people ?? []).filter((one) => one.roles.some((role) => roles.includes(role)));
  return able.flatMap(({ id, name }) => (isOut(id) ? [] : [name])).slice(0, MOST_NAMED);
}
const MOST_NAMED = 4;

/** The right a command needs; a judgement is not an answer like any other, unless it says "not known". */
function actionOf(command: Exclude<Command, { type: 'declare' }>, { catalogue, actor }: DecisionContext): Action {
  if (command.type === 'decide_level' && command.authority !== undefined) return 'record_authority';
  // Judgements of a token wait for a person, which the guard sees to.
  const isJudgement = actor !== API_ACTOR && command.type === 'answer' && catalogue.isJudgement(command.fact);
  return isJudgement && command.value !== 'unknown' ? 'judge' : command.type;
}

/**
 * Refusal for who may not see what the command is about: they neither answer, enter, move nor agree to anything. What only
 * stays hidden because chat was left may be brought back from elsewhere.
 */
function unseenRefusal(state: IncidentState, { type }: Command, context: DecisionContext): Decision | null {
  const seen = context.sees(state);
  if (suffices(seen, rights[type].sees)) return null;
  if (seen.show === 'nothing' || (seen.show === 'head' && seen.why !== 'restricted')) {
    return refused('unknown_incident', { params: { id: state.id } });
  }
  return refused('not_released', { params: { lead: state.people[state.lead]?.name ?? '' } });
}

/** Returns true if the command names another law than the one that grades; open questions may be those of a pack. */
function isOfAnotherLaw(state: IncidentState, command: Command, context: DecisionContext): boolean {
  if (command.type === 'settle_question' || !('regime' in command) || command.regime === undefined) return false;
  return command.regime !== context.assess(state).regime.id;
}

/** Roles of who acts: as they joined, and as the person their account was linked to since. */
function rolesNow(state: IncidentState, { actor, caller }: DecisionContext): readonly Role[] {
  const known = state.people[actor];
  const roles = known?.roles ?? (caller.account ? rolesOf(state.organisation, caller.account) : []);
  const person = caller.person ?? known?.person ?? null;
  const linked = state.organisation?.people.find(({ id }) => id === person)?.roles ?? [];
  return [...new Set([...roles, ...linked, ...(caller.roles ?? [])])];
}

/** Roles of who agrees, and how what was proposed is run for who proposed it. */
function agreeing(state: IncidentState, context: DecisionContext): Parameters<typeof second>[3] {
  const runFor = (command: Proposable, onBehalf: ActorId): Decision =>
    run(command.type, state, command, { ...context, onBehalf });
  return { roles: rolesNow(state, context), run: runFor };
}

function run<T extends keyof Deciders>(
  type: T,
  state: IncidentState,
  command: Commands[T],
  context: DecisionContext,
): Decision {
  return deciders[type](state, command, context);
}

function introduction(state: IncidentState, context: DecisionContext): IncidentEvent[] {
  if (context.actor === CLOCK_ACTOR || state.people[context.actor]) return [];
  return [joined({ ...context, organisation: state.organisation })];
}
