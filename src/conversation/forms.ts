import type { IncidentAssessment } from '../incident/assessment.ts';
import type { IncidentState } from '../incident/state.ts';
import { entryOf } from '../law/lookup.ts';
import type { Regime } from '../law/regime.ts';
import type { Iso } from '../law/types.ts';
import type { Form, FormRef } from './card.ts';
import {
  assessForm,
  changeTaskForm,
  dropRequestForm,
  requestForm,
  sendBackForm,
  statementForm,
  taskForm,
} from './forms/approval-forms.ts';
import { awarenessForm, confirmAwarenessForm } from './forms/awareness-forms.ts';
import { correctFilingForm } from './forms/correct-filing-form.ts';
import {
  anotherLevelForm,
  closeForm,
  endHandlingForm,
  eraseForm,
  holdForm,
  notOwedForm,
  notReportableForm,
  releaseHoldForm,
  reopenForm,
  settleForm,
} from './forms/decision-forms.ts';
import { correctionForm, judgementsForm, numberForm, occurrenceForm, spanForm, typeForm } from './forms/fact-forms.ts';
import { explainDelayForm, filingForm, phoneReportForm, practiseForm } from './forms/filing-forms.ts';
import { assignForm, itemForm, versionForm, wordingForm } from './forms/item-forms.ts';
import { type FormKind, type FormValues, type Parsed, requiredErrors } from './forms/kind.ts';
import { newIncidentForm, parseNewIncident } from './forms/new-incident.ts';
import { noteForm, peopleForm, renameForm, speedForm } from './forms/other-forms.ts';
import { firstReportForm } from './forms/report-forms.ts';
import { releaseForm, returnToChatForm, roomsForm, withdrawForm } from './forms/room-forms.ts';
import type { Scene } from './scene.ts';

export type { FormValues, Parsed } from './forms/kind.ts';

/** Every form of an incident by the name its buttons carry. `new_incident` stands alone. */
export const FORM_KINDS: Readonly<Record<string, FormKind>> = {
  number: numberForm,
  ongoing: spanForm,
  occurrence: occurrenceForm,
  type: typeForm,
  correct: correctionForm,
  judgements: judgementsForm,
  awareness: awarenessForm,
  confirm_awareness: confirmAwarenessForm,
  item: itemForm,
  wording: wordingForm,
  choose_version: versionForm,
  assign: assignForm,
  another_level: anotherLevelForm,
  settle_question: settleForm,
  not_reportable: notReportableForm,
  not_owed: notOwedForm,
  end_handling: endHandlingForm,
  close: closeForm,
  reopen: reopenForm,
  hold: holdForm,
  release_hold: releaseHoldForm,
  erase: eraseForm,
  first_report: firstReportForm,
  filing: filingForm,
  correct_filing: correctFilingForm,
  practise: practiseForm,
  phone_report: phoneReportForm,
  explain_delay: explainDelayForm,
  send_back: sendBackForm,
  assess: assessForm,
  statement: statementForm,
  request: requestForm,
  drop_request: dropRequestForm,
  task: taskForm,
  change_task: changeTaskForm,
  note: noteForm,
  rename: renameForm,
  people: peopleForm,
  rooms: roomsForm,
  return_to_chat: returnToChatForm,
  release_abroad: releaseForm,
  withdraw_release: withdrawForm,
  drill_speed: speedForm,
};

/** A form as it looks now; null if it does not exist or there is nothing (any more) to fill in. `now` is incident time. */
export function formOf(
  ref: FormRef,
  state: IncidentState | null,
  ia: IncidentAssessment | null,
  regime: Regime,
  now: Iso,
): Form | null {
  if (ref.form === 'new_incident') return { ref, ...newIncidentForm(ref.args) };
  const scene = sceneOf(state, ia, regime, now);
  const kind = entryOf(FORM_KINDS, ref.form);
  const built = scene && kind ? kind.build(scene, ref.args) : null;
  return built && { ref, ...built };
}

/** What was entered, as commands in the order to be given; or, per field, what to do about it. */
export function parseForm(
  ref: FormRef,
  values: FormValues,
  context: {
    readonly state: IncidentState | null;
    readonly ia: IncidentAssessment | null;
    readonly regime: Regime;
    readonly now: Iso;
  },
): Parsed {
  if (ref.form === 'new_incident') {
    const errors = requiredErrors(newIncidentForm(ref.args), values);
    return errors ? { errors } : parseNewIncident(values, context.now);
  }
  const scene = sceneOf(context.state, context.ia, context.regime, context.now);
  const kind = entryOf(FORM_KINDS, ref.form);
  const built = scene && kind ? kind.build(scene, ref.args) : null;
  if (!scene || !kind || !built) return { errors: { '': { key: 'refuse.invalid' } } };
  const errors = requiredErrors(built, values);
  return errors ? { errors } : kind.parse(scene, ref.args, values);
}

function sceneOf(state: IncidentState | null, ia: IncidentAssessment | null, regime: Regime, now: Iso): Scene | null {
  return state && ia ? { state, ia: { ...ia, now }, regime } : null;
}
