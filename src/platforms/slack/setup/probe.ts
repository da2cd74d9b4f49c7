import { z } from 'zod';
import { messageOf } from '../../../ops/errors.ts';
import { parseJson } from '../../../ops/json.ts';
import { ApiError } from '../../shared/api-client.ts';
import { NoAnswer } from '../../shared/http-client.ts';
import { dialWebSocket } from '../../shared/web-socket.ts';
import { type Args, ask, type ClientOptions, headersOf, isNoAnswer, slackClient } from '../send/api.ts';
import { advice, Problem, unreachable } from './advice.ts';

/** Slack's answer to a set-up request. */
export interface Answer {
  readonly body: unknown;
  /** Scopes of the token (header `x-oauth-scopes`); null if Slack named none. */
  readonly scopes: readonly string[] | null;
  /** Seconds by which this machine's clock is ahead of Slack's; null if Slack sent no date. */
  readonly skew: number | null;
}
export interface Probe {
  /** Calls a method; rejects with a `Problem`. `app`: its id for links, if known. */
  ask(method: string, token: string, args?: Args, app?: string | null): Promise<Answer>;
  /** Opens a Socket Mode address and closes it after the first message. */
  greet(url: string): Promise<Greeting>;
}
export type Greeting =
  | { readonly kind: 'hello' }
  /** `ended`: Slack ended it at once, with a reason such as `link_disabled`. */
  | { readonly kind: 'ended' | 'unreachable'; readonly reason: string };

const TIMEOUT = 10_000;
const frame = z.object({ type: z.string(), reason: z.string().default('disconnect') });

/** Creates a client for set-up requests, one at a time and without retries. */
export function createProbe(by: ClientOptions): Probe & { readonly close: () => Promise<void> } {
  const client = slackClient(by);
  const { clock } = by;
  return {
    ask: async (method, token, args = {}, app = null) => {
      const before = clock.now();
      const body = await ask(client, token, method, args).catch((error: unknown) => {
        // Web pages instead of an answer come from a server in between.
        if (error instanceof ApiError && !isNoAnswer(error))
          throw new Problem(advice(String(error.code), error.detail || null, method, app), String(error.code));
        if (error instanceof ApiError) throw unreachable(`${error.detail} and no answer of Slack's`);
        throw unreachable(error instanceof NoAnswer ? error.reason : messageOf(error));
      });
      const { scopes, date } = headersOf.parse(body).headers;
      const skew = Math.round(((before + clock.now()) / 2 - Date.parse(date ?? '')) / 1_000);
      return { body, scopes, skew: Number.isNaN(skew) ? null : skew };
    },
    greet: (url) => greeting(url, client.http.dispatcher),
    close: () => client.http.close(),
  };
}

/** Runs requests with separate connections that are closed afterwards. */
export async function probing<T>(by: ClientOptions, work: (probe: Probe) => Promise<T>): Promise<T> {
  const probe = createProbe(by);
  try {
    return await work(probe);
  } finally {
    await probe.close();
  }
}

function greeting(url: string, dispatcher: Parameters<typeof dialWebSocket>[0]['dispatcher']): Promise<Greeting> {
  const { promise, resolve } = Promise.withResolvers<Greeting>();
  const unreached = (reason: string): void => resolve({ kind: 'unreachable', reason });
  const timer = setTimeout(() => unreached('no greeting in time'), TIMEOUT);
  const received = (data: unknown): void => {
    const said = frame.safeParse(parseJson(String(data))).data;
    if (said?.type === 'hello') resolve({ kind: 'hello' });
    if (said?.type === 'disconnect') resolve({ kind: 'ended', reason: said.reason });
  };
  const nothing = (): void => {};
  // The address contains a ticket, so no part of it is printed.
  const events = { ready: nothing, heard: nothing, replace: nothing, lost: () => unreached('the connection failed') };
  const link = dialWebSocket({ address: async () => url, dispatcher, received, greets: true }, events);
  return promise.finally(() => {
    clearTimeout(timer);
    link.close();
  });
}
