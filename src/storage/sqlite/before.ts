import type { Database } from 'better-sqlite3';
import type { ActorId } from '../../incident/identity.ts';
import type { ChainHead } from '../../incident/record/chain.ts';
import type { RecordRow } from '../../use-cases/ports.ts';
import { type Before, isAnswer, type KeptAnswer, type Located } from '../change.ts';
import { stored } from '../json.ts';
import { RECORD } from '../record-rows.ts';
import type { States } from '../states.ts';

/** Store data before a change, read on demand through the connection that writes. */
export function storedBefore(db: Database, states: States): Before {
  const record = db.prepare<[string, number], RecordRow>(RECORD.replace(/\$\d/g, '?'));
  const kept = db.prepare<[string, string], Omit<KeptAnswer, 'answer'> & { readonly answer: string }>(
    'SELECT body_hash AS bodyHash, incident, answer FROM inbox WHERE platform = ? AND key = ?',
  );
  const actor = db.prepare<[string, string, string], { id: ActorId }>(
    'SELECT id FROM actors WHERE platform = ? AND tenant = ? AND account = ?',
  );
  const counter = db.prepare<[string, number], { last: number }>(
    'SELECT last FROM counters WHERE series = ? AND year = ?',
  );
  const incident = db.prepare<[string], ChainHead & Omit<Located, 'folded'>>(
    'SELECT version, hash, participants, rooms FROM incidents WHERE id = ?',
  );
  const pending = db.prepare<[string], { key: string; dueAt: number }>(
    `SELECT key, due_at AS dueAt FROM timers WHERE incident = ? AND state = 'pending'`,
  );
  const recent = db.prepare<[ActorId, number], { id: string; title: string }>(
    `SELECT id, title FROM incidents WHERE declared_by = ? AND created_at >= ? ORDER BY created_at DESC, seq DESC LIMIT 1`,
  );
  return {
    kept: ({ platform, key }) => {
      const row = kept.get(platform, key);
      return row ? { ...row, answer: stored(row.answer, isAnswer) } : null;
    },
    actor: ({ platform, tenant, id }) => actor.get(platform, tenant, id)?.id ?? null,
    last: ({ series, year }) => counter.get(series, year)?.last ?? 0,
    incident: (id) => {
      const row = incident.get(id);
      if (!row) return null;
      const base = states.upTo(id, row);
      const folded = base?.head.hash === row.hash ? base : states.after(id, null, record.all(id, 0));
      return folded && { folded, participants: row.participants, rooms: row.rooms };
    },
    pending: (id) => new Map(pending.all(id).map(({ key, dueAt }) => [key, dueAt])),
    recent: (_request, by, since) => recent.get(by, since) ?? null,
  };
}
