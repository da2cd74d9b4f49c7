import type { PoolClient } from 'pg';
import { type ConstructorOptions, PgBoss } from 'pg-boss';
import { type Database, rowsOf } from './connect.ts';

/**
 * Queue of work any instance may do; a platform with one connection only has a queue of its own, for the instance that
 * holds that connection.
 */
const QUEUE = 'jishi';
/**
 * Options of a queue: at most one pointer waits for each workspace; one that was taken and not ended comes back after a
 * minute.
 */
const OPTIONS = { policy: 'short', notify: true, expireInSeconds: 60 } as const;
/** Pointers taken at a time. */
const AT_ONCE = 50;

/** Pointer to work. Rows are the truth: a pointer may be lost, or come twice. */
interface Pointer {
  readonly key: string;
}

type IDatabase = NonNullable<ConstructorOptions['db']>;
type Listen = NonNullable<IDatabase['listen']>;
type On = Pick<PoolClient, 'query'>;

/** Pointers of pg-boss. It hands them out on our connections and in our transactions; who may follow one is not its business. */
export class Pointers {
  readonly #boss: PgBoss;
  readonly #apart: ReadonlySet<string>;

  /**
   * Queues for `apart`, the platforms with one connection only, beside the common one; `listen` subscribes to a channel
   * of the database.
   */
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
      const jobs = some.map((key) => ({ data: { key }, singletonKey: key }));
      await this.#boss.insert(queue, jobs, { db: executor(tx) });
    }
  }

  /** Takes pointers, except to some platforms; returns their targets. A holder of the target needs none. */
  async take(except: ReadonlySet<string>): Promise<readonly string[]> {
    const taken = await Promise.all(
      this.#queues(except).map(async (queue) => {
        const jobs = await this.#boss.fetch<Pointer>(queue, { batchSize: AT_ONCE });
        if (jobs.length > 0)
          await this.#boss.deleteJob(
            queue,
            jobs.map(({ id }) => id),
          );
        return jobs.map(({ data }) => data.key);
      }),
    );
    return [...new Set(taken.flat())];
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
    schedule: false,
    registerInstance: false,
    openTelemetry: { enabled: false },
  };
  const boss = new PgBoss(options);
  // Errors are retried by pg-boss, and the sweep does not need it.
  boss.on('error', () => {});
  return boss;
}

/** Query executor for pg-boss; a query without values may be several statements, which cannot be prepared. */
function executor(on: On): IDatabase {
  return {
    executeSql: async (text, values = []) =>
      values.length === 0 ? on.query(text) : { rows: await rowsOf(on, text, values) },
  };
}

function queueOf(platform: string): string {
  return `${QUEUE}-${platform}`;
}
