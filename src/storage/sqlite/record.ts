import type { Database } from 'better-sqlite3';
import { type ChainHead, EMPTY_CHAIN } from '../../incident/record/chain.ts';
import type { RecordedEvent } from '../../incident/record/events.ts';
import type { IncidentState } from '../../incident/state.ts';
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
