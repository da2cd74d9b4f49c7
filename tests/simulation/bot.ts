import { createHash } from 'node:crypto';
import type { Room } from '../../src/incident/identity.ts';
import type { Organisation } from '../../src/incident/people/profile.ts';
import { evolve } from '../../src/incident/record/evolve.ts';
import type { Failpoint } from '../../src/ops/failpoints.ts';
import { createLogger } from '../../src/ops/logger.ts';
import { createMetrics } from '../../src/ops/metrics.ts';
import { clockOver } from '../../src/ops/system-clock.ts';
import { createConsoleMessenger } from '../../src/platforms/console/messenger.ts';
import { createDaily } from '../../src/scheduling/daily.ts';
import { createSqliteStore, type SqliteStore } from '../../src/storage/sqlite/store.ts';
import type { Messenger } from '../../src/use-cases/ports.ts';
import { type BotCore, build } from '../../src/wiring.ts';
import { regime } from '../fakes/law.ts';
import type { Machine } from './machine.ts';
import type { Life, Peer } from './peer.ts';
import type { Power } from './power.ts';

export { regime };

const metrics = createMetrics();

export interface World {
  readonly machine: Machine;
  readonly file: string;
  readonly seed: number;
  readonly peers: readonly Peer[];
  readonly defaultRooms: readonly Room[];
  readonly organisation: Organisation | null;
  /** Something failed although nobody killed the bot. */
  readonly failed: (what: string) => void;
  readonly power: Power;
}

/** One life of the bot: the real house over the real store, until it is killed or stopped. */
export interface Bot {
  readonly life: Life;
  readonly house: BotCore;
  readonly store: SqliteStore;
  readonly messengers: readonly Messenger[];
  /** Elapsed ms at its start. */
  readonly startedAt: number;
  /** Dies when it passes a point for the n-th time from now on. */
  killAt(point: Failpoint, nth: number): void;
  /**
   * Drops everything that is only in memory, as a SIGKILL does; the file can be opened again afterwards. With the power
   * gone as well it also lacks what nobody waited for. Resolves with how many pages were lost.
   */
  kill(withPower: boolean): Promise<number>;
  stop(): Promise<void>;
}

/** Thrown to unwind whatever was going on when the process was killed. */
class Killed extends Error {}

export async function startBot(world: World, number: number): Promise<Bot> {
  const { machine } = world;
  const life: Life = { number, alive: true };
  let fate: { readonly point: Failpoint; left: number } | null = null;
  const fail = (point: Failpoint): void => {
    if (fate?.point === point && --fate.left === 0) life.alive = false;
    if (!life.alive) throw new Killed();
  };
  const clock = clockOver({
    wall: machine.wall,
    after: (ms, run) => machine.after(ms, () => (life.alive ? run() : undefined)),
  });
  const ids = idsOf(world.seed, number);
  const store = await createSqliteStore({
    ...{ file: world.file, evolve, clock, ids, fail, afterTurn: machine.afterTurn },
    synced: () => world.power.synced(),
  });
  const messengers = [
    createConsoleMessenger({ log: store.roomLog, clock }),
    ...world.peers.map((peer) => peer.messenger(life)),
  ];
  const house = build({
    store,
    clock,
    ids,
    regime,
    profile: () => world.organisation,
    messengers,
    defaultRooms: world.defaultRooms,
    renderReport: () => Promise.reject(new Error('not used')),
    // Lines of the audit log are written at every level; they are no failures.
    log: createLogger('error', {
      write: (line) => (life.alive && !/"(alarm|audit)"/.test(line) ? world.failed(line) : undefined),
    }),
    metrics,
    fail,
    courteous: true,
    afterTurn: machine.afterTurn,
    readsRoom: () => true,
  });
  const daily = createDaily({
    dropReports: async () => {},
    clock,
    engine: house.engine,
    wake: () => house.wake(),
    failed: (error) => (life.alive ? world.failed(String(error)) : undefined),
    tampered: (what) => world.failed(`timers are not as wanted: ${JSON.stringify(what)}`),
  });
  house.start();
  daily.start();
  return {
    life,
    house,
    store,
    messengers,
    startedAt: machine.elapsed,
    killAt: (point, nth) => {
      fate = { point, left: nth };
    },
    kill: async (withPower) => {
      life.alive = false;
      const cut = withPower ? world.power.cut() : null;
      // What was queued runs into the failpoint before its commit and is rolled back.
      const closing = store.close();
      await machine.settle(async () => {});
      await closing;
      cut?.restore();
      return cut?.lost ?? 0;
    },
    stop: async () => {
      let stopped = false;
      const stopping = daily
        .stop()
        .then(() => house.stop())
        .finally(() => {
          stopped = true;
        });
      // What is in flight waits for its platform.
      for (;;) {
        await machine.settle(async () => {});
        if (stopped) break;
        machine.step(machine.elapsed + 1_000);
      }
      await stopping;
      const closing = store.close();
      await machine.settle(async () => {});
      await closing;
      life.alive = false;
    },
  };
}

/** Unique over all lives, and the same in every run of the seed. */
function idsOf(seed: number, life: number): { next(): string } {
  let count = 0;
  return {
    next: () => {
      count += 1;
      return `sim-${createHash('sha256').update(`${seed}/${life}/${count}`).digest('hex').slice(0, 18)}`;
    },
  };
}
