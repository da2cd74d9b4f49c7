import type { Database } from 'better-sqlite3';
import type { ChangeOutcome, ChangeRequest } from '../../use-cases/ports.ts';
import { type DecideDependencies, decideChange } from '../change.ts';
import { StoredBefore } from './before.ts';
import type { StateCache } from './state-cache.ts';
import { Writer } from './writes.ts';

/** One change of one incident. `run` is synchronous and belongs into one savepoint. */
export class ChangeRunner {
  readonly #deps: DecideDependencies;
  readonly #cache: StateCache;
  readonly #before: StoredBefore;
  readonly #writer: Writer;

  constructor(db: Database, deps: DecideDependencies & { readonly cache: StateCache }) {
    this.#deps = deps;
    this.#cache = deps.cache;
    this.#before = new StoredBefore(db, deps.cache, deps.evolve);
    this.#writer = new Writer(db);
  }

  run(request: ChangeRequest): ChangeOutcome {
    const { outcome, writes, made } = decideChange(request, this.#before, this.#deps);
    this.#writer.write(writes);
    if (made) this.#cache.change(made.id, made.folded);
    return outcome;
  }
}
