import {
  LogLevel,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebClient,
  type WebClientOptions,
} from '@slack/web-api';
import { z } from 'zod';
import type { Clock, Log } from '../../../use-cases/ports.ts';
import type { HttpClient } from '../../shared/http-client.ts';

const CALL_TIMEOUT = 10_000;
const TROUBLE_LASTS = 60_000;

export type Args = Readonly<Record<string, unknown>>;
export interface SlackApi {
  /** Calls a method and returns Slack's response; throws what `@slack/web-api` throws. */
  call(method: string, args?: Args): Promise<unknown>;
  /** The last calls did not get through: what should appear by itself may not. */
  isTroubled(): boolean;
}

/** The Web API; a method that Slack limited rests until the time it named (posting: by channel), the others go on. */
export function createApi(options: {
  readonly token: string;
  readonly apiUrl: string | null;
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly log: Log;
}): SlackApi {
  const { clock, log } = options;
  const client = new WebClient(options.token, clientOptions(options.apiUrl, options.http));
  /** Until when a method rests, epoch milliseconds. */
  const resting = new Map<string, number>();
  let lastFailure = Number.NEGATIVE_INFINITY;
  return {
    isTroubled: () => lastFailure + TROUBLE_LASTS > clock.now(),
    call: async (method, args = {}) => {
      const gate = method === 'chat.postMessage' ? `${method}:${String(args['channel'])}` : method;
      const until = resting.get(gate) ?? 0;
      if (until > clock.now()) throw new WebAPIRateLimitedError(Math.ceil((until - clock.now()) / 1_000));
      resting.delete(gate);
      try {
        const answer = await client.apiCall(method, { ...args });
        if (lastFailure > 0) log.info({ method }, 'Slack takes calls again');
        lastFailure = Number.NEGATIVE_INFINITY;
        return answer;
      } catch (error) {
        if (error instanceof WebAPIRateLimitedError) resting.set(gate, clock.now() + error.retryAfter * 1_000);
        if (slackError(error) === null) {
          // One line for each outage, not one for each of its calls.
          if (lastFailure < 0) log.warn({ err: error, method }, 'Slack did not take a call; what waits is tried again');
          lastFailure = clock.now();
        }
        throw error;
      }
    },
  };
}

/** Slack's own word for what went wrong, e.g. `channel_not_found`; null if it was no answer of Slack's. */
export function slackError(error: unknown): string | null {
  return error instanceof WebAPIPlatformError ? error.data.error : null;
}

const cursorSchema = z.object({ response_metadata: z.object({ next_cursor: z.string() }) });

/** Pages of a method that lists, each asked for when it is wanted; `between` runs before every page but the first. */
export async function* pagesOf<T>(
  api: Pick<SlackApi, 'call'>,
  method: string,
  args: Args,
  schema: z.ZodType<T>,
  between: () => Promise<void> = async () => {},
): AsyncGenerator<T> {
  let cursor = '';
  do {
    if (cursor !== '') await between();
    const answer = await api.call(method, { ...args, ...(cursor === '' ? {} : { cursor }) });
    yield schema.parse(answer);
    cursor = cursorSchema.safeParse(answer).data?.response_metadata.next_cursor ?? '';
  } while (cursor !== '');
}

/** Slack's packages log payloads, tickets and texts in full. We log ourselves what is worth knowing. */
const nothing = (): void => {};
export const quietLogger = {
  ...{ debug: nothing, info: nothing, warn: nothing, error: nothing, setLevel: nothing, setName: nothing },
  getLevel: (): LogLevel => LogLevel.ERROR,
};

/**
 * Options for every client of Slack's, which by itself retries what may have been done (a lost response posts twice), stops
 * as a whole on one 429, never times out, and lets a hundred slow calls hold back the next. Everything goes through the proxy.
 */
export function clientOptions(apiUrl: string | null, http: HttpClient): WebClientOptions {
  return {
    ...(apiUrl === null ? {} : { slackApiUrl: `${apiUrl}/` }),
    logger: quietLogger,
    allowAbsoluteUrls: false,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    maxRequestConcurrency: Number.POSITIVE_INFINITY,
    timeout: CALL_TIMEOUT,
    fetch: async (url, { body, ...init } = {}) => {
      // Binary parts would need another FormData; uploads do not come here.
      if (body !== undefined && typeof body !== 'string') throw new TypeError('only text bodies');
      return http.fetch(url, { ...init, ...(body === undefined ? {} : { body }) });
    },
  };
}
