import type { Database } from 'better-sqlite3';
import { type ChainHead, canonical, EMPTY_CHAIN, seal } from '../../incident/chain.ts';
import type { IncidentEvent, RecordedEvent } from '../../incident/events.ts';
import type { ActorId } from '../../incident/identity.ts';
import type { IncidentState } from '../../incident/state.ts';
import { schemaVersion } from '../../incident/upcast.ts';
import type { RecordRow } from '../../use-cases/ports.ts';
import { type Evolve, type Folded, RECORD_COLUMNS, recordedEvent, stateAfter } from '../record-rows.ts';

/** Rows read at a time: a long record is never held in memory whole, and no read stays open between two parts. */
const PAGE = 500;

/** Reads the record of incidents through one connection. */
export class RecordReader {
  readonly #page;

  constructor(db: Database) {
    this.#page = db.prepare<[string, number, number], RecordRow>(
      `SELECT ${RECORD_COLUMNS} FROM events WHERE incident = ? AND version > ? ORDER BY version LIMIT ?`,
    );
  }

  /** Rows with version > after, in order, at most one page of them. */
  page(incident: string, after: number): readonly RecordRow[] {
    return this.#page.all(incident, after, PAGE);
  }

  *rows(incident: string, after = 0): Generator<RecordRow> {
    let last = after;
    for (let page = this.page(incident, last); page.length > 0; page = this.page(incident, last)) {
      yield* page;
      last = page.at(-1)?.version ?? last;
    }
  }

  events(incident: string, from: number): readonly RecordedEvent[] {
    return [...this.rows(incident, from - 1)].filter(({ bytes }) => bytes !== null).map(recordedEvent);
  }

  /** The fold of a whole record; null for an incident that does not exist. */
  fold(incident: string, evolve: Evolve): Folded | null {
    let state: IncidentState | null = null;
    let head: ChainHead = EMPTY_CHAIN;
    for (const row of this.rows(incident)) {
      state = stateAfter(state, row, evolve);
      head = { version: row.version, hash: row.hash };
    }
    return state && { state, head };
  }
}

/** Appends to records; runs inside a change. */
export class RecordWriter {
  readonly #insert;

  constructor(db: Database) {
    this.#insert = db.prepare<
      [string, number, string, number, string, string, string, string, string, string, string, string]
    >(
      `INSERT INTO events (incident, version, type, v, at, actor, command, bytes, salt, payload_hash, prev, hash)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
  }

  /**
   * Appends one event after `head` and answers it as a later reader will see it (the fold must not depend on what only
   * memory held), with the new head.
   */
  append(
    event: IncidentEvent,
    envelope: { incident: string; at: string; actor: ActorId; command: string; salt: string },
    head: ChainHead,
  ): { readonly recorded: RecordedEvent; readonly head: ChainHead } {
    const row = seal(head, {
      ...envelope,
      type: event.type,
      v: schemaVersion(event.type),
      bytes: canonical(event.payload),
    });
    this.#insert.run(
      row.incident,
      row.version,
      row.type,
      row.v,
      row.at,
      row.actor,
      row.command,
      row.bytes,
      row.salt,
      row.payloadHash,
      row.prev,
      row.hash,
    );
    return { recorded: recordedEvent(row), head: { version: row.version, hash: row.hash } };
  }
}
