import type { Card, FormRef } from '../conversation/cards/card.ts';
import { buttons, sentenceCard } from '../conversation/cards/sentence.ts';
import { filingReadBack } from '../conversation/filing/filing-fields.ts';
import { headEntered } from '../conversation/filing/report-forms.ts';
import { type FormContext, formOf, parseForm } from '../conversation/forms/form-kinds.ts';
import { readBack } from '../conversation/sworn.ts';
import type { Command, CommandOf } from '../incident/commands.ts';
import { unsaidOf } from '../incident/record/without-words.ts';
import type { IncidentState } from '../incident/state.ts';
import { undated } from '../report/head.ts';
import type { App, Caller, FormInput, FormResult } from './app.ts';
import { formRefusal } from './directory/access.ts';
import { actorIn } from './directory/accounts.ts';
import type { RunRequest } from './engine.ts';
import type { Refusal } from './ports.ts';
import { nowIn, type UseCaseContext } from './use-case-context.ts';

/** Use cases of forms: current state, and effects of submitted entries, all of which take effect or none. */
export function createForms(context: UseCaseContext): Pick<App, 'form' | 'submitForm' | 'readBack' | 'preview'> {
  const stateOf = async (ref: FormRef, caller: Caller): Promise<IncidentState | null> => {
    const id = ref.args['incident'];
    return id === undefined ? null : context.visible(id, caller);
  };

  return {
    form: async (ref, caller) => {
      const state = await stateOf(ref, caller);
      if (!state && ref.args['incident'] !== undefined) return unknown(ref);
      const counsel = state && ref.form === 'assess' ? context.counsel(state, caller) : null;
      const refusal = counsel ?? (state && (await formRefusal(context, state, ref, caller)));
      if (refusal) return refusal;
      const remembered = state && ref.form === 'first_report' ? await headBefore(context, state) : undefined;
      const situation = situationOf(context, state);
      const unsaid = state?.stopped && situation.ia ? unsaidOf(state, situation.ia) : {};
      const shown = { ...situation, ...unsaid, remembered };
      return formOf(ref, shown) ?? { code: 'nothing_to_fill', params: { form: ref.form } };
    },
    readBack: async (input) => {
      const state = await stateOf(input.ref, input.caller);
      const shown = state && (filingShown(context, input, state) ?? decisionShown(context, input, state));
      if (!state || !shown) return null;
      return 'code' in shown ? { kind: 'refused', incident: state.id, refusal: shown, state } : { ...shown, state };
    },
    preview: async (input) => previewOf(context, input, await stateOf(input.ref, input.caller)),
    submitForm: async (input): Promise<FormResult> => {
      const { ref, caller, delivery, values } = input;
      const state = await stateOf(ref, caller);
      const refused = { kind: 'refused', incident: null, state: null, refusal: unknown(ref) } as const;
      if (!state && ref.args['incident'] !== undefined) return refused;
      const parsed = parseForm(ref, values, situationOf(context, state));
      if ('errors' in parsed) return { kind: 'invalid', errors: parsed.errors };
      const declares = parsed.commands.find((c): c is CommandOf<'declare'> => c.type === 'declare');
      if (declares) {
        const result = await context.declare({ ...declares, caller, room: input.room ?? null, delivery });
        const others = parsed.commands.filter((command) => command !== declares);
        if (result.kind === 'done' && others.length > 0) {
          const revision = result.state.version;
          const next = { ...input, revision, delivery: { ...delivery, key: `${delivery.key}:with` } };
          await context.finish(requestOf(next, result.state, others), result.state);
        }
        return result;
      }
      return state ? ofForm(ref, await context.finish(requestOf(input, state, parsed.commands), state)) : refused;
    },
  };
}

/** Refusals whose text depends on whether a form was sent: a stale one, and one that lacks a right. */
const OF_FORMS: ReadonlySet<string> = new Set(['stale_revision', 'forbidden']);

/** Adds the form's name to a refusal, because no button names it. */
function ofForm<T extends FormResult>(ref: FormRef, result: T): T | Extract<FormResult, { kind: 'refused' }> {
  if (result.kind !== 'refused' || !OF_FORMS.has(result.refusal.code)) return result;
  const { refusal } = result;
  return { ...result, refusal: { ...refusal, params: { ...refusal.params, form: ref.form } } };
}

function situationOf({ engine }: UseCaseContext, state: IncidentState | null): FormContext {
  const now = nowIn(state, engine.deps.clock.now());
  const ia = state && engine.assess(state);
  return { state, ia, regime: ia?.regime ?? engine.deps.regime, now };
}

/** Read-back of the filing in the entries, in one sentence; null if the entries are wrong or state no filing. */
function filingShown(
  context: UseCaseContext,
  input: FormInput,
  state: IncidentState,
): { readonly card: Card } | Refusal | null {
  const { ref, values, caller } = input;
  const { engine, links } = context;
  const whole = { ...engine.situation(state), now: nowIn(state, engine.deps.clock.now()) };
  const situation = state.stopped ? { ...whole, ...unsaidOf(state, whole.ia) } : whole;
  const parsed = parseForm(ref, values, situation);
  const form = formOf(ref, situation);
  const filing = 'commands' in parsed ? parsed.commands.find((one) => one.type === 'record_filing') : undefined;
  if (!filing || !form) return null;
  const refusal = engine.check(state, requestOf(input, state, [filing]), actorIn(state, caller.account, links));
  return refusal ?? { card: filingReadBack(situation, form, values, filing) };
}

/** Read-back of the decision in the entries, in one sentence with its reason; null for wrong entries or without one. */
function decisionShown(
  context: UseCaseContext,
  input: FormInput,
  state: IncidentState,
): { readonly card: Card } | Refusal | null {
  const { ref, values, caller } = input;
  const { engine, links } = context;
  const situation = engine.situation(state, engine.deps.clock.now());
  const parsed = parseForm(ref, values, situationOf(context, state));
  const back = 'commands' in parsed ? readBack(situation, ref, values, parsed.commands) : null;
  if (!back) return null;
  const refusal = engine.check(state, requestOf(input, state, [back.confirms]), actorIn(state, caller.account, links));
  return refusal ?? { card: sentenceCard(back.text, buttons(back.actions ?? [])) };
}

/** Preview of a form's commands: a filing, or the text they would compile. Commits nothing. */
function previewOf(
  context: UseCaseContext,
  input: FormInput,
  state: IncidentState | null,
): Awaited<ReturnType<App['preview']>> {
  const { engine, links } = context;
  const { ref, values, caller } = input;
  if (!state) return unknown(ref);
  const filing = filingShown(context, input, state);
  if (filing) return filing;
  const parsed = parseForm(ref, values, situationOf(context, state));
  if ('errors' in parsed) return parsed;
  const after = engine.preview(state, requestOf(input, state, parsed.commands), actorIn(state, caller.account, links));
  if ('code' in after) return after;
  const text = after.drafts.length > state.drafts.length ? after.drafts.at(-1)?.text : undefined;
  if (!text) return { code: 'nothing_to_see', params: { view: ref.form } };
  return { ...text, document: undated(text.document), twin: undated(text.twin) };
}

/** Number of latest incidents that are searched for entries of a report's head. */
const LOOKED_BACK = 10;

/** Entries of the head from the latest incidents; those of a drill are not offered in a real incident. */
async function headBefore(
  { engine }: UseCaseContext,
  { id, drill }: IncidentState,
): Promise<Readonly<Record<string, string>>> {
  const { store, regime } = engine.deps;
  const rows = await store.incidents({ limit: LOOKED_BACK });
  const others = rows.filter((row) => row.id !== id && (drill || !row.drill));
  const states = await Promise.all(others.map((row) => store.incident(row.id)));
  const entered = states.toReversed().flatMap((state) => (state ? Object.entries(headEntered(state, regime)) : []));
  return Object.fromEntries(entered);
}

function requestOf(
  { caller, revision, delivery, room = null }: FormInput,
  { id }: IncidentState,
  commands: readonly Command[],
): RunRequest {
  return { target: { incident: id }, commands, who: caller, revision, delivery, room };
}

function unknown(ref: FormRef): { code: string; params: { id: string } } {
  return { code: 'unknown_incident', params: { id: ref.args['incident'] ?? '' } };
}
