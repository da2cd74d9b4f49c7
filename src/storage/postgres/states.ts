import { type ChainHead, EMPTY_CHAIN } from '../../incident/record/chain.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { RecordRow } from '../../use-cases/ports.ts';
import { type Evolve, type Folded, stateAfter } from '../record-rows.ts';

/** Reads the rows of a record after a version, in order. */
export type ReadRows = (incident: string, after: number) => Promise<readonly RecordRow[]>;

/**
 * The latest folded states, least recently used first out. Another instance may have written since, so a state is used
 * only up to the head the database names; what is missing is read and folded on.
 */
export class States {
  readonly #known = new Map<string, Folded>();
  readonly #capacity: number;
  readonly #evolve: Evolve;

  constructor(capacity: number, evolve: Evolve) {
    this.#capacity = capacity;
    this.#evolve = evolve;
  }

  /** The state at `head`; null if there is no record that ends there. */
  async at(incident: string, head: ChainHead, read: ReadRows): Promise<Folded | null> {
    const known = this.#known.get(incident);
    if (known && known.head.hash === head.hash) {
      this.keep(incident, known);
      return known;
    }
    const base = known && known.head.version < head.version ? known : null;
    const rows = await read(incident, base?.head.version ?? 0);
    const follows = rows[0]?.prev === (base?.head ?? EMPTY_CHAIN).hash;
    const folded = follows ? this.#fold(base, rows) : this.#fold(null, base ? await read(incident, 0) : rows);
    if (folded) this.keep(incident, folded);
    return folded;
  }

  keep(incident: string, folded: Folded): void {
    this.#known.delete(incident);
    this.#known.set(incident, folded);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= this.#capacity) return;
      this.#known.delete(oldest);
    }
  }

  #fold(base: Folded | null, rows: readonly RecordRow[]): Folded | null {
    let state: IncidentState | null = base?.state ?? null;
    for (const row of rows) state = stateAfter(state, row, this.#evolve);
    const last = rows.at(-1);
    return state && last ? { state, head: { version: last.version, hash: last.hash } } : base;
  }
}
