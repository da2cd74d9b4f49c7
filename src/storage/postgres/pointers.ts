import type { PoolClient } from 'pg';
import { type ConstructorOptions, type Job, PgBoss } from 'pg-boss';
import { type Database, rowsOf } from './connect.ts';
import { TIMERS } from './workspaces.ts';

/** What anybody may deliver; a platform with one connection only has a queue of its own, for whoever holds that. */
const QUEUE = 'jishi';
/** A pointer that was taken and is not heard of for so long can be taken by others, in seconds; the least there is. */
const HEARTBEAT = 10;
const OPTIONS = { policy: 'short', notify: true, heartbeatSeconds: HEARTBEAT, expireInSeconds: 86_400 } as const;
/** Pointers taken at a time. */
const AT_ONCE = 50;

/** Where there is work. Rows are the truth: a pointer may be lost, or come twice. */
export interface Pointer {
  readonly kind: 'timers' | 'workspace';
  readonly key: string;
}
export type Taken = Pointer & Pick<Job<Pointer>, 'id' | 'retryCount'> & { readonly queue: string };

type IDatabase = NonNullable<ConstructorOptions['db']>;
type Listen = NonNullable<IDatabase['listen']>;
type On = Pick<PoolClient, 'query'>;

/**
 * Pointers of pg-boss: at most one waits for each workspace, and at most one is worked on. It works on our connections
 * and in our transactions.
 */
export class Pointers {
  readonly #boss: PgBoss;
  readonly #apart: ReadonlySet<string>;
  readonly #kept = new Map<string, Taken>();

  /** `apart` names the platforms with one connection only; `listen` hears a channel of the database. */
  constructor(db: Database, apart: readonly string[], listen: Listen) {
    this.#apart = new Set(apart);
    this.#boss = bossOn({ ...executor(db.pool), listen });
  }

  /** Makes the tables and queues if they are not there, however many do so at once. */
  async start(): Promise<void> {
    try {
      await this.#boss.start();
      const known = new Set((await this.#boss.getQueues()).map(({ name }) => name));
      for (const queue of this.#queues()) if (!known.has(queue)) await this.#boss.createQueue(queue, OPTIONS);
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.#boss.stop({ graceful: false });
  }

  /** Points at workspaces, or the timers, in a transaction. */
  async send(tx: On, keys: readonly string[]): Promise<void> {
    const byQueue = Map.groupBy([...new Set(keys)].toSorted(), (key) => this.#queueOf(key));
    // In one order, so that two transactions do not wait for each other.
    for (const [queue, some] of [...byQueue].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      const jobs = some.map((key) => ({ data: pointerTo(key), singletonKey: key, group: { id: key } }));
      await this.#boss.insert(queue, jobs, { db: executor(tx) });
    }
  }

  /** Takes pointers to what nobody works on, except to some platforms. */
  async take(except: ReadonlySet<string>): Promise<readonly Taken[]> {
    const taken = await Promise.all(
      this.#queues(except).map(async (queue) => {
        const jobs = await this.#boss.fetch<Pointer>(queue, { batchSize: AT_ONCE, groupConcurrency: 1 });
        return jobs.map(({ id, retryCount, data }) => ({ id, retryCount, queue, ...data }));
      }),
    );
    return taken.flat();
  }

  /** Works on what was taken, until it is dropped. */
  keep(taken: Taken): void {
    this.#kept.set(taken.id, taken);
  }

  /** Says that those kept are still worked on. */
  async beat(): Promise<void> {
    for (const [queue, some] of Map.groupBy(this.#kept.values(), (one) => one.queue))
      await this.#boss.touch(queue, some);
  }

  /** Ends what was taken. */
  async drop(taken: Taken, on?: On): Promise<void> {
    this.#kept.delete(taken.id);
    await this.#boss.deleteJob(taken.queue, taken.id, on ? { db: executor(on) } : {});
  }

  /** Ends what somebody who is gone had taken, whatever it pointed at. */
  async forget(ids: readonly string[], on: On): Promise<void> {
    for (const queue of this.#queues()) await this.#boss.deleteJob(queue, [...ids], { db: executor(on) });
  }

  #queues(except?: ReadonlySet<string>): readonly string[] {
    return [QUEUE, ...[...this.#apart].filter((platform) => !except?.has(platform)).map(queueOf)];
  }

  #queueOf(key: string): string {
    const [platform = ''] = key.split('/');
    return this.#apart.has(platform) ? queueOf(platform) : QUEUE;
  }
}

function bossOn(db: IDatabase): PgBoss {
  const options: ConstructorOptions = {
    db,
    useListenNotify: true,
    // Pointers whose heartbeats stopped are looked for this often, in seconds.
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
    schedule: false,
    registerInstance: false,
    openTelemetry: { enabled: false },
  };
  const boss = new PgBoss(options);
  // What it cannot do now it tries again, and the sweep does not need it.
  boss.on('error', () => {});
  return boss;
}

/** What has no values may be several statements, which cannot be prepared. */
function executor(on: On): IDatabase {
  return {
    executeSql: async (text, values = []) =>
      values.length === 0 ? on.query(text) : { rows: await rowsOf(on, text, values) },
  };
}

function queueOf(platform: string): string {
  return `${QUEUE}-${platform}`;
}

function pointerTo(key: string): Pointer {
  return { kind: key === TIMERS ? 'timers' : 'workspace', key };
}
