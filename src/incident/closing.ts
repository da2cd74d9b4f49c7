import { draftInForce, isReport } from './approvals.ts';
import type { IncidentAssessment } from './facts/assessment.ts';
import { endsReporting } from './facts/owed.ts';
import type { IncidentState, Stamp } from './state.ts';

/** Roles of reports that are owed promptly after the first: an update on changes, a supplement of missing parts. */
export const OWED_REPORTS = ['update', 'supplement'] as const;
export type OwedRole = (typeof OWED_REPORTS)[number];

/** Report owed on news since the last filing; `news`: hash of the level and the changed statements it would have. */
export interface OwedReport {
  readonly role: OwedRole;
  readonly news: string;
}

/** The id of a report that is owed beside the duties with a limit: `report.update` (续报), `report.supplement` (补报). */
export function reportNeed(role: OwedRole): string {
  return `report.${role}`;
}

/** Returns true for an update or supplement that two people decided is not owed, while its news are those they saw. */
export function isWaived(state: IncidentState, { role, news }: OwedReport): boolean {
  const decided = state.notOwed[reportNeed(role)];
  return decided !== undefined && (decided.news === undefined ? isOlder(state, decided) : decided.news === news);
}

/** Returns true if no answer, text or level was recorded after an instant; older records of a waiver have no hash. */
function isOlder(state: IncidentState, decided: Stamp): boolean {
  const written = Object.values(state.fields).flatMap(({ versions, wording }) => [...versions, wording]);
  const said = [...Object.values(state.facts), ...written, state.levelDecision];
  return said.every((one) => one === null || one.version < decided.version);
}

/** Returns true once tasks end with the incident: a drill, or one declared by mistake; others go on after closing. */
export function endsTasks({ closed, drill }: Pick<IncidentState, 'closed' | 'drill'>): boolean {
  return closed !== null && (drill || closed.mistaken === true);
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
    ...reports.flatMap((report) => (isWaived(state, report) ? [] : [reportNeed(report.role)])),
  ];
}

/** End after which a record may be erased: the closing, else a state-secret stop; null for an open incident. */
export const endOf = ({ closed, stopped }: Pick<IncidentState, 'closed' | 'stopped'>): Stamp | null =>
  closed ?? stopped;

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
