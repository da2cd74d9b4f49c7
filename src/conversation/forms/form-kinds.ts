import type { IncidentAssessment } from '../../incident/facts/assessment.ts';
import type { AbroadPart } from '../../incident/identity.ts';
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
 * Every form of an incident by the name its buttons carry. `part`: what of the incident it shows or takes in; one without
 * a part is not shown in a room abroad. `new_incident` stands alone.
 */
export const FORM_KINDS: Readonly<Record<string, FormKind & { readonly part?: AbroadPart }>> = {
  number: { ...facts.numberForm, part: 'answers' },
  ongoing: { ...facts.spanForm, part: 'answers' },
  occurrence: { ...facts.occurrenceForm, part: 'answers' },
  type: { ...facts.typeForm, part: 'answers' },
  correct: { ...facts.correctionForm, part: 'answers' },
  judgements: { ...facts.judgementsForm, part: 'answers' },
  awareness: { ...awarenessForm, part: 'answers' },
  confirm_awareness: confirmAwarenessForm,
  item: { ...items.itemForm, part: 'drafts' },
  wording: { ...items.wordingForm, part: 'drafts' },
  wordings: { ...items.wordingsForm, part: 'drafts' },
  choose_version: { ...items.versionForm, part: 'drafts' },
  assign: { ...items.assignForm, part: 'overview' },
  another_level: { ...decisions.anotherLevelForm, part: 'answers' },
  settle_question: decisions.settleForm,
  not_reportable: decisions.notReportableForm,
  not_owed: decisions.notOwedForm,
  end_handling: decisions.endHandlingForm,
  take_law: { ...takeLawForm, part: 'overview' },
  lift_stop: { ...decisions.liftStopForm, part: 'overview' },
  close: { ...decisions.closeForm, part: 'overview' },
  reopen: { ...decisions.reopenForm, part: 'overview' },
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
  note: { ...others.noteForm, part: 'overview' },
  rename: { ...others.renameForm, part: 'title' },
  relate: others.relateForm,
  people: { ...others.peopleForm, part: 'overview' },
  rooms: rooms.roomsForm,
  return_to_chat: rooms.returnToChatForm,
  release_abroad: { ...rooms.releaseForm, part: 'overview' },
  withdraw_release: { ...rooms.withdrawForm, part: 'overview' },
  drill_speed: others.speedForm,
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
      parse: (values: FormValues) => others.parseNewIncident(values, now),
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
