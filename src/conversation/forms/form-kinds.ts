import type { IncidentAssessment } from '../../incident/facts/assessment.ts';
import type { IncidentState } from '../../incident/state.ts';
import { entryOf } from '../../law/lookup.ts';
import type { Regime } from '../../law/regime.ts';
import type { Iso } from '../../law/types.ts';
import { awarenessForm, confirmAwarenessForm } from '../asking/awareness-forms.ts';
import {
  correctionForm,
  judgementsForm,
  numberForm,
  occurrenceForm,
  spanForm,
  typeForm,
} from '../asking/fact-forms.ts';
import type { Form, FormRef } from '../cards/card.ts';
import type { Situation } from '../cards/situation.ts';
import { assignForm, itemForm, versionForm, wordingForm, wordingsForm } from '../collecting/item-forms.ts';
import {
  assessForm,
  changeTaskForm,
  dropRequestForm,
  requestForm,
  sendBackForm,
  statementForm,
  taskForm,
} from '../filing/approval-forms.ts';
import { explainDelayForm, filingForm, phoneReportForm, practiseForm } from '../filing/filing-forms.ts';
import { firstReportForm, headForm } from '../filing/report-forms.ts';
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
} from '../level/decision-forms.ts';
import { releaseForm, returnToChatForm, roomsForm, withdrawForm } from '../rooms/room-forms.ts';
import { correctFilingForm } from './correct-filing-form.ts';
import { type FormKind, type FormValues, type Parsed, requiredErrors } from './form-kind.ts';
import { newIncidentForm, parseNewIncident } from './new-incident.ts';
import { noteForm, peopleForm, renameForm, speedForm } from './other-forms.ts';

export type { FormValues, Parsed } from './form-kind.ts';

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
  wordings: wordingsForm,
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
  head: headForm,
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
  remembered?: Situation['remembered'],
): Form | null {
  if (ref.form === 'new_incident') return { ref, ...newIncidentForm(ref.args) };
  const situation = situationOf(state, ia, regime, now);
  const kind = entryOf(FORM_KINDS, ref.form);
  const built = situation && kind ? kind.build({ ...situation, remembered }, ref.args) : null;
  return built && { ref, ...built };
}

/**
 * Parses the values of a form into commands, in the order in which to give them; or, per field, a text on what to
 * change.
 */
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
  const situation = situationOf(context.state, context.ia, context.regime, context.now);
  const kind = entryOf(FORM_KINDS, ref.form);
  const built = situation && kind ? kind.build(situation, ref.args) : null;
  if (!situation || !kind || !built) return { errors: { '': { key: 'refuse.invalid' } } };
  const errors = requiredErrors(built, values);
  return errors ? { errors } : kind.parse(situation, ref.args, values);
}

function situationOf(
  state: IncidentState | null,
  ia: IncidentAssessment | null,
  regime: Regime,
  now: Iso,
): Situation | null {
  return state && ia ? { state, ia: { ...ia, now }, regime } : null;
}
