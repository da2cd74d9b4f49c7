import { createHash } from 'node:crypto';
import { Client, type ClientConfig, Pool, type PoolClient, type QueryResultRow, TypeOverrides } from 'pg';
import { messageOf } from '../../ops/errors.ts';
import type { Fail } from '../../ops/failpoints.ts';
import { StoreError } from '../errors.ts';
import type { Done } from '../sql.ts';

/** Parsers of column types: 64-bit integers (epoch ms, counters) are read as numbers, since all are far below 2^53. */
const parsers = new TypeOverrides();
parsers.setTypeParser(20, Number);
/** Time (ms) without an answer after which the server counts as unreachable. */
const PATIENCE = 5_000;

export function connectionTo(url: string): ClientConfig {
  return {
    connectionString: url,
    application_name: 'jishi',
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
    connectionTimeoutMillis: PATIENCE,
    types: parsers,
  };
}

/**
 * Settings for joins by nested loops over indexes, as SQLite always makes them and all statements are written for. The
 * planner takes a JSON list for 100 rows; for a change of one incident it then hashed the whole table of deliveries:
 * 3 ms with 10,000 of them.
 */
const NESTED_LOOPS = 'SET enable_hashjoin = off; SET enable_mergejoin = off';

/** Opens the pool for requests. Each connection pipelines statements, and each statement has a time limit. */
export function openPool(url: string, max: number): Pool {
  const pool = new Pool({
    ...connectionTo(url),
    max,
    pipeline: true,
    query_timeout: PATIENCE,
    statement_timeout: PATIENCE,
    // Ends the transaction of a process that stopped inside it, so that its locks are released.
    idle_in_transaction_session_timeout: PATIENCE,
  });
  // A connection that ends rejects its query, and an idle one is replaced at its next use, so nothing is done here.
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    client.on('error', () => {});
    // Pipelined before the first statement; without it only plans are slower.
    client.query(NESTED_LOOPS).catch(() => undefined);
  });
  return pool;
}

/** Opens one connection without limits, for migrations and tools. Rejects with `StoreError` if that fails. */
export async function openClient(url: string): Promise<Client> {
  const client = new Client(connectionTo(url));
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    throw unreachable(new URL(url).host, error);
  }
  return client;
}

function unreachable(host: string, cause: unknown): StoreError {
  // For a name with two addresses the error is an aggregate without a message of its own.
  const causes = cause instanceof AggregateError ? cause.errors.map(messageOf) : [messageOf(cause)];
  const message = `PostgreSQL at ${host} accepts no connection (${causes.join(', ')})`;
  return new StoreError('unreachable', `${message}: check that it runs, and check its URL (DATABASE_URL, or --to)`, {
    cause,
  });
}

/** Error: another transaction committed first, so everything is read and decided again. */
export class Conflict extends Error {}

/** Sends a statement, prepared once per connection. */
export async function sent<R extends object>(
  on: Pick<PoolClient, 'query'> | Pool,
  text: string,
  values: readonly unknown[] = [],
): Promise<Done<R>> {
  const { rows, rowCount } = await on.query<R & QueryResultRow>({ name: nameOf(text), text, values: [...values] });
  return { rows, count: rowCount ?? 0 };
}

export async function rowsOf<R extends object>(...statement: Parameters<typeof sent>): Promise<R[]> {
  return (await sent<R>(...statement)).rows;
}

const names = new Map<string, string>();

function nameOf(text: string): string {
  const name = names.get(text) ?? createHash('sha256').update(text).digest('hex').slice(0, 24);
  names.set(text, name);
  return name;
}

export class Database {
  readonly pool: Pool;
  readonly #fail: Fail;
  #closed = false;

  constructor(pool: Pool, fail: Fail) {
    this.pool = pool;
    this.#fail = fail;
  }

  /** Reads rows of committed data. */
  rows<R extends object>(text: string, values: readonly unknown[] = []): Promise<readonly R[]> {
    return this.#persistently(() => rowsOf<R>(this.pool, text, values));
  }

  /** Runs `work` in a transaction of its own, with retries; the commit is on disk when the promise resolves. */
  async write<T>(work: (tx: PoolClient) => Promise<T>): Promise<T> {
    if (this.#closed) throw new StoreError('closed', 'the store is closed');
    return this.#persistently(() => this.#transact(work));
  }

  /** Runs one writing statement as a transaction of its own. */
  async change<R extends object>(text: string, values: readonly unknown[] = []): Promise<Done<R>> {
    if (this.#closed) throw new StoreError('closed', 'the store is closed');
    return this.#persistently(async () => {
      this.#fail('before-commit');
      const done = await sent<R>(this.pool, text, values);
      this.#fail('after-commit');
      return done;
    });
  }

  /** Ends writing; `end` waits for running transactions. */
  close(): void {
    this.#closed = true;
  }

  async end(): Promise<void> {
    if (!this.pool.ending) await this.pool.end();
  }

  #persistently<T>(work: () => Promise<T>): Promise<T> {
    return persistently(() => work().catch((error: unknown) => this.#distrust(error)));
  }

  /** Rethrows every error. After a read time-out it first closes the idle connections, which are probably dead too. */
  async #distrust(error: unknown): Promise<never> {
    if (error instanceof Error && error.message === 'Query read timeout')
      for (let idle = this.pool.idleCount; idle > 0; idle -= 1) (await this.pool.connect()).release(true);
    throw error;
  }

  async #transact<T>(work: (tx: PoolClient) => Promise<T>): Promise<T> {
    const tx = await this.pool.connect();
    try {
      // Not awaited: the next statement is sent together with it.
      const begun = tx.query('BEGIN');
      const [value] = await Promise.all([work(tx), begun]);
      this.#fail('before-commit');
      await tx.query('COMMIT');
      this.#fail('after-commit');
      tx.release();
      return value;
    } catch (error) {
      await rollBack(tx);
      throw error;
    }
  }
}

async function rollBack(tx: PoolClient): Promise<void> {
  try {
    await tx.query('ROLLBACK');
    tx.release();
  } catch {
    tx.release(true);
  }
}

/** Total time (ms) for which a transient failure is retried. */
const PERSISTENCE = 8_000;
const FIRST_PAUSE = 20;

/**
 * Retries work that failed because of another transaction or a lost connection. The work must be idempotent: a commit
 * whose answer was lost may have happened.
 */
export async function persistently<T>(work: () => Promise<T>): Promise<T> {
  const until = performance.now() + PERSISTENCE;
  for (let pause = FIRST_PAUSE; ; pause *= 2) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) || performance.now() + pause > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** Returns true for a transient failure: conflicts (40), connections (08, 57, 25P03, 53300, no code), time-outs. */
export function isPassing(error: unknown): boolean {
  if (error instanceof Conflict) return true;
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (/^(40|08|57P|25P03|53300)/.test(code) || /^E(CONN|PIPE|TIMEDOUT)/.test(code)) return true;
  return (
    code === '' &&
    /^(Connection terminated|Client (has encountered|was closed)|Query read timeout|timeout exceeded)/.test(
      error.message,
    )
  );
}

/** Text as PostgreSQL can store it: NUL and half surrogate pairs become U+FFFD. */
export function clean(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}
