import { draftInForce, isReport } from './approvals.ts';
import type { IncidentAssessment } from './facts/assessment.ts';
import { endsReporting } from './facts/owed.ts';
import type { IncidentState } from './state.ts';

/** Roles of reports that are owed promptly after the first: an update on changes, a supplement of missing parts. */
export const OWED_REPORTS = ['update', 'supplement'] as const;
export type OwedReport = (typeof OWED_REPORTS)[number];

/** The id of a report that is owed beside the duties with a limit: `report.update` (续报), `report.supplement` (补报). */
export function reportNeed(role: OwedReport): string {
  return `report.${role}`;
}

/** True for an update or supplement that two people decided is not owed, until a fact, field or the level changes. */
export function isWaived(state: IncidentState, need: string): boolean {
  const decided = state.notOwed[need];
  if (!decided) return false;
  const written = Object.values(state.fields).flatMap(({ versions, wording }) => [
    ...versions,
    ...(wording ? [wording] : []),
  ]);
  const said = [...Object.values(state.facts), ...written];
  return [...said, ...(state.levelDecision ? [state.levelDecision] : [])].every(
    ({ version }) => version < decided.version,
  );
}

/** Id of a draft among the open points that prevent closing, e.g. `draft.2`. */
export function draftNeed(draft: number): string {
  return `draft.${draft}`;
}

/**
 * Ids of the points that prevent closing: open duties, `level` and `awareness` while no person confirmed them,
 * `draft.N` for a report that was compiled and not sent, and ids of `reports` (owed on news). Empty in a drill.
 */
export function closingNeeds(
  state: IncidentState,
  ia: Pick<IncidentAssessment, 'owed' | 'regime' | 'assessment'>,
  reports: readonly OwedReport[],
): readonly string[] {
  if (state.drill || state.imported) return [];
  // After a state-secret stop only open duties prevent closing.
  if (state.stopped) return ia.owed;
  const graded = state.levelDecision !== null || state.notReportable !== null;
  const ended = endsReporting(state, ia.regime, ia.assessment);
  const draft = unsentDraft(state);
  return [
    ...ia.owed,
    ...(graded ? [] : ['level']),
    ...(state.awareness || (ended && state.filings.length === 0) ? [] : ['awareness']),
    ...(draft === null ? [] : [draftNeed(draft)]),
    ...reports.map(reportNeed).filter((need) => !isWaived(state, need)),
  ];
}

/** Number of the draft in force if neither sent nor set aside; a later filing without a draft counts as sending it. */
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
