import { z } from 'zod';
import type { OutgoingProxy } from '../../../ops/proxy.ts';
import type { Clock, Log, SendOutcome } from '../../../use-cases/ports.ts';
import { type Answer, ApiClient, ApiError, type Codes, outcomesBy } from '../../shared/api-client.ts';
import type { HttpClient } from '../../shared/http-client.ts';
import type { Standing } from '../../shared/standing.ts';

const SLACK_API = 'https://slack.com/api';
const CALL_TIMEOUT = 10_000;
const RESPOND_TIMEOUT = 5_000;
const TROUBLE_LASTS = 60_000;
/** Pause (ms) after a limit for which Slack names no time. */
const LIMITED_FOR = 30_000;

/** Error codes of a removed app or a revoked token: a person has to install the app again. */
const REVOKED = [
  ...['invalid_auth', 'not_authed', 'account_inactive', 'token_revoked', 'token_expired', 'user_removed_from_team'],
  ...['team_disabled', 'app_uninstalled', 'tokens_revoked'],
];
/** Error codes after which it is unknown whether the request had an effect. */
const UNKNOWN = new Set(['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable']);
const NOT_SLACK = 'no_answer_of_slack';
const LIMITED = 'ratelimited';
const CODES: Codes = {
  stale: REVOKED,
  rate_limited: [LIMITED, 'rate_limited'],
  unreachable: [NOT_SLACK],
  // The message is missing or may not be changed: a new one is posted.
  gone: ['message_not_found', 'cant_update_message', 'edit_window_closed', 'thread_not_found'],
  // Sending the same again can only fail again.
  invalid: [
    ...['invalid_blocks', 'invalid_blocks_format', 'invalid_arguments', 'invalid_arg_name', 'invalid_post_type'],
    ...['invalid_form_data', 'msg_too_long', 'msg_blocks_too_long', 'no_text', 'metadata_too_large'],
    'metadata_must_be_sent_from_app',
  ],
};
const sorted = outcomesBy(CODES, { say: ({ code }) => String(code) });
/** Outcome of a call that failed; `now` in epoch milliseconds. */
export function failedOutcome(error: unknown, now: number): SendOutcome {
  const code = slackError(error);
  return code !== null && UNKNOWN.has(code) ? { kind: 'unknown', detail: code } : sorted(error, now);
}

/** Slack's own error code, e.g. `channel_not_found`; null if the error is not an answer of Slack. */
export function slackError(error: unknown): string | null {
  return error instanceof ApiError && !isNoAnswer(error) && !isLimit(error) ? String(error.code) : null;
}
/** True for an answer from a server in between, e.g. a proxy. */
export const isNoAnswer = ({ code }: ApiError): boolean => code === NOT_SLACK;
const isLimit = ({ code }: ApiError): boolean => code === LIMITED || code === 'rate_limited';
export const isRevoked = (code: string | null): boolean => code !== null && REVOKED.includes(code);

const answerSchema = z.discriminatedUnion('ok', [
  z.looseObject({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), error: z.string(), needed: z.string().default('') }),
]);

/** Headers of an answer that are used: scopes of the token, and Slack's clock. */
export const headersOf = z.object({
  headers: z.object({ scopes: z.array(z.string()).nullable(), date: z.string().nullable() }),
});

export interface ClientOptions {
  readonly apiUrl: string | null;
  readonly proxy: OutgoingProxy | null;
  readonly clock: Clock;
}
/** Web API for any token. */
export function slackClient({ apiUrl, proxy, clock }: ClientOptions): ApiClient {
  return new ApiClient({
    ...{ base: apiUrl ?? SLACK_API, proxy, clock, codes: CODES },
    read: (json, { status, headers }) => {
      const refused = (code: string, message: string, wait = 0) => ({ answer: {}, code, message, wait });
      const after = Number(headers.get('retry-after') ?? Number.NaN) * 1_000;
      if (status === 429) return refused(LIMITED, '', Number.isNaN(after) ? LIMITED_FOR : after);
      const { data } = answerSchema.safeParse(json);
      if (!data) return status >= 500 ? null : refused(NOT_SLACK, `HTTP ${status}`);
      if (data.ok) {
        const scopes = headers.get('x-oauth-scopes')?.split(',');
        const known = { scopes: scopes?.map((scope) => scope.trim()) ?? null, date: headers.get('date') };
        return { answer: { ...data, headers: known }, code: 0, message: '' };
      }
      return refused(data.error, data.needed, data.error === LIMITED ? LIMITED_FOR : 0);
    },
  });
}

export type Args = Readonly<Record<string, unknown>>;
/** Calls a method with a token. Rejects with `ApiError` or `NoAnswer`. */
export function ask(client: ApiClient, token: string, method: string, args: Args = {}): Promise<Answer> {
  const fields = Object.entries(args).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, typeof value === 'string' ? value : JSON.stringify(value)]],
  );
  const content = new URLSearchParams(fields).toString();
  const body = { content, mediaType: 'application/x-www-form-urlencoded' };
  return client.call(method, { headers: { authorization: `Bearer ${token}` }, body, timeout: CALL_TIMEOUT });
}

export interface SlackApi {
  readonly http: HttpClient;
  /** Calls a method and returns Slack's response; rejects with `ApiError` or `NoAnswer`. */
  call(method: string, args?: Args): Promise<unknown>;
  /** Answers at the address of a command or a press; false if Slack refuses it. Rejects with `NoAnswer`. */
  respond(url: string, answer: object): Promise<boolean>;
  /** Returns true if the last calls did not reach Slack: cards that are posted automatically may not appear. */
  isTroubled(): boolean;
}

/** Web API; a method limited by Slack pauses until the given time (posting: by channel), other methods continue. */
export function createApi(
  options: ClientOptions & {
    readonly token: string;
    readonly log: Log;
    readonly standing?: Pick<Standing, 'is' | 'refusalOf'>;
  },
): SlackApi {
  const { clock, log, token, standing } = options;
  const client = slackClient(options);
  /** Epoch ms until which a method rests after a 429. */
  const resting = new Map<string, number>();
  let lastFailure = Number.NEGATIVE_INFINITY;
  return {
    http: client.http,
    isTroubled: () => lastFailure + TROUBLE_LASTS > clock.now(),
    respond: async (url, answer) => {
      const request = { body: { json: JSON.stringify(answer) }, timeout: RESPOND_TIMEOUT };
      return (await client.http.ask('response_url', url, request)).status < 300;
    },
    call: async (method, args = {}) => {
      // With a token of another workspace the only call allowed is the one that asks again for its workspace.
      const refusal = method === 'auth.test' ? null : (standing?.refusalOf('workspace') ?? null);
      if (refusal !== null) throw new ApiError(method, 'wrong_workspace', refusal);
      const gate = method === 'chat.postMessage' ? `${method}:${String(args['channel'])}` : method;
      const left = (resting.get(gate) ?? 0) - clock.now();
      if (left > 0) throw new ApiError(method, LIMITED, '', left);
      resting.delete(gate);
      try {
        const answer = await ask(client, token, method, args);
        if (lastFailure > 0) log.info({ method }, 'Slack takes calls again');
        lastFailure = Number.NEGATIVE_INFINITY;
        standing?.is('bot', null);
        return answer;
      } catch (error) {
        const code = slackError(error);
        if (error instanceof ApiError && isLimit(error)) resting.set(gate, clock.now() + error.wait);
        else if (code === null) {
          // One log line per outage, not one per failed call.
          if (lastFailure < 0) log.warn({ err: error, method }, 'Slack did not take a call; what waits is tried again');
          lastFailure = clock.now();
        }
        if (isRevoked(code)) standing?.is('bot', code);
        throw error;
      }
    },
  };
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
