import { SocketModeClient } from '@slack/socket-mode';
import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { z } from 'zod';
import { type Backoff, pauseAfter } from '../../../ops/backoff.ts';
import { messageOf } from '../../../ops/errors.ts';
import { parseJson } from '../../../ops/json.ts';
import type { BackgroundWork } from '../../../talk/background-work.ts';
import type { Clock, Log } from '../../../use-cases/ports.ts';
import type { HttpClient } from '../../shared/http-client.ts';
import { soon } from '../../shared/soon.ts';
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
  /** Since when nothing can arrive; null while connected, and before the first connection. */
  #downSince: number | null = null;
  #upSince = 0;
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
    // It may have been stopped meanwhile.
    if (this.#stopped) await connection.close();
    else this.#up(connection);
  }

  #up(connection: Connection): void {
    const { clock, log } = this.#deps;
    const old = this.#current;
    const missedSince = this.#downSince;
    this.#current = connection;
    this.#upSince = clock.now();
    this.#downSince = null;
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

const slackEvent = z.object({
  ack: z.custom<(response?: unknown) => Promise<void>>((value) => typeof value === 'function'),
  body: z.unknown(),
});
const refreshMessage = z.object({ type: z.literal('disconnect'), reason: z.enum(['warning', 'refresh_requested']) });

/** One connection, from the request for an address to its end. */
class Connection extends SocketModeClient {
  readonly #deps: SocketModeDependencies;
  readonly #refresh: () => void;
  #isOpen = false;

  constructor(deps: SocketModeDependencies, changed: { readonly refresh: () => void; readonly lost: () => void }) {
    super({
      appToken: deps.appToken,
      autoReconnectEnabled: false,
      serverPingTimeout: SERVER_PING_TIMEOUT,
      logger: quietLogger,
      clientOptions: clientOptions(deps.apiUrl, deps.http),
      ...(deps.http.proxy === null ? {} : { dispatcher: deps.http.proxy }),
    });
    this.#deps = deps;
    this.#refresh = changed.refresh;
    this.on('slack_event', (event: unknown) => void this.#arrived(event));
    this.on('disconnected', () => {
      if (this.#isOpen) changed.lost();
      this.#isOpen = false;
    });
  }

  /** Resolves when Slack has greeted. */
  async open(): Promise<void> {
    try {
      const greeted = await soon(this.#deps.clock, HELLO_WITHIN, this.start());
      if (greeted === null) throw new Error('Slack did not greet');
      this.#isOpen = true;
    } catch (error) {
      await this.disconnect().catch(() => {});
      // The client rejects without a reason when the connection ends before the greeting.
      throw error instanceof Error ? error : new Error('the connection ended before Slack greeted');
    }
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    await this.disconnect();
  }

  async #arrived(event: unknown): Promise<void> {
    const parsed = slackEvent.safeParse(event);
    if (!parsed.success) return;
    // Not on disk, so not acknowledged: Slack delivers an event again, and shows a person that it did not work.
    const handled = await this.#deps.receive(parsed.data.body).catch(() => null);
    if (handled === null) return;
    // A connection that broke meanwhile cannot take it; the payload comes again, and its key makes it the same.
    const { log, after } = this.#deps;
    await parsed.data.ack(handled.ack).catch((error: unknown) => log.warn({ err: error }, 'acknowledgement not sent'));
    after.run(handled.after);
  }

  /** Reports that Slack requests a fresh connection, instead of closing at once as Slack's own does. */
  protected override async onWebSocketMessage(data: string | ArrayBuffer, isBinary: boolean): Promise<void> {
    const isRefresh = typeof data === 'string' && refreshMessage.safeParse(parseJson(data)).success;
    if (isRefresh) this.#refresh();
    else await super.onWebSocketMessage(data, isBinary);
  }
}
