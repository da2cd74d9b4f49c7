import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { type Job, Logger, makeWorkerUtils, run } from 'graphile-worker';
import { better, defineQueue, defineWorker } from 'plainjob';
import { evolve } from '../../src/incident/record/evolve.ts';
import { randomIds, systemClock } from '../../src/ops/system-clock.ts';
import { createPostgresStore } from '../../src/storage/postgres/store.ts';
import { createSqliteStore } from '../../src/storage/sqlite/store.ts';
import type { OutboxStore } from '../../src/use-cases/ports.ts';
import { notice } from '../contract/fixtures.ts';
import { startPostgres } from '../fakes/postgres.ts';
import { pause, type Row, sized, spread } from './support/measure.ts';

const JOBS = sized(5_000, 300);
/** Sends that may be under way at a time, as in delivery. */
const AT_ONCE = 50;
/** Of those that poll, each may take a second. */
const SINGLE = sized(8, 3);
const QUIET = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} };

/** Work per second: queued in one go, each taken, done and settled durably, one process. And how soon a single one begins. */
export async function benchJobs(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-jobs-'));
  const server = await startPostgres({ durable: true });
  try {
    return [
      ours('our outbox, SQLite', await sqliteOutbox(join(folder, 'jishi.sqlite'))),
      ours('plainjob, SQLite', await plainjob(join(folder, 'plainjob.sqlite'))),
      ours('our outbox, PostgreSQL', await postgresOutbox(await server.createDatabase())),
      ours('graphile-worker, PostgreSQL', await graphile(await server.createDatabase())),
    ];
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Measured {
  readonly seconds: number;
  /** From the commit of one job to the begin of its work, in ms. */
  readonly begins: readonly number[];
}

function ours(what: string, { seconds, begins }: Measured): Row {
  const { what: _, ...soon } = spread('', begins);
  return { what, 'jobs per second': Math.round(JOBS / seconds), ...soon };
}

/** Counts what was done; answers when enough is. */
class Done {
  #left = 0;
  #resolve: () => void = () => {};

  wait(count: number): Promise<void> {
    this.#left = count;
    return new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  one(): void {
    this.#left -= 1;
    if (this.#left === 0) this.#resolve();
  }
}

async function outbox(store: OutboxStore, now: () => number): Promise<Measured> {
  await store.add(Array.from({ length: JOBS }, (_, n) => notice(`n${n}`)));
  const started = performance.now();
  for (let left = JOBS; left > 0; ) {
    const claimed = await store.claim(now(), AT_ONCE);
    left -= claimed.length;
    await Promise.all(claimed.map(({ key, fence }) => store.settle(key, fence, { state: 'sent', ref: 'r' })));
  }
  const seconds = (performance.now() - started) / 1_000;
  const begins: number[] = [];
  for (let n = 0; n < SINGLE; n += 1) {
    await store.add([notice(`s${n}`)]);
    const committed = performance.now();
    const [one] = await store.claim(now(), AT_ONCE);
    begins.push(performance.now() - committed);
    if (one) await store.settle(one.key, one.fence, { state: 'sent', ref: 'r' });
  }
  return { seconds, begins };
}

async function sqliteOutbox(file: string): Promise<Measured> {
  const store = await createSqliteStore({ file, evolve, clock: systemClock, ids: randomIds });
  const measured = await outbox(store.outbox, Date.now);
  await store.close();
  return measured;
}

async function postgresOutbox(url: string): Promise<Measured> {
  const store = await createPostgresStore({ url, evolve, ids: randomIds });
  const measured = await outbox(store.outbox, () => store.clock.now());
  await store.close();
  return measured;
}

async function plainjob(file: string): Promise<Measured> {
  const db = new Sqlite(file);
  const connection = better(db);
  const queue = defineQueue({ connection, logger: QUIET });
  db.pragma('synchronous = FULL');
  const done = new Done();
  const begun: number[] = [];
  queue.addMany(
    'job',
    Array.from({ length: JOBS }, (_, n) => ({ n })),
  );
  const worker = defineWorker(
    'job',
    async () => {
      begun.push(performance.now());
      done.one();
    },
    { queue, logger: QUIET },
  );
  const all = done.wait(JOBS);
  const started = performance.now();
  void worker.start();
  await all;
  const seconds = (performance.now() - started) / 1_000;
  const begins = await singles(done, begun, async (n) => void queue.add('job', { n }));
  await worker.stop();
  queue.close();
  return { seconds, begins };
}

async function graphile(connectionString: string): Promise<Measured> {
  const utils = await makeWorkerUtils({ connectionString, logger: new Logger(() => () => {}) });
  await utils.migrate();
  await utils.addJobs(
    Array.from({ length: JOBS }, (_, n): Pick<Job, 'payload'> & { identifier: string } => ({
      identifier: 'job',
      payload: { n },
    })),
  );
  const done = new Done();
  const begun: number[] = [];
  const all = done.wait(JOBS);
  const started = performance.now();
  const runner = await run({
    connectionString,
    concurrency: AT_ONCE,
    maxPoolSize: AT_ONCE,
    noHandleSignals: true,
    noPreparedStatements: false,
    crontab: '',
    logger: new Logger(() => () => {}),
    taskList: {
      job: async () => {
        begun.push(performance.now());
        done.one();
      },
    },
  });
  await all;
  const seconds = (performance.now() - started) / 1_000;
  const begins = await singles(done, begun, async (n) => void (await utils.addJob('job', { n })));
  await runner.stop();
  await utils.release();
  return { seconds, begins };
}

/** One job at a time into a quiet queue: how long it waits there. */
async function singles(done: Done, begun: number[], add: (n: number) => Promise<void>): Promise<readonly number[]> {
  const begins: number[] = [];
  for (let n = 0; n < SINGLE; n += 1) {
    const one = done.wait(1);
    begun.length = 0;
    await add(n);
    const committed = performance.now();
    await one;
    begins.push(Math.max(0, (begun[0] ?? 0) - committed));
    await pause(5);
  }
  return begins;
}
