import type { ChainHead } from '../incident/record/chain.ts';
import { searchable } from '../use-cases/list-row.ts';
import type { IncidentRow } from '../use-cases/ports.ts';
import { isStringList, stored } from './json.ts';

/** A row of the list of incidents as both stores keep it. */
export interface StoredIncident extends Omit<IncidentRow, 'drill' | 'participants' | 'rooms'> {
  readonly drill: number;
  readonly participants: string;
  readonly rooms: string;
}

export const INCIDENT_COLUMNS = `i.id, i.title, i.drill, i.phase, i.level, i.lead, i.declared_at AS "declaredAt", i.next_due AS "nextDue",
  i.version, i.participants, i.rooms`;

export function incidentOf(row: StoredIncident): IncidentRow {
  return {
    ...row,
    drill: row.drill === 1,
    participants: stored(row.participants, isStringList),
    rooms: stored(row.rooms, isStringList),
  };
}

/** The columns of a row that every change sets. */
export function columnsOf(row: IncidentRow, head: ChainHead) {
  return {
    id: row.id,
    title: row.title,
    search: searchable(`${row.id} ${row.title}`),
    drill: row.drill ? 1 : 0,
    phase: row.phase,
    level: row.level,
    lead: row.lead,
    next_due: row.nextDue,
    participants: JSON.stringify(row.participants),
    rooms: JSON.stringify(row.rooms),
    version: head.version,
    hash: head.hash,
  };
}

/** `INC-2026-0007`. */
export function incidentId(series: string, year: number, n: number): string {
  return `${series}-${year}-${String(n).padStart(4, '0')}`;
}
