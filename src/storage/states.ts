import type { ChainHead } from '../incident/record/chain.ts';
import type { RecordedEvent } from '../incident/record/events.ts';
import { upcast } from '../incident/record/upcast.ts';
import { type IncidentState, withoutInherited } from '../incident/state.ts';
import type { RecordRow } from '../use-cases/ports.ts';
import { StoreError } from './errors.ts';

export type Evolve = (state: IncidentState | null, recorded: RecordedEvent, passes?: boolean) => IncidentState;

export interface Folded {
  readonly state: IncidentState;
  readonly head: ChainHead;
}

const EVENT = 'incident, version, type, v, at, actor, command, bytes';
const CHAIN = 'prev, hash FROM events WHERE incident = $1 AND version > $2 ORDER BY version';
/** Query for the rows of a record after a version, in order, as `RecordRow`; exports keep the order of its columns. */
export const RECORD = `SELECT ${EVENT}, salt, payload_hash AS "payloadHash", ${CHAIN}`;
/** Number of rows read at once: a long record is never held in memory whole. */
export const PAGE = 500;
/** Query for a page of those rows, as `FoldedRow`. */
export const FOLDED = `SELECT ${EVENT}, ${CHAIN} LIMIT ${PAGE}`;
/** Row of a record without the parts that only its hash needs. */
export type FoldedRow = Omit<RecordRow, 'salt' | 'payloadHash'>;

/** Names that every object inherits. */
const INHERITED = new RegExp(Object.getOwnPropertyNames(Object.prototype).join('|'));

/** State after some rows; an erased payload changes only the version. */
function stateAfter(state: IncidentState | null, rows: readonly FoldedRow[], evolve: Evolve): IncidentState | null {
  const isPlain = !rows.some(({ bytes }) => bytes !== null && INHERITED.test(bytes));
  let after = state;
  for (const [n, row] of rows.entries()) {
    // The first row makes a state of its own: the one before it may be cached.
    if (row.bytes !== null) after = evolve(after, recordedEvent(row), isPlain && n > 0);
    else if (after) after = { ...after, version: row.version };
  }
  return after && withoutInherited(after);
}

/** Event of a stored row, upgraded to its current version. Throws for an unreadable event (see `upcast`). */
export function recordedEvent(row: FoldedRow): RecordedEvent {
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
  /** Iterator before the oldest state: a new one would pass over all removed keys, 5,000 steps for 5,000 incidents. */
  #oldest = this.#known.keys();
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
  #upTo(incident: string, head: ChainHead): Folded | null {
    const known = this.#known.get(incident);
    if (known?.head.hash === head.hash) return this.keep(incident, known);
    return known && known.head.version < head.version ? known : null;
  }

  /** State at `head`; null if no record ends there. Yields the version after which it needs the next page (`FOLDED`). */
  *at(incident: string, head: ChainHead): Generator<number, Folded | null, readonly FoldedRow[]> {
    const base = this.#upTo(incident, head);
    if (base?.head.hash === head.hash) return base;
    let rows = yield base?.head.version ?? 0;
    let state = rows[0]?.prev === base?.head.hash ? (base?.state ?? null) : null;
    if (base && !state) rows = yield 0;
    let end: ChainHead | null = null;
    for (let last = rows.at(-1); last; last = rows.at(-1)) {
      state = stateAfter(state, rows, this.#evolve);
      end = { version: last.version, hash: last.hash };
      rows = rows.length < PAGE ? [] : yield last.version;
    }
    return state && end && this.keep(incident, { state, head: end });
  }

  keep(incident: string, folded: Folded): Folded {
    this.#forget(incident);
    this.#known.set(incident, folded);
    this.#entries += folded.head.version;
    while (this.#entries > this.#capacity) {
      const { value: oldest = incident } = this.#oldest.next();
      if (oldest === incident) {
        this.#oldest = this.#known.keys();
        break;
      }
      this.#forget(oldest);
    }
    return folded;
  }

  #forget(incident: string): void {
    this.#entries -= this.#known.get(incident)?.head.version ?? 0;
    this.#known.delete(incident);
  }
}

/** Reads a page of the rows of a record after a version, in order (`FOLDED`). */
type ReadRows = (incident: string, after: number) => Promise<readonly FoldedRow[]>;

/** State at `head`, as `States.at`. */
export async function stateAt(
  states: States,
  incident: string,
  head: ChainHead,
  read: ReadRows,
): Promise<Folded | null> {
  const folding = states.at(incident, head);
  let step = folding.next();
  while (!step.done) step = folding.next(await read(incident, step.value));
  return step.value;
}
