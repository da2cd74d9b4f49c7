import { Client } from 'pg';
import { Listeners } from '../../ops/listeners.ts';
import type { Exclusive, Neighbours } from '../../use-cases/ports.ts';
import { TAKE_BACK } from '../outbox.ts';
import { CHANNEL } from '../sql.ts';
import { connectionTo } from './connect.ts';
import { Holding } from './holding.ts';
import { heard, type Signal } from './signals.ts';

/** Heartbeat interval (ms) at which an instance renews its entry and checks the others. */
const BEAT = 2_000;
/** A server that takes longer to answer a beat is taken for gone, in ms. */
const PATIENCE = 5_000;
/** An instance that did not say anything for so long has lost what it held, in seconds. */
const SILENT = 10;
/** Advisory locks of instances, by their number, and of names. */
const INSTANCES = 1_246_317_386;
const NAMES = 1_246_317_387;

const JOIN = `
  WITH me AS MATERIALIZED (INSERT INTO instances (pid, seen) VALUES (pg_backend_pid(), clock_timestamp()) RETURNING number)
  SELECT number, pg_advisory_lock(${INSTANCES}, number) FROM me`;
/** SQL on connected instances: joined on its lock an instance is connected, whatever its row contains. */
const CONNECTED = `SELECT 1 FROM pg_locks l WHERE l.locktype = 'advisory' AND l.classid = ${INSTANCES}
  AND l.objid::bigint = i.number AND l.pid = i.pid AND l.granted
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
/**
 * Statement that ends the connection of a silent instance: one that hangs or is cut off keeps its connection, and so
 * its locks, for a long time.
 */
const END_SILENT = `
  SELECT pg_terminate_backend(i.pid) FROM instances i
  WHERE i.seen < clock_timestamp() - interval '${SILENT} seconds' AND EXISTS (${CONNECTED})`;
/** Removes dead instances and takes back the notices they were sending. Returns one row for each dead instance. */
const BURY = `
  WITH dead AS (DELETE FROM instances i WHERE NOT EXISTS (${CONNECTED}) RETURNING number),
    sending AS (UPDATE outbox SET ${TAKE_BACK} WHERE state = 'sending' AND holder IN (SELECT number FROM dead))
  SELECT number FROM dead`;
const LOCK = `SELECT key FROM unnest($1::text[]) AS key WHERE pg_try_advisory_lock(${NAMES}, hashtext(key))`;
const UNLOCK = `SELECT pg_advisory_unlock(${NAMES}, hashtext($1))`;
/** Which rows of a table \`s\` have a \`key\` some instance holds as a name. */
export const IS_HELD = `(hashtext(s.key)::bigint & 4294967295)::oid IN (SELECT objid FROM pg_locks
  WHERE locktype = 'advisory' AND classid = ${NAMES} AND objsubid = 2 AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))`;

interface Channel {
  readonly heard: (payload: string) => void;
  readonly connected: () => void;
}

/**
 * Membership of this process among those that share the database. One connection of its own carries all of it: it
 * receives what others commit, its advisory locks show that this instance lives and what it holds, and they are
 * released the moment it ends.
 */
export class Cluster implements Exclusive, Neighbours {
  readonly #url: string;
  readonly #origin: string;
  readonly #heard: (signal: Signal) => void;
  readonly #channels = new Map<string, Channel>();
  readonly #listeners = new Listeners<string | null>();
  readonly #holdings = new Set<Holding>();
  readonly #taken = new Set<string>();
  #client: Client | null = null;
  #number: number | null = null;
  #loop: Promise<void> | null = null;
  #stopped = false;
  #interrupt: () => void = () => {};

  constructor(url: string, origin: string, { heard }: { heard: (signal: Signal) => void }) {
    this.#url = url;
    this.#origin = origin;
    this.#heard = heard;
  }

  /** The number of this instance while it is connected. */
  get number(): number | null {
    return this.#number;
  }

  onChange(listener: (incident: string | null) => void): () => void {
    this.join();
    return this.#listeners.add(listener);
  }

  /**
   * Subscribes to a channel of the database; `connected` is called whenever the connection begins anew. Returns the
   * unsubscribe.
   */
  listen(name: string, channel: Channel): () => void {
    this.#channels.set(name, channel);
    return () => this.#channels.delete(name);
  }

  hold(name: string | null, parts: Parameters<Exclusive['hold']>[1]): () => Promise<void> {
    const holding: Holding = new Holding(name, parts, async () => this.release(name));
    this.#holdings.add(holding);
    this.join();
    this.#interrupt();
    return async () => {
      this.#holdings.delete(holding);
      const wasHeld = holding.isHeld;
      await holding.lose();
      if (wasHeld) await this.release(name);
    };
  }

  /**
   * Takes names that nobody holds, this instance included; returns those it got. They are free when its connection
   * ends.
   */
  async take(names: readonly string[]): Promise<readonly string[]> {
    const wanted = names.filter((name) => !this.#taken.has(name));
    const client = this.#client;
    if (!client || wanted.length === 0) return [];
    // A session may lock a second time what it has.
    for (const name of wanted) this.#taken.add(name);
    try {
      const { rows } = await within(PATIENCE, client.query<{ key: string }>(LOCK, [wanted]));
      const got = rows.map(({ key }) => key);
      for (const name of wanted) if (!got.includes(name)) this.#taken.delete(name);
      return this.#client === client ? got : [];
    } catch {
      // The server may have locked them all the same: only the end of the connection frees them for certain.
      if (this.#client === client) this.#leave();
      return [];
    }
  }

  /** Releases a lock. Without a connection there is none to release. */
  async release(name: string | null): Promise<void> {
    if (name !== null && this.#taken.delete(name)) await this.#client?.query(UNLOCK, [name]).catch(() => undefined);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#interrupt();
    await this.#loop;
    await Promise.all([...this.#holdings].map((holding) => holding.lose()));
    const client = this.#client;
    this.#leave();
    await client?.end().catch(() => undefined);
  }

  /** Connects, and stays so until the end. */
  join(): void {
    this.#loop ??= this.#run();
  }

  async #run(): Promise<void> {
    const isStopped = (): boolean => this.#stopped;
    while (!isStopped()) {
      try {
        const client = this.#client ?? (await this.#join());
        await within(PATIENCE, this.#beat(client));
      } catch {
        this.#leave();
      }
      if (!isStopped()) await this.#pause(this.#client ? BEAT : BEAT / 4);
    }
  }

  async #join(): Promise<Client> {
    // Names are taken while a beat is under way.
    const client = new Client({ ...connectionTo(this.#url), pipeline: true });
    const lost = (): void => {
      if (this.#client === client) this.#leave();
      this.#interrupt();
    };
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', ({ channel, payload = '' }) => {
      if (channel === CHANNEL) this.#hear(payload);
      else this.#channels.get(channel)?.heard(payload);
    });
    try {
      await client.connect();
      for (const channel of [CHANNEL, ...this.#channels.keys()])
        await within(PATIENCE, client.query(`LISTEN ${client.escapeIdentifier(channel)}`));
      const { rows } = await within(PATIENCE, client.query<{ number: number }>(JOIN));
      this.#number = rows[0]?.number ?? null;
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
    this.#client = client;
    // Signals sent while this instance did not listen are lost: everything may have changed.
    this.#listeners.call(null);
    for (const { connected } of this.#channels.values()) connected();
    return client;
  }

  /** Forgets all locks after the connection ended: the server has freed them, or will. */
  #leave(): void {
    const client = this.#client;
    this.#client = null;
    this.#number = null;
    this.#taken.clear();
    for (const holding of this.#holdings) void holding.lose();
    void client?.end().catch(() => undefined);
  }

  async #beat(client: Client): Promise<void> {
    const alive = await client.query('UPDATE instances SET seen = clock_timestamp() WHERE number = $1', [this.#number]);
    if (alive.rowCount !== 1) throw new Error('taken for dead by the others');
    await client.query(END_SILENT);
    // Locks of the dead instance are free already: there may be work.
    if ((await client.query(BURY)).rows.length > 0) this.#listeners.call(null);
    for (const holding of this.#holdings) {
      if (holding.isHeld) continue;
      if (holding.name === null) {
        holding.win();
        continue;
      }
      if ((await this.take([holding.name])).length === 0) continue;
      // It may have been given up while the answer was on its way.
      if (this.#holdings.has(holding)) holding.win();
      else await this.release(holding.name);
    }
  }

  #hear(payload: string): void {
    const signal = heard(payload);
    if (!signal || signal.origin === this.#origin) return;
    this.#heard(signal);
    if (signal.kind !== 'message') this.#listeners.call(signal.kind === 'incident' ? signal.incident : null);
  }

  async #pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#interrupt = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('no answer in time')), ms);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
