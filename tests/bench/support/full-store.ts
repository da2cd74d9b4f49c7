import Sqlite from 'better-sqlite3';
import type { Room } from '../../../src/incident/identity.ts';
import { evolve } from '../../../src/incident/record/evolve.ts';
import type { Regime } from '../../../src/law/regime.ts';
import { randomIds } from '../../../src/ops/system-clock.ts';
import { loadRegimes } from '../../../src/regimes/load.ts';
import { createSqliteStore } from '../../../src/storage/sqlite/store.ts';
import { Engine } from '../../../src/use-cases/engine.ts';
import { ManualClock } from '../../fakes/clock.ts';

export const MINUTE = 60_000;
const TIMERS_EACH = 8;

export async function theRegime(): Promise<Regime> {
  const regime = (await loadRegimes()).get('cn-cac-2025');
  if (!regime) throw new Error('no regime');
  return regime;
}

export interface Batch {
  readonly count: number;
  /** When they were declared, and when their clocks began (epoch milliseconds). */
  readonly declaredAt: number;
  awareAt(n: number): number;
}

/**
 * Fills a store with incidents as the bot makes them, without a loop running, then leaves eight timers to each and
 * marks their cards as shown at `now`, to be refreshed in the course of the next minute.
 */
export async function fill(file: string, room: Room, batches: readonly Batch[], now = Date.now()): Promise<void> {
  const regime = await theRegime();
  const clock = new ManualClock(0);
  const store = await createSqliteStore({ file, evolve, clock, ids: randomIds, cachedEntries: 5_000 });
  const engine = new Engine({
    store,
    clock,
    regime,
    profile: () => null,
    defaultRooms: [room],
    readsRoom: () => true,
    wake: () => {},
    changed: () => {},
  });
  const account = { platform: room.platform, tenant: room.tenant, id: 'li' };
  // The same store may be filled more than once.
  let key = (await store.incidents({ limit: 1 })).length === 0 ? 0 : now;
  const declare = (awareAt: number): Promise<unknown> => {
    key += 1;
    return engine.run({
      target: { series: 'INC' },
      commands: [{ type: 'declare', title: `Incident ${key}`, awareness: new Date(awareAt).toISOString() }],
      who: { account, name: 'li', language: 'en' },
      revision: null,
      delivery: { platform: 'bench', key: `fill ${key}`, body: '' },
      room,
    });
  };
  for (const { count, declaredAt, awareAt } of batches) {
    clock.jumpTo(declaredAt);
    for (let done = 0; done < count; done += 200) {
      const some = Array.from({ length: Math.min(200, count - done) }, (_, n) => declare(awareAt(done + n)));
      await Promise.all(some);
    }
  }
  await store.close();
  settleCards(file, now);
}

function settleCards(file: string, now: number): void {
  const db = new Sqlite(file);
  db.exec(`DELETE FROM timers WHERE key IN (
    SELECT key FROM (SELECT key, row_number() OVER (PARTITION BY incident ORDER BY due_at) AS n FROM timers)
    WHERE n > ${TIMERS_EACH})`);
  db.exec(`UPDATE surfaces SET ref = rowid_of.n, dirty = 0, shown_hash = 'shown', shown_at = ${now},
    refresh_at = CASE WHEN surfaces.key = 'status' THEN ${now} + rowid_of.n % 60000 END
    FROM (SELECT incident, room, key, row_number() OVER () * 997 AS n FROM surfaces) AS rowid_of
    WHERE surfaces.incident = rowid_of.incident AND surfaces.room = rowid_of.room AND surfaces.key = rowid_of.key`);
  db.close();
}
