import { expect, it, onTestFinished } from 'vitest';
import { run } from '../../src/cli.ts';
import { noFailpoints } from '../../src/ops/failpoints.ts';
import { createLogger } from '../../src/ops/logger.ts';
import { createMetrics } from '../../src/ops/metrics.ts';
import { randomIds } from '../../src/ops/system-clock.ts';
import type { OpenStore } from '../../src/storage/open-store.ts';
import { notifyRestored } from '../../src/use-cases/upkeep/restore-mark.ts';
import { type BotCore, build } from '../../src/wiring.ts';
import { Chat, caller, HOUR, ROOM, START } from '../case/harness.ts';
import { notice } from '../contract/fixtures.ts';
import { ManualClock } from '../fakes/clock.ts';
import { regime } from '../fakes/law.ts';
import { command } from '../fakes/postgres.ts';
import { emptyDatabase, giveBack, newDatabase, openOn } from './postgres-harness.ts';

/** A bot on a database at an instant; nothing is delivered. */
async function botAt(url: string, now: number): Promise<{ store: OpenStore; house: BotCore; close(): Promise<void> }> {
  const clock = new ManualClock(now);
  const store = await openOn(url, { clock });
  const house = build({
    store,
    clock,
    ids: randomIds,
    regime,
    profile: () => null,
    messengers: [new Chat(clock).messenger],
    defaultRooms: [],
    renderReport: () => Promise.reject(new Error('not used')),
    log: createLogger('silent'),
    metrics: createMetrics(),
    fail: noFailpoints,
    readsRoom: () => true,
  });
  return {
    store,
    house,
    close: async () => {
      await house.stop();
      await store.close();
    },
  };
}

async function restored(url: string): Promise<[number, string]> {
  let said = '';
  const say = (line: string) => {
    said += `${line}\n`;
  };
  return [await run(['restored'], { env: { DATABASE_URL: url }, out: say, error: say, stdin: async () => '' }), said];
}

const unsent = (url: string) =>
  command(url, `SELECT key, content FROM outbox WHERE state IN ('ready', 'sending', 'unknown')`);

it('a restored database sends no old reminder: each open incident hears once how far the record reaches', async () => {
  const url = await emptyDatabase();
  onTestFinished(() => giveBack(url));
  const before = await botAt(url, START);
  const declared = await before.house.app.declare({
    title: 'Payment data',
    caller: caller('li'),
    room: ROOM,
    delivery: { platform: 'chat', key: 'k1', body: '1' },
  });
  if (declared.kind !== 'done') throw new Error(declared.kind);
  await before.store.outbox.add([notice('n1', { incident: declared.incident, lane: 'reminder' })]);
  await command(url, 'UPDATE surfaces SET dirty = 0');
  for (const key of ['access:session:a', 'access:token:b']) await before.store.kept.put(key, '{}');
  expect(await restored(url)).toEqual([1, 'jishi restored: the database is in use by a running bot: stop it first\n']);
  expect((await unsent(url)).length).toBeGreaterThan(0);
  await before.close();

  // So it was dumped, and so pg_restore brings it back two hours later.
  expect(await restored(url)).toEqual([
    0,
    expect.stringMatching(
      /^ok: the record reaches up to 2026-03-31T.*\nEverybody signs in again\.\ntokens and links .*\nnothing here says .*\nAt the next start, each open incident/,
    ),
  ]);
  expect(await unsent(url)).toEqual([]);
  expect(await command(url, "SELECT key FROM kept WHERE key LIKE 'access:%'")).toEqual([{ key: 'access:token:b' }]);
  expect(await command(url, 'SELECT 1 FROM surfaces WHERE dirty = 0')).toEqual([]);

  const after = await botAt(url, START + 2 * HOUR);
  expect(await notifyRestored(after.house.engine, after.store.kept)).toEqual({ told: 1, gone: [] });
  const said = await unsent(url);
  expect(said).toHaveLength(1);
  expect(JSON.stringify(said)).toMatch(/restored/);
  expect(await notifyRestored(after.house.engine, after.store.kept)).toEqual({ told: 0, gone: [] });
  await after.close();
});

it('an empty database is none that was restored', async () => {
  expect(await restored(await newDatabase())).toEqual([1, expect.stringContaining('pg_restore')]);
});
