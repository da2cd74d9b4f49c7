import type { ActorId } from '../../incident/identity.ts';
import { searchable } from '../../use-cases/list-row.ts';
import type { IncidentFilter, RecordRow, Store } from '../../use-cases/ports.ts';
import { INCIDENT_COLUMNS, incidentOf, OPEN_DUES, type StoredIncident } from '../incident-rows.ts';
import { RECORD_COLUMNS, recordedEvent } from '../record-rows.ts';
import { readRecord } from './before.ts';
import { clean, type Database } from './connect.ts';
import type { States } from './states.ts';

/** Rows read at a time: a long record is never held in memory whole. */
const PAGE = 500;

/** Every read of incidents outside a change. */
export function storeReads(
  db: Database,
  states: States,
): Pick<Store, 'incident' | 'events' | 'firstNaming' | 'record' | 'incidents' | 'openDues' | 'actorOf'> {
  return {
    incident: async (id) => {
      const head = await db.first<{ version: number; hash: string }>(
        'SELECT version, hash FROM incidents WHERE id = $1',
        [id],
      );
      if (!head) return null;
      const folded = await states.at(id, head, (incident, after) => readRecord(db.pool, incident, after));
      return folded?.state ?? null;
    },
    events: async (id, from = 1) =>
      (await readRecord(db.pool, id, from - 1)).filter(({ bytes }) => bytes !== null).map(recordedEvent),
    firstNaming: async (sha256) => {
      const sql = 'SELECT incident FROM events WHERE position($1 in bytes) > 0 ORDER BY seq LIMIT 1';
      return (await db.first<{ incident: string }>(sql, [sha256]))?.incident ?? null;
    },
    record: (id) => pages(db, id),
    incidents: async (filter) => (await db.rows<StoredIncident & Columns>(...list(filter))).map(incidentOf),
    openDues: () => db.rows<{ id: string; nextDue: string | null }>(OPEN_DUES, []),
    actorOf: async ({ platform, tenant, id }) =>
      (
        await db.first<{ id: ActorId }>('SELECT id FROM actors WHERE platform = $1 AND tenant = $2 AND account = $3', [
          platform,
          tenant,
          id,
        ])
      )?.id ?? null,
  };
}

/** Row type required by the type parameters of `pg`. */
export type Columns = Readonly<Record<string, unknown>>;

async function* pages(db: Database, id: string): AsyncGenerator<RecordRow> {
  const sql = `SELECT ${RECORD_COLUMNS} FROM events WHERE incident = $1 AND version > $2 ORDER BY version LIMIT ${PAGE}`;
  const page = (after: number) => db.rows<RecordRow & Columns>(sql, [id, after]);
  for (let rows = await page(0); rows.length > 0; rows = await page(rows.at(-1)?.version ?? 0)) yield* rows;
}

/** A participant's through the index of members, others from the table, in either case newest first. */
function list(filter: IncidentFilter): [string, unknown[]] {
  const values: unknown[] = [filter.limit];
  const given = (value: unknown): string => `$${values.push(value)}`;
  const mine = filter.participant !== undefined;
  const seq = mine ? 'm.seq' : 'i.seq';
  const search = filter.search === undefined ? '' : clean(searchable(filter.search.trim()));
  const where = [
    ...(mine ? [`m.kind = 'p' AND m.member = ${given(filter.participant)}`] : []),
    ...(filter.open === undefined ? [] : [filter.open ? `i.phase <> 'closed'` : `i.phase = 'closed'`]),
    ...(search ? [`position(${given(search)} in i.search) > 0`] : []),
    ...(filter.before === undefined ? [] : [`${seq} < (SELECT seq FROM incidents WHERE id = ${given(filter.before)})`]),
  ];
  const from = mine ? 'incident_members m JOIN incidents i ON i.seq = m.seq' : 'incidents i';
  const condition = where.length > 0 ? `WHERE ${where.join(' AND ')}` : '';
  return [`SELECT ${INCIDENT_COLUMNS} FROM ${from} ${condition} ORDER BY ${seq} DESC LIMIT $1`, values];
}
