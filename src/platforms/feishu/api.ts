import { z } from 'zod';
import { ApiClient, type ApiNeeds, allPages, type Codes, outcomesBy } from '../shared/api-client.ts';
import type { Readers } from '../shared/chats.ts';
import type { FeishuConfig } from './index.ts';

/** Platform name in rooms, accounts and keys. */
export const PLATFORM = 'feishu';
const HOME = 'https://open.feishu.cn';
export const addressOf = ({ apiUrl }: Pick<FeishuConfig, 'apiUrl'>): string => apiUrl ?? HOME;

const CODES: Codes = {
  stale: [99991661, 99991663, 99991664, 99991665, 99991668, 99991677],
  rate_limited: [230020, 99991400, 11232, 11233],
  /** Codes of a recalled, deleted, locked or foreign message, or a removed topic: the message is posted anew. */
  gone: [230011, 230012, 230019, 230030, 230031, 230110],
  /** Codes of requests that would fail again: parameters, length, card content. */
  invalid: [230001, 230025, 230028, 230054, 230099, 300000],
};
export const failed = outcomesBy(CODES);
const answer = z.looseObject({ code: z.number(), msg: z.string().default(''), data: z.looseObject({}).optional() });

/** Creates a client of Feishu's open API for one app; calls are paths below `/open-apis/`, answers the field `data`. */
export function createFeishuApi(config: FeishuConfig, deps: ApiNeeds): ApiClient {
  return new ApiClient({
    ...{ ...deps, base: `${addressOf(config)}/open-apis`, codes: CODES },
    read: (body, { status, headers }) => {
      const { data } = answer.safeParse(body);
      const wait = (Number(headers.get('x-ogw-ratelimit-reset') ?? 1) || 1) * 1_000;
      if (!data || status >= 500) return null;
      return { answer: { ...data, ...data.data }, code: data.code, message: data.msg, wait };
    },
    token: {
      api: 'auth/v3/tenant_access_token/internal',
      request: { body: { json: JSON.stringify({ app_id: config.appId, app_secret: config.appSecret }) } },
      ...{ value: 'tenant_access_token', seconds: 'expire' },
      put: (token) => ({ headers: { authorization: `Bearer ${token}` } }),
    },
  });
}

const info = z.looseObject({
  chat_mode: z.string().default('group'),
  chat_type: z.string().default('private'),
  external: z.boolean().default(true),
});
const page = z.looseObject({
  items: z.array(z.looseObject({ member_id: z.string() })).default([]),
  has_more: z.boolean().default(false),
  page_token: z.string().default(''),
});

/** Returns a chat's kind and its first 2,000 members; others count as readers once they act there. */
export async function readersOf(api: ApiClient, id: string): Promise<Readers> {
  const path = `im/v1/chats/${encodeURIComponent(id)}`;
  const { chat_mode, chat_type, external } = info.parse(await api.call(path));
  const members = await allPages(async (page_token) => {
    const query = { member_id_type: 'open_id', page_size: '100', ...(page_token === '' ? {} : { page_token }) };
    const found = page.parse(await api.call(`${path}/members`, { query }));
    return { items: found.items.map(({ member_id }) => member_id), next: found.has_more ? found.page_token : '' };
  });
  return { direct: chat_mode === 'p2p', external, open: chat_type === 'public', members: [...members] };
}

const self = z.looseObject({
  bot: z.looseObject({ open_id: z.string().default(''), app_name: z.string(), activate_status: z.number().default(2) }),
});

export async function botOf(api: ApiClient) {
  return self.parse(await api.call('bot/v3/info')).bot;
}
