import { type Command, type Commands, titleOf } from '../commands.ts';
import { CLOCK_ACTOR } from '../identity.ts';
import { actingOf } from '../people/acting.ts';
import type { IncidentEvent } from '../record/events.ts';
import type { IncidentState } from '../state.ts';
import { admission } from './admission.ts';
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
  second: (state, command, context) => second(state, command, context, runFor(state, context)),
  second_level: (state, command, context) => second(state, command, context, runFor(state, context)),
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
  ask_for: people.askFor,
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
  note_restored: (_state, { upTo, missing, due }) =>
    happened({
      type: 'record_restored',
      payload: { upTo, ...(missing === undefined ? {} : { missing }), ...(due === undefined ? {} : { due }) },
    }),
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
  const acting = actingOf(state, { actor: context.actor, ...context.caller });
  const refusal = admission(state, command, acting, context.sees(state), context.catalogue);
  if (refusal) return { ok: false, refusal };
  if (isOfAnotherLaw(state, command, context)) return refused('invalid', { field: 'regime' });

  const decision = guarded(run(command.type, state, command, context), state, command, context);
  if (!decision.ok || decision.events.length === 0) return decision;
  const stale = staleAgainst(state, command, context.revision);
  if (stale) return { ok: false, refusal: stale };
  const introduced = command.type === 'ask_to_join' ? [] : introduction(state, context);
  const events = [...introduced, ...decision.events];
  // Nothing follows the last event of a record.
  if (events.at(-1)?.type === 'erased') return { ok: true, events };
  return { ok: true, events: [...events, ...approval.voidedBy(state, events, context)] };
}

/** Returns true if the command names another law than the one that grades; open questions may be those of a pack. */
function isOfAnotherLaw(state: IncidentState, command: Command, context: DecisionContext): boolean {
  if (command.type === 'settle_question' || !('regime' in command) || command.regime === undefined) return false;
  return command.regime !== context.assess(state).regime.id;
}

/** Runs what was proposed for who proposed it. */
function runFor(state: IncidentState, context: DecisionContext): Parameters<typeof second>[3] {
  return (command, onBehalf) => run(command.type, state, command, { ...context, onBehalf });
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
