import { WebSocket } from 'undici';
import { z } from 'zod';
import { parseJson } from '../../../ops/json.ts';
import { type HttpAnswer, type HttpClient, NoAnswer } from '../../shared/http-client.ts';

/** Answer of Slack to one question of the set-up, or the reason for having none. */
export type Answer =
  | {
      readonly kind: 'ok';
      readonly body: unknown;
      /** Scopes of the token (header `x-oauth-scopes`); null if Slack named none. */
      readonly scopes: readonly string[] | null;
      /** Lead of this machine's clock over Slack's, in seconds; null if Slack sent no date. */
      readonly skew: number | null;
    }
  | { readonly kind: 'refused'; readonly code: string; readonly needed: string | null }
  | { readonly kind: 'unreachable'; readonly reason: string };

export interface Probe {
  ask(method: string, token: string, args?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Opens a Socket Mode address and closes it after the first word. */
  greet(url: string): Promise<Greeting>;
}
export type Greeting =
  | { readonly kind: 'hello' }
  /** Slack ended it at once, in its own word, e.g. `link_disabled`. */
  | { readonly kind: 'ended'; readonly reason: string }
  | { readonly kind: 'unreachable'; readonly reason: string };

const TIMEOUT = 10_000;
export const SLACK_API = 'https://slack.com/api';
const refusal = z.object({ ok: z.literal(false), error: z.string(), needed: z.string().optional() });
const consent = z.looseObject({ ok: z.literal(true) });
const frame = z.object({ type: z.string(), reason: z.string().optional() });

/** Asks Slack as the set-up does: one question at a time, never again by itself, never throwing. */
export function createProbe(options: {
  readonly http: HttpClient;
  readonly apiUrl: string | null;
  now(): number;
}): Probe {
  const { http } = options;
  return {
    ask: async (method, token, args = {}) => {
      try {
        const asked = options.now();
        const answer = await http.ask(method, `${options.apiUrl ?? SLACK_API}/${method}`, {
          headers: { authorization: `Bearer ${token}` },
          body: {
            content: new URLSearchParams(args).toString(),
            mediaType: 'application/x-www-form-urlencoded',
          },
          timeout: TIMEOUT,
        });
        return answerOf(answer, (asked + options.now()) / 2);
      } catch (error) {
        return { kind: 'unreachable', reason: reasonOf(error) };
      }
    },
    greet: (url) => greeting(url, http),
  };
}

function answerOf({ text, status, headers }: HttpAnswer, at: number): Answer {
  const body = parseJson(text);
  const refused = refusal.safeParse(body);
  if (refused.success) return { kind: 'refused', code: refused.data.error, needed: refused.data.needed ?? null };
  if (!consent.safeParse(body).success) {
    // A page instead of an answer comes from something in between.
    return { kind: 'unreachable', reason: `HTTP ${status} and no answer of Slack's` };
  }
  const scopes = headers.get('x-oauth-scopes');
  const date = Date.parse(headers.get('date') ?? '');
  return {
    kind: 'ok',
    body,
    scopes: scopes === null ? null : scopes.split(',').map((scope) => scope.trim()),
    skew: Number.isNaN(date) ? null : Math.round((at - date) / 1_000),
  };
}

function greeting(url: string, { proxy }: HttpClient): Promise<Greeting> {
  return new Promise((resolve) => {
    let socket: WebSocket;
    const end = (result: Greeting): void => {
      clearTimeout(timer);
      resolve(result);
      socket.close();
    };
    const timer = setTimeout(() => end({ kind: 'unreachable', reason: 'no greeting in time' }), TIMEOUT);
    try {
      socket = new WebSocket(url, proxy === null ? {} : { dispatcher: proxy });
    } catch (error) {
      clearTimeout(timer);
      resolve({ kind: 'unreachable', reason: reasonOf(error) });
      return;
    }
    socket.addEventListener('message', ({ data }) => {
      const said = frame.safeParse(parseJson(String(data)));
      if (!said.success) return;
      if (said.data.type === 'hello') end({ kind: 'hello' });
      if (said.data.type === 'disconnect') end({ kind: 'ended', reason: said.data.reason ?? 'disconnect' });
    });
    // The address holds a ticket, so no part of it is printed.
    socket.addEventListener('error', () => end({ kind: 'unreachable', reason: 'the connection failed' }));
    socket.addEventListener('close', () => end({ kind: 'unreachable', reason: 'the connection was closed' }));
  });
}

/** Message of the innermost cause; outer ones only report that fetching failed. */
function reasonOf(error: unknown): string {
  if (error instanceof NoAnswer) return error.reason;
  let reason = 'no answer';
  for (let e: unknown = error; e instanceof Error; e = e.cause) {
    reason = 'code' in e && typeof e.code === 'string' ? e.code : e.message || reason;
  }
  return reason;
}
