import { z } from 'zod';
import { ApiClient, type ApiError, type ApiOptions, type Codes, outcomesBy } from '../../shared/api-client.ts';

const HOME = 'https://qyapi.weixin.qq.com';
const FREQUENCY = 45009;
const CODES: Codes = {
  stale: [40014, 42001],
  rate_limited: [-1, 45033, FREQUENCY],
  gone: [86001, 86003, 86008, 86215],
  /** Sending the same again can only fail again: kinds, sizes and card fields. */
  invalid: [40008, 40058, 45002, 44004, [42014, 42051]],
};
const answerSchema = z.looseObject({ errcode: z.number().default(0), errmsg: z.string().default('') });

export interface WecomApiOptions extends Pick<ApiOptions, 'proxy' | 'clock'> {
  /** Another address than WeCom's own, for tests; without a trailing slash. */
  readonly apiUrl: string | null;
  /** The app whose token the calls carry; group robots have none. */
  readonly app?: { readonly corpId: string; readonly secret: string };
}

/** Documented HTTP API of WeCom (developer.work.weixin.qq.com/document/path/90313). */
export function createWecomApi({ apiUrl, app, ...deps }: WecomApiOptions): ApiClient {
  return new ApiClient({
    ...deps,
    base: `${apiUrl ?? HOME}/cgi-bin`,
    codes: CODES,
    read: (body) => {
      const { data: answer } = answerSchema.safeParse(body);
      if (!answer) return null;
      // WeCom speaks English here; anything else it repeats from what it was sent, and this goes to the log.
      return { answer, code: answer.errcode, message: answer.errmsg.replace(/[^ -~]+/g, '…') };
    },
    // An error comes as text where the bytes were expected.
    isNoContent: ({ mediaType }) => /^(application\/json|text\/plain)/.test(mediaType),
    ...(app && {
      token: {
        ...{ api: 'gettoken', request: { query: { corpid: app.corpId, corpsecret: app.secret } } },
        ...{ value: 'access_token', seconds: 'expires_in' },
        put: (access_token) => ({ query: { access_token } }),
      },
    }),
  });
}

export const failedOutcome = outcomesBy(CODES, {
  // The limit of calls is per minute of the clock.
  retryAt: ({ code }, now) => (code === FREQUENCY ? (Math.floor(now / 60_000) + 1) * 60_000 : now + 2_000),
  say: advice,
});

const PAGE = 'https://work.weixin.qq.com/wework_admin/frame#apps';
const ADDRESS_NOT_ALLOWED = 60020;

/** Meaning of an error code and the remedy, for the log, `/readyz` and `doctor`. */
export function advice({ code, message }: ApiError): string {
  if (code === ADDRESS_NOT_ALLOWED) {
    const seen = seenAddress(message);
    return `WeCom refuses calls from this address${seen === null ? '' : ` (${seen})`}: add it under 企业可信IP of the app, ${PAGE}. A line whose address changes needs a fixed one, or HTTPS_PROXY with a fixed one`;
  }
  return `${message}. ${MEANINGS[code] ?? `See https://developer.work.weixin.qq.com/devtool/query?e=${code}`}`;
}

/** 60020 names the address it saw: `not allow to access from your ip, …, from ip: 203.0.113.7`. */
function seenAddress(message: string): string | null {
  return /from ip:?\s*([0-9a-f.:]+)/i.exec(message)?.[1] ?? null;
}

const MEANINGS: Readonly<Record<string, string>> = {
  [-1]: 'WeCom is busy; it is tried again',
  40001: 'WECOM_APP_SECRET is not the secret of this app: copy it again from the page of the app',
  40013: 'WECOM_CORP_ID is wrong: it stands at the end of 我的企业',
  40056: 'WECOM_AGENT_ID is wrong: it stands on the page of the app',
  40091: 'WECOM_APP_SECRET is not the secret of this app: copy it again from the page of the app',
  43012: 'Cards with buttons need the callback address: set it under 接收消息 of the app',
  45009: 'Too many calls; it goes on within a minute',
  45033: 'Too many calls at once; it goes on in a moment',
  48002: 'The app may not do this: check its permissions in the admin page',
  50001: 'The domain is not the trusted domain (可信域名) of the app',
  60011: 'The app may not see this person or department: widen its visible scope (可见范围)',
  81013: 'None of the recipients is in the visible scope (可见范围) of the app, or they have left',
  86008: 'This group was not made by this app, so it cannot write there',
  93000: 'This group robot was removed or its key is wrong: make a new one and change WECOM_WEBHOOK_KEYS',
  301002: 'WECOM_AGENT_ID does not belong to this secret',
};
