import { WebSocket } from 'undici';
import { z } from 'zod';
import { messageOf } from '../../../ops/errors.ts';
import { parseJson } from '../../../ops/json.ts';
import type { OutgoingProxy } from '../../../ops/proxy.ts';
import type { Clock } from '../../../use-cases/ports.ts';
import { HttpClient, NoAnswer } from '../../shared/http-client.ts';
import type { Args } from '../send/api.ts';
import { advice, Problem, unreachable } from './advice.ts';

/** Answer of Slack to one question of the set-up. */
export interface Answer {
  readonly body: unknown;
  /** Scopes of the token (header `x-oauth-scopes`); null if Slack named none. */
  readonly scopes: readonly string[] | null;
  /** Lead of this machine's clock over Slack's, in seconds; null if Slack sent no date. */
  readonly skew: number | null;
}
export interface Probe {
  /** Rejects with a `Problem`. `app`: id of the app if it is known, for links. */
  ask(method: string, token: string, args?: Args, app?: string | null): Promise<Answer>;
  /** Opens a Socket Mode address and closes it after the first word. */
  greet(url: string): Promise<Greeting>;
}
export type Greeting =
  | { readonly kind: 'hello' }
  /** `ended`: by Slack at once, in its own word, e.g. `link_disabled`. */
  | { readonly kind: 'ended' | 'unreachable'; readonly reason: string };

const TIMEOUT = 10_000;
export const SLACK_API = 'https://slack.com/api';
const answerSchema = z.discriminatedUnion('ok', [
  z.looseObject({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), error: z.string(), needed: z.string().optional() }),
]);
const frame = z.object({ type: z.string(), reason: z.string().optional() });

/** Asks Slack as the set-up does: one question at a time, never again by itself. */
export function createProbe(options: {
  readonly http: HttpClient;
  readonly apiUrl: string | null;
  readonly now: () => number;
}): Probe {
  const { http, apiUrl, now } = options;
  return {
    ask: async (method, token, args = {}, app = null) => {
      const before = now();
      const fields = new URLSearchParams(
        Object.entries(args).map(([name, value]): [string, string] => [name, String(value)]),
      );
      const body = { content: fields.toString(), mediaType: 'application/x-www-form-urlencoded' };
      const request = { headers: { authorization: `Bearer ${token}` }, body, timeout: TIMEOUT };
      const answered = http.ask(method, `${apiUrl ?? SLACK_API}/${method}`, request);
      const { text, status, headers } = await answered.catch((error: unknown) => {
        throw unreachable(error instanceof NoAnswer ? error.reason : messageOf(error));
      });
      const at = (before + now()) / 2;
      const answer = answerSchema.safeParse(parseJson(text)).data;
      // A page instead of an answer comes from something in between.
      if (!answer) throw unreachable(`HTTP ${status} and no answer of Slack's`);
      if (!answer.ok) throw new Problem(advice(answer.error, answer.needed ?? null, method, app), answer.error);
      const scopes = headers.get('x-oauth-scopes');
      const date = Date.parse(headers.get('date') ?? '');
      return {
        body: answer,
        scopes: scopes === null ? null : scopes.split(',').map((scope) => scope.trim()),
        skew: Number.isNaN(date) ? null : Math.round((at - date) / 1_000),
      };
    },
    greet: (url) => greeting(url, http),
  };
}

/** Asks by connections of its own, which are closed afterwards. */
export async function probing<T>(
  by: { readonly proxy: OutgoingProxy | null; readonly apiUrl: string | null; readonly clock: Pick<Clock, 'now'> },
  ask: (probe: Probe) => Promise<T>,
): Promise<T> {
  const http = new HttpClient(by.proxy);
  try {
    return await ask(createProbe({ http, apiUrl: by.apiUrl, now: () => by.clock.now() }));
  } finally {
    await http.close();
  }
}

function greeting(url: string, { proxy }: HttpClient): Promise<Greeting> {
  return new Promise((resolve) => {
    let socket: WebSocket | undefined;
    const end = (result: Greeting): void => {
      clearTimeout(timer);
      resolve(result);
      socket?.close();
    };
    const unreached = (reason: string): void => end({ kind: 'unreachable', reason });
    const timer = setTimeout(() => unreached('no greeting in time'), TIMEOUT);
    try {
      socket = new WebSocket(url, proxy === null ? {} : { dispatcher: proxy });
    } catch (error) {
      unreached(messageOf(error));
      return;
    }
    socket.addEventListener('message', ({ data }) => {
      const said = frame.safeParse(parseJson(String(data))).data;
      if (said?.type === 'hello') end({ kind: 'hello' });
      if (said?.type === 'disconnect') end({ kind: 'ended', reason: said.reason ?? 'disconnect' });
    });
    // The address holds a ticket, so no part of it is printed.
    socket.addEventListener('error', () => unreached('the connection failed'));
    socket.addEventListener('close', () => unreached('the connection was closed'));
  });
}
