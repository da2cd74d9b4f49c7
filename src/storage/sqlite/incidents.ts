import type { Database, Statement } from 'better-sqlite3';
import { searchable } from '../../use-cases/list-row.ts';
import type { IncidentFilter, IncidentRow } from '../../use-cases/ports.ts';
import { INCIDENT_COLUMNS, incidentOf, type StoredIncident } from '../incident-rows.ts';

/** The list of incidents, newest first. */
export class IncidentList {
  readonly #db: Database;
  /** At most one statement for each combination of filters. */
  readonly #statements = new Map<string, Statement<[Record<string, string | number | null>], StoredIncident>>();

  constructor(reader: Database) {
    this.#db = reader;
  }

  list(filter: IncidentFilter): readonly IncidentRow[] {
    const sql = `SELECT ${INCIDENT_COLUMNS} FROM ${source(filter)} LIMIT @limit`;
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#db.prepare<[Record<string, string | number | null>], StoredIncident>(sql);
      this.#statements.set(sql, statement);
    }
    const rows = statement.all({
      limit: filter.limit,
      participant: filter.participant ?? null,
      search: filter.search === undefined ? null : searchable(filter.search.trim()),
      before: filter.before ?? null,
    });
    return rows.map(incidentOf);
  }
}

/**
 * SQL source of list rows: a participant's through the index of members, others from the table, in either case newest
 * first.
 */
function source(filter: IncidentFilter): string {
  const mine = filter.participant !== undefined;
  const seq = mine ? 'm.seq' : 'i.seq';
  const where = [
    ...(mine ? [`m.kind = 'p' AND m.member = @participant`] : []),
    ...(filter.open === undefined ? [] : [filter.open ? `i.phase <> 'closed'` : `i.phase = 'closed'`]),
    ...(filter.search?.trim() ? ['instr(i.search, @search) > 0'] : []),
    ...(filter.before === undefined ? [] : [`${seq} < (SELECT seq FROM incidents WHERE id = @before)`]),
  ];
  const from = mine ? 'incident_members m JOIN incidents i ON i.seq = m.seq' : 'incidents i';
  return `${from} ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY ${seq} DESC`;
}
