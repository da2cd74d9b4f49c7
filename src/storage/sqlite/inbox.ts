import type { Database } from 'better-sqlite3';
import type { InboxStore } from '../../use-cases/ports.ts';
import type { GroupCommit } from './group-commit.ts';

/** Payloads whose handling threw, and the pruning of kept keys. */
export function inboxStore(writer: Database, reader: Database, group: GroupCommit): InboxStore {
  const fail = writer.prepare<[string, string, string, string, number]>(
    `INSERT INTO failed_payloads (platform, key, body, error, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET body = excluded.body, error = excluded.error, at = excluded.at`,
  );
  const prune = writer.prepare<[number]>('DELETE FROM inbox WHERE at < ?');
  const pruneFailed = writer.prepare<[number]>('DELETE FROM failed_payloads WHERE at < ?');
  return {
    failed: (entry) =>
      group.write(() => {
        fail.run(entry.platform, entry.key, entry.body, entry.error, entry.at);
      }),
    listFailed: failedPayloads(reader),
    prune: (before, failedBefore) =>
      group.write(() => prune.run(before).changes + pruneFailed.run(failedBefore).changes),
  };
}

export function failedPayloads(reader: Database): InboxStore['listFailed'] {
  const list = reader.prepare<[number], { platform: string; key: string; error: string; at: number }>(
    'SELECT platform, key, error, at FROM failed_payloads ORDER BY at DESC LIMIT ?',
  );
  return async (limit) => list.all(limit);
}
