import type { PoolClient } from 'pg';
import type { ChangeOutcome, ChangeRequest } from '../../use-cases/ports.ts';
import { type DecideDependencies, type Decided, decideChange } from '../change.ts';
import type { States } from '../states.ts';
import { Writes } from '../writes.ts';
import { Batches, type Job } from './batches.ts';
import { accountKey, deliveryKey, readBefore } from './change-reads.ts';
import { type Database, isPassing } from './connect.ts';
import { writeAll } from './writes.ts';

export interface ChangesDependencies extends DecideDependencies {
  readonly db: Database;
  readonly states: States;
  /** Origin of the announcement that an incident changed. */
  readonly origin: string;
}

export type Changes = Batches<ChangeRequest, ChangeOutcome>;

/** Changes that share commits as far as they touch different incidents, keys and declarers. */
export function changesOn(deps: ChangesDependencies): Changes {
  return new Batches(touchesOf, (jobs) => commit(deps, jobs));
}

async function commit(deps: ChangesDependencies, jobs: readonly Job<ChangeRequest, ChangeOutcome>[]): Promise<void> {
  try {
    const requests = jobs.map(({ item }) => item);
    const settled = await deps.db.write((tx) => attempt(deps, tx, requests));
    for (const [n, job] of jobs.entries()) {
      const one = settled[n];
      if (!one || 'error' in one) {
        job.reject(one?.error);
        continue;
      }
      if (one.made) deps.states.keep(one.made.id, one.made.folded);
      job.resolve(one.outcome);
    }
  } catch (error) {
    // One that cannot be written must not take the others along. If nothing can be, that is tried once, not for each.
    if (jobs.length <= 1 || isPassing(error)) for (const job of jobs) job.reject(error);
    else for (const job of jobs) await commit(deps, [job]);
  }
}

async function attempt(
  deps: ChangesDependencies,
  tx: PoolClient,
  requests: readonly ChangeRequest[],
): Promise<(Decided | { readonly error: unknown })[]> {
  const before = await readBefore(tx, requests, deps.states);
  const all = new Writes();
  const settled = requests.map((request) => {
    try {
      const decided = decideChange(request, before, deps);
      before.take(decided.writes);
      all.add(decided.writes);
      return decided;
    } catch (error) {
      return { error };
    }
  });
  await writeAll(tx, all, deps);
  return settled;
}

/** Keys a change touches: two changes that touch the same key never share a commit. */
function touchesOf({ target, delivery, actor }: ChangeRequest): readonly string[] {
  const key = `key ${deliveryKey(delivery)}`;
  if ('incident' in target) return [key, `incident ${target.incident}`];
  return [key, `declarer ${typeof actor === 'string' ? actor : accountKey(actor)}`];
}
