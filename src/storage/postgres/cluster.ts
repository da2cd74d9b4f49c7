import { Client } from 'pg';
import { Listeners } from '../../ops/listeners.ts';
import type { Exclusive, Neighbours } from '../../use-cases/ports.ts';
import { TAKE_BACK } from '../outbox.ts';
import { CHANNEL } from '../sql.ts';
import { connectionTo } from './connect.ts';
import { heard, type Signal } from './signals.ts';

/** Interval (ms) at which the delivering instance renews its row and the others try to take over. */
const BEAT = 500;
/** Time (ms) without an answer to a beat after which the server counts as unreachable. */
const PATIENCE = 2_500;
/** Time (ms) without a renewal after which the others end the connection of the delivering instance. */
const SILENT = 3_000;
/** Advisory lock of the instance that delivers. */
const DELIVERING = 1_246_317_388;

/** Ends the connection of a silent delivering instance: hanging or cut off, it would keep the lock. */
const END_SILENT = `
  SELECT pg_terminate_backend(d.pid) FROM deliverers d JOIN pg_locks l USING (pid)
  WHERE d.seen < clock_timestamp() - interval '${SILENT} milliseconds'
    AND l.locktype = 'advisory' AND l.objid = ${DELIVERING} AND l.objsubid = 1 AND l.granted
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
/** Takes the lock if it is free. Returns the number of the new deliverer, the fencing token of its writes. */
const TAKE_OVER = `
  WITH lock AS MATERIALIZED (SELECT pg_try_advisory_lock(${DELIVERING}) AS is_mine),
    gone AS (DELETE FROM deliverers USING lock WHERE is_mine)
  INSERT INTO deliverers (pid, seen) SELECT pg_backend_pid(), clock_timestamp() FROM lock WHERE is_mine RETURNING number`;
const RENEW = 'UPDATE deliverers SET seen = clock_timestamp() WHERE number = $1';
/** Returns to the queue the notices that earlier delivering instances claimed and did not settle. */
const TAKE_BACK_OTHERS = `UPDATE outbox SET ${TAKE_BACK} WHERE state = 'sending' AND holder IS DISTINCT FROM $1`;

interface Channel {
  readonly heard: (payload: string) => void;
  readonly connected: () => void;
}
type Parts = Parameters<Exclusive['hold']>[0];

/**
 * Membership of this process among the instances of a database, on one dedicated connection: it receives the others'
 * commits, and a session lock on it marks the delivering instance. The server releases the lock as soon as the
 * connection ends.
 */
export class Cluster implements Exclusive, Neighbours {
  readonly #url: string;
  readonly #origin: string;
  readonly #heard: (signal: Signal) => void;
  readonly #channels = new Map<string, Channel>();
  readonly #listeners = new Listeners<string | null>();
  #client: Client | null = null;
  #number: number | null = null;
  #wanted: Parts | null = null;
  #held: Parts | null = null;
  #ending: Promise<void> | null = null;
  #loop: Promise<void> | null = null;
  #stopped = false;
  #interrupt: () => void = () => {};

  constructor(url: string, origin: string, { heard }: { heard: (signal: Signal) => void }) {
    this.#url = url;
    this.#origin = origin;
    this.#heard = heard;
  }

  /** Fencing token: number of this instance when it last delivered; null if it never did. */
  get number(): number | null {
    return this.#number;
  }

  get isHeld(): boolean {
    return this.#held !== null;
  }

  onChange(listener: (incident: string | null) => void): () => void {
    this.join();
    return this.#listeners.add(listener);
  }

  /** Subscribes to a channel of the database until the returned function is called; `connected`: on each connection. */
  listen(name: string, channel: Channel): () => void {
    this.#channels.set(name, channel);
    return () => this.#channels.delete(name);
  }

  hold(parts: Parts): () => Promise<void> {
    this.#wanted = parts;
    this.join();
    this.#interrupt();
    return async () => {
      this.#wanted = null;
      const wasHeld = this.isHeld;
      await this.#lose();
      if (wasHeld) await this.#release();
    };
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#interrupt();
    await this.#loop;
    await this.#lose();
    const client = this.#client;
    this.#leave();
    await client?.end().catch(() => undefined);
  }

  /** Connects, and reconnects until the end. */
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
      if (!isStopped()) await this.#pause(BEAT);
    }
  }

  async #join(): Promise<Client> {
    const client = new Client(connectionTo(this.#url));
    // A connection that was never in use only fails its attempt: waking the loop would retry without a pause.
    const lost = (): void => {
      if (this.#client !== client) return;
      this.#leave();
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

  /** Forgets the connection and its lock: the server frees the lock. */
  #leave(): void {
    const client = this.#client;
    this.#client = null;
    void this.#lose();
    void client?.end().catch(() => undefined);
  }

  async #beat(client: Client): Promise<void> {
    if (this.#held) await this.#renew(client);
    else if (this.#wanted && !this.#ending) await this.#takeOver(client);
    else await client.query('SELECT 1');
  }

  async #renew(client: Client): Promise<void> {
    const renewed = await client.query(RENEW, [this.#number]);
    if (renewed.rowCount !== 1 && this.#held) throw new Error('taken for dead by the others');
    if ((await client.query(TAKE_BACK_OTHERS, [this.#number])).rowCount !== 0) this.#listeners.call(null);
  }

  async #takeOver(client: Client): Promise<void> {
    await client.query(END_SILENT);
    const { rows } = await client.query<{ number: number }>(TAKE_OVER);
    const [won] = rows;
    if (!won) return;
    await client.query(TAKE_BACK_OTHERS, [won.number]);
    // The connection may have ended, or the request been withdrawn, before the answer arrived.
    if (this.#client !== client) return;
    if (!this.#wanted) {
      await this.#release();
      return;
    }
    this.#number = won.number;
    this.#held = this.#wanted;
    this.#held.held();
  }

  /** Ends all work that needs the lock; resolves once it has ended. */
  #lose(): Promise<void> {
    const held = this.#held;
    this.#held = null;
    if (held) {
      const over = (): void => {
        this.#ending = null;
      };
      this.#ending = held.lost().then(over, over);
    }
    return this.#ending ?? Promise.resolve();
  }

  /** Frees the lock for the others at once; does nothing without a connection. */
  async #release(): Promise<void> {
    const client = this.#client;
    const freed = client?.query('SELECT pg_advisory_unlock($1)', [DELIVERING]);
    // Only the end of the connection is certain to free the lock.
    await freed?.catch(() => (this.#client === client ? this.#leave() : undefined));
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
