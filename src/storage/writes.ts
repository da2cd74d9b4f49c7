import type { ActorId } from '../incident/identity.ts';
import type { ChainHead } from '../incident/record/chain.ts';
import { searchable } from '../use-cases/list-row.ts';
import type { Change, IncidentRow, NewNotice, RecordRow, WantedTimer } from '../use-cases/ports.ts';
import { isStringList, stored } from './json.ts';
import { LANES } from './outbox.ts';
import { WRITE_STATEMENTS } from './write-statements.ts';

export type Row = Readonly<Record<string, string | number | null>>;

export type WriteList = { [K in keyof Writes]: Writes[K] extends Row[] ? K : never }[keyof Writes];

/** Rows written by one or several changes, the same for both stores. */
export class Writes {
  readonly inbox: Row[] = [];
  readonly actors: Row[] = [];
  readonly counted: Row[] = [];
  readonly created: Row[] = [];
  readonly updated: Row[] = [];
  /** Participants (`p`) and rooms (`r`) that an incident no longer has. */
  readonly gone: Row[] = [];
  readonly members: Row[] = [];
  readonly events: Row[] = [];
  readonly ended: Row[] = [];
  readonly armed: Row[] = [];
  readonly notices: Row[] = [];
  readonly wanted: Row[] = [];
  /** Incidents of the wanted surfaces; all their other surfaces are removed. */
  readonly incidents: string[] = [];

  add(other: Writes): void {
    for (const { list } of WRITE_STATEMENTS) this[list].push(...other[list]);
    this.incidents.push(...other.incidents);
  }

  event({ payloadHash, ...row }: RecordRow): void {
    this.events.push({ ...row, payload_hash: payloadHash });
  }

  create(row: IncidentRow, head: ChainHead, declared: { readonly by: ActorId; readonly at: number }): void {
    const dates = { declared_at: row.declaredAt, declared_by: declared.by, created_at: declared.at };
    this.created.push({ ...columnsOf(row, head), ...dates });
    this.#members(row.id, 'p', [], row.participants);
    this.#members(row.id, 'r', [], row.rooms);
  }

  /** Updates the row of an incident. `before`: its stored lists. */
  update(row: IncidentRow, head: ChainHead, before: { readonly participants: string; readonly rooms: string }): void {
    const columns = columnsOf(row, head);
    this.updated.push(columns);
    if (before.participants !== columns.participants)
      this.#members(row.id, 'p', stored(before.participants, isStringList), row.participants);
    if (before.rooms !== columns.rooms) this.#members(row.id, 'r', stored(before.rooms, isStringList), row.rooms);
  }

  /** Makes the pending timers of an incident equal to the wanted ones. */
  replan(incident: string, pending: ReadonlyMap<string, number>, wanted: readonly WantedTimer[]): void {
    const left = new Map(pending);
    for (const { key, kind, dueAt } of wanted) {
      if (left.get(key) !== dueAt) this.armed.push({ key, incident, kind, due_at: dueAt });
      left.delete(key);
    }
    for (const key of left.keys()) this.ended.push({ key, incident, state: 'cancelled' });
  }

  notify(notices: readonly NewNotice[]): void {
    for (const { key, incident, lane, to, content, dueAt } of notices) {
      const what = { recipient: JSON.stringify(to), content: JSON.stringify(content) };
      this.notices.push({ key, incident, lane: LANES.indexOf(lane), ...what, due_at: dueAt });
    }
  }

  /** Adds wanted surfaces. For an existing incident they count as tried, because a dropped row may have been posted. */
  want(incident: string, surfaces: Change['surfaces'], { isNew, at }: { isNew: boolean; at: number }): void {
    this.incidents.push(incident);
    for (const { room, key, every = null, effect = 'content' } of surfaces)
      this.wanted.push({
        ...{ incident, room, key, attempted_at: isNew ? null : 0 },
        ...{ refresh_every: every, refresh_at: { content: null, time: at, none: 0 }[effect], at },
      });
  }

  #members(id: string, kind: 'p' | 'r', before: readonly string[], after: readonly string[]): void {
    for (const member of before) if (!after.includes(member)) this.gone.push({ id, kind, member });
    for (const member of after) if (!before.includes(member)) this.members.push({ id, kind, member });
  }
}

/** Columns of a row that every change sets. */
function columnsOf(row: IncidentRow, head: ChainHead) {
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
