import type { Folded } from '../record-rows.ts';
import type { Undoable } from './group-commit.ts';

/**
 * The latest folded states, least recently used first out. What a group of changes makes stays apart until it is on disk:
 * a rolled-back change leaves no trace, and readers never see what is not committed.
 */
export class StateCache implements Undoable {
  readonly #committed = new Map<string, Folded>();
  readonly #pending = new Map<string, Folded>();
  readonly #capacity: number;
  #journal: { readonly id: string; readonly before: Folded | undefined }[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** For readers: what is on disk. */
  get(id: string): Folded | undefined {
    const found = this.#committed.get(id);
    if (found) this.#touch(id, found);
    return found;
  }

  /** For changes: with what earlier changes of the group made. */
  getPending(id: string): Folded | undefined {
    return this.#pending.get(id) ?? this.get(id);
  }

  /** Keeps what was read from committed rows. */
  remember(id: string, folded: Folded): void {
    this.#touch(id, folded);
    this.#evict();
  }

  /** Keeps what a change not yet committed made. */
  change(id: string, folded: Folded): void {
    this.#journal.push({ id, before: this.#pending.get(id) });
    this.#pending.set(id, folded);
  }

  mark(): number {
    return this.#journal.length;
  }

  undoTo(mark: number): void {
    for (const { id, before } of this.#journal.splice(mark).toReversed()) {
      if (before) this.#pending.set(id, before);
      else this.#pending.delete(id);
    }
  }

  keep(): void {
    for (const [id, folded] of this.#pending) this.#touch(id, folded);
    this.#pending.clear();
    this.#journal = [];
    this.#evict();
  }

  #touch(id: string, folded: Folded): void {
    this.#committed.delete(id);
    this.#committed.set(id, folded);
  }

  #evict(): void {
    for (const id of this.#committed.keys()) {
      if (this.#committed.size <= this.#capacity) return;
      this.#committed.delete(id);
    }
  }
}
