import type { Database } from 'better-sqlite3';
import type { Account, ActorId } from '../../incident/identity.ts';
import type { ChangeRequest, Current } from '../../use-cases/ports.ts';
import { isAnswer, type KeptAnswer } from '../answers.ts';
import type { Before, Located, Series } from '../change.ts';
import { stored } from '../json.ts';
import type { Evolve, Folded } from '../record-rows.ts';
import { RecordReader } from './record.ts';
import type { StateCache } from './state-cache.ts';

export const FIND_ACTOR = 'SELECT id FROM actors WHERE platform = ? AND tenant = ? AND account = ?';

/** Store data before a change, read on demand through the connection that writes. */
export class StoredBefore implements Before {
  readonly #cache: StateCache;
  readonly #evolve: Evolve;
  readonly #record: RecordReader;
  readonly #kept;
  readonly #actor;
  readonly #last;
  readonly #lists;
  readonly #pending;
  readonly #recent;

  constructor(db: Database, cache: StateCache, evolve: Evolve) {
    this.#cache = cache;
    this.#evolve = evolve;
    this.#record = new RecordReader(db);
    this.#kept = db.prepare<[string, string], { bodyHash: string; incident: string | null; answer: string }>(
      'SELECT body_hash AS bodyHash, incident, answer FROM inbox WHERE platform = ? AND key = ?',
    );
    this.#actor = db.prepare<[string, string, string], { id: ActorId }>(FIND_ACTOR);
    this.#last = db.prepare<[string, number], { last: number }>(
      'SELECT last FROM counters WHERE series = ? AND year = ?',
    );
    this.#lists = db.prepare<[string], Omit<Located, 'folded'>>(
      'SELECT participants, rooms FROM incidents WHERE id = ?',
    );
    this.#pending = db.prepare<[string], { key: string; dueAt: number }>(
      `SELECT key, due_at AS dueAt FROM timers WHERE incident = ? AND state = 'pending'`,
    );
    this.#recent = db.prepare<[ActorId, number], { id: string; title: string }>(
      `SELECT id, title FROM incidents WHERE declared_by = ? AND created_at >= ? ORDER BY created_at DESC, seq DESC LIMIT 1`,
    );
  }

  kept({ platform, key }: ChangeRequest['delivery']): KeptAnswer | null {
    const row = this.#kept.get(platform, key);
    return row ? { ...row, answer: stored(row.answer, isAnswer) } : null;
  }

  actor({ platform, tenant, id }: Account): ActorId | null {
    return this.#actor.get(platform, tenant, id)?.id ?? null;
  }

  last({ series, year }: Series): number {
    return this.#last.get(series, year)?.last ?? 0;
  }

  incident(id: string): Located | null {
    const folded = this.#load(id);
    const lists = this.#lists.get(id);
    return folded && lists ? { folded, ...lists } : null;
  }

  pending(incident: string): ReadonlyMap<string, number> {
    return new Map(this.#pending.all(incident).map(({ key, dueAt }) => [key, dueAt]));
  }

  recent(_request: ChangeRequest, actor: ActorId, since: number): Current['recent'] {
    return this.#recent.get(actor, since) ?? null;
  }

  /** State from earlier changes of the group, pending; a record that has to be folded has no uncommitted rows. */
  #load(id: string): Folded | null {
    const cached = this.#cache.getPending(id);
    if (cached) return cached;
    const folded = this.#record.fold(id, this.#evolve);
    if (folded) this.#cache.remember(id, folded);
    return folded;
  }
}
