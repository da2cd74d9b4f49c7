import { z } from 'zod';
import type { Text } from '../../../conversation/cards/card.ts';
import { localise } from '../../../conversation/cards/localise.ts';
import { t } from '../../../conversation/cards/situation.ts';
import type { MessageKey } from '../../../i18n/keys.ts';
import { ApiClient, type ApiError, type ApiNeeds, type Code, type Codes, outcomesBy } from '../../shared/api-client.ts';

const HOME = 'https://qyapi.weixin.qq.com';
const FREQUENCY = 45009;
const CODES: Codes = {
  stale: [40014, 42001],
  rate_limited: [-1, 45033, FREQUENCY],
  gone: [86001, 86003, 86008, 86215],
  /** Codes of requests that would fail again: kinds, sizes and card fields. */
  invalid: [40008, 40058, 45002, 44004, [42014, 42051]],
};
const answerSchema = z.looseObject({ errcode: z.number().default(0), errmsg: z.string().default('') });

export interface WecomApiOptions extends ApiNeeds {
  /** Other address than WeCom's, for tests; without a trailing slash. */
  readonly apiUrl: string | null;
  /** App whose token the calls use; group robots have none. */
  readonly app?: { readonly corpId: string; readonly secret: string };
}

/** Creates a client of WeCom's HTTP API (developer.work.weixin.qq.com/document/path/90313). */
export function createWecomApi({ apiUrl, app, ...deps }: WecomApiOptions): ApiClient {
  return new ApiClient({
    ...deps,
    base: `${apiUrl ?? HOME}/cgi-bin`,
    codes: CODES,
    read: (body) => {
      const { data: answer } = answerSchema.safeParse(body);
      if (!answer) return null;
      // Error texts are English; other characters, which repeat our request, are removed before the text is logged.
      return { answer, code: answer.errcode, message: answer.errmsg.replace(/[^ -~]+/g, '…') };
    },
    // Errors arrive as text instead of the bytes.
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
  // Call limits are per clock minute.
  retryAt: ({ code }, now) => (code === FREQUENCY ? (Math.floor(now / 60_000) + 1) * 60_000 : now + 2_000),
  say: advice,
});

const PAGE = 'https://work.weixin.qq.com/wework_admin/frame#apps';
const ADDRESS_NOT_ALLOWED = 60020;

/** Returns an error code's meaning and remedy, for `doctor`. */
export function remedy({ code, message }: ApiError): Text {
  if (code === ADDRESS_NOT_ALLOWED) {
    const address = seenAddress(message);
    return t('wecom.advice.address', { page: PAGE, seen: address === null ? '' : t('wecom.advice.seen', { address }) });
  }
  const page = `https://developer.work.weixin.qq.com/devtool/query?e=${code}`;
  const meaning = MEANINGS[code];
  return {
    list: [{ raw: `${message}.` }, meaning ? t(meaning) : t('wecom.advice.other', { page })],
    joiner: 'sentence',
  };
}

/** Returns English advice for the log and `/readyz`. */
export function advice(error: ApiError): string {
  return localise(remedy(error), 'en');
}

/** Returns the address in error 60020: `not allow to access from your ip, …, from ip: 203.0.113.7`. */
function seenAddress(message: string): string | null {
  return /from ip:?\s*([0-9a-f.:]+)/i.exec(message)?.[1] ?? null;
}

const MEANINGS: Readonly<Partial<Record<Code, MessageKey>>> = {
  [-1]: 'wecom.advice.busy',
  40001: 'wecom.advice.secret',
  40013: 'wecom.advice.corp',
  40056: 'wecom.advice.agent',
  40091: 'wecom.advice.secret',
  43012: 'wecom.advice.no_callback',
  45009: 'wecom.advice.often',
  45033: 'wecom.advice.at_once',
  48002: 'wecom.advice.permission',
  50001: 'wecom.advice.domain',
  60011: 'wecom.advice.hidden',
  81013: 'wecom.advice.nobody',
  86008: 'wecom.advice.not_ours',
  93000: 'wecom.advice.no_robot',
  301002: 'wecom.advice.mismatch',
};
