import { SocketModeClient } from '@slack/socket-mode';
import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { z } from 'zod';
import { type Backoff, pauseAfter } from '../../../ops/backoff.ts';
import { messageOf } from '../../../ops/errors.ts';
import type { Clock, Log } from '../../../use-cases/ports.ts';
import type { BackgroundWork } from '../../shared/background-work.ts';
import type { HttpClient } from '../../shared/http-client.ts';
import { clientOptions, quietLogger } from '../send/api.ts';
import { FATAL_AUTH } from '../send/outcome.ts';
import type { Receive } from './receive.ts';

const PAUSE: Backoff = { first: 500, longest: 30_000 };
/** A connection that ends sooner than this was none: what lies between may let it be greeted and then cut it. */
const STABLE_AFTER = 30_000;
/** A connection that is opened but never greeted is given up. */
const HELLO_WITHIN = 20_000;
/** Slack pings every few seconds once connected; after this long without a word the connection is dead. */
const SERVER_PING_TIMEOUT = 30_000;
/** Time (ms) an old connection gets to finish its payloads when a new one is up. */
const LINGER = 5_000;

export interface SocketModeDependencies {
  readonly appToken: string;
  readonly apiUrl: string | null;
  readonly http: HttpClient;
  readonly receive: Receive;
  readonly after: BackgroundWork;
  readonly clock: Clock;
  readonly log: Log;
  /** Called each time a connection is up, with the time since which nothing could arrive; null for the first. */
  connected(missedSince: number | null): void;
  /** The token is no longer good: nothing will help but a person. */
  end(reason: string): void;
}

const slackEvent = z.object({
  ack: z.custom<(response?: unknown) => Promise<void>>((value) => typeof value === 'function'),
  body: z.unknown(),
  envelope_id: z.string(),
});

/**
 * Keeps one connection up. Slack's client reconnects by itself, but loses its promise when that fails (an outage of
 * nine seconds ended in a process without a connection) and waits five seconds when Slack requests a fresh one. So each
 * connection is a client of its own that never reconnects, and this class decides: a fresh one is opened before the old
 * is closed, failures are tried again with growing pauses, and a token that is no longer good ends the program.
 */
export class SocketMode {
  readonly #deps: SocketModeDependencies;
  #current: Connection | null = null;
  #stopped = true;
  #failures = 0;
  #cancel: (() => void) | null = null;
  /** Since when nothing can arrive; null while connected. */
  #downSince: number | null = null;
  #upSince = 0;
  #wasUp = false;
  #lastError = '';

  constructor(deps: SocketModeDependencies) {
    this.#deps = deps;
  }

  get health(): { readonly ok: boolean; readonly detail: string } {
    if (this.#current) return { ok: true, detail: 'up' };
    return { ok: false, detail: this.#lastError || (this.#failures > 2 || this.#stopped ? 'down' : 'connecting') };
  }

  /** Resolves when the first connection is up or has failed once; keeps trying either way. */
  async start(): Promise<void> {
    this.#stopped = false;
    this.#downSince = this.#deps.clock.now();
    await this.#connect();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel?.();
    const current = this.#current;
    this.#current = null;
    await current?.close();
  }

  async #connect(): Promise<void> {
    if (this.#stopped) return;
    const connection = new Connection(this.#deps, {
      refresh: () => this.#replace(connection),
      lost: () => this.#lost(connection),
    });
    try {
      await connection.open();
    } catch (error) {
      this.#failed(error);
      return;
    }
    if (this.#isStopped()) await connection.close();
    else this.#up(connection);
  }

  /** It may have been stopped while something was waited for. */
  #isStopped(): boolean {
    return this.#stopped;
  }

  #up(connection: Connection): void {
    const { clock, log } = this.#deps;
    const old = this.#current;
    const missedSince = this.#wasUp && old === null ? this.#downSince : null;
    this.#current = connection;
    this.#upSince = clock.now();
    this.#downSince = null;
    this.#wasUp = true;
    this.#lastError = '';
    log.info({}, 'connected to Slack');
    if (old) clock.at(clock.now() + LINGER, () => void old.close());
    this.#deps.connected(missedSince);
  }

  /** Slack asked for a fresh connection: the old one goes on until the new one is up. At once, unless it does nothing else. */
  #replace(connection: Connection): void {
    if (this.#current !== connection) return;
    const before = this.#failures;
    this.#ended();
    this.#again(before > 0 ? pauseAfter(this.#failures, PAUSE) : 0);
  }

  #lost(connection: Connection): void {
    if (this.#current !== connection) return;
    this.#current = null;
    this.#downSince = this.#deps.clock.now();
    this.#ended();
    this.#deps.log.warn({ failures: this.#failures }, 'connection to Slack lost');
    this.#again(this.#failures === 0 ? 0 : pauseAfter(this.#failures, PAUSE));
  }

  /** Counts a failure; a connection that was up for a while is none, and resets the count. */
  #ended(): void {
    const isStable = this.#deps.clock.now() - this.#upSince >= STABLE_AFTER;
    this.#failures = isStable ? 0 : this.#failures + 1;
  }

  #failed(error: unknown): void {
    const code = error instanceof WebAPIPlatformError ? error.data.error : null;
    if (code !== null && FATAL_AUTH.has(code)) {
      this.#stopped = true;
      this.#deps.end(code);
      return;
    }
    this.#failures += 1;
    this.#lastError = code ?? messageOf(error);
    this.#downSince ??= this.#current ? null : this.#deps.clock.now();
    this.#deps.log.warn({ err: error, failures: this.#failures }, 'no connection to Slack; trying again');
    const asked = error instanceof WebAPIRateLimitedError ? error.retryAfter * 1_000 : 0;
    this.#again(Math.max(pauseAfter(this.#failures, PAUSE), asked));
  }

  #again(pause: number): void {
    if (this.#stopped) return;
    const { clock } = this.#deps;
    this.#cancel?.();
    this.#cancel = clock.at(clock.now() + pause, () => void this.#connect());
  }
}

/** One connection, from the request for an address to its end. */
class Connection {
  readonly #deps: SocketModeDependencies;
  readonly #client: SocketModeClient;
  readonly #on: { refresh(): void; lost(): void };
  #open = false;

  constructor(deps: SocketModeDependencies, on: { refresh(): void; lost(): void }) {
    this.#deps = deps;
    this.#on = on;
    this.#client = new KeepingClient(
      {
        appToken: deps.appToken,
        autoReconnectEnabled: false,
        serverPingTimeout: SERVER_PING_TIMEOUT,
        logger: quietLogger,
        // An object of its own: the client writes into it.
        clientOptions: clientOptions(deps.apiUrl, deps.http),
        ...(deps.http.proxy === null ? {} : { dispatcher: deps.http.proxy }),
      },
      () => this.#on.refresh(),
    );
    this.#client.on('slack_event', (event: unknown) => void this.#arrived(event));
    this.#client.on('disconnected', () => {
      if (this.#open) this.#on.lost();
      this.#open = false;
    });
  }

  /** Resolves when Slack has greeted. */
  async open(): Promise<void> {
    const started = this.#client.start();
    const late = Promise.withResolvers<never>();
    const { clock } = this.#deps;
    const cancel = clock.at(clock.now() + HELLO_WITHIN, () => late.reject(new Error('Slack did not greet')));
    try {
      await Promise.race([started, late.promise]);
      this.#open = true;
    } catch (error) {
      // The client rejects without a reason when the connection ends before the greeting.
      started.catch(() => {});
      await this.#client.disconnect().catch(() => {});
      throw error instanceof Error ? error : new Error('the connection ended before Slack greeted');
    } finally {
      cancel();
    }
  }

  async close(): Promise<void> {
    this.#open = false;
    await this.#client.disconnect();
  }

  async #arrived(event: unknown): Promise<void> {
    const parsed = slackEvent.safeParse(event);
    if (!parsed.success) return;
    const { ack, body } = parsed.data;
    let handled: Awaited<ReturnType<Receive>>;
    try {
      handled = await this.#deps.receive(body);
    } catch {
      // Not on disk, so not acknowledged: Slack delivers an event again, and shows a person that it did not work.
      return;
    }
    // A connection that broke meanwhile cannot take it; the payload comes again, and its key makes it the same.
    await ack(handled.ack).catch((error: unknown) => this.#deps.log.warn({ err: error }, 'acknowledgement not sent'));
    this.#deps.after.run(handled.after);
  }
}

/** Client that reports when Slack requests a fresh connection, instead of closing at once as Slack's own does. */
class KeepingClient extends SocketModeClient {
  readonly #refresh: () => void;

  constructor(options: ConstructorParameters<typeof SocketModeClient>[0], refresh: () => void) {
    super(options);
    this.#refresh = refresh;
  }

  protected override async onWebSocketMessage(data: string | ArrayBuffer, isBinary: boolean): Promise<void> {
    if (typeof data === 'string' && isRefresh(data)) {
      this.#refresh();
      return;
    }
    await super.onWebSocketMessage(data, isBinary);
  }
}

const refreshMessage = z.object({ type: z.literal('disconnect'), reason: z.enum(['warning', 'refresh_requested']) });
function isRefresh(data: string): boolean {
  if (!data.includes('"disconnect"')) return false;
  try {
    return refreshMessage.safeParse(JSON.parse(data)).success;
  } catch {
    return false;
  }
}
