import { type ActorId, IMPORT_ACTOR } from '../incident/identity.ts';
import type { ChainHead } from '../incident/record/chain.ts';
import { searchable } from '../use-cases/list-row.ts';
import type { IncidentFilter, IncidentRow, RecordRow, Store } from '../use-cases/ports.ts';
import { readBlob } from './blobs.ts';
import { isStringList, stored } from './json.ts';
import type { ReadOnlyStore } from './open-store.ts';
import { outboxReads } from './outbox.ts';
import { failedPayloads, keptList, timerStore } from './small-stores.ts';
import type { Reading, Run, Value } from './sql.ts';
import { FOLDED, type FoldedRow, PAGE, RECORD, recordedEvent, type States, stateAt } from './states.ts';

/** Queries on incidents that run outside the transactions that change them. */
export function storeReads(
  sql: Reading,
  states: States,
): Pick<Store, 'incident' | 'events' | 'firstNaming' | 'record' | 'incidents' | 'openDues' | 'actorOf'> {
  const headOf = sql.first<ChainHead>('SELECT version, hash FROM incidents WHERE id = $1');
  const folded = sql.all<FoldedRow>(FOLDED);
  const record = sql.all<RecordRow>(RECORD);
  const page = sql.all<RecordRow>(`${RECORD} LIMIT ${PAGE}`);
  const actor = sql.value<ActorId>(
    'SELECT id AS value FROM actors WHERE platform = $1 AND tenant = $2 AND account = $3',
  );
  return {
    incident: async (id) => {
      const head = await headOf(id);
      return head && ((await stateAt(states, id, head, folded))?.state ?? null);
    },
    events: async (id, from = 1) =>
      (await record(id, from - 1)).filter(({ bytes }) => bytes !== null).map(recordedEvent),
    firstNaming: sql.value<string>(
      `SELECT incident AS value FROM events WHERE ${sql.dialect.position}(bytes, $1) > 0 ORDER BY seq LIMIT 1`,
    ),
    record: async function* (id, after = 0) {
      for (let rows = await page(id, after); rows.length > 0; rows = await page(id, rows.at(-1)?.version ?? 0))
        yield* rows;
    },
    incidents: incidentList(sql),
    // Uses the index of open incidents.
    openDues: sql.all(`SELECT id, next_due AS "nextDue" FROM incidents WHERE phase <> 'closed' AND drill = 0`),
    actorOf: ({ platform, tenant, id }) => actor(platform, tenant, id),
  };
}

/** Reads for the command line, from a store that a running bot may hold. */
export function readOnlyStore(sql: Reading, states: States, close: () => Promise<void>): ReadOnlyStore {
  return {
    ...storeReads(sql, states),
    timers: timerStore(sql),
    outbox: outboxReads(sql),
    inbox: { listFailed: failedPayloads(sql) },
    kept: { list: keptList(sql) },
    blobs: { get: readBlob(sql) },
    close,
  };
}

export interface StoredIncident extends Omit<IncidentRow, 'drill' | 'imported' | 'participants' | 'rooms'> {
  readonly drill: number;
  readonly participants: string;
  readonly rooms: string;
}

export const INCIDENT_COLUMNS = `i.id, i.title, i.drill, i.phase, i.level, i.lead, i.declared_at AS "declaredAt", i.next_due AS "nextDue",
  i.version, i.participants, i.rooms`;

export function incidentOf(row: StoredIncident): IncidentRow {
  const incident = {
    ...row,
    drill: row.drill === 1,
    participants: stored(row.participants, isStringList),
    rooms: stored(row.rooms, isStringList),
  };
  return row.lead === IMPORT_ACTOR ? { ...incident, imported: true } : incident;
}

/** Query whose text depends on its filters, with its values. */
export interface Statement {
  readonly text: string;
  readonly values: readonly Value[];
}

/** Runs statements, each text prepared once. */
export function varied<R extends object>(sql: Reading): (statement: Statement) => Promise<readonly R[]> {
  const statements = new Map<string, Run<readonly R[]>>();
  return ({ text, values }) => {
    const run = statements.get(text) ?? sql.all<R>(text);
    statements.set(text, run);
    return run(...values);
  };
}

/** List of incidents, newest first. */
function incidentList(sql: Reading): (filter: IncidentFilter) => Promise<readonly IncidentRow[]> {
  const list = varied<StoredIncident>(sql);
  return async (filter) => (await list(listOf(filter, sql.dialect.position))).map(incidentOf);
}

/** Query of the list, newest first: for one participant it uses the index of members. */
function listOf(filter: IncidentFilter, position: string): Statement {
  const { participant, open, before } = filter;
  const values: Value[] = [filter.limit];
  const given = (value: string): string => `$${values.push(value)}`;
  const seq = participant === undefined ? 'i.seq' : 'm.seq';
  const search = searchable(filter.search?.trim() ?? '');
  const where = [
    ...(participant === undefined ? [] : [`m.kind = 'p' AND m.member = ${given(participant)}`]),
    ...(open === undefined ? [] : [open ? `i.phase <> 'closed'` : `i.phase = 'closed'`]),
    ...(search === '' ? [] : [`${position}(i.search, ${given(search)}) > 0`]),
    ...(before === undefined ? [] : [`${seq} < (SELECT seq FROM incidents WHERE id = ${given(before)})`]),
  ];
  const from = participant === undefined ? 'incidents i' : 'incident_members m JOIN incidents i ON i.seq = m.seq';
  const condition = where.length > 0 ? `WHERE ${where.join(' AND ')}` : '';
  return { text: `SELECT ${INCIDENT_COLUMNS} FROM ${from} ${condition} ORDER BY ${seq} DESC LIMIT $1`, values };
}
