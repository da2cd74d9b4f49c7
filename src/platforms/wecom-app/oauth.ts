import { z } from 'zod';
import type { Visitors } from '../../http/routes.ts';
import type { Account } from '../../incident/identity.ts';
import type { ApiClient } from '../shared/api-client.ts';

const HOME = 'https://open.weixin.qq.com';
const AUTHORIZE = '/connect/oauth2/authorize';
const answer = z.looseObject({ userid: z.string().optional(), openid: z.string().optional() });

/**
 * Identification of a person who opens a page inside WeCom (documents 91022, 91023). Only members of the company have a
 * `userid`.
 */
export function createOAuth(
  api: ApiClient,
  config: { readonly corpId: string; readonly agentId: string; readonly apiUrl: string | null },
  account: (id: string) => Account,
): NonNullable<Visitors['identity']> {
  return {
    authorizeUrl: (redirect, state) => {
      const query = new URLSearchParams({
        appid: config.corpId,
        redirect_uri: redirect,
        response_type: 'code',
        scope: 'snsapi_base',
        state,
        agentid: config.agentId,
      });
      return `${config.apiUrl ?? HOME}${AUTHORIZE}?${query.toString()}#wechat_redirect`;
    },
    accountOf: async (code) => {
      const { userid } = answer.parse(await api.call('auth/getuserinfo', { query: { code } }));
      return userid ? account(userid) : null;
    },
  };
}
