import type { Database } from 'better-sqlite3';
import type { ChangeRequest, InboxStore } from '../../use-cases/ports.ts';
import { type Answer, isAnswer, type KeptAnswer } from '../answers.ts';
import { stored } from '../json.ts';
import type { GroupCommit } from './group-commit.ts';

/** Delivery keys as a change sees them; every method runs inside a change. */
export class InboxWriter {
  readonly #insert;
  readonly #find;
  readonly #answer;

  constructor(db: Database) {
    this.#insert = db.prepare<[string, string, string, number]>(
      `INSERT INTO inbox (platform, key, body_hash, incident, answer, at) VALUES (?, ?, ?, NULL, '', ?) ON CONFLICT DO NOTHING`,
    );
    this.#find = db.prepare<[string, string], { bodyHash: string; incident: string | null; answer: string }>(
      'SELECT body_hash AS bodyHash, incident, answer FROM inbox WHERE platform = ? AND key = ?',
    );
    this.#answer = db.prepare<[string | null, string, string, string]>(
      'UPDATE inbox SET incident = ?, answer = ? WHERE platform = ? AND key = ?',
    );
  }

  /** Takes a key. If it was taken before, answers what was said then. */
  take({ platform, key, bodyHash }: ChangeRequest['delivery'], at: number): KeptAnswer | null {
    if (this.#insert.run(platform, key, bodyHash, at).changes === 1) return null;
    const kept = this.#find.get(platform, key);
    return kept ? { ...kept, answer: stored(kept.answer, isAnswer) } : null;
  }

  /** Keeps the answer given under a key taken in the same change. */
  keep({ platform, key }: ChangeRequest['delivery'], incident: string | null, answer: Answer): void {
    this.#answer.run(incident, JSON.stringify(answer), platform, key);
  }
}

/** Payloads whose handling threw, and the pruning of kept keys. */
export function inboxStore(writer: Database, reader: Database, group: GroupCommit): InboxStore {
  const fail = writer.prepare<[string, string, string, string, number]>(
    `INSERT INTO failed_payloads (platform, key, body, error, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET body = excluded.body, error = excluded.error, at = excluded.at`,
  );
  const prune = writer.prepare<[number]>('DELETE FROM inbox WHERE at < ?');
  return {
    failed: (entry) =>
      group.write(() => {
        fail.run(entry.platform, entry.key, entry.body, entry.error, entry.at);
      }),
    listFailed: failedPayloads(reader),
    prune: (before) => group.write(() => prune.run(before).changes),
  };
}

export function failedPayloads(reader: Database): InboxStore['listFailed'] {
  const list = reader.prepare<[number], { platform: string; key: string; error: string; at: number }>(
    'SELECT platform, key, error, at FROM failed_payloads ORDER BY at DESC LIMIT ?',
  );
  return async (limit) => list.all(limit);
}
