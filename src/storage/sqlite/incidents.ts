import type { Database, Statement } from 'better-sqlite3';
import type { ChainHead } from '../../incident/chain.ts';
import type { ActorId } from '../../incident/identity.ts';
import type { IncidentFilter, IncidentRow } from '../../use-cases/ports.ts';
import { searchable } from '../../use-cases/row.ts';
import { columnsOf, INCIDENT_COLUMNS, incidentId, incidentOf, type StoredIncident } from '../incident-rows.ts';
import { isStringList, stored } from '../json.ts';

type Kind = 'p' | 'r';

/** The projection as a change writes it; every method runs inside a change. */
export class IncidentWriter {
  readonly #members;
  readonly #insert;
  readonly #update;
  readonly #addMember;
  readonly #dropMember;
  readonly #recent;
  readonly #counter;
  readonly #count;

  constructor(db: Database) {
    this.#members = db.prepare<[string], { seq: number; participants: string; rooms: string }>(
      'SELECT seq, participants, rooms FROM incidents WHERE id = ?',
    );
    const columns = 'title, search, drill, phase, level, lead, next_due, participants, rooms, version, hash';
    this.#insert = db.prepare<[Record<string, string | number | null>]>(
      `INSERT INTO incidents (id, declared_at, declared_by, created_at, ${columns})
       VALUES (@id, @declaredAt, @declaredBy, @createdAt, ${columns.replace(/\w+/g, '@$&')})`,
    );
    this.#update = db.prepare<[Record<string, string | number | null>]>(
      `UPDATE incidents SET ${columns.replace(/\w+/g, '$& = @$&')} WHERE id = @id`,
    );
    this.#addMember = db.prepare<[Kind, string, number]>(
      'INSERT OR IGNORE INTO incident_members (kind, member, seq) VALUES (?, ?, ?)',
    );
    this.#dropMember = db.prepare<[Kind, string, number]>(
      'DELETE FROM incident_members WHERE kind = ? AND member = ? AND seq = ?',
    );
    this.#recent = db.prepare<[ActorId, number], { id: string; title: string }>(
      `SELECT id, title FROM incidents WHERE declared_by = ? AND created_at >= ? ORDER BY created_at DESC, seq DESC LIMIT 1`,
    );
    this.#counter = db.prepare<[string, number], { last: number }>(
      'SELECT last FROM counters WHERE series = ? AND year = ?',
    );
    this.#count = db.prepare<[string, number]>(
      `INSERT INTO counters (series, year, last) VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET last = last + 1`,
    );
  }

  /** The id the next incident of a series will have: `INC-2026-0007`. Nothing is taken yet. */
  nextId(series: string, year: number): string {
    const last = this.#counter.get(series, year)?.last ?? 0;
    return incidentId(series, year, last + 1);
  }

  /** Takes the id that `nextId` named. */
  takeId(series: string, year: number): void {
    this.#count.run(series, year);
  }

  /** The latest incident somebody declared at or after an instant. */
  recent(actor: ActorId, since: number): { readonly id: string; readonly title: string } | null {
    return this.#recent.get(actor, since) ?? null;
  }

  create(row: IncidentRow, head: ChainHead, declared: { by: ActorId; at: number }): void {
    const { lastInsertRowid } = this.#insert.run({
      ...columnsOf(row, head),
      declaredAt: row.declaredAt,
      declaredBy: declared.by,
      createdAt: declared.at,
    });
    const seq = Number(lastInsertRowid);
    this.#replaceMembers('p', seq, [], row.participants);
    this.#replaceMembers('r', seq, [], row.rooms);
  }

  update(row: IncidentRow, head: ChainHead): void {
    const before = this.#members.get(row.id);
    if (!before) throw new Error(`${row.id} has a record but no row`);
    const columns = columnsOf(row, head);
    this.#update.run(columns);
    if (before.participants !== columns.participants) {
      this.#replaceMembers('p', before.seq, stored(before.participants, isStringList), row.participants);
    }
    if (before.rooms !== columns.rooms)
      this.#replaceMembers('r', before.seq, stored(before.rooms, isStringList), row.rooms);
  }

  #replaceMembers(kind: Kind, seq: number, before: readonly string[], after: readonly string[]): void {
    for (const member of before) if (!after.includes(member)) this.#dropMember.run(kind, member, seq);
    for (const member of after) if (!before.includes(member)) this.#addMember.run(kind, member, seq);
  }
}

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

/** Where rows come from: a participant's through the index of members, others from the table, in either case newest first. */
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
