import { z } from 'zod';
import type { SendOutcome } from '../../../use-cases/ports.ts';
import { type Answer, ApiClient, ApiError, type ApiNeeds, type Codes, outcomesBy } from '../../shared/api-client.ts';
import type { HttpClient } from '../../shared/http-client.ts';
import type { Standing } from '../../shared/standing.ts';

const SLACK_API = 'https://slack.com/api';
const CALL_TIMEOUT = 10_000;
const RESPOND_TIMEOUT = 5_000;
/** Pause (ms) after a rate limit without a stated end. */
const LIMITED_FOR = 30_000;
/** Pause (ms) before a connection is tried again with a refused token, because it may be valid again. */
const REVOKED_FOR = 5 * 60_000;

/** Error codes of a removed app or revoked token: a person must install the app again. */
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
  // The message is missing or may not be changed, so a new one is posted.
  gone: ['message_not_found', 'cant_update_message', 'edit_window_closed', 'thread_not_found'],
  // Repeating the same request would fail again.
  invalid: [
    ...['invalid_blocks', 'invalid_blocks_format', 'invalid_arguments', 'invalid_arg_name', 'invalid_post_type'],
    ...['invalid_form_data', 'msg_too_long', 'msg_blocks_too_long', 'no_text', 'metadata_too_large'],
    'metadata_must_be_sent_from_app',
  ],
};
const sorted = outcomesBy(CODES, { say: ({ code }) => String(code) });
/** Returns the outcome of a failed call; `now` in epoch ms. */
export function failedOutcome(error: unknown, now: number): SendOutcome {
  const code = slackError(error);
  return code !== null && UNKNOWN.has(code) ? { kind: 'unknown', detail: code } : sorted(error, now);
}

/** Returns Slack's error code, e.g. `channel_not_found`; null if the error is not Slack's answer. */
export function slackError(error: unknown): string | null {
  return error instanceof ApiError && !isNoAnswer(error) && !isLimit(error) ? String(error.code) : null;
}
/** Returns true for an answer from a server in between, e.g. a proxy. */
export const isNoAnswer = ({ code }: ApiError): boolean => code === NOT_SLACK;
const isLimit = ({ code }: ApiError): boolean => code === LIMITED || code === 'rate_limited';
const isRevoked = (code: string | null): boolean => code !== null && REVOKED.includes(code);

const answerSchema = z.discriminatedUnion('ok', [
  z.looseObject({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), error: z.string(), needed: z.string().default('') }),
]);

/** Headers used of an answer: the token's scopes, and Slack's time. */
const used = z.object({ scopes: z.array(z.string()).nullable(), date: z.string().nullable() });
export const headersOf = z.object({ headers: used });

export interface ClientOptions extends ApiNeeds {
  readonly apiUrl: string | null;
}
/** Creates a Web API client for any token. */
export function slackClient({ apiUrl, ...needs }: ClientOptions): ApiClient {
  return new ApiClient({
    ...{ ...needs, base: apiUrl ?? SLACK_API, codes: CODES },
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
      const wait = isRevoked(data.error) ? REVOKED_FOR : 0;
      return refused(data.error, data.needed, data.error === LIMITED ? LIMITED_FOR : wait);
    },
  });
}

export type Args = Readonly<Record<string, unknown>>;
/** Calls a method with a token. Rejects with `ApiError` or `NoAnswer`. Methods have a limit each, posts one by channel. */
export function ask(client: ApiClient, token: string, method: string, args: Args = {}): Promise<Answer> {
  const fields = Object.entries(args).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, typeof value === 'string' ? value : JSON.stringify(value)]],
  );
  const content = new URLSearchParams(fields).toString();
  const body = { content, mediaType: 'application/x-www-form-urlencoded' };
  const limit = method === 'chat.postMessage' ? `${method}:${String(args['channel'])}` : method;
  return client.call(method, { headers: { authorization: `Bearer ${token}` }, body, timeout: CALL_TIMEOUT, limit });
}

export interface SlackApi {
  readonly http: HttpClient;
  /** Calls a method and returns Slack's response; rejects with `ApiError` or `NoAnswer`. */
  call(method: string, args?: Args): Promise<unknown>;
  /** Answers at the address of a command or press; false if Slack refuses it. Rejects with `NoAnswer`. */
  respond(url: string, answer: object): Promise<boolean>;
  /** Returns true if the last calls did not reach Slack, so that automatic cards may not appear. */
  isTroubled(): boolean;
}

interface ApiOptions extends ClientOptions {
  readonly token: string;
  readonly standing?: Pick<Standing, 'is' | 'refusalOf'>;
}
/** Creates the Web API of one bot token. */
export function createApi(options: ApiOptions): SlackApi {
  const { token, ...needs } = options;
  const client = slackClient({ ...needs, credentials: 'bot' });
  return {
    http: client.http,
    isTroubled: () => client.isTroubled,
    respond: async (url, answer) => {
      const request = { body: { json: JSON.stringify(answer) }, timeout: RESPOND_TIMEOUT };
      return (await client.http.ask('response_url', url, request)).status < 300;
    },
    call: async (method, args = {}) => {
      // Tokens of another workspace may only make the call that checks the workspace again.
      const refusal = method === 'auth.test' ? null : (needs.standing?.refusalOf('workspace') ?? null);
      if (refusal !== null) throw new ApiError(method, 'wrong_workspace', refusal);
      return ask(client, token, method, args);
    },
  };
}

const cursorSchema = z.object({ response_metadata: z.object({ next_cursor: z.string() }) });

/** Returns the pages of a list method, requested on demand; `between` runs before every page but the first. */
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
