import { z } from 'zod';
import { secretVariable, token, url, variable } from '../../config/settings.ts';
import { describePlatform } from '../description.ts';
import { checkedBy } from '../shared/card-checks.ts';
import { removedAlarm } from '../shared/standing.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };
import { KICKED, PLATFORM } from './limits.ts';

const webSocket = url(['ws:', 'wss:'], 'wss://example.com');
const variables = z.object({
  WECOM_BOT_ID: variable(token.optional(), 'Id of the smart bot (智能机器人).'),
  WECOM_BOT_SECRET: secretVariable(token.optional(), 'Secret of its long connection (长连接).'),
  WECOM_BOT_WS_URL: variable(webSocket.optional(), 'Another address of the long connection, for tests.'),
});

function read(values: z.output<typeof variables>) {
  const { WECOM_BOT_ID: botId, WECOM_BOT_SECRET: secret, WECOM_BOT_WS_URL: wsUrl = null } = values;
  return botId === undefined || secret === undefined ? null : { botId, secret, wsUrl };
}
export type WecomBotConfig = NonNullable<ReturnType<typeof read>>;

type Texts = Readonly<Record<keyof typeof en, string>>;
declare module '../../i18n/keys.ts' {
  interface PlatformMessages extends Texts {}
}

/** Smart bot (智能机器人) of WeCom. */
export const wecom = describePlatform({
  name: PLATFORM,
  title: { en: 'WeCom', zh: '企业微信' },
  texts: { en, 'zh-CN': zh },
  settings: {
    title: 'WeCom smart bot (智能机器人)',
    variables,
    needs: [['WECOM_BOT_ID'], ['WECOM_BOT_SECRET']],
  },
  alarms: [KICKED, removedAlarm(PLATFORM)],
  oneConnection: true,
  read,
  make: async (config, needs) => (await import('./platform.ts')).createWecomBot(config, needs),
  ...checkedBy(async () => (await import('./doctor.ts')).checks, variables, read),
  doctor: async (config, needs) => (config === null ? [] : (await import('./doctor.ts')).botDoctor(config, needs)),
});
