import { z } from 'zod';
import { type Backoff, pauseAfter } from '../../ops/backoff.ts';
import { messageOf } from '../../ops/errors.ts';
import { parseJson } from '../../ops/json.ts';
import type { OutgoingProxy } from '../../ops/proxy.ts';
import type { Clock, Log, SendOutcome } from '../../use-cases/ports.ts';
import { type Download, type HttpAnswer, HttpClient, type HttpRequest, NoAnswer } from './http-client.ts';
import type { Standing } from './standing.ts';

/** Error code of a platform: a number (230002) or a word (`InvalidAuthentication`). */
export type Code = number | string;
/** Error of an answer with an error code. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly api: string;
  readonly code: Code;
  /** Text of the platform next to the code. */
  readonly detail: string;
  /** Milliseconds until the next call is accepted, if the platform states it. */
  readonly wait: number;

  constructor(api: string, code: Code, message: string, wait = 0) {
    super(`${api}: ${code} ${message}`);
    this.api = api;
    this.code = code;
    this.detail = message;
    this.wait = wait;
  }
}

export type Answer = Readonly<Record<string, unknown>>;
type Query = Readonly<Record<string, string>>;
export interface ApiRequest extends HttpRequest {
  readonly query?: Query;
  /** Name of the rate limit that the call counts against; calls of a reached limit rest until it ends. */
  readonly limit?: string;
}
interface Read {
  readonly answer: Answer;
  /** Error code; 0 means success. */
  readonly code: Code;
  readonly message: string;
  readonly wait?: number;
}
export interface ApiOptions {
  /** Address before the name of a call, e.g. `https://open.feishu.cn/open-apis`. */
  readonly base: string;
  readonly proxy: OutgoingProxy | null;
  readonly clock: Clock;
  /** Reads an answer; null if it is not from the platform, e.g. a proxy's. */
  readonly read: (json: unknown, answer: HttpAnswer) => Read | null;
  /** Returns true if a download is an error instead of the content; by default for any status but 200. */
  readonly isNoContent?: (download: Download) => boolean;
  readonly codes: Codes;
  /** Records whether the platform accepts the app's credentials, under the name `token.api` or `credentials`. */
  readonly standing?: Pick<Standing, 'is'>;
  /** Name of a token that does not change, which every call carries itself. */
  readonly credentials?: string;
  /** Log of outages, one line for each; absent: they are not logged. */
  readonly log?: Log;
  /** Access token of the app; without it calls have none. */
  readonly token?: {
    readonly api: string;
    readonly request: ApiRequest;
    /** Names of the answer fields with the token and its lifetime in seconds. */
    readonly value: string;
    readonly seconds: string;
    readonly put: (token: string) => Pick<ApiRequest, 'query' | 'headers'>;
  };
}

/** Options that the program supplies. */
export type ApiNeeds = Pick<ApiOptions, 'proxy' | 'clock' | 'standing' | 'credentials' | 'log'>;

/** Time (ms) before expiry at which a token is renewed. */
const EARLY = 5 * 60_000;
/** Time (ms) after a failed call for which the platform counts as out of reach. */
const TROUBLE_LASTS = 60_000;
/** Pause (ms) after a refusal: repeated failing calls may get a whole company blocked. */
const REST: Backoff = { first: 5_000, longest: 5 * 60_000 };

/**
 * Web API of a platform. Calls resolve on success only; other results are an `ApiError` or `NoAnswer`. The access token
 * is requested once for all waiting calls, cached, and renewed once if the platform refuses it.
 */
export class ApiClient {
  readonly http: HttpClient;
  readonly #options: ApiOptions;
  #token: { readonly value: string; readonly until: number } | null = null;
  #fetching: Promise<string> | null = null;
  #failed: { readonly error: unknown; readonly until: number; readonly times: number } | null = null;
  /** Reached rate limits, by name. */
  readonly #resting = new Map<string, { readonly error: ApiError; readonly until: number }>();
  /** Time (epoch ms) of the last call without an answer, if none was answered since. */
  #unansweredAt: number | null = null;

  constructor(options: ApiOptions) {
    this.#options = options;
    this.http = new HttpClient(options.proxy);
  }

  /** Returns true if the last calls did not reach the platform. */
  get isTroubled(): boolean {
    return this.#unansweredAt !== null && this.#unansweredAt + TROUBLE_LASTS > this.#options.clock.now();
  }

  /**
   * Makes a call, unless its limit rests; `api` is a path below the base, e.g. `message/send`. Bodies are sent byte for
   * byte. Records reached limits, outages, and the standing of fixed credentials.
   */
  async call(api: string, request: ApiRequest = {}): Promise<Answer> {
    const { base: address, clock, log, standing, credentials, codes } = this.#options;
    const { limit } = request;
    const rest = limit === undefined ? undefined : this.#resting.get(limit);
    const left = (rest?.until ?? 0) - clock.now();
    if (rest && left > 0) throw new ApiError(api, rest.error.code, rest.error.detail, left);
    if (limit !== undefined) this.#resting.delete(limit);
    try {
      const answer = await this.#with((more) => this.#ask(api, merged(request, more)));
      if (this.#unansweredAt !== null) log?.info({ address, method: api }, 'the platform takes calls again');
      this.#unansweredAt = null;
      if (credentials !== undefined) standing?.is(credentials, null);
      return answer;
    } catch (error) {
      const code = error instanceof ApiError ? error.code : null;
      if (error instanceof ApiError && isAmong(error.code, codes.rate_limited)) {
        if (limit !== undefined) this.#resting.set(limit, { error, until: clock.now() + error.wait });
      } else if (code === null || isAmong(code, codes.unreachable)) {
        if (this.#unansweredAt === null)
          log?.warn({ err: error, address, method: api }, 'the platform did not take a call');
        this.#unansweredAt = clock.now();
      }
      if (credentials !== undefined && code !== null && isAmong(code, codes.stale))
        standing?.is(credentials, String(code));
      throw error;
    }
  }

  send(api: string, value: object, method: 'POST' | 'PUT' | 'PATCH' = 'POST'): Promise<Answer> {
    return this.call(api, { method, body: { json: JSON.stringify(value) } });
  }

  /** Downloads at most `max` bytes. */
  download(api: string, max: number, query: Query = {}): Promise<Download | 'too_large'> {
    return this.#with(async (more) => {
      const request = merged({ query }, more);
      const got = await this.http.download(api, this.#url(api, request), { ...request, max });
      if (got === 'too_large' || !(this.#options.isNoContent ?? isNot200)(got)) return got;
      this.#accepted(api, { ...got, headers: new Headers(), text: Buffer.from(got.content).toString() });
      throw new NoAnswer(api, `HTTP ${got.status}`, true);
    });
  }

  async #ask(api: string, request: ApiRequest): Promise<Answer> {
    return this.#accepted(api, await this.http.ask(api, this.#url(api, request), request));
  }

  #url(api: string, { query = {} }: ApiRequest): string {
    const text = new URLSearchParams(query).toString();
    return `${this.#options.base}/${api}${text === '' ? '' : `?${text}`}`;
  }

  #accepted(api: string, answer: HttpAnswer): Answer {
    const found = this.#options.read(parseJson(answer.text), answer);
    // The server may have handled the request, so its outcome is unknown.
    if (!found) throw new NoAnswer(api, `HTTP ${answer.status}, and no answer of the platform`, true);
    if (found.code !== 0) throw new ApiError(api, found.code, found.message, found.wait);
    return found.answer;
  }

  async #with<T>(ask: (more: Pick<ApiRequest, 'query' | 'headers'>) => Promise<T>): Promise<T> {
    const { token: rules } = this.#options;
    if (!rules) return ask({});
    const token = await this.#current();
    try {
      return await ask(rules.put(token));
    } catch (error) {
      if (!(error instanceof ApiError && isAmong(error.code, this.#options.codes.stale))) throw error;
      // Another call may have renewed the token by now; only the refused token is dropped.
      if (this.#token?.value === token) this.#token = null;
      return ask(rules.put(await this.#current()));
    }
  }

  /** Returns a token that should still be valid. Rejects with the token call's error, and does not repeat it soon. */
  async #current(): Promise<string> {
    const now = this.#options.clock.now();
    if (this.#token && this.#token.until > now) return this.#token.value;
    if (this.#failed && this.#failed.until > now) throw this.#failed.error;
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = null;
    });
    return this.#fetching;
  }

  async #fetch(): Promise<string> {
    const { clock, standing, token: rules } = this.#options;
    const api = rules?.api ?? '';
    try {
      const answer = rules ? await this.#ask(api, rules.request) : {};
      const value = z
        .string()
        .min(1)
        .parse(answer[rules?.value ?? '']);
      const life = z.number().parse(answer[rules?.seconds ?? '']) * 1_000;
      this.#token = { value, until: clock.now() + Math.max(life - EARLY, life / 2) };
      this.#failed = null;
      standing?.is(api, null);
      return value;
    } catch (error) {
      const times = (this.#failed?.times ?? 0) + 1;
      // The request that needed the token was not sent, however the token call ended.
      const reason = error instanceof NoAnswer ? error.reason : messageOf(error);
      const failure = error instanceof ApiError ? error : new NoAnswer(api, reason, false);
      this.#failed = { error: failure, times, until: clock.now() + pauseAfter(times, REST) };
      if (failure instanceof ApiError) standing?.is(api, failure.message);
      throw failure;
    }
  }
}

/** Runs requests with a client that is closed afterwards. */
export async function asking<T>(api: ApiClient, ask: (api: ApiClient) => Promise<T>): Promise<T> {
  try {
    return await ask(api);
  } finally {
    await api.http.close();
  }
}

const MOST_PAGES = 20;
/** Returns items of up to 20 pages; `ask` gets a page's token and returns the next one, empty after the last. */
export async function allPages<T>(
  ask: (token: string) => Promise<{ readonly items: readonly T[]; readonly next: string }>,
): Promise<readonly T[]> {
  const found: T[] = [];
  for (let n = 0, token = ''; n < MOST_PAGES && (n === 0 || token !== ''); n += 1) {
    const { items, next } = await ask(token);
    found.push(...items);
    token = next;
  }
  return found;
}

function merged({ query, headers, ...request }: ApiRequest, more: Pick<ApiRequest, 'query' | 'headers'>): ApiRequest {
  return { ...request, query: { ...more.query, ...query }, headers: { ...headers, ...more.headers } };
}

type Refused = Extract<SendOutcome, { kind: 'refused' }>;
/** List of codes, single ones and inclusive number ranges. */
type CodeList = readonly (Code | readonly [number, number])[];
/** Five meanings of a platform's error codes, words or numbers; any other code is `forbidden`. */
export interface Codes extends Readonly<Partial<Record<Exclude<Refused['reason'], 'forbidden'>, CodeList>>> {
  /** Codes of an invalid access token, which is renewed once; if that does not help, the platform counts as down. */
  readonly stale?: CodeList;
}
const isNot200 = ({ status }: Download): boolean => status !== 200;

function isAmong(code: Code, list: CodeList = []): boolean {
  return list.some((one) => (Array.isArray(one) ? Number(code) >= one[0] && Number(code) <= one[1] : one === code));
}

export interface Sorting {
  /** Returns when a rate limit ends (epoch ms); by default after the delay in the answer, at least a second. */
  readonly retryAt?: (error: ApiError, now: number) => number;
  readonly say?: (error: ApiError) => string;
}
const MEANINGS = ['rate_limited', 'unreachable', 'gone', 'invalid'] as const;
const LEAST_WAIT = 1_000;
const afterWait = ({ wait }: ApiError, now: number): number => now + Math.max(wait, LEAST_WAIT);

/** Returns a function from an error to the outcome of a send; `now` in epoch ms. */
export function outcomesBy(codes: Codes, { retryAt = afterWait, say = messageOf }: Sorting = {}) {
  return (error: unknown, now: number): SendOutcome => {
    if (error instanceof ApiError) {
      const { code } = error;
      const stale = isAmong(code, codes.stale) ? 'unreachable' : 'forbidden';
      const reason = MEANINGS.find((one) => isAmong(code, codes[one])) ?? stale;
      const when = reason === 'rate_limited' ? { retryAt: retryAt(error, now) } : {};
      return { kind: 'refused', reason, ...when, detail: say(error) };
    }
    const detail = messageOf(error);
    const stayedHere = error instanceof NoAnswer && !error.sent;
    return stayedHere ? { kind: 'refused', reason: 'unreachable', detail } : { kind: 'unknown', detail };
  };
}

/** Returns the outcome of a send, with the handle of the message. `failed` classifies the platform's errors. */
export function outcomeOf(send: Promise<string>, failed: (error: unknown) => SendOutcome): Promise<SendOutcome> {
  return send.then((ref) => ({ kind: 'sent', ref }), failed);
}

/** Returns the outcome of a step before the message, e.g. an upload: even if unknown, it showed nothing. */
export function notShown(outcome: SendOutcome): SendOutcome {
  return outcome.kind === 'unknown' ? { kind: 'refused', reason: 'unreachable', detail: outcome.detail } : outcome;
}
