import { z } from 'zod';
import { ApiClient, type ApiNeeds, allPages, type Codes, outcomesBy } from '../shared/api-client.ts';
import type { Readers } from '../shared/chats.ts';
import type { DingtalkConfig } from './index.ts';

export const PLATFORM = 'dingtalk';
/** Topics of the stream: messages to the robot, and button presses. */
export const TOPICS = { message: '/v1.0/im/bot/messages/get', press: '/v1.0/card/instances/callback' } as const;
const TOO_OFTEN = 'Throttling';

/** Meanings of error codes: the newer API uses words, the older one numbers. */
const CODES: Codes = {
  stale: ['InvalidAuthentication', 40014, 42001],
  rate_limited: [TOO_OFTEN, 90018, 90002],
  gone: ['card.notExist', 'card.recalled'],
  invalid: ['InvalidParameter', 'param.error', 'content.tooLong', 40004, 40035],
};
export const failed = outcomesBy(CODES);
const refusal = z.looseObject({ code: z.string(), message: z.string().default('') });
const oldAnswer = z.looseObject({ errcode: z.number().default(0), errmsg: z.string().default('') });

/** Creates a client of the newer API, whose error codes are words with an HTTP status. */
export function createApi(config: DingtalkConfig, deps: ApiNeeds): ApiClient {
  const json = JSON.stringify({ appKey: config.clientId, appSecret: config.clientSecret });
  return new ApiClient({
    ...{ ...deps, base: config.apiUrl ?? 'https://api.dingtalk.com', codes: CODES },
    read: (body, { status }) => {
      if (status === 200) return { answer: z.looseObject({}).catch({}).parse(body), code: 0, message: '' };
      const { data } = refusal.safeParse(body);
      if (!data || status >= 500) return null;
      const isLimit = status === 429 || /QpsLimit|Throttling/.test(data.code);
      return { answer: {}, code: isLimit ? TOO_OFTEN : data.code, message: data.message };
    },
    token: {
      ...{ api: 'v1.0/oauth2/accessToken', request: { body: { json } }, value: 'accessToken', seconds: 'expireIn' },
      put: (token) => ({ headers: { 'x-acs-dingtalk-access-token': token } }),
    },
  });
}

/** Creates a client of the older API, which alone has files and names; numeric error codes, separate token. */
export function createOldApi(config: DingtalkConfig, deps: ApiNeeds): ApiClient {
  const query = { appkey: config.clientId, appsecret: config.clientSecret };
  return new ApiClient({
    ...{ ...deps, base: config.apiUrl ?? 'https://oapi.dingtalk.com', codes: CODES },
    read: (body) => {
      const { data } = oldAnswer.safeParse(body);
      return data ? { answer: data, code: data.errcode, message: data.errmsg } : null;
    },
    token: {
      ...{ api: 'gettoken', request: { query }, value: 'access_token', seconds: 'expires_in' },
      put: (access_token) => ({ query: { access_token } }),
    },
  });
}

const opened = z.looseObject({ endpoint: z.string(), ticket: z.string() });

/** Returns the address of a new connection, valid once. Rejects with DingTalk's reason. */
export async function streamAddress(api: ApiClient, { clientId, clientSecret }: DingtalkConfig): Promise<string> {
  const subscriptions = Object.values(TOPICS).map((topic) => ({ type: 'CALLBACK', topic }));
  const asked = { clientId, clientSecret, subscriptions, ua: 'jishi' };
  const { endpoint, ticket } = opened.parse(await api.send('v1.0/gateway/connections/open', asked));
  return `${endpoint}?ticket=${encodeURIComponent(ticket)}`;
}

const page = z.looseObject({
  memberUserIds: z.array(z.string()).default([]),
  hasMore: z.boolean().default(false),
  nextToken: z.string().default(''),
});
export const isGroup = (address: string): boolean => address.startsWith('cid');

/** Returns members of a scene group (场景群); DingTalk does not list the members of other groups. */
export async function readersOf(api: ApiClient, chat: string): Promise<Readers> {
  const known = { direct: !isGroup(chat), external: false, open: false };
  if (known.direct) return { ...known, members: [chat] };
  try {
    const members = await allPages(async (nextToken) => {
      const asked = { openConversationId: chat, maxResults: 100, nextToken };
      const found = page.parse(await api.send('v1.0/im/sceneGroups/members/batchQuery', asked));
      return { items: found.memberUserIds, next: found.hasMore ? found.nextToken : '' };
    });
    return { ...known, members: [...members] };
  } catch (error) {
    const outcome = failed(error, 0);
    if (outcome.kind !== 'refused' || !['invalid', 'forbidden'].includes(outcome.reason)) throw error;
    return { ...known, members: [], hidden: true };
  }
}
