import type { ChainHead } from '../incident/record/chain.ts';
import type { RecordedEvent } from '../incident/record/events.ts';
import { upcast } from '../incident/record/upcast.ts';
import type { IncidentState } from '../incident/state.ts';
import type { RecordRow } from '../use-cases/ports.ts';
import { StoreError } from './errors.ts';

export type Evolve = (state: IncidentState | null, recorded: RecordedEvent) => IncidentState;

export interface Folded {
  readonly state: IncidentState;
  readonly head: ChainHead;
}

/** Query for the rows of a record after a version, in order, as `RecordRow`. */
export const RECORD = `SELECT incident, version, type, v, at, actor, command, bytes, salt, payload_hash AS "payloadHash", prev, hash
  FROM events WHERE incident = $1 AND version > $2 ORDER BY version`;

/** State after one more row; an erased payload changes only the version. */
function stateAfter(state: IncidentState | null, row: RecordRow, evolve: Evolve): IncidentState | null {
  if (row.bytes === null) return state && { ...state, version: row.version };
  return evolve(state, recordedEvent(row));
}

/** Event of a stored row, upgraded to its current version. Throws for an unreadable event (see `upcast`). */
export function recordedEvent(row: RecordRow): RecordedEvent {
  if (row.bytes === null) {
    throw new StoreError(
      'damaged',
      `event ${row.version} of ${row.incident} was erased and cannot be read as an event`,
    );
  }
  return {
    incident: row.incident,
    version: row.version,
    at: row.at,
    actor: row.actor,
    command: row.command,
    event: upcast({ type: row.type, v: row.v, payload: JSON.parse(row.bytes) }),
  };
}

/** Number of record entries whose folded states are cached: 2,000 records of 25 entries, or 10,000 of five. */
const CACHED_ENTRIES = 50_000;

/**
 * LRU cache of folded states, limited by the number of their entries. A state is used only up to the head in the
 * database, because another instance may have written since, or its change may have been rolled back; newer rows are
 * read and folded on top.
 */
export class States {
  readonly #known = new Map<string, Folded>();
  readonly #capacity: number;
  /** Number of entries of all cached states. */
  #entries = 0;
  readonly #evolve: Evolve;

  constructor(evolve: Evolve, capacity = CACHED_ENTRIES) {
    this.#evolve = evolve;
    this.#capacity = capacity;
  }

  /** Cached state, the last one kept: its change may not be committed. */
  last(incident: string): Folded | undefined {
    const known = this.#known.get(incident);
    return known && this.keep(incident, known);
  }

  /** Cached state at `head`; otherwise an earlier one, onto which newer rows are folded; otherwise null. */
  upTo(incident: string, head: ChainHead): Folded | null {
    const known = this.#known.get(incident);
    if (known?.head.hash === head.hash) return this.keep(incident, known);
    return known && known.head.version < head.version ? known : null;
  }

  /** State after the rows that follow `base`; null if there are none, or if they do not follow it. */
  after(incident: string, base: Folded | null, rows: readonly RecordRow[]): Folded | null {
    const last = rows.at(-1);
    if (!last || (base && rows[0]?.prev !== base.head.hash)) return null;
    let state: IncidentState | null = base?.state ?? null;
    for (const row of rows) state = stateAfter(state, row, this.#evolve);
    return state && this.keep(incident, { state, head: { version: last.version, hash: last.hash } });
  }

  keep(incident: string, folded: Folded): Folded {
    this.#forget(incident);
    this.#known.set(incident, folded);
    this.#entries += folded.head.version;
    for (const oldest of this.#known.keys()) {
      if (this.#entries <= this.#capacity || oldest === incident) break;
      this.#forget(oldest);
    }
    return folded;
  }

  #forget(incident: string): void {
    this.#entries -= this.#known.get(incident)?.head.version ?? 0;
    this.#known.delete(incident);
  }
}

/** Reads the rows of a record after a version, in order. */
export type ReadRows = (incident: string, after: number) => Promise<readonly RecordRow[]>;

/** State at `head`; null if no record ends there. */
export async function stateAt(
  states: States,
  incident: string,
  head: ChainHead,
  read: ReadRows,
): Promise<Folded | null> {
  const base = states.upTo(incident, head);
  if (base?.head.hash === head.hash) return base;
  const next = base && states.after(incident, base, await read(incident, base.head.version));
  return next ?? states.after(incident, null, await read(incident, 0));
}
