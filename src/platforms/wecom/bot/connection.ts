import { Agent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import { Socket } from 'node:net';
import { WSClient } from '@wecom/aibot-node-sdk';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { type Backoff, pauseAfter } from '../../../ops/backoff.ts';
import { type OutgoingProxy, proxyTowards } from '../../../ops/proxy.ts';
import { NoAnswer } from '../../shared/http-client.ts';
import { KeptSocket, type KeptSocketOptions, type Link, type LinkEvents } from '../../shared/kept-socket.ts';
import type { Standing } from '../../shared/standing.ts';
import type { WecomBotConfig } from '../index.ts';
import { KICKED } from '../limits.ts';
import { botError, notSent } from './outcome.ts';

export const REFUSED = 'WeCom does not take this bot id with this secret';
/** Pause (ms) after a refused secret, which may be a temporary error of WeCom, or need a person. */
const REFUSED_PAUSE = 5 * 60_000;
/** Pauses (ms) before a reconnect after another program took over the connection. */
const RETURN: Backoff = { first: 2 * 60_000, longest: 60 * 60_000 };
/** Time (ms) a connection must last to count as not shared; the next takeover then starts with short pauses. */
const HELD = 60 * 60_000;
/** Silence (ms) after which the connection is dead; the client pings every 30 seconds. */
const SILENT_FOR = 75_000;
const TENCENT = 'wss://openws.work.weixin.qq.com';

export type Command = 'aibot_send_msg' | 'aibot_respond_msg' | 'aibot_respond_welcome_msg' | 'aibot_respond_update_msg';
interface ConnectionDependencies extends Pick<KeptSocketOptions, 'clock' | 'log' | 'jitter' | 'connected'> {
  readonly config: WecomBotConfig;
  readonly proxy: OutgoingProxy | null;
  readonly received: (kind: 'message' | 'event', frame: unknown) => void;
  /** Called when another program took over the connection. */
  readonly alarm: () => void;
  readonly standing?: Pick<Standing, 'is'>;
}

/** SDK logging is off, as it would log bodies, addresses and keys; our own log has the useful part. */
const nothing = (): void => {};
const quiet = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/**
 * Keeps the one connection that WeCom allows per bot. Each attempt is a client of Tencent's SDK that never reconnects
 * itself. After a takeover by another program it reconnects after 2 minutes, then 4, 8 … up to an hour: two alternating
 * programs serve nobody, and a test run with the same secret must not silence this bot permanently.
 */
export class Connection extends KeptSocket {
  readonly #deps: ConnectionDependencies;
  #live: Live | null = null;
  #kicks = 0;
  #upAt = 0;

  constructor(deps: ConnectionDependencies) {
    super({ ...deps, name: 'WeCom', silentFor: SILENT_FOR, dial: (events) => this.#dial(events) });
    this.#deps = deps;
  }

  /** Sends one request and waits for its acknowledgement; rejects with an `ApiError` or `NoAnswer`. */
  async request(command: Command, request: string, body: Readonly<Record<string, unknown>>): Promise<void> {
    const live = this.#ready();
    const before = live.read;
    try {
      await live.client.reply({ headers: { req_id: request } }, body, command);
    } catch (error) {
      const failed = botError(error);
      // No frame arrived at all, so the dead connection is ended before it loses later requests.
      if (failed instanceof NoAnswer && failed.sent && live.read === before) live.end('no answer');
      throw failed;
    }
  }

  /** Uploads a file, which WeCom keeps for three days; returns its media id. */
  async upload(content: Uint8Array, name: string): Promise<string> {
    const { client } = this.#ready();
    try {
      return (await client.uploadMedia(Buffer.from(content), { type: 'file', filename: name })).media_id;
    } catch (error) {
      // No part of the message is visible yet, so the send can be repeated after any error.
      throw notSent(`upload: ${botError(error).message}`);
    }
  }

  #ready(): Live {
    const { ok, detail } = this.health;
    if (this.#live && ok) return this.#live;
    throw notSent(detail);
  }

  #dial(events: LinkEvents): Link {
    const live: Live = new Live(this.#deps, {
      ...events,
      ready: () => {
        this.#live = live;
        this.#upAt = this.#deps.clock.now();
        this.#deps.standing?.is('bot', null);
        events.ready();
      },
      refused: () => {
        this.#deps.standing?.is('bot', REFUSED);
        events.lost(REFUSED, REFUSED_PAUSE);
      },
      kicked: () => events.lost('another program took over the connection of this bot', this.#kicked()),
    });
    return live;
  }

  /** Raises the alarm; returns the pause (ms) before the next attempt. */
  #kicked(): number {
    const { clock, log, alarm } = this.#deps;
    if (clock.now() - this.#upAt >= HELD) this.#kicks = 0;
    alarm();
    this.#kicks += 1;
    const wait = pauseAfter(this.#kicks, RETURN);
    log.error(
      { alarm: KICKED, minutes: wait / 60_000 },
      'another program uses this WeCom bot: it is tried again after these minutes',
    );
    return wait;
  }
}

type LiveEvents = Pick<LinkEvents, 'ready' | 'heard' | 'lost'> & Record<'refused' | 'kicked', () => void>;

/** One connection, from its start to its end. */
class Live implements Link {
  readonly client: WSClient;
  readonly #on: LiveEvents;
  #socket: Socket | null = null;
  #heard = 0;
  #isClosed = false;
  #isRefused = false;

  constructor({ config, proxy, received }: ConnectionDependencies, on: LiveEvents) {
    this.#on = on;
    const url = config.wsUrl ?? TENCENT;
    const agent = dialler({ url, proxy }, (socket) => {
      this.#socket = socket;
    });
    const { botId, secret } = config;
    this.client = new WSClient({
      ...{ botId, secret, wsUrl: url, logger: quiet, wsOptions: { agent } },
      ...{ maxReconnectAttempts: 0, maxAuthFailureAttempts: 0 },
    });
    this.client.on('authenticated', () => on.ready());
    this.client.on('error', (error: Error) => {
      if (/^Authentication failed/.test(error.message)) this.#isRefused = true;
      if (/ECONN|ENOTFOUND|EAI_AGAIN|Proxy|Unexpected server response|certificate/i.test(error.message))
        this.end(error.message);
    });
    this.client.on('disconnected', (reason: string) => this.end(reason));
    this.client.on('message', (frame: unknown) => received('message', frame));
    this.client.on('event', (frame: unknown) => received('event', frame));
    this.client.on('event.disconnected_event', () => {
      if (!this.#isClosed) on.kicked();
    });
    this.client.connect();
  }

  /** Number of bytes received so far. */
  get read(): number {
    return this.#socket?.bytesRead ?? 0;
  }

  /** Calls `heard` if bytes have arrived since the last check; the client itself sends the pings. */
  probe(): void {
    const read = this.#socket?.bytesRead ?? 0;
    if (read !== this.#heard) this.#on.heard();
    this.#heard = read;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.client.disconnect();
    this.#socket?.destroy();
  }

  end(reason: string): void {
    if (this.#isClosed) return;
    if (this.#isRefused) this.#on.refused();
    else this.#on.lost(reason);
  }
}

/** Returns the agent of a long connection, with the proxy unless its host is an exception; `opened` gets each socket. */
function dialler(
  { url, proxy }: { readonly url: string; readonly proxy: OutgoingProxy | null },
  opened: (socket: Socket) => void,
): Agent {
  const address = proxyTowards(url, proxy);
  const isSecure = /^(?:https|wss):/.test(url);
  const agent = address !== null ? new HttpsProxyAgent(address) : isSecure ? new SecureAgent() : new Agent();
  const create = agent.createConnection.bind(agent);
  agent.createConnection = (options, done) => {
    const socket = create(options, done);
    if (socket instanceof Socket) opened(socket);
    return socket;
  };
  return agent;
}
