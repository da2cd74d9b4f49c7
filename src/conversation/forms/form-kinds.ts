import type { IncidentAssessment } from '../../incident/facts/assessment.ts';
import type { IncidentState } from '../../incident/state.ts';
import { entryOf } from '../../law/lookup.ts';
import type { Regime } from '../../law/regime.ts';
import type { Iso } from '../../law/types.ts';
import type { Form, FormRef } from '../cards/card.ts';
import type { Situation } from '../cards/situation.ts';
import { FORM_KINDS } from '../commands.ts';
import { type FormValues, type Parsed, requiredErrors } from './form-kind.ts';
import { newIncidentForm, parseNewIncident } from './new-incident-form.ts';

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
      built: begun(newIncidentForm(ref.args), ref.args),
      parse: (values: FormValues) => parseNewIncident(values, now, ref.args),
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

/** Returns the form with fields prefilled from its arguments: words typed after a command, or a value to change. */
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

/** Form in its current state; null if it does not exist or has nothing (any more) to fill in. */
export function formOf(ref: FormRef, context: FormContext): Form | null {
  const form = opened(ref, context);
  return form && { ref, ...form.built };
}

/** Parses the values of a form into commands, in order of execution; otherwise returns an error text per field. */
export function parseForm(ref: FormRef, values: FormValues, context: FormContext): Parsed {
  const form = opened(ref, context);
  if (!form) return { errors: { '': { key: 'refuse.invalid' } } };
  const errors = requiredErrors(form.built, values);
  return errors ? { errors } : form.parse(values);
}
