import type { Database } from 'better-sqlite3';
import type { Account, ActorId } from '../../incident/identity.ts';
import type { ChainHead } from '../../incident/record/chain.ts';
import type { ChangeRequest, Current, RecordRow } from '../../use-cases/ports.ts';
import { isAnswer, type KeptAnswer } from '../answers.ts';
import type { Before, Located, Series } from '../change.ts';
import { stored } from '../json.ts';
import { RECORD } from '../record-rows.ts';
import type { States } from '../states.ts';

/** Store data before a change, read on demand through the connection that writes. */
export class StoredBefore implements Before {
  readonly #states: States;
  readonly #record;
  readonly #kept;
  readonly #actor;
  readonly #last;
  readonly #row;
  readonly #pending;
  readonly #recent;

  constructor(db: Database, states: States) {
    this.#states = states;
    this.#record = db.prepare<[string, number], RecordRow>(RECORD.replace(/\$\d/g, '?'));
    this.#kept = db.prepare<[string, string], { bodyHash: string; incident: string | null; answer: string }>(
      'SELECT body_hash AS bodyHash, incident, answer FROM inbox WHERE platform = ? AND key = ?',
    );
    this.#actor = db.prepare<[string, string, string], { id: ActorId }>(
      'SELECT id FROM actors WHERE platform = ? AND tenant = ? AND account = ?',
    );
    this.#last = db.prepare<[string, number], { last: number }>(
      'SELECT last FROM counters WHERE series = ? AND year = ?',
    );
    this.#row = db.prepare<[string], ChainHead & Omit<Located, 'folded'>>(
      'SELECT version, hash, participants, rooms FROM incidents WHERE id = ?',
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
    const row = this.#row.get(id);
    const base = row && this.#states.upTo(id, row);
    if (!row) return null;
    const folded = base?.head.hash === row.hash ? base : this.#states.after(id, null, this.#record.all(id, 0));
    return folded && { folded, participants: row.participants, rooms: row.rooms };
  }

  pending(incident: string): ReadonlyMap<string, number> {
    return new Map(this.#pending.all(incident).map(({ key, dueAt }) => [key, dueAt]));
  }

  recent(_request: ChangeRequest, actor: ActorId, since: number): Current['recent'] {
    return this.#recent.get(actor, since) ?? null;
  }
}
