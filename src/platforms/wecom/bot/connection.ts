import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Backoff, pauseAfter } from '../../../ops/backoff.ts';
import { messageOf } from '../../../ops/errors.ts';
import { parseJson } from '../../../ops/json.ts';
import { InOrder } from '../../../talk/in-order.ts';
import { ApiError } from '../../shared/api-client.ts';
import { type HttpClient, NoAnswer } from '../../shared/http-client.ts';
import { KeptSocket, type KeptSocketOptions, type Link, type LinkEvents } from '../../shared/kept-socket.ts';
import type { Standing } from '../../shared/standing.ts';
import { dialWebSocket } from '../../shared/web-socket.ts';
import type { WecomBotConfig } from '../index.ts';
import { KICKED } from '../limits.ts';
import { clean } from '../text/cut.ts';
import { API, notSent } from './outcome.ts';

export const REFUSED = 'WeCom does not take this bot id with this secret';
/** Pause (ms) after a refused secret, which may be a temporary error of WeCom, or need a person. */
const REFUSED_PAUSE = 5 * 60_000;
/** Pauses (ms) before a reconnect after another program took over the connection. */
const RETURN: Backoff = { first: 2 * 60_000, longest: 60 * 60_000 };
/** Time (ms) a connection must last to count as not shared; the next takeover then starts with short pauses. */
const HELD = 60 * 60_000;
/** Interval (ms) of pings, and silence (ms) after which the connection is dead. */
const PING_EVERY = 30_000;
const SILENT_FOR = 75_000;
/** Time (ms) for the acknowledgement of a request. */
const ACK_WITHIN = 5_000;
/** Maximum size (bytes) of one part of an upload. */
const PART = 512 * 1024;
const TENCENT = 'wss://openws.work.weixin.qq.com';

export type Command = 'aibot_send_msg' | 'aibot_respond_msg' | 'aibot_respond_welcome_msg' | 'aibot_respond_update_msg';
type Body = Readonly<Record<string, unknown>>;
interface ConnectionDependencies extends Pick<KeptSocketOptions, 'clock' | 'log' | 'jitter' | 'connected'> {
  readonly config: WecomBotConfig;
  readonly http: Pick<HttpClient, 'dispatcher'>;
  readonly received: (kind: 'message' | 'event', frame: unknown) => void;
  /** Called when another program took over the connection. */
  readonly alarm: () => void;
  readonly standing?: Pick<Standing, 'is'>;
}

/** Frame of WeCom: a callback has a command; an acknowledgement has the id of its request, and an error code. */
const frameSchema = z.object({
  cmd: z.string().optional(),
  headers: z.object({ req_id: z.string() }).catch({ req_id: '' }),
  errcode: z.number().default(0),
  errmsg: z.string().default(''),
  body: z.unknown().optional(),
});
const takeover = z.object({ event: z.object({ eventtype: z.literal('disconnected_event') }) });
const opened = z.object({ upload_id: z.string() });
const uploaded = z.object({ media_id: z.string() });

/**
 * Keeps the one connection that WeCom allows per bot. After a takeover by another program it reconnects after 2 minutes,
 * then 4, 8 … up to an hour: two alternating programs serve nobody, and a test run with the same secret must not silence
 * this bot permanently.
 */
export class Connection extends KeptSocket {
  readonly #deps: ConnectionDependencies;
  /** Queue of requests with the same id, e.g. frames of a stream. */
  readonly #requests = new InOrder();
  /** Requests without an acknowledgement, by id. */
  readonly #waiting = new Map<string, Pick<PromiseWithResolvers<unknown>, 'resolve' | 'reject'>>();
  #live: { send(data: string): void; lost(reason: string): void } | null = null;
  #kicks = 0;
  #upAt = 0;
  /** Number of frames received, and of ids made. */
  #frames = 0;
  #ids = 0;

  constructor(deps: ConnectionDependencies) {
    super({ ...deps, name: 'WeCom', silentFor: SILENT_FOR, dial: (events) => this.#dial(events) });
    this.#deps = deps;
  }

  /** Sends one request; resolves with the body of its acknowledgement, rejects with an `ApiError` or `NoAnswer`. */
  request(cmd: Command | `aibot_upload_media_${string}`, req_id: string, body: Body): Promise<unknown> {
    return this.#requests.run(req_id, async () => {
      const live = this.#live;
      if (!this.health.ok || !live) throw notSent(this.health.detail);
      const { promise, ...waiting } = Promise.withResolvers<unknown>();
      const before = this.#frames;
      const late = setTimeout(() => {
        waiting.reject(new NoAnswer(API, 'no acknowledgement', true));
        // No frame arrived at all, so the dead connection is ended before it loses later requests.
        if (this.#frames === before) live.lost('no answer');
      }, ACK_WITHIN);
      this.#waiting.set(req_id, waiting);
      live.send(frameOf(cmd, req_id, body));
      return promise.finally(() => {
        clearTimeout(late);
        this.#waiting.delete(req_id);
      });
    });
  }

  /** Uploads a file, which WeCom keeps for three days; returns its media id. */
  async upload(content: Uint8Array, filename: string): Promise<string> {
    const step = (name: 'init' | 'chunk' | 'finish', body: Body): Promise<unknown> =>
      this.request(`aibot_upload_media_${name}`, this.#id(name), body);
    const { byteLength: total_size } = content;
    const total_chunks = Math.ceil(total_size / PART);
    const md5 = createHash('md5').update(content).digest('hex');
    try {
      const { upload_id } = opened.parse(await step('init', { type: 'file', filename, total_size, total_chunks, md5 }));
      for (let chunk_index = 0; chunk_index < total_chunks; chunk_index += 1) {
        const part = content.subarray(chunk_index * PART, (chunk_index + 1) * PART);
        await step('chunk', { upload_id, chunk_index, base64_data: Buffer.from(part).toString('base64') });
      }
      return uploaded.parse(await step('finish', { upload_id })).media_id;
    } catch (error) {
      // No part of the message is visible yet, so the send can be repeated after any error.
      throw notSent(`upload: ${messageOf(error)}`);
    }
  }

  #id(of: string): string {
    this.#ids += 1;
    return `${of}_${this.#ids}`;
  }

  #dial(events: LinkEvents): Link {
    const { config, http, clock, standing } = this.#deps;
    const lost: LinkEvents['lost'] = (reason, wait) => {
      for (const { reject } of this.#waiting.values()) reject(new NoAnswer(API, reason, true));
      events.lost(reason, wait);
    };
    const signIn = this.#id('sign-in');
    let pingedAt = clock.now();
    return dialWebSocket(
      {
        ...{ address: async () => config.wsUrl ?? TENCENT, http, greets: true },
        greeting: () => frameOf('aibot_subscribe', signIn, { bot_id: config.botId, secret: config.secret }),
        probe: () => {
          if (clock.now() < pingedAt + PING_EVERY) return null;
          pingedAt = clock.now();
          return frameOf('ping', this.#id('ping'));
        },
        received: (data, send) => {
          const ready = (): void => {
            this.#live = { send, lost };
            this.#upAt = clock.now();
            standing?.is('bot', null);
            events.ready();
          };
          this.#arrived(parseJson(clean(String(data))), signIn, { ready, lost });
        },
      },
      { ...events, lost },
    );
  }

  #arrived(json: unknown, signIn: string, on: Pick<LinkEvents, 'ready' | 'lost'>): void {
    const { received, standing } = this.#deps;
    const { data: frame } = frameSchema.safeParse(json);
    if (!frame) return;
    this.#frames += 1;
    const { cmd, errcode, errmsg, body, headers } = frame;
    const waiting = this.#waiting.get(headers.req_id);
    if (takeover.safeParse(body).success)
      on.lost('another program took over the connection of this bot', this.#kicked());
    else if (cmd === 'aibot_msg_callback') received('message', json);
    else if (cmd === 'aibot_event_callback') received('event', json);
    else if (headers.req_id !== signIn)
      errcode === 0 ? waiting?.resolve(body) : waiting?.reject(new ApiError(API, errcode, errmsg));
    else if (errcode === 0) on.ready();
    else {
      standing?.is('bot', REFUSED);
      on.lost(REFUSED, REFUSED_PAUSE);
    }
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

function frameOf(cmd: string, req_id: string, body?: Body): string {
  return JSON.stringify({ cmd, headers: { req_id }, body });
}
