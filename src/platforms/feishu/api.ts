import { z } from 'zod';
import { messageOf } from '../../ops/errors.ts';
import { parseJson } from '../../ops/json.ts';
import type { OutgoingProxy } from '../../ops/proxy.ts';
import type { Clock, SendOutcome } from '../../use-cases/ports.ts';
import { AccessToken } from '../shared/access-token.ts';
import { type Download, type HttpAnswer, HttpClient, type HttpRequest, NoAnswer } from '../shared/http-client.ts';
import type { FeishuConfig } from './index.ts';

/** Feishu answered with an error code, e.g. 230002. */
export class FeishuError extends Error {
  override readonly name = 'FeishuError';
  readonly code: number;
  /** Seconds until the next call is accepted, where Feishu says so. */
  readonly wait: number;

  constructor(api: string, code: number, message: string, wait: number) {
    super(`${api}: ${code} ${message}`);
    this.code = code;
    this.wait = wait;
  }
}

const HOME = 'https://open.feishu.cn';
const STALE_TOKEN: ReadonlySet<number> = new Set([99991661, 99991663, 99991664, 99991665, 99991668, 99991677]);
const TOO_OFTEN: ReadonlySet<number> = new Set([230020, 99991400, 11232, 11233]);
/** Recalled, deleted, no longer changeable, of another sender, topic gone: to be posted anew. */
const GONE: ReadonlySet<number> = new Set([230011, 230012, 230019, 230030, 230031, 230110]);
/** Sending the same again can only fail again: parameters, length, card content. */
const INVALID: ReadonlySet<number> = new Set([230001, 230025, 230028, 230054, 230099, 300000]);
const answer = z.looseObject({ code: z.number(), msg: z.string().default('') });
const tokenAnswer = z.looseObject({ tenant_access_token: z.string().min(1), expire: z.number() });

/** Open API of Feishu for one app. Rejects with `FeishuError` or `NoAnswer`. */
export class FeishuApi {
  readonly base: string;
  readonly http: HttpClient;
  readonly #token: AccessToken;

  constructor(config: FeishuConfig, { proxy, clock }: { readonly proxy: OutgoingProxy | null; readonly clock: Clock }) {
    this.base = config.apiUrl ?? HOME;
    this.http = new HttpClient(proxy);
    const json = JSON.stringify({ app_id: config.appId, app_secret: config.appSecret });
    this.#token = new AccessToken({
      clock,
      api: 'tenant_access_token',
      request: async () => {
        const url = `${this.base}/open-apis/auth/v3/tenant_access_token/internal`;
        const got = await this.http.ask('tenant_access_token', url, { body: { json } });
        const { tenant_access_token: value, expire } = tokenAnswer.parse(accepted('tenant_access_token', got));
        return { value, life: expire * 1_000 };
      },
      isStale: (error) => error instanceof FeishuError && STALE_TOKEN.has(error.code),
      isOwn: (error) => error instanceof FeishuError,
    });
  }

  /** `path` below `/open-apis/`, e.g. `im/v1/messages?receive_id_type=chat_id`. */
  call(path: string, request: HttpRequest = {}): Promise<z.infer<typeof answer>> {
    return this.#token.with(async (token) => {
      const headers = { authorization: `Bearer ${token}` };
      return accepted(path, await this.http.ask(path, `${this.base}/open-apis/${path}`, { ...request, headers }));
    });
  }

  download(path: string, max: number): Promise<Download | 'too_large'> {
    return this.#token.with(async (token) => {
      const options = { max, headers: { authorization: `Bearer ${token}` } };
      const got = await this.http.download(path, `${this.base}/open-apis/${path}`, options);
      if (got === 'too_large' || got.status === 200) return got;
      accepted(path, { status: got.status, headers: new Headers(), text: Buffer.from(got.content).toString() });
      throw new NoAnswer(path, `HTTP ${got.status}`, true);
    });
  }
}

function accepted(api: string, { status, headers, text }: HttpAnswer): z.infer<typeof answer> {
  const parsed = answer.safeParse(parseJson(text));
  if (!parsed.success || status >= 500) throw new NoAnswer(api, `HTTP ${status}`, true);
  const { code, msg } = parsed.data;
  if (code !== 0) throw new FeishuError(api, code, msg, Number(headers.get('x-ogw-ratelimit-reset') ?? 1) || 1);
  return parsed.data;
}

/** Outcome that follows from an error for the message being sent; `now` in epoch milliseconds. */
export function failedOutcome(error: unknown, now: number): SendOutcome {
  const detail = messageOf(error);
  if (error instanceof FeishuError) {
    const { code } = error;
    if (TOO_OFTEN.has(code))
      return { kind: 'refused', reason: 'rate_limited', retryAt: now + error.wait * 1_000, detail };
    const reason = GONE.has(code) ? 'gone' : INVALID.has(code) ? 'invalid' : 'forbidden';
    return { kind: 'refused', reason: STALE_TOKEN.has(code) ? 'unreachable' : reason, detail };
  }
  const stayedHere = error instanceof NoAnswer && !error.sent;
  return stayedHere ? { kind: 'refused', reason: 'unreachable', detail } : { kind: 'unknown', detail };
}
