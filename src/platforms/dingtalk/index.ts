import { z } from 'zod';
import { secretVariable, token, variable, web } from '../../config/settings.ts';
import { describePlatform } from '../description.ts';
import { checkedBy } from '../shared/card-checks.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

const template = z.string().regex(/^[\w-]+\.schema$/, 'must be the id of a card template, which ends in .schema');
const variables = z.object({
  DINGTALK_CLIENT_ID: variable(
    token.optional(),
    'Client ID of the internal app (企业内部应用), on its page 凭证与基础信息.',
  ),
  DINGTALK_CLIENT_SECRET: secretVariable(token.optional(), 'Client Secret beside it.'),
  DINGTALK_CARD_TEMPLATE: variable(template.optional(), 'Id of the card template made as in docs/dingtalk.md.'),
  DINGTALK_API_URL: variable(web('https://api.dingtalk.com').optional(), 'Another address of the API, for tests.'),
});

function read(values: z.output<typeof variables>) {
  const { DINGTALK_CLIENT_ID: clientId, DINGTALK_CLIENT_SECRET: clientSecret } = values;
  const { DINGTALK_CARD_TEMPLATE: id, DINGTALK_API_URL: apiUrl = null } = values;
  if (clientId === undefined || clientSecret === undefined || id === undefined) return null;
  return { clientId, clientSecret, template: id, apiUrl };
}
export type DingtalkConfig = NonNullable<ReturnType<typeof read>>;

/** Internal app (企业内部应用) of DingTalk with a robot in Stream mode. */
export const dingtalk = describePlatform({
  ...{ name: 'dingtalk', alarms: ['dingtalk_removed'] },
  title: { en: 'DingTalk', zh: '钉钉' },
  texts: { en, 'zh-CN': zh },
  settings: {
    title: 'DingTalk (钉钉)',
    variables,
    needs: [['DINGTALK_CLIENT_ID'], ['DINGTALK_CLIENT_SECRET'], ['DINGTALK_CARD_TEMPLATE']],
  },
  read,
  make: async (config, needs) => (await import('./wire.ts')).createDingtalk(config, needs),
  ...checkedBy(async () => (await import('./doctor.ts')).checks, variables, read),
});
