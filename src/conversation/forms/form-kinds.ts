import type { IncidentAssessment } from '../../incident/facts/assessment.ts';
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
import * as rooms from '../rooms/room-forms.ts';
import { correctFilingForm } from './correct-filing-form.ts';
import { type FormKind, type FormValues, type Parsed, requiredErrors } from './form-kind.ts';
import { newIncidentForm, parseNewIncident } from './new-incident.ts';
import * as others from './other-forms.ts';

export type { FormValues, Parsed } from './form-kind.ts';

/** Every form of an incident by the name its buttons carry. `new_incident` stands alone. */
export const FORM_KINDS: Readonly<Record<string, FormKind>> = {
  number: facts.numberForm,
  ongoing: facts.spanForm,
  occurrence: facts.occurrenceForm,
  type: facts.typeForm,
  correct: facts.correctionForm,
  judgements: facts.judgementsForm,
  awareness: awarenessForm,
  confirm_awareness: confirmAwarenessForm,
  item: items.itemForm,
  wording: items.wordingForm,
  wordings: items.wordingsForm,
  choose_version: items.versionForm,
  assign: items.assignForm,
  another_level: decisions.anotherLevelForm,
  settle_question: decisions.settleForm,
  not_reportable: decisions.notReportableForm,
  not_owed: decisions.notOwedForm,
  end_handling: decisions.endHandlingForm,
  close: decisions.closeForm,
  reopen: decisions.reopenForm,
  hold: decisions.holdForm,
  release_hold: decisions.releaseHoldForm,
  erase: decisions.eraseForm,
  first_report: firstReportForm,
  head: headForm,
  filing: filing.filingForm,
  correct_filing: correctFilingForm,
  practise: filing.practiseForm,
  phone_report: filing.phoneReportForm,
  explain_delay: filing.explainDelayForm,
  send_back: approval.sendBackForm,
  assess: approval.assessForm,
  statement: approval.statementForm,
  request: approval.requestForm,
  drop_request: approval.dropRequestForm,
  task: approval.taskForm,
  change_task: approval.changeTaskForm,
  note: others.noteForm,
  rename: others.renameForm,
  relate: others.relateForm,
  people: others.peopleForm,
  rooms: rooms.roomsForm,
  return_to_chat: rooms.returnToChatForm,
  release_abroad: rooms.releaseForm,
  withdraw_release: rooms.withdrawForm,
  drill_speed: others.speedForm,
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
