import { z } from 'zod';
import { secretVariable, token, variable, web } from '../../config/settings.ts';
import { describePlatform } from '../description.ts';
import { checkedBy } from '../shared/card-checks.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

const appId = z.string().regex(/^cli_[0-9a-fA-F]{16}$/, 'must be cli_ and 16 hexadecimal digits');
const variables = z.object({
  FEISHU_APP_ID: variable(appId.optional(), 'App ID of the self-built app (企业自建应用) in the developer console.'),
  FEISHU_APP_SECRET: secretVariable(token.optional(), 'App Secret beside it. Both together: long connection (长连接).'),
  FEISHU_VERIFICATION_TOKEN: secretVariable(
    token.optional(),
    'Verification Token, only for HTTP callbacks at /feishu/events instead of the long connection.',
  ),
  FEISHU_ENCRYPT_KEY: secretVariable(token.optional(), 'Encrypt Key of the callbacks; needed with the token.'),
  FEISHU_URGENT: variable(
    z.enum(['app', 'sms', 'phone'], 'must be app, sms or phone').optional(),
    'Calls to one person are marked urgent (加急): in the app, by text message, or by telephone. Needs a permission.',
  ),
  FEISHU_API_URL: variable(
    web('https://open.larksuite.com').optional(),
    'Another address of the API: https://open.larksuite.com for Lark, or a fake for tests.',
  ),
});

/** Returns the settings; `urgent`: way in which a message to one person is marked urgent (加急), null: not at all. */
function read(values: z.output<typeof variables>) {
  const { FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret, FEISHU_API_URL: apiUrl = null } = values;
  const { FEISHU_VERIFICATION_TOKEN: token, FEISHU_ENCRYPT_KEY: key, FEISHU_URGENT: urgent = null } = values;
  // Without both there is a long connection.
  const callback = token === undefined || key === undefined ? null : { token, key };
  return appId === undefined || appSecret === undefined ? null : { appId, appSecret, callback, apiUrl, urgent };
}
export type FeishuConfig = NonNullable<ReturnType<typeof read>>;

/** Self-built app (企业自建应用) of Feishu with the bot ability. */
export const feishu = describePlatform({
  ...{ name: 'feishu', alarms: ['feishu_removed'] },
  title: { en: 'Feishu', zh: '飞书' },
  texts: { en, 'zh-CN': zh },
  settings: { title: 'Feishu (飞书)', variables, needs: [['FEISHU_APP_ID'], ['FEISHU_APP_SECRET']] },
  read,
  make: async (config, needs) => (await import('./wire.ts')).createFeishu(config, needs),
  ...checkedBy(async () => (await import('./doctor.ts')).checks, variables, read),
});
