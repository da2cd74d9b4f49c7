import type { IncidentAssessment } from '../incident/facts/assessment.ts';
import { IMPORT_ACTOR } from '../incident/identity.ts';
import { beganAt } from '../incident/imported.ts';
import { shownTitle } from '../incident/record/without-words.ts';
import type { IncidentState } from '../incident/state.ts';
import type { IncidentRow } from './ports.ts';

export function rowOf(state: IncidentState, assessment: IncidentAssessment): IncidentRow {
  return {
    id: state.id,
    title: shownTitle(state),
    drill: state.drill,
    phase: assessment.phase,
    level: assessment.level,
    // The lead `IMPORT_ACTOR` marks the row of an import, even after an erasure.
    lead: state.imported ? IMPORT_ACTOR : state.lead,
    declaredAt: beganAt(state),
    ...(state.imported ? { imported: true as const } : {}),
    nextDue: nextDueOf(assessment),
    version: state.version,
    participants: Object.keys(state.people),
    rooms: Object.keys(state.rooms),
  };
}

/** Next deadline still to be met, also of a merely possible duty; null if there is none. */
export function nextDueOf({ clocks }: IncidentAssessment): string | null {
  const running = clocks.filter((c) => c.status === 'running' || (c.status === 'late' && !c.filing));
  return running.map((c) => c.due).sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
}

/** Text for comparison in a search: case, full width and composition are normalised. */
export function searchable(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
