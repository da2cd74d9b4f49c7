import { readFile } from 'node:fs/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openReader } from '../../src/storage/sqlite/open.ts';
import { commits, declaring, note, noting } from '../contract/fixtures.ts';
import { type SqliteHarness, sqliteHarness } from './sqlite-harness.ts';

const SECRET = 'the name of a customer';
const INCIDENT = 'INC-2026-0001';

/** Where the words of an incident are still to be found that was erased. */
async function erased(): Promise<{
  h: SqliteHarness;
  found: () => Promise<readonly string[]>;
  erase: () => Promise<void>;
}> {
  const h = await sqliteHarness();
  onTestFinished(() => h.destroy());
  await h.store.change(declaring('k1', { title: SECRET }));
  for (let n = 0; n < 20; n += 1)
    await h.store.change(
      noting(INCIDENT, `n${n}`, { decide: (current) => commits(current, [note(`${SECRET} ${n}`)]) }),
    );
  const found = async () => {
    const parts = await Promise.all(
      ['', '-wal'].map(async (part) => ((await readFile(h.file + part)).includes(SECRET) ? [`file${part}`] : [])),
    );
    return parts.flat();
  };
  const erase = async () => {
    await h.store.change(
      noting(INCIDENT, 'erase', {
        decide: (current) =>
          commits(
            current,
            [{ type: 'erased', payload: { reason: null, drill: false, regimes: ['cn-cac-2025'], by: null } }],
            {
              row: { title: '—', phase: 'closed' },
            },
          ),
      }),
    );
    await h.store.erasure.erase(INCIDENT, []);
  };
  return { h, found, erase };
}

it('erased words are neither in the file nor in its write-ahead log', async () => {
  const { found, erase } = await erased();
  expect(await found()).toContain('file-wal');
  await erase();
  expect(await found()).toEqual([]);
});

/** Erases while somebody reads; answers how long that took (ms). */
async function erasedWhileRead(): Promise<number> {
  const { h, found, erase } = await erased();
  const reader = openReader(h.file);
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM events').get();
  const begun = performance.now();
  await erase();
  const took = performance.now() - begun;
  expect(await found()).toContain('file-wal');
  reader.close();
  await vi.advanceTimersByTimeAsync(6_000);
  expect(await found()).toEqual([]);
  return took;
}

it('what somebody is just reading leaves the log when they have ended, and nothing waits for them', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  // A wait would take 200 ms each time; a busy machine takes as long now and then, not ten times in a row.
  let shortest = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 10 && shortest >= 150; tries += 1) shortest = Math.min(shortest, await erasedWhileRead());
  expect(shortest).toBeLessThan(150);
});

it('no table keeps anything of an incident that is erased but its record without content', async () => {
  const { h, erase } = await erased();
  await h.store.inbox.failed({ platform: 'chat', key: 'f1', body: SECRET, error: 'odd', at: 1 });
  const kept = (): Readonly<Record<string, number>> => {
    const reader = openReader(h.file);
    const tables = reader
      .prepare<[], string>(
        "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'incident'",
      )
      .pluck()
      .all();
    const counts = tables.map((table): [string, number] => {
      const before = "command <> 'erase'";
      const own =
        table === 'inbox' ? `key <> 'erase'` : table === 'events' ? `bytes IS NOT NULL AND type <> 'erased'` : before;
      const where = ['inbox', 'events'].includes(table) ? own : '1 = 1';
      return [
        table,
        reader
          .prepare<[string], number>(`SELECT count(*) FROM ${table} WHERE incident = ? AND ${where}`)
          .pluck()
          .get(INCIDENT) ?? 0,
      ];
    });
    reader.close();
    return Object.fromEntries(counts.filter(([, count]) => count > 0));
  };
  expect(kept()).toMatchObject({ inbox: 21, events: 21 });
  await erase();
  expect(kept()).toEqual({});
});
