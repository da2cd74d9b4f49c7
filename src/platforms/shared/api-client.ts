import { type Backoff, pauseAfter } from '../../ops/backoff.ts';
import { messageOf } from '../../ops/errors.ts';
import { parseJson } from '../../ops/json.ts';
import type { OutgoingProxy } from '../../ops/proxy.ts';
import type { Clock, SendOutcome } from '../../use-cases/ports.ts';
import { type Download, type HttpAnswer, HttpClient, type HttpRequest, NoAnswer } from './http-client.ts';

/** The platform answered with an error code, e.g. 230002. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly api: string;
  readonly code: number;
  /** Milliseconds until the next call is accepted, where the platform says so. */
  readonly wait: number;

  constructor(api: string, code: number, message: string, wait = 0) {
    super(`${api}: ${code} ${message}`);
    this.api = api;
    this.code = code;
    this.wait = wait;
  }
}

export type Answer = Readonly<Record<string, unknown>>;
type Query = Readonly<Record<string, string>>;
export interface ApiRequest extends HttpRequest {
  readonly query?: Query;
}
interface Read {
  readonly answer: Answer;
  /** 0 for a success. */
  readonly code: number;
  readonly message: string;
  readonly wait?: number;
}
export interface ApiOptions {
  /** Address in front of the name of a call, e.g. `https://open.feishu.cn/open-apis`. */
  readonly base: string;
  readonly proxy: OutgoingProxy | null;
  readonly clock: Clock;
  /** Reads an answer; null if it is none of the platform, e.g. of a proxy. */
  readonly read: (json: unknown, answer: HttpAnswer) => Read | null;
  /** True if a download brought an error instead of the content. */
  readonly isNoContent: (download: Download) => boolean;
  /** Access token of the app; without it calls carry none. */
  readonly token?: {
    readonly api: string;
    readonly request: ApiRequest;
    /** `life` in milliseconds. */
    readonly read: (answer: Answer) => { readonly value: string; readonly life: number };
    /** True for a code with which the platform no longer takes a token. */
    readonly isStale: (code: number) => boolean;
    readonly put: (token: string) => Pick<ApiRequest, 'query' | 'headers'>;
  };
}

/** A token is renewed this long (ms) before its end. */
const EARLY = 5 * 60_000;
/** Pause (ms) after a refusal: failing calls in a loop get a whole company blocked. */
const REST: Backoff = { first: 5_000, longest: 5 * 60_000 };

/**
 * Web API of a platform. Its calls resolve for a success only; everything else is an `ApiError` or `NoAnswer`. The access
 * token is requested once for all who wait, kept, and renewed once when the platform refuses it.
 */
export class ApiClient {
  readonly http: HttpClient;
  readonly #options: ApiOptions;
  #token: { readonly value: string; readonly until: number } | null = null;
  #fetching: Promise<string> | null = null;
  #failed: { readonly error: unknown; readonly until: number; readonly times: number } | null = null;

  constructor(options: ApiOptions) {
    this.#options = options;
    this.http = new HttpClient(options.proxy);
  }

  /** `api`: path behind the base, e.g. `message/send`. A body goes out byte for byte. */
  call(api: string, request: ApiRequest = {}): Promise<Answer> {
    return this.#with((more) => this.#ask(api, merged(request, more)));
  }

  /** Content of at most `max` bytes. */
  download(api: string, max: number, query: Query = {}): Promise<Download | 'too_large'> {
    return this.#with(async (more) => {
      const request = merged({ query }, more);
      const got = await this.http.download(api, this.#url(api, request), { ...request, max });
      if (got === 'too_large' || !this.#options.isNoContent(got)) return got;
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
    // The fate of the request is unknown.
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
      if (!(error instanceof ApiError && rules.isStale(error.code))) throw error;
      // Somebody else may have renewed it meanwhile; only the one that failed is dropped.
      if (this.#token?.value === token) this.#token = null;
      return ask(rules.put(await this.#current()));
    }
  }

  /** Token that should still work. Rejects with the error of the token call, without a new request too soon. */
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
    const { clock, token: rules } = this.#options;
    const api = rules?.api ?? '';
    try {
      const { value, life } = rules?.read(await this.#ask(api, rules.request)) ?? { value: '', life: 0 };
      this.#token = { value, until: clock.now() + Math.max(life - EARLY, life / 2) };
      this.#failed = null;
      return value;
    } catch (error) {
      const times = (this.#failed?.times ?? 0) + 1;
      // However the token call ended, the request that needed the token was not sent.
      const reason = error instanceof NoAnswer ? error.reason : messageOf(error);
      const failure = error instanceof ApiError ? error : new NoAnswer(api, reason, false);
      this.#failed = { error: failure, times, until: clock.now() + pauseAfter(times, REST) };
      throw failure;
    }
  }
}

function merged({ query, headers, ...request }: ApiRequest, more: Pick<ApiRequest, 'query' | 'headers'>): ApiRequest {
  return { ...request, query: { ...more.query, ...query }, headers: { ...headers, ...more.headers } };
}

type Refused = Extract<SendOutcome, { kind: 'refused' }>;
export interface Meanings {
  /** Codes of each reason; any other code is `forbidden`. */
  readonly reasonOf: (code: number) => Refused['reason'] | undefined;
  /** Time (epoch ms) when a limit of rate is over. */
  readonly retryAt: (error: ApiError, now: number) => number;
  readonly say?: (error: ApiError) => string;
}

/** Outcome that follows from an error for the message being sent; `now` in epoch milliseconds. */
export function outcomesBy({ reasonOf, retryAt, say = messageOf }: Meanings) {
  return (error: unknown, now: number): SendOutcome => {
    if (error instanceof ApiError) {
      const reason = reasonOf(error.code) ?? 'forbidden';
      const when = reason === 'rate_limited' ? { retryAt: retryAt(error, now) } : {};
      return { kind: 'refused', reason, ...when, detail: say(error) };
    }
    const detail = messageOf(error);
    const stayedHere = error instanceof NoAnswer && !error.sent;
    return stayedHere ? { kind: 'refused', reason: 'unreachable', detail } : { kind: 'unknown', detail };
  };
}

/** Outcome of a send; resolves with the handle of the message. `failed` sorts the errors of the platform. */
export function outcomeOf(send: Promise<string>, failed: (error: unknown) => SendOutcome): Promise<SendOutcome> {
  return send.then((ref) => ({ kind: 'sent', ref }), failed);
}

/** Outcome of a step before the message itself, e.g. an upload: an unknown one is certain not to have shown anything. */
export function notShown(outcome: SendOutcome): SendOutcome {
  return outcome.kind === 'unknown' ? { kind: 'refused', reason: 'unreachable', detail: outcome.detail } : outcome;
}
