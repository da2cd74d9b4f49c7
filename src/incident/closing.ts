import { draftInForce, isReport } from './approvals.ts';
import type { IncidentAssessment } from './facts/assessment.ts';
import { isDecidedBelow } from './facts/owed.ts';
import type { IncidentState } from './state.ts';

/** The id of a draft among what stands in the way of closing, e.g. `draft.2`. */
export function draftNeed(draft: number): string {
  return `draft.${draft}`;
}

/**
 * Ids of what stands in the way of closing: every duty that is open, `level` and `awareness` while no person confirmed
 * them, `draft.N` for a report that was compiled and not sent. Empty in a drill: nothing of it is owed.
 */
export function closingNeeds(state: IncidentState, ia: Pick<IncidentAssessment, 'owed' | 'regime'>): readonly string[] {
  if (state.drill) return [];
  // After a state-secret stop nothing is decided here any more: only what is owed is left.
  if (state.stopped) return ia.owed;
  const graded = state.levelDecision !== null || state.notReportable !== null;
  const ended = state.notReportable !== null || isDecidedBelow(state, ia.regime);
  const draft = unsentDraft(state);
  return [
    ...ia.owed,
    ...(graded ? [] : ['level']),
    ...(state.awareness || (ended && state.filings.length === 0) ? [] : ['awareness']),
    ...(draft === null ? [] : [draftNeed(draft)]),
  ];
}

/** Number of the draft in force if it was neither sent nor set aside; a filing without a draft sent it. */
export function unsentDraft(state: IncidentState): number | null {
  const { filings, notOwed } = state;
  const latest = draftInForce(state);
  if (!latest || notOwed[draftNeed(latest.draft)]) return null;
  const sent = filings.some(
    (filing) =>
      filing.draft === latest.draft ||
      (filing.draft === undefined && filing.version > latest.version && isReport(filing)),
  );
  return sent ? null : latest.draft;
}
