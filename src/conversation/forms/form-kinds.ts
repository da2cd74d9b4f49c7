import type { IncidentAssessment } from '../../incident/facts/assessment.ts';
import type { AbroadPart } from '../../incident/identity.ts';
import type { Action as Right } from '../../incident/people/rights.ts';
import type { IncidentState } from '../../incident/state.ts';
import { entryOf } from '../../law/lookup.ts';
import type { Regime } from '../../law/regime.ts';
import type { Iso } from '../../law/types.ts';
import { awarenessForm, confirmAwarenessForm } from '../asking/awareness-forms.ts';
import * as facts from '../asking/fact-forms.ts';
import type { Form, FormRef } from '../cards/card.ts';
import type { Situation } from '../cards/situation.ts';
import * as items from '../collecting/item-forms.ts';
import * as approval from '../filing/approval-forms.ts';
import * as filing from '../filing/filing-forms.ts';
import { firstReportForm, headForm } from '../filing/report-forms.ts';
import * as decisions from '../level/decision-forms.ts';
import { takeLawForm } from '../level/law-offers.ts';
import * as rooms from '../rooms/room-forms.ts';
import { correctFilingForm } from './correct-filing-form.ts';
import { type FormKind, type FormValues, type Parsed, requiredErrors } from './form-kind.ts';
import * as others from './other-forms.ts';

export type { FormValues, Parsed } from './form-kind.ts';

/**
 * Every form of an incident by the name its buttons carry. `gives`: the right it needs, that of the command it leads to.
 * `part`: what of the incident it shows or takes in; one without a part is not shown in a room abroad. `new_incident` stands alone.
 */
export const FORM_KINDS: Readonly<Record<string, FormKind & { readonly gives: Right; readonly part?: AbroadPart }>> = {
  number: { gives: 'answer', ...facts.numberForm, part: 'answers' },
  ongoing: { gives: 'answer', ...facts.spanForm, part: 'answers' },
  occurrence: { gives: 'answer', ...facts.occurrenceForm, part: 'answers' },
  type: { gives: 'answer', ...facts.typeForm, part: 'answers' },
  correct: { gives: 'answer', ...facts.correctionForm, part: 'answers' },
  judgements: { gives: 'judge', ...facts.judgementsForm, part: 'answers' },
  awareness: { gives: 'add_awareness', ...awarenessForm, part: 'answers' },
  confirm_awareness: { gives: 'confirm_awareness', ...confirmAwarenessForm },
  item: { gives: 'fill_field', ...items.itemForm, part: 'drafts' },
  wording: { gives: 'confirm_wording', ...items.wordingForm, part: 'drafts' },
  wordings: { gives: 'confirm_wording', ...items.wordingsForm, part: 'drafts' },
  choose_version: { gives: 'choose_version', ...items.versionForm, part: 'drafts' },
  assign: { gives: 'assign_item', ...items.assignForm, part: 'overview' },
  another_level: { gives: 'decide_level', ...decisions.anotherLevelForm, part: 'answers' },
  settle_question: { gives: 'settle_question', ...decisions.settleForm },
  not_reportable: { gives: 'not_reportable', ...decisions.notReportableForm },
  not_owed: { gives: 'not_owed', ...decisions.notOwedForm },
  end_handling: { gives: 'end_handling', ...decisions.endHandlingForm },
  take_law: { gives: 'take_law', ...takeLawForm, part: 'overview' },
  lift_stop: { gives: 'lift_stop', ...decisions.liftStopForm, part: 'overview' },
  close: { gives: 'close', ...decisions.closeForm, part: 'overview' },
  reopen: { gives: 'reopen', ...decisions.reopenForm, part: 'overview' },
  hold: { gives: 'hold', ...decisions.holdForm },
  release_hold: { gives: 'release_hold', ...decisions.releaseHoldForm },
  erase: { gives: 'erase', ...decisions.eraseForm },
  first_report: { gives: 'compile_draft', ...firstReportForm },
  head: { gives: 'confirm_wording', ...headForm },
  filing: { gives: 'record_filing', ...filing.filingForm },
  correct_filing: { gives: 'correct_filing', ...correctFilingForm },
  practise: { gives: 'practise_filing', ...filing.practiseForm },
  phone_report: { gives: 'record_filing', ...filing.phoneReportForm },
  explain_delay: { gives: 'explain_delay', ...filing.explainDelayForm },
  send_back: { gives: 'send_back', ...approval.sendBackForm },
  assess: { gives: 'assess_point', ...approval.assessForm },
  statement: { gives: 'compile_draft', ...approval.statementForm },
  request: { gives: 'add_request', ...approval.requestForm },
  drop_request: { gives: 'drop_request', ...approval.dropRequestForm },
  task: { gives: 'add_task', ...approval.taskForm },
  change_task: { gives: 'change_task', ...approval.changeTaskForm },
  note: { gives: 'add_note', ...others.noteForm, part: 'overview' },
  rename: { gives: 'rename', ...others.renameForm, part: 'title' },
  relate: { gives: 'relate', ...others.relateForm },
  people: { gives: 'add_person', ...others.peopleForm, part: 'overview' },
  rooms: { gives: 'remove_room', ...rooms.roomsForm },
  return_to_chat: { gives: 'return_to_chat', ...rooms.returnToChatForm },
  release_abroad: { gives: 'release_abroad', ...rooms.releaseForm, part: 'overview' },
  withdraw_release: { gives: 'withdraw_release', ...rooms.withdrawForm, part: 'overview' },
  drill_speed: { gives: 'set_drill_speed', ...others.speedForm },
};

export interface FormContext {
  readonly state: IncidentState | null;
  readonly ia: IncidentAssessment | null;
  readonly regime: Regime;
  /** Incident time. */
  readonly now: Iso;
  readonly remembered?: Situation['remembered'];
}

function opened(ref: FormRef, { state, ia, regime, now, remembered }: FormContext) {
  if (ref.form === 'new_incident') {
    return {
      built: begun(others.newIncidentForm(ref.args), ref.args),
      parse: (values: FormValues) => others.parseNewIncident(values, now, ref.args),
    };
  }
  const kind = entryOf(FORM_KINDS, ref.form);
  if (!kind || !state || !ia) return null;
  const situation = { state, ia: { ...ia, now }, regime, remembered };
  const built = kind.build(situation, ref.args);
  return (
    built && { built: begun(built, ref.args), parse: (values: FormValues) => kind.parse(situation, ref.args, values) }
  );
}

/** A form with the words it was opened with in the fields they are for: what was typed behind a command, or is changed. */
function begun(built: Omit<Form, 'ref'>, { incident: _, ...words }: FormRef['args']): Omit<Form, 'ref'> {
  const fields = built.fields.map((field) => {
    const value = words[field.id];
    if (value === undefined || field.kind === 'file' || field.kind === 'number') return field;
    if (field.kind === 'text' || field.kind === 'time') return { ...field, value };
    const chosen = field.options.map((option) => option.value).filter((one) => value.split('\n').includes(one));
    if (chosen.length === 0) return field;
    return field.kind === 'many' ? { ...field, value: chosen } : { ...field, value };
  });
  return { ...built, fields };
}

/** A form as it looks now; null if it does not exist or there is nothing (any more) to fill in. */
export function formOf(ref: FormRef, context: FormContext): Form | null {
  const form = opened(ref, context);
  return form && { ref, ...form.built };
}

/**
 * Parses the values of a form into commands, in the order in which to give them; or, per field, a text on what to
 * change.
 */
export function parseForm(ref: FormRef, values: FormValues, context: FormContext): Parsed {
  const form = opened(ref, context);
  if (!form) return { errors: { '': { key: 'refuse.invalid' } } };
  const errors = requiredErrors(form.built, values);
  return errors ? { errors } : form.parse(values);
}
