import { reminderSteps } from '../conversation/ladder.ts';
import type { IncidentAssessment } from '../incident/assessment.ts';
import type { DueStep } from '../incident/decide/context.ts';
import { toWallTime } from '../incident/drill-clock.ts';
import type { IncidentState } from '../incident/state.ts';
import type { WantedTimer } from './ports.ts';

/**
 * The timers an incident wants, a pure function of its record: one per instant at which something is to be said or to
 * be recorded. Rows hold wall time; in a drill the instants themselves are incident time.
 */
export function wantedTimers(state: IncidentState, assessment: IncidentAssessment): WantedTimer[] {
  const instants = new Map<string, string>();
  for (const step of futureSteps(state, assessment)) instants.set(`r:${Date.parse(step.at)}`, step.at);
  for (const crossing of assessment.crossings) {
    if (isKnown(state, crossing)) continue;
    instants.set(`x:${crossing.fact}:${Date.parse(crossing.at)}`, crossing.at);
  }
  return [...instants].flatMap(([key, at]) => {
    const dueAt = toWallTime(state.segments, Date.parse(at));
    return dueAt === null
      ? []
      : [{ key: `${state.id}:${key}`, kind: key.startsWith('r') ? 'reminder' : 'crossing', dueAt }];
  });
}

/** Ladder steps that have come and were not yet said, oldest first. */
export function dueSteps(state: IncidentState, assessment: IncidentAssessment): DueStep[] {
  const now = Date.parse(assessment.now);
  return futureSteps(state, assessment).filter((step) => Date.parse(step.at) <= now);
}

function futureSteps(state: IncidentState, assessment: IncidentAssessment): DueStep[] {
  const watermark = watermarkOf(state);
  return allSteps(state, assessment)
    .filter((step) => Date.parse(step.at) > watermark)
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** Steps at or before this instant were said, or lay before the incident was declared. */
function watermarkOf(state: IncidentState): number {
  const last = state.reminders.at(-1);
  return Math.max(Date.parse(state.declared.at), last ? Date.parse(last.dueAt) : 0);
}

function allSteps(state: IncidentState, assessment: IncidentAssessment): DueStep[] {
  const ladder = state.organisation?.ladder ?? [60];
  const steps = assessment.clocks
    .filter((clock) => !clock.filing && clock.status !== 'void')
    .flatMap((clock) =>
      reminderSteps(clock, ladder, assessment.anchors[clock.anchor] ?? null).map((step) => ({
        ...step,
        obligation: clock.id,
      })),
    );
  const crossings = assessment.crossings
    .filter((crossing) => !isKnown(state, crossing))
    .map((c) => ({ step: `crossing:${c.fact}:${c.level}`, obligation: c.criterion, at: warningBefore(c.at) }));
  const review = state.notReportable;
  const reviews = review ? [{ step: 'review', obligation: 'review', at: review.reviewAt }] : [];
  return [...steps, ...crossings, ...reviews];
}

/** The bot says before a threshold is crossed: half an hour ahead, so that something can still be done about it. */
const WARN_AHEAD = 30 * 60_000;
function warningBefore(at: string): string {
  return new Date(Date.parse(at) - WARN_AHEAD).toISOString();
}

function isKnown(state: IncidentState, crossing: { fact: string; criterion: string; at: string }): boolean {
  return state.crossings.some(
    (k) => k.fact === crossing.fact && k.criterion === crossing.criterion && k.crossedAt === crossing.at,
  );
}
