import type { IncidentAssessment } from '../incident/facts/assessment.ts';
import { IMPORT_ACTOR } from '../incident/identity.ts';
import { beganAt } from '../incident/imported.ts';
import { shownTitle } from '../incident/record/without-words.ts';
import type { IncidentState } from '../incident/state.ts';
import type { IncidentRow } from './ports.ts';

/** The row of the list of incidents. */
export function rowOf(state: IncidentState, assessment: IncidentAssessment): IncidentRow {
  return {
    id: state.id,
    title: shownTitle(state),
    drill: state.drill,
    phase: assessment.phase,
    level: assessment.level,
    // Kept after an erasure too: this lead marks the row of an import.
    lead: state.imported ? IMPORT_ACTOR : state.lead,
    declaredAt: beganAt(state),
    ...(state.imported ? { imported: true as const } : {}),
    nextDue: nextDueOf(assessment),
    version: state.version,
    participants: Object.keys(state.people),
    rooms: Object.keys(state.rooms),
  };
}

/** The next deadline still to be met, also of a duty that only may exist; null for none. */
export function nextDueOf({ clocks }: IncidentAssessment): string | null {
  const running = clocks.filter((c) => c.status === 'running' || (c.status === 'late' && !c.filing));
  return running.map((c) => c.due).sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
}

/** Text as a search compares it: without differences of case, full width and composition. */
export function searchable(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
