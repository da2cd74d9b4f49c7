import type { ChainHead } from '../../incident/chain.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { Undoable } from './group-commit.ts';

/** A folded incident with the end of its record. */
export interface Folded {
  readonly state: IncidentState;
  readonly head: ChainHead;
}

/**
 * The latest folded states, least recently used first out. Changes are journalled until their group is on disk, so a
 * rolled-back change leaves no trace here either.
 */
export class StateCache implements Undoable {
  readonly #entries = new Map<string, Folded>();
  readonly #capacity: number;
  #journal: { readonly id: string; readonly before: Folded | undefined }[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(id: string): Folded | undefined {
    const found = this.#entries.get(id);
    if (found) this.#touch(id, found);
    return found;
  }

  /** Keeps what was read from committed rows. */
  remember(id: string, folded: Folded): void {
    this.#touch(id, folded);
    this.#evict();
  }

  /** Keeps what a change not yet committed made. */
  change(id: string, folded: Folded): void {
    this.#journal.push({ id, before: this.#entries.get(id) });
    this.#touch(id, folded);
  }

  mark(): number {
    return this.#journal.length;
  }

  undoTo(mark: number): void {
    for (const { id, before } of this.#journal.splice(mark).toReversed()) {
      if (before) this.#touch(id, before);
      else this.#entries.delete(id);
    }
  }

  keep(): void {
    this.#journal = [];
    this.#evict();
  }

  #touch(id: string, folded: Folded): void {
    this.#entries.delete(id);
    this.#entries.set(id, folded);
  }

  #evict(): void {
    for (const id of this.#entries.keys()) {
      if (this.#entries.size <= this.#capacity) return;
      this.#entries.delete(id);
    }
  }
}
