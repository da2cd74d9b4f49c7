import { z } from 'zod';
import { parseJson } from '../../ops/json.ts';
import { ApiClient, ApiError, type ApiOptions, type Codes, outcomesBy } from '../shared/api-client.ts';
import type { Readers } from '../shared/chats.ts';
import type { DingtalkConfig } from './index.ts';

/** Name in rooms, accounts and keys. */
export const PLATFORM = 'dingtalk';
const HOME = 'https://api.dingtalk.com';
const OLD_HOME = 'https://oapi.dingtalk.com';
/** Topics of the stream: messages to the robot, and presses. */
export const TOPICS = { message: '/v1.0/im/bot/messages/get', press: '/v1.0/card/instances/callback' } as const;
const TOO_OFTEN = 'Throttling';
/** A card was created, and not delivered to its chat. */
export const NOT_DELIVERED = 'NotDelivered';

/** Words are of the newer API, numbers of the older one. */
const CODES: Codes = {
  stale: ['InvalidAuthentication', 40014, 42001],
  rate_limited: [TOO_OFTEN, 90018, 90002],
  gone: ['card.notExist', 'card.recalled'],
  invalid: ['InvalidParameter', 'param.error', 'content.tooLong', 40004, 40035],
};
export const failed = outcomesBy(CODES);
const refusal = z.looseObject({ code: z.string(), message: z.string().default('') });
const oldAnswer = z.looseObject({ errcode: z.number().default(0), errmsg: z.string().default('') });

/** Newer API of an app: words as error codes, with an HTTP status. */
export function createApi(config: DingtalkConfig, deps: Pick<ApiOptions, 'proxy' | 'clock'>): ApiClient {
  const json = JSON.stringify({ appKey: config.clientId, appSecret: config.clientSecret });
  return new ApiClient({
    ...{ ...deps, base: config.apiUrl ?? HOME, codes: CODES },
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

/** Older API, which alone takes files and tells names: numbers as error codes, a token of its own. */
export function createOldApi(config: DingtalkConfig, deps: Pick<ApiOptions, 'proxy' | 'clock'>): ApiClient {
  const query = { appkey: config.clientId, appsecret: config.clientSecret };
  return new ApiClient({
    ...{ ...deps, base: config.apiUrl ?? OLD_HOME, codes: CODES },
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

/** Address of a connection; each is good once. Rejects with the reason of DingTalk. */
export async function streamAddress({ http }: ApiClient, config: DingtalkConfig): Promise<string> {
  const { clientId, clientSecret, apiUrl } = config;
  const subscriptions = Object.values(TOPICS).map((topic) => ({ type: 'CALLBACK', topic }));
  const json = JSON.stringify({ clientId, clientSecret, subscriptions, ua: 'jishi' });
  const url = `${apiUrl ?? HOME}/v1.0/gateway/connections/open`;
  const answer = parseJson((await http.ask('connections/open', url, { body: { json } })).text);
  const refused = refusal.safeParse(answer);
  if (refused.success) throw new ApiError('connections/open', refused.data.code, refused.data.message);
  const { endpoint, ticket } = opened.parse(answer);
  return `${endpoint}?ticket=${encodeURIComponent(ticket)}`;
}

const page = z.looseObject({
  memberUserIds: z.array(z.string()).default([]),
  hasMore: z.boolean().default(false),
  nextToken: z.string().default(''),
});
const MOST_PAGES = 20;
export const isGroup = (address: string): boolean => address.startsWith('cid');

/** Members of a scene group (场景群); of other groups DingTalk tells nobody's. */
export async function readersOf(api: ApiClient, chat: string): Promise<Readers> {
  const known = { direct: !isGroup(chat), external: false, open: false };
  if (known.direct) return { ...known, members: [chat] };
  const members: string[] = [];
  try {
    for (let n = 0, nextToken = ''; n < MOST_PAGES && (n === 0 || nextToken !== ''); n += 1) {
      const json = JSON.stringify({ openConversationId: chat, maxResults: 100, nextToken });
      const found = page.parse(await api.call('v1.0/im/sceneGroups/members/batchQuery', { body: { json } }));
      members.push(...found.memberUserIds);
      nextToken = found.hasMore ? found.nextToken : '';
    }
    return { ...known, members };
  } catch (error) {
    const outcome = failed(error, 0);
    if (outcome.kind !== 'refused' || !['invalid', 'forbidden'].includes(outcome.reason)) throw error;
    return { ...known, members: [], hidden: true };
  }
}
