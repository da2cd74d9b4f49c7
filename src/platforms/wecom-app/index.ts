import { z } from 'zod';
import { secretVariable, token, variable } from '../../config/settings.ts';
import { describePlatform } from '../description.ts';
import { apiUrlVariable } from '../wecom/api/variables.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };
import { PLATFORM } from './limits.ts';

const aesKey = z.string().regex(/^[A-Za-z0-9+/]{43}$/, 'must be the 43 characters of EncodingAESKey');
const variables = z.object({
  WECOM_CORP_ID: variable(token.optional(), 'Id of the company (企业ID).'),
  WECOM_AGENT_ID: variable(
    token.regex(/^\d+$/, 'must be a number').optional(),
    'AgentId of the self-built app (自建应用).',
  ),
  WECOM_APP_SECRET: secretVariable(token.optional(), 'Secret of the self-built app.'),
  WECOM_CALLBACK_TOKEN: secretVariable(token.optional(), 'Token of its callback (接收消息).'),
  WECOM_ENCODING_AES_KEY: secretVariable(aesKey.optional(), 'EncodingAESKey of its callback.'),
  WECOM_API_URL: apiUrlVariable,
});

function read(values: z.output<typeof variables>) {
  const { WECOM_CORP_ID: corpId, WECOM_AGENT_ID: agentId, WECOM_APP_SECRET: secret } = values;
  const { WECOM_CALLBACK_TOKEN: callbackToken, WECOM_ENCODING_AES_KEY: encodingAesKey } = values;
  if (corpId === undefined || agentId === undefined || secret === undefined) return null;
  if (callbackToken === undefined || encodingAesKey === undefined) return null;
  return { corpId, agentId, secret, callbackToken, encodingAesKey, apiUrl: values.WECOM_API_URL ?? null };
}
export type WecomAppConfig = NonNullable<ReturnType<typeof read>>;

type Texts = Readonly<Record<keyof typeof en, string>>;
declare module '../../i18n/keys.ts' {
  interface PlatformMessages extends Texts {}
}

/** Self-built app (自建应用) of WeCom. */
export const wecomApp = describePlatform({
  name: PLATFORM,
  title: { en: 'WeCom', zh: '企业微信' },
  texts: { en, 'zh-CN': zh },
  chat: true,
  settings: {
    title: 'WeCom self-built app (自建应用)',
    variables,
    needs: [
      ['WECOM_CORP_ID'],
      ['WECOM_AGENT_ID'],
      ['WECOM_APP_SECRET'],
      ['WECOM_CALLBACK_TOKEN'],
      ['WECOM_ENCODING_AES_KEY'],
    ],
  },
  alarms: ['wecom-app_warned', 'wecom-app_stopped', 'wecom-app_removed'],
  read,
  make: async (config, needs) => (await import('./platform.ts')).createWecomApp(config, needs),
  doctor: async (config, { config: { proxy, publicUrl }, clock, kept }) =>
    config === null ? [] : (await import('./doctor.ts')).appDoctor(config, { proxy, publicUrl, clock, kept }),
  checkProfile: async (config, { config: { proxy }, clock, organisation }) =>
    (await import('./doctor.ts')).checkAppProfile(config, { proxy, clock, organisation }),
});
