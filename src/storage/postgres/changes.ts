import type { ChangeOutcome, ChangeRequest } from '../../use-cases/ports.ts';
import { type DecideDependencies, type Decided, decideChange } from '../change.ts';
import { StoreError } from '../errors.ts';
import { Writes } from '../writes.ts';
import { accountKey, deliveryKey, readBefore } from './before.ts';
import { type Database, isPassing } from './connect.ts';
import type { Pointers } from './pointers.ts';
import type { States } from './states.ts';
import { writeAll } from './writes.ts';

/** Changes that may share a commit. */
const AT_ONCE = 100;

export interface ChangesDependencies extends DecideDependencies {
  readonly states: States;
  /** Origin of the announcement that an incident changed. */
  readonly origin: string;
  readonly pointers: Pointers;
}

interface Job {
  readonly request: ChangeRequest;
  /** Keys the change touches: two changes that touch the same key never share a commit. */
  readonly touches: readonly string[];
  readonly resolve: (outcome: ChangeOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: everything asked for while a commit was under way shares the next one, as far as it touches different
 * incidents, keys and declarers. A group costs the same few round trips however large it is. Changes that touch the same
 * thing are committed one after the other, in the order in which they were asked for.
 */
export class Changes {
  readonly #db: Database;
  readonly #deps: ChangesDependencies;
  #waiting: Job[] = [];
  #running: Promise<void> | null = null;
  #closed = false;

  constructor(db: Database, deps: ChangesDependencies) {
    this.#db = db;
    this.#deps = deps;
  }

  change(request: ChangeRequest): Promise<ChangeOutcome> {
    if (this.#closed) return Promise.reject(new StoreError('closed', 'the store is closed'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, touches: touchesOf(request), resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Finishes what is queued; every later change rejects. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    // Collects all changes of this turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) await this.#commit(this.#next());
    this.#running = null;
  }

  /** The oldest changes that do not touch one another; what has to wait keeps its place. */
  #next(): readonly Job[] {
    const touched = new Set<string>();
    const next: Job[] = [];
    const later: Job[] = [];
    for (const job of this.#waiting) {
      const free = next.length < AT_ONCE && !job.touches.some((one) => touched.has(one));
      (free ? next : later).push(job);
      for (const one of job.touches) touched.add(one);
    }
    this.#waiting = later;
    return next;
  }

  async #commit(jobs: readonly Job[]): Promise<void> {
    try {
      const settled = await this.#db.write((tx) => this.#attempt(tx, jobs));
      for (const [n, job] of jobs.entries()) {
        const one = settled[n];
        if (!one || 'error' in one) {
          job.reject(one?.error);
          continue;
        }
        if (one.made) this.#deps.states.keep(one.made.id, one.made.folded);
        job.resolve(one.outcome);
      }
    } catch (error) {
      const [only, ...others] = jobs;
      // One that cannot be written must not take the others along. If nothing can be, that is tried once, not for each.
      if (only && (others.length === 0 || isPassing(error))) for (const job of jobs) job.reject(error);
      else for (const job of jobs) await this.#commit([job]);
    }
  }

  async #attempt(
    tx: Parameters<typeof readBefore>[0],
    jobs: readonly Job[],
  ): Promise<(Decided | { error: unknown })[]> {
    const before = await readBefore(
      tx,
      jobs.map((job) => job.request),
      this.#deps.states,
    );
    const all = new Writes();
    const settled = jobs.map(({ request }) => {
      try {
        const decided = decideChange(request, before, this.#deps);
        before.take(decided.writes);
        all.add(decided.writes);
        return decided;
      } catch (error) {
        return { error };
      }
    });
    await writeAll(tx, all, this.#deps);
    return settled;
  }
}

function touchesOf({ target, delivery, actor }: ChangeRequest): readonly string[] {
  const key = `key ${deliveryKey(delivery)}`;
  if ('incident' in target) return [key, `incident ${target.incident}`];
  return [key, `declarer ${typeof actor === 'string' ? actor : accountKey(actor)}`];
}
