import { Agent, type Dispatcher, FormData, ProxyAgent, fetch as undiciFetch } from 'undici';
import { z } from 'zod';
import { messageOf, NEVER_SENT } from '../../../ops/errors.ts';
import { parseJson } from '../../../ops/json.ts';
import type { Clock } from '../../../use-cases/ports.ts';
import { CODES, NoAnswer, WecomError } from './errors.ts';

export interface WecomApiOptions {
  /** Another address than WeCom's own, for tests; without a trailing slash. */
  readonly apiUrl: string | null;
  readonly proxy: string | null;
  readonly clock: Clock;
}
export interface AppCredentials {
  readonly corpId: string;
  readonly secret: string;
}
type Query = Readonly<Record<string, string>>;
type Body =
  | { readonly json: string }
  | { readonly file: { readonly name: string; readonly mediaType: string; readonly content: Uint8Array } };
export interface Download {
  readonly name: string | null;
  readonly mediaType: string;
  readonly content: Uint8Array;
}
export type Answer = Readonly<Record<string, unknown>>;

const HOME = 'https://qyapi.weixin.qq.com';
const TIMEOUT = 8_000;
const UPLOAD_TIMEOUT = 60_000;
/** A token is renewed this long before its end. */
const EARLY = 5 * 60_000;
/** Failing calls in a loop get the whole company blocked for an hour, so a refused token rests. */
const FIRST_REST = 5_000;
const LONGEST_REST = 5 * 60_000;
const answerSchema = z.looseObject({ errcode: z.number().default(0), errmsg: z.string().default('') });
const tokenSchema = z.looseObject({ access_token: z.string().min(1), expires_in: z.number() });

/** Documented HTTP API over `fetch`. Resolves for errcode 0 only; everything else is a `WecomError` or `NoAnswer`. */
export class WecomHttp {
  readonly #base: string;
  readonly #dispatcher: Dispatcher;

  constructor(options: Pick<WecomApiOptions, 'apiUrl' | 'proxy'>) {
    this.#base = `${options.apiUrl ?? HOME}/cgi-bin`;
    this.#dispatcher = options.proxy === null ? new Agent() : new ProxyAgent({ uri: options.proxy, proxyTunnel: true });
  }

  async ask(api: string, query: Query, body: Body | null = null): Promise<Answer> {
    const text = await this.#send(api, `${this.#base}/${api}?${new URLSearchParams(query).toString()}`, body);
    const answer = answerSchema.safeParse(parseJson(text));
    // A proxy between us and WeCom answered instead; the fate of the request is unknown.
    if (!answer.success) throw new NoAnswer(api, 'the answer is not one of WeCom', true);
    if (answer.data.errcode !== 0) throw new WecomError(api, answer.data.errcode, answer.data.errmsg);
    return answer.data;
  }

  /** A file WeCom keeps; `too_large` where it is longer than `max` bytes. */
  async fetch(api: string, query: Query, max: number): Promise<Download | 'too_large'> {
    return this.#tried(api, async () => {
      const response = await undiciFetch(`${this.#base}/${api}?${new URLSearchParams(query).toString()}`, {
        dispatcher: this.#dispatcher,
        redirect: 'error',
        signal: AbortSignal.timeout(UPLOAD_TIMEOUT),
      });
      const type = response.headers.get('content-type') ?? 'application/octet-stream';
      if (type.startsWith('application/json') || type.startsWith('text/plain')) {
        const answer = answerSchema.parse(parseJson(await response.text()));
        throw new WecomError(api, answer.errcode, answer.errmsg);
      }
      const parts: Uint8Array[] = [];
      let size = 0;
      for await (const part of response.body ?? []) {
        if (!(part instanceof Uint8Array)) continue;
        size += part.byteLength;
        if (size > max) return 'too_large';
        parts.push(part);
      }
      return {
        name: nameOf(response.headers.get('content-disposition')),
        mediaType: type,
        content: Buffer.concat(parts),
      };
    });
  }

  #send(api: string, url: string, body: Body | null): Promise<string> {
    return this.#tried(api, async () => {
      const response = await undiciFetch(url, {
        dispatcher: this.#dispatcher,
        redirect: 'error',
        signal: AbortSignal.timeout(body !== null && 'file' in body ? UPLOAD_TIMEOUT : TIMEOUT),
        ...(body === null ? {} : { method: 'POST', ...payload(body) }),
      });
      return response.text();
    });
  }

  async #tried<T>(api: string, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof WecomError) throw error;
      const codes = causes(error);
      const stayedHere = codes.some((code) => NEVER_SENT.has(code)) || isTunnelRefused(error);
      throw new NoAnswer(api, codes[0] ?? 'no answer', !stayedHere);
    }
  }

  /** Closes the connections; open requests have had their time, the rest may be dropped. */
  close(): Promise<void> {
    return this.#dispatcher.destroy();
  }
}

/** Codes and names of an error and what caused it; never its message, which may hold the address with its token. */
function causes(error: unknown): readonly string[] {
  const found: string[] = [];
  for (let e: unknown = error; e instanceof Error; e = e.cause) {
    found.push('code' in e && typeof e.code === 'string' ? e.code : e.name);
  }
  return found.toReversed();
}

/** The proxy did not open the way: the request itself was never sent. */
function isTunnelRefused(error: unknown): boolean {
  for (let e: unknown = error; e instanceof Error; e = e.cause) if (e.message.startsWith('Proxy response')) return true;
  return false;
}

function nameOf(disposition: string | null): string | null {
  return /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1]?.trim() ?? null;
}

function payload(body: Body) {
  if ('json' in body) return { body: body.json, headers: { 'content-type': 'application/json; charset=utf-8' } };
  const form = new FormData();
  form.set('media', new Blob([Uint8Array.from(body.file.content)], { type: body.file.mediaType }), body.file.name);
  return { body: form };
}

/** The API of one app: its token is fetched once for all who wait, kept, and renewed once when WeCom no longer takes it. */
export class WecomApp {
  readonly #http: WecomHttp;
  readonly #credentials: AppCredentials;
  readonly #clock: Clock;
  #token: { readonly value: string; readonly until: number } | null = null;
  #fetching: Promise<string> | null = null;
  #failed: { readonly error: unknown; readonly until: number; readonly times: number } | null = null;

  constructor(http: WecomHttp, credentials: AppCredentials, clock: Clock) {
    this.#http = http;
    this.#credentials = credentials;
    this.#clock = clock;
  }

  async get(api: string, query: Query = {}): Promise<Answer> {
    return this.#withToken((access_token) => this.#http.ask(api, { access_token, ...query }));
  }

  /** `json` goes out byte for byte, so that a message sent again is the same. */
  async post(api: string, json: string, query: Query = {}): Promise<Answer> {
    return this.#withToken((access_token) => this.#http.ask(api, { access_token, ...query }, { json }));
  }

  async upload(file: { name: string; mediaType: string; content: Uint8Array }): Promise<string> {
    const answer = await this.#withToken((access_token) =>
      this.#http.ask('media/upload', { access_token, type: 'file' }, { file }),
    );
    return z.looseObject({ media_id: z.string() }).parse(answer).media_id;
  }

  /** Downloads media that a person sent to the app; at most `max` bytes. */
  download(media: string, max: number): Promise<Download | 'too_large'> {
    return this.#withToken((access_token) => this.#http.fetch('media/get', { access_token, media_id: media }, max));
  }

  async #withToken<T>(ask: (token: string) => Promise<T>): Promise<T> {
    const token = await this.token();
    try {
      return await ask(token);
    } catch (error) {
      if (!(error instanceof WecomError) || !CODES.staleToken.some((code) => code === error.code)) throw error;
      // Somebody else may have renewed it meanwhile; only the one that failed is dropped.
      if (this.#token?.value === token) this.#token = null;
      return ask(await this.token());
    }
  }

  /**
   * Access token that should still work; single flight. Rejects with the error of `gettoken`, without a new request too
   * soon.
   */
  async token(): Promise<string> {
    const now = this.#clock.now();
    if (this.#token && this.#token.until > now) return this.#token.value;
    if (this.#failed && this.#failed.until > now) throw this.#failed.error;
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = null;
    });
    return this.#fetching;
  }

  async #fetch(): Promise<string> {
    const { corpId: corpid, secret: corpsecret } = this.#credentials;
    try {
      const answer = tokenSchema.parse(await this.#http.ask('gettoken', { corpid, corpsecret }));
      const life = answer.expires_in * 1_000;
      this.#token = { value: answer.access_token, until: this.#clock.now() + Math.max(life - EARLY, life / 2) };
      this.#failed = null;
      return answer.access_token;
    } catch (error) {
      const times = (this.#failed?.times ?? 0) + 1;
      const rest = Math.min(FIRST_REST * 2 ** (times - 1), LONGEST_REST);
      // However the token call ended, the request that needed the token was not sent.
      const failure = error instanceof WecomError ? error : new NoAnswer('gettoken', messageOf(error), false);
      this.#failed = { error: failure, times, until: this.#clock.now() + rest };
      throw failure;
    }
  }
}
