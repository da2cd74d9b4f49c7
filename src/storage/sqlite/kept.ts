import type { Database } from 'better-sqlite3';
import type { KeptValues } from '../../use-cases/ports.ts';
import type { GroupCommit } from './group-commit.ts';

/** Small durable values of platforms, by key. */
export function keptValues(writer: Database, reader: Database, group: GroupCommit): KeptValues {
  const get = reader.prepare<[string], { value: string }>('SELECT value FROM kept WHERE key = ?');
  const put = writer.prepare<[string, string]>(
    'INSERT INTO kept (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const remove = writer.prepare<[string]>('DELETE FROM kept WHERE key = ?');
  const list = keptList(reader);
  return {
    get: async (key) => get.get(key)?.value ?? null,
    put: (key, value) =>
      group.write(() => {
        put.run(key, value);
      }),
    remove: (key) => group.write(() => remove.run(key).changes > 0),
    list,
    // Nobody else writes, and who writes here knows it.
    watch: async (prefix, limit, heard) => {
      for (const { key, value } of await list(prefix, limit)) heard(key, value);
    },
  };
}

export function keptList(reader: Database): KeptValues['list'] {
  const list = reader.prepare<[string, string, number], { key: string; value: string }>(
    'SELECT key, value FROM kept WHERE key >= ? AND key < ? ORDER BY key LIMIT ?',
  );
  return async (prefix, limit) => list.all(prefix, `${prefix}\u{10ffff}`, limit);
}
