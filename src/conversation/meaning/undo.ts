import type { MessageKey } from '../../i18n/keys.ts';
import { type Act, isSlip, stillStands } from '../../incident/acts.ts';
import { type ByEvent, forEvent } from '../../incident/by-type.ts';
import { decisionsInForce } from '../../incident/commands/decisions.ts';
import type { ActorId } from '../../incident/identity.ts';
import type { IncidentState } from '../../incident/state.ts';
import { fieldOf } from '../../report/items.ts';
import { factName as factLabel } from '../../report/values.ts';
import { shortName } from '../asking/question.ts';
import type { Action, Card, Text, ViewRef } from '../cards/card.ts';
import { chosenValueText } from '../cards/fact-text.ts';
import { buttons, sentenceCard } from '../cards/sentence.ts';
import { at, fill, form, intent, joined, lawText, primary, type Situation, show, t, view } from '../cards/situation.ts';
import { timelineLine } from '../commands.ts';
import { decisionText, withdrawAction } from '../proposals.ts';
import { type Meaning, openView, type Reader, say } from './meaning.ts';

/** Undo of an act: its line of the time line, and the buttons that undo it or the reason why none can. */
interface Undo {
  readonly version: number;
  readonly what: Text;
  /** Stated value without its label, for a place that just showed the choice; null for other acts. */
  readonly value: Text | null;
  /** Reason why the act cannot be undone, with the alternative; null if the first button undoes it. */
  readonly why: Text | null;
  readonly actions: readonly Action[];
}

/** Reason and buttons if no command restores the earlier value. */
interface Instead {
  readonly why: Text;
  readonly actions?: readonly Action[];
}

/** Answers 撤销, "undo": names the writer's last act, with a button to undo it. The line changes nothing. */
export function undone({ situation, me }: Reader): Meaning {
  const last = lastAct(situation, me === null ? [] : [me]);
  if (!last) return openView(situation, 'answers');
  const others = view('not_this', t('text.not_this'), 'answers', { incident: situation.state.id });
  const asked = last.why ?? t('text.undo', { what: last.what });
  return say(last.why ? joined([t('text.last_act', { what: last.what }), asked], 'sentence') : asked, [
    ...last.actions,
    others,
  ]);
}

/**
 * Returns the undo for a recorded line: undoes its act while it is the writer's last act; later offers to correct its
 * values. `after`: version of the record before the line; `about`: ids of facts and fields, separated by commas.
 */
export function undoneLine(situation: Situation, { after = '', about = '' }: ViewRef['args']): Card {
  const { state, regime } = situation;
  const ids = about.split(',').filter((id) => id !== '');
  const isOfLine = ({ event, version }: Act): boolean => {
    if (version <= Number(after)) return false;
    if (event.type === 'fact_stated') return ids.includes(event.payload.fact);
    if (event.type === 'field_filled') return ids.includes(event.payload.field);
    return event.type === 'awareness_candidate_added' && ids.length === 0;
  };
  const [only, ...others] = Object.values(state.acts).filter(isOfLine);
  const undo = only && others.length === 0 && ids.length <= 1 ? undoOf(situation, only) : null;
  if (undo && undo.why === null) return sentenceCard(t('text.undo', { what: undo.what }), buttons(undo.actions));
  const args = { incident: state.id };
  const corrections = ids.map((id) => {
    const field = fieldOf(situation, id);
    if (field) return form(`correct_${id}`, lawText(field.field.label), 'item', { ...args, item: field.item.id });
    return form(`correct_${id}`, factLabel(regime, id), 'correct', { ...args, fact: id });
  });
  const why = t(ids.length > 1 ? 'undo.several' : 'undo.overtaken');
  return sentenceCard(why, buttons([...corrections, show(situation, 'answers')]));
}

/** Returns the meaning of 撤回决定, "withdraw decision": names the decisions in force, with a button to withdraw one. */
export function decisionWithdrawn(situation: Situation): Meaning {
  const [only, ...others] = decisionsInForce(situation.state);
  if (only === undefined) return say(t('refuse.no_decision'));
  if (others.length === 0) {
    return say(t('text.undo', { what: decisionText(situation, only) }), [primary(withdrawAction(situation, only))]);
  }
  const named = (about: string): Action => ({
    ...withdrawAction(situation, about),
    label: decisionText(situation, about),
  });
  return say(t('text.which_decision'), [only, ...others].map(named));
}

/** Returns the last act of a person from any of their accounts; null if there is none. */
export function lastAct(situation: Situation, actors: readonly ActorId[]): Undo | null {
  const acts = actors.flatMap((me) => situation.state.acts[me] ?? []);
  const last = acts.toSorted((one, other) => other.version - one.version)[0];
  return last ? undoOf(situation, last) : null;
}

/** Returns the name of an act, and its undo buttons or the reason why there are none. */
export function undoOf(situation: Situation, act: Act): Undo {
  const { version, event } = act;
  const named = { version, what: timelineLine(situation, event), value: chosenText(situation, event) };
  if (!stillStands(situation.state, act)) return { ...named, why: t('undo.overtaken'), actions: [] };
  const back = wayBack(situation, act);
  if (back.length > 0) return { ...named, why: null, actions: back };
  const { why, actions = [] } = forEvent(ways, event.type, event.payload, situation) ?? again(event, situation);
  return { ...named, why, actions };
}

/** Returns the value of an answer, in the words of its option. */
function chosenText(situation: Situation, { type, payload }: Act['event']): Text | null {
  if (type === 'fact_stated') {
    const stated = situation.state.facts[payload.fact];
    return stated ? chosenValueText(situation, payload.fact, stated) : null;
  }
  const option = type === 'awareness_candidate_added' && payload.description === undefined && AWARE[payload.source];
  return option ? t(option, { at: at(situation, payload.at) }) : null;
}
const AWARE: Readonly<Record<string, MessageKey | undefined>> = {
  alert: 'ask.awareness.alert',
  call: 'ask.awareness.report',
};

/** Returns the buttons that undo an act: its command, a form with a reason for the second person, or a correction. */
function wayBack(situation: Situation, act: Act): readonly Action[] {
  const { back, event } = act;
  if (!back) return [];
  const args = { incident: situation.state.id };
  const undo = primary(intent('undo', t('act.undo'), back));
  if (back.type === 'withdraw_decision' && !isSlip({ act, now: situation.ia.now, state: situation.state }))
    return [primary({ ...withdrawAction(situation, back.about), id: 'undo' })];
  if (event.type === 'fact_stated') {
    const { fact } = event.payload;
    const correct = form('undo_correct', t('act.correct'), fact === 'first_notice' ? 'awareness' : 'correct', {
      ...args,
      fact,
    });
    // Without an earlier answer, a correction is offered before the withdrawal.
    const isFirst = back.type === 'answer' && back.value === 'unknown';
    const open = { name: shortName(situation.regime, fact), label: t('common.unknown') };
    return isFirst ? [correct, intent('undo_unknown', t('ask.answer_of', open), back)] : [undo, correct];
  }
  if (event.type === 'field_filled') {
    const item = fieldOf(situation, event.payload.field)?.item.id ?? '';
    return [undo, form('undo_fill', t('act.correct'), 'item', { ...args, item })];
  }
  return [undo];
}

const because =
  <P>(key: MessageKey, button?: (situation: Situation, payload: P) => Action) =>
  (payload: P, situation: Situation): Instead => ({
    why: t(key),
    actions: button ? [button(situation, payload)] : [],
  });

const recorded = because('undo.record', ({ state }) =>
  form('note', t('act.add_information'), 'note', { incident: state.id }),
);
const asked = because('undo.asked');
const again = because('undo.decide_again');
const level = because('undo.decide_again', (situation) => fill(situation, 'another_level'));
const drafted = because('undo.draft', ({ state }) => view('draft', t('act.correct'), 'draft', { incident: state.id }));
const byBot = because('undo.by_bot');
const answers = because('undo.several', (situation) => show(situation, 'answers'));
const tasks = because('undo.task', (situation) => show(situation, 'tasks'));

/** Reasons and alternatives for events that no command undoes. */
const ways: ByEvent<Instead, [situation: Situation]> = {
  declared: because('undo.declared', () => ({
    id: 'false_alarm',
    label: t('act.withdraw_declaration'),
    does: { kind: 'line', text: '误报' },
  })),
  declaration_withdrawn: because('undo.decide_again', (situation) => fill(situation, 'reopen')),
  fact_stated: answers,
  awareness_withdrawn: because('undo.state_again'),
  level_decided: level,
  not_reportable_decided: level,
  law_taken: because('undo.law'),
  state_secret_stopped: because('undo.stopped', (situation) => fill(situation, 'lift_stop')),
  proposal_settled: because('undo.settled'),
  level_override_proposed: level,
  level_override_refused: level,
  join_asked: asked,
  right_asked: asked,
  person_named: byBot,
  lead_taken: because('undo.lead'),
  charge_taken: because('undo.charge'),
  handover_offered: because('undo.handover'),
  handover_taken: because('undo.lead'),
  field_filled: because('undo.state_again'),
  wording_confirmed: because('undo.state_again', ({ state }, { field }) =>
    form('wording', t('act.wording'), 'wording', { incident: state.id, field }),
  ),
  version_chosen: because('undo.state_again', ({ state }) =>
    view('checklist', t('items.title_plain'), 'checklist', { incident: state.id }),
  ),
  note_added: recorded,
  evidence_added: recorded,
  draft_compiled: drafted,
  approval_requested: because('undo.approval_asked'),
  draft_approved: because('undo.approved', (situation, { draft }) =>
    fill(situation, 'send_back', { draft: String(draft) }),
  ),
  draft_sent_back: drafted,
  approval_voided: byBot,
  point_assessed: because('undo.state_again'),
  filing_recorded: ({ obligation }, { state }) => correctFiling(state, obligation),
  filing_corrected: because('undo.filing', ({ state }, { filing }) => correction(state, filing)),
  filing_practised: because('undo.practised'),
  delay_explained: because('undo.state_again'),
  request_received: because('undo.request', ({ state }, { request }) =>
    form('drop_request', t('act.drop_request'), 'drop_request', { incident: state.id, request }),
  ),
  task_added: tasks,
  task_changed: tasks,
  task_finished: tasks,
  closed: because('undo.decide_again', (situation) => fill(situation, 'reopen')),
  reopened: because('undo.decide_again', (situation) => fill(situation, 'close')),
  held: because('undo.decide_again', (situation) => fill(situation, 'release_hold')),
  hold_released: because('undo.decide_again', (situation) => fill(situation, 'hold')),
  erased: because('undo.erased'),
  room_confirmed: because('undo.room', (situation) => fill(situation, 'rooms')),
  chat_left: because('undo.chat_left', (situation) => fill(situation, 'return_to_chat')),
  chat_returned: because('undo.decide_again', (situation) => fill(situation, 'leave_chat')),
  released_abroad: because('undo.released', (situation, { room }) => fill(situation, 'withdraw_release', { room })),
  release_withdrawn: because('undo.decide_again', (situation, { room }) => fill(situation, 'release_abroad', { room })),
  snoozed: because('undo.snoozed'),
  drill_speed_changed: again,
  call_practised: because('undo.practised'),
  inject_given: byBot,
  threshold_crossed: byBot,
  reminder_due: byBot,
  head_stamped: byBot,
  record_restored: byBot,
  notice_delivered: byBot,
};

function correctFiling(state: IncidentState, obligation: string): Instead {
  const filing = state.filings.findLast((one) => one.obligation === obligation);
  return { why: t('undo.filing'), actions: filing ? [correction(state, filing.version)] : [] };
}

function correction(state: IncidentState, filing: number): Action {
  const args = { incident: state.id, filing: String(filing) };
  return form('correct_filing', t('act.correct_filing'), 'correct_filing', args);
}

export interface Stated {
  readonly kind: 'fact' | 'field' | 'start';
  readonly id: string;
  readonly version: number;
}

/** Returns the answers, fields and candidates that a person stated and that are in force, latest first. */
export function statedBy({ facts, fields, candidates }: IncidentState, me: ActorId | null): readonly Stated[] {
  if (me === null) return [];
  const own = [
    ...Object.entries(facts).flatMap(([id, { by, version }]) =>
      by === me ? { kind: 'fact' as const, id, version } : [],
    ),
    ...Object.entries(fields).flatMap(([id, { current }]) =>
      current?.by === me ? { kind: 'field' as const, id, version: current.version } : [],
    ),
    ...candidates.flatMap(({ by, source, id, version }) =>
      by === me && source !== 'declaration' ? { kind: 'start' as const, id, version } : [],
    ),
  ];
  return own.toSorted((a, b) => b.version - a.version);
}
