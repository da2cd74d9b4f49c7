import type { Pack } from '../../law/pack.ts';
import type { Regime } from '../../law/regime.ts';
import type { Iso } from '../../law/types.ts';
import { answered, reducers } from '../commands/answers.ts';
import type { StatedValue } from '../commands/parts.ts';
import { beforeLawRefusal, type Catalogue, type Decision, futureRefusal } from '../decide/context.ts';
import { isoOf, toIncidentTime } from '../drill-clock.ts';
import type { IncidentState } from '../state.ts';
import { assessIncident, type IncidentAssessment } from './assessment.ts';
import { lawOf } from './law-set.ts';
import type { OwedObligation } from './owed.ts';

/** Circumstances supposed to differ from the record; an absent one is as recorded. */
export interface Supposition {
  readonly awareness?: Iso | undefined;
  readonly facts?: Readonly<Record<string, StatedValue>> | undefined;
  /** Readings of open legal questions: question → reading. */
  readonly readings?: Readonly<Record<string, string>> | undefined;
  /** Another text of the base regime, or a pack that is put in force or replaced. */
  readonly law?: { readonly regime: Regime } | { readonly pack: Pack } | undefined;
}

export interface SuppositionContext {
  /** Base regime as loaded, with its editions. */
  readonly regime: Regime;
  /** Wall time, epoch milliseconds. */
  readonly at: number;
  catalogue(law: Regime): Catalogue;
}

export type Supposed =
  | { readonly ok: true; readonly was: IncidentAssessment; readonly would: IncidentAssessment }
  | Extract<Decision, { ok: false }>;

/**
 * Assesses a record once as it is, and once under each of several suppositions, all at the same instant. Pure: the
 * given state is not changed and nothing is recorded. An empty supposition changes nothing. A refusal names the
 * circumstance in `field`, e.g. `facts.personal_info_people`.
 */
export function supposing(state: IncidentState, context: SuppositionContext): (supposition: Supposition) => Supposed {
  const now = isoOf(toIncidentTime(state.segments, context.at));
  const was = assessIncident(state, context.regime, now);
  return (supposition) => supposed(state, was, supposition, context);
}

function supposed(
  state: IncidentState,
  was: IncidentAssessment,
  supposition: Supposition,
  context: SuppositionContext,
): Supposed {
  const { now } = was;
  const { law } = supposition;
  const base = law && 'regime' in law ? law.regime : context.regime;
  if (law && 'pack' in law && !state.organisation)
    return { ok: false, refusal: { code: 'unknown_law', field: 'law', params: { law: law.pack.id } } };
  const under = law ? ('pack' in law ? withPack(state, law.pack, now) : { ...state, law: base.version }) : state;
  const catalogue = context.catalogue(lawOf(under, base));
  const other = withCircumstances(under, supposition, { catalogue, at: context.at, now });
  if ('ok' in other) return other;
  return { ok: true, was, would: other === state ? was : assessIncident(other, base, now) };
}

/** Returns the state of an incident in which this text of a pack is in force, whatever packs the profile names. */
export function withPack(state: IncidentState, pack: Pack, at: Iso): IncidentState {
  return {
    ...state,
    packs: [...state.packs.filter(({ id }) => id !== pack.id), pack],
    taken: { ...state.taken, [pack.id]: { by: '', at, version: state.version, reason: '' } },
  };
}

type Refused = Extract<Decision, { ok: false }>;
interface Checked {
  readonly catalogue: Catalogue;
  readonly at: number;
  readonly now: Iso;
}

function withCircumstances(state: IncidentState, supposition: Supposition, checked: Checked): IncidentState | Refused {
  const { facts = {}, readings = {}, awareness } = supposition;
  const stamp = { by: '', at: checked.now, version: state.version };
  let supposed = state;
  for (const [fact, value] of Object.entries(facts)) {
    const decision = answered(supposed, { type: 'answer', fact, value }, checked);
    if (!decision.ok) return about(`facts.${fact}`, decision);
    for (const event of decision.events)
      if (event.type === 'fact_stated') {
        // The time of the answer is kept: a clock of a pack may run from it.
        const at = supposed.facts[fact]?.at ?? state.declared.at;
        supposed = { ...supposed, ...reducers.fact_stated(supposed, event.payload, { ...stamp, at }) };
      }
  }
  for (const [question, reading] of Object.entries(readings)) {
    const known = checked.catalogue.readings(question);
    const params = { question, reading, readings: known ?? [] };
    if (!known) return { ok: false, refusal: { code: 'unknown_question', field: `readings.${question}`, params } };
    if (!known.includes(reading))
      return { ok: false, refusal: { code: 'unknown_reading', field: `readings.${question}`, params } };
    const entry = { ...stamp, reading, reason: '', regime: null };
    supposed = { ...supposed, readings: { ...supposed.readings, [question]: entry } };
  }
  if (awareness === undefined) return supposed;
  const future = futureRefusal(state, checked, 'awareness', [awareness]);
  const wrong = future ?? beforeLawRefusal(checked, 'awareness', awareness);
  if (wrong && !wrong.ok) return wrong;
  return { ...supposed, awareness: { ...stamp, candidate: '', instant: awareness, reason: '' } };
}

const about = (field: string, { refusal }: Refused): Refused => ({ ok: false, refusal: { ...refusal, field } });

/** Duty as it is and as it would be; null: not owed. */
export interface DutyBeside {
  readonly id: string;
  readonly was: OwedObligation | null;
  readonly would: OwedObligation | null;
}

/** Duties of two assessments side by side, in the order of the first; duties of the second alone come last. */
export function dutyChanges(
  { obligations: was }: Pick<IncidentAssessment, 'obligations'>,
  { obligations: would }: Pick<IncidentAssessment, 'obligations'>,
): readonly DutyBeside[] {
  const ids = [...new Set([...was, ...would].map(({ id }) => id))];
  const of = (list: readonly OwedObligation[], wanted: string) => list.find(({ id }) => id === wanted) ?? null;
  return ids.map((id) => ({ id, was: of(was, id), would: of(would, id) }));
}

/** Whole minutes between a filing (or now) and the limit of a duty; negative when late, null without a limit. */
export function marginOf({ due, filing }: Pick<OwedObligation, 'due' | 'filing'>, now: Iso): number | null {
  return due === null ? null : Math.floor((Date.parse(due) - Date.parse(filing?.filedAt ?? now)) / 60_000);
}
