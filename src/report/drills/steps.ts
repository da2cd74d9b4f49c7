import { isoOf, toIncidentTime } from '../../incident/drill-clock.ts';
import type { EventType, RecordedEvent } from '../../incident/record/events.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { Iso } from '../../law/types.ts';

/** Stages of an incident up to its first filing, in their order. */
export const STAGES = ['awareness', 'level', 'draft', 'approval', 'filing'] as const;
export type Stage = (typeof STAGES)[number];
const STAGE_EVENTS: Readonly<Record<Stage, readonly EventType[]>> = {
  awareness: ['awareness_confirmed'],
  level: ['level_decided', 'not_reportable_decided'],
  draft: ['draft_compiled'],
  approval: ['draft_approved'],
  filing: ['filing_practised', 'filing_recorded'],
};

/** All steps of a drill: the first word of the incident in the company, the declaration, and the stages. */
export const STEPS = ['first_word', 'declared', ...STAGES] as const;
export type Step = (typeof STEPS)[number];

/** Entry by which a stage was first reached; undefined if it was not. Of filings only those of a first report count. */
export function entryOfStage(events: readonly RecordedEvent[], stage: Stage): RecordedEvent | undefined {
  return events.find(
    ({ event }) =>
      STAGE_EVENTS[stage].includes(event.type) && (event.type !== 'filing_recorded' || event.payload.form === 'first'),
  );
}

/** Instant (incident time, epoch ms) at which a stage was reached first; null if it was not. */
export function reachedAt({ segments }: IncidentState, events: readonly RecordedEvent[], stage: Stage): number | null {
  const found = entryOfStage(events, stage);
  if (!found) return null;
  // A filing is as old as its sending, whenever somebody entered it.
  if (found.event.type === 'filing_recorded') return Date.parse(found.event.payload.at);
  return toIncidentTime(segments, Date.parse(found.at));
}

/** A step with its time and the minutes since the latest step before it; null for a step that was not reached. */
export interface StepMinutes {
  readonly step: Step;
  readonly at: Iso | null;
  readonly minutes: number | null;
}

/**
 * Minutes from step to step until the first filing, from the record alone: their sum is the time from the first word to
 * the latest step. A step that came before an earlier one of the list took none.
 */
export function stepMinutes(state: IncidentState, events: readonly RecordedEvent[]): readonly StepMinutes[] {
  const declared = Date.parse(state.declared.at);
  const known = state.candidates.flatMap(({ reachedUs, instant }) => (reachedUs ? [Date.parse(instant)] : []));
  const instants = [Math.min(declared, ...known), declared, ...STAGES.map((stage) => reachedAt(state, events, stage))];
  const gaps = gapsOf(instants.map((instant) => instant && instant / 60_000));
  return STEPS.map((step, index) => {
    const at = instants[index] ?? null;
    return { step, at: at === null ? null : isoOf(at), minutes: gaps[index] ?? null };
  });
}

/** Whole minutes of each step since the latest before it, of times in minutes. */
function gapsOf(times: readonly (number | null)[]): readonly (number | null)[] {
  let latest: number | null = null;
  return times.map((time) => {
    if (time === null) return null;
    const minutes = latest === null ? null : Math.max(0, Math.floor(time) - Math.floor(latest));
    latest = Math.max(time, latest ?? time);
    return minutes;
  });
}

/**
 * Median of the minutes from step to step over drills, by step: of those in which the step was reached. A drill begins with its
 * declaration, so nothing is known of the step before.
 */
export function medianMinutes(
  drills: readonly { readonly stages: readonly { readonly stage: Stage; readonly minutes: number | null }[] }[],
): Readonly<Partial<Record<Step, number>>> {
  const all = drills.map(({ stages }) => {
    const after = (stage: Stage) => stages.find((one) => one.stage === stage)?.minutes ?? null;
    return gapsOf([null, 0, ...STAGES.map(after)]);
  });
  const medians = STEPS.flatMap((step, index) => {
    const known = all.flatMap((gaps) => gaps[index] ?? []).toSorted((a, b) => a - b);
    const middle = known[Math.floor((known.length - 1) / 2)];
    return middle === undefined ? [] : [[step, middle] as const];
  });
  return Object.fromEntries(medians);
}
