import type { Socket } from 'node:net';
import { WSClient } from '@wecom/aibot-node-sdk';
import { type Backoff, pauseAfter } from '../../../ops/backoff.ts';
import type { OutgoingProxy } from '../../../ops/proxy.ts';
import type { Clock, Log } from '../../../use-cases/ports.ts';
import { dialler } from '../../shared/dial.ts';
import { NoAnswer } from '../../shared/http-client.ts';
import type { WecomBotConfig } from '../index.ts';
import { botError, notSent } from './outcome.ts';

const PAUSE: Backoff = { first: 1_000, longest: 60_000 };
/** A secret that is refused may be a short trouble of theirs, or need a person: it is tried rarely. */
const REFUSED_PAUSE = 5 * 60_000;
/** Taken over by another program: the first try to come back, and the longest wait between two, in ms. */
const FIRST_RETURN = 2 * 60_000;
const LAST_RETURN = 60 * 60_000;
/** A connection that held this long (ms) was not shared: the next one taken over starts with short waits. */
const HELD = 60 * 60_000;
const READY_WITHIN = 20_000;
const WATCH_EVERY = 10_000;
/** Idle limit (ms): the client pings every 30 seconds; after this long without one byte the connection is dead. */
const SILENT_FOR = 75_000;
const TENCENT = 'wss://openws.work.weixin.qq.com';

export type Command = 'aibot_send_msg' | 'aibot_respond_msg' | 'aibot_respond_welcome_msg' | 'aibot_respond_update_msg';
export interface ConnectionStatus {
  readonly state: 'up' | 'connecting' | 'down' | 'kicked' | 'refused';
  /** Since when nothing can arrive, epoch milliseconds. */
  readonly since: number | null;
  /** Time at which the other side last sent anything, epoch milliseconds. */
  readonly heardAt: number | null;
  readonly detail: string;
}
export interface ConnectionDependencies {
  readonly config: WecomBotConfig;
  readonly proxy: OutgoingProxy | null;
  readonly clock: Clock;
  readonly log: Log;
  /** Between 0 and 1: spreads the attempts of many. */
  readonly jitter: () => number;
  readonly received: (kind: 'message' | 'event', frame: unknown) => void;
  readonly connected: () => void;
  /** Another program took over the connection. */
  readonly alarm: () => void;
}

/** The SDK prints bodies, addresses and keys; we log ourselves what is worth knowing. */
const nothing = (): void => {};
const quiet = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/**
 * Keeps the one connection a bot may have. Each attempt is a client of Tencent's SDK that never reconnects by itself; this
 * one decides: lost connections come back with growing, spread pauses; a silent one is dropped. One taken over by another
 * program comes back after 2 minutes, then 4, 8 … up to an hour: two programs that take turns serve nobody, and a test
 * run with the same secret must not silence this one for good.
 */
export class Connection {
  readonly #deps: ConnectionDependencies;
  /** The connection, or the attempt to make one. */
  #live: Live | null = null;
  #status: ConnectionStatus = { state: 'down', since: null, heardAt: null, detail: '' };
  #failures = 0;
  #kicks = 0;
  #upAt = 0;
  #next: { readonly at: number; readonly cancel: () => void } | null = null;
  #unwatch: (() => void) | null = null;

  constructor(deps: ConnectionDependencies) {
    this.#deps = deps;
  }

  get status(): ConnectionStatus {
    return this.#status;
  }

  /** Time of the next attempt, epoch milliseconds; null if none is planned. */
  get nextAttemptAt(): number | null {
    return this.#next?.at ?? null;
  }

  /** Resolves when the first attempt is over; it is kept up from then on. */
  async start(): Promise<void> {
    this.#is('connecting');
    this.#watch(0);
    await this.#connect();
  }

  stop(): void {
    this.#end('down');
    this.#unwatch?.();
  }

  /** One request and its acknowledgement; rejects with an `ApiError` or `NoAnswer`. */
  async request(command: Command, request: string, body: Readonly<Record<string, unknown>>): Promise<void> {
    const live = this.#ready();
    const before = live.read;
    try {
      await live.client.reply({ headers: { req_id: request } }, body, command);
    } catch (error) {
      const failed = botError(error);
      // Neither an answer nor anything else: what is asked next should not be lost in the same hole.
      if (failed instanceof NoAnswer && failed.sent && live.read === before) this.#lost(live, 'no answer');
      throw failed;
    }
  }

  /** Uploads a file to WeCom for three days; returns its media id. */
  async upload(content: Uint8Array, name: string): Promise<string> {
    const { client } = this.#ready();
    try {
      return (await client.uploadMedia(Buffer.from(content), { type: 'file', filename: name })).media_id;
    } catch (error) {
      // Nobody has seen anything yet, so whatever failed, it can be done again.
      throw notSent(`upload: ${botError(error).message}`);
    }
  }

  #ready(): Live {
    if (this.#live && this.#status.state === 'up') return this.#live;
    throw notSent(this.#status.detail || 'not connected');
  }

  #is(state: ConnectionStatus['state'], detail = ''): void {
    const now = this.#deps.clock.now();
    const { since, heardAt } = this.#status;
    const isUp = state === 'up';
    this.#status = { state, detail, since: isUp ? null : (since ?? now), heardAt: isUp ? now : heardAt };
  }

  async #connect(): Promise<void> {
    this.#next = null;
    const { clock } = this.#deps;
    const live: Live = new Live(this.#deps, {
      ready: () => this.#up(live),
      ended: (reason) => this.#lost(live, reason),
      kicked: () => this.#kicked(live),
    });
    this.#live = live;
    const late = clock.at(clock.now() + READY_WITHIN, () => this.#lost(live, 'no answer to the sign-in'));
    await live.open();
    late();
  }

  #up(live: Live): void {
    if (this.#live !== live) {
      live.close();
      return;
    }
    const { clock, log, connected } = this.#deps;
    this.#failures = 0;
    this.#upAt = clock.now();
    this.#is('up');
    log.info({}, 'connected to WeCom');
    connected();
  }

  #lost(live: Live, reason: string): void {
    live.close();
    if (this.#live !== live) return;
    const { log, jitter } = this.#deps;
    this.#live = null;
    this.#is(live.isRefused ? 'refused' : 'connecting', reason);
    this.#failures += 1;
    const pause = live.isRefused ? REFUSED_PAUSE : pauseAfter(this.#failures, PAUSE);
    log.warn({ reason, failures: this.#failures }, 'no connection to WeCom; trying again');
    this.#again(Math.round(pause * (0.5 + jitter() / 2)));
  }

  #kicked(live: Live): void {
    if (this.#live !== live) return;
    const { clock, log, alarm } = this.#deps;
    if (clock.now() - this.#upAt >= HELD) this.#kicks = 0;
    this.#end('kicked', 'another program took over the connection of this bot');
    alarm();
    const pause = Math.min(FIRST_RETURN * 2 ** this.#kicks, LAST_RETURN);
    this.#kicks += 1;
    log.error(
      { alarm: 'wecom_kicked', minutes: pause / 60_000 },
      'another program uses this WeCom bot: it is tried again after these minutes',
    );
    this.#again(pause);
  }

  #again(pause: number): void {
    const { clock } = this.#deps;
    this.#next?.cancel();
    const at = clock.now() + pause;
    this.#next = { at, cancel: clock.at(at, () => void this.#connect()) };
  }

  #end(state: 'down' | 'kicked', detail = ''): void {
    this.#next?.cancel();
    this.#next = null;
    this.#is(state, detail);
    const live = this.#live;
    this.#live = null;
    live?.close();
  }

  /** Looks regularly whether anything was received; `read`: bytes at the last look. */
  #watch(read: number): void {
    const { clock } = this.#deps;
    this.#unwatch = clock.at(clock.now() + WATCH_EVERY, () => {
      const live = this.#status.state === 'up' ? this.#live : null;
      if (live && live.read !== read) this.#status = { ...this.#status, heardAt: clock.now() };
      if (live && clock.now() - (this.#status.heardAt ?? 0) > SILENT_FOR) this.#lost(live, 'silent');
      this.#watch(live?.read ?? read);
    });
  }
}

interface LiveEvents {
  ready(): void;
  ended(reason: string): void;
  kicked(): void;
}

/** One connection, from the dialling to its end. */
class Live {
  readonly client: WSClient;
  readonly #on: LiveEvents;
  /** The attempt to sign in is over, either way. */
  readonly #over = Promise.withResolvers<void>();
  #socket: Socket | null = null;
  #closed = false;
  isRefused = false;

  constructor({ config, proxy, received }: ConnectionDependencies, on: LiveEvents) {
    this.#on = on;
    const url = config.wsUrl ?? TENCENT;
    this.client = new WSClient({
      botId: config.botId,
      secret: config.secret,
      wsUrl: url,
      maxReconnectAttempts: 0,
      maxAuthFailureAttempts: 0,
      logger: quiet,
      wsOptions: {
        handshakeTimeout: READY_WITHIN,
        agent: dialler({ url, proxy }, (socket) => {
          this.#socket = socket;
        }),
      },
    });
    this.client.on('authenticated', () => {
      this.#over.resolve();
      on.ready();
    });
    this.client.on('error', (error: Error) => {
      if (/^Authentication failed/.test(error.message)) this.isRefused = true;
      if (/ECONN|ENOTFOUND|EAI_AGAIN|Proxy|Unexpected server response|certificate/i.test(error.message))
        this.#end(error.message);
    });
    this.client.on('disconnected', (reason: string) => this.#end(reason));
    this.client.on('message', (frame: unknown) => received('message', frame));
    this.client.on('event', (frame: unknown) => received('event', frame));
    this.client.on('event.disconnected_event', () => {
      this.#over.resolve();
      on.kicked();
    });
  }

  /** Bytes received so far. */
  get read(): number {
    return this.#socket?.bytesRead ?? 0;
  }

  /** Resolves when the attempt to sign in is over, either way. */
  open(): Promise<void> {
    this.client.connect();
    return this.#over.promise;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#over.resolve();
    this.client.disconnect();
    this.#socket?.destroy();
  }

  #end(reason: string): void {
    if (this.#closed) return;
    this.#over.resolve();
    this.#on.ended(this.isRefused ? 'WeCom does not take this bot id with this secret' : reason);
  }
}
