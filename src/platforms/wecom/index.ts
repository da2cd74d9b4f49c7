import './messages.ts';
import { z } from 'zod';
import { secretVariable, token, url, variable } from '../../config/settings.ts';
import { describePlatform } from '../description.ts';
import { removedAlarm } from '../shared/standing.ts';
import { KICKED, PLATFORM } from './limits.ts';

const webSocket = url(['ws:', 'wss:'], 'wss://example.com');
const variables = z.object({
  WECOM_BOT_ID: variable(token.optional(), 'Id of the smart bot (智能机器人).'),
  WECOM_BOT_SECRET: secretVariable(token.optional(), 'Secret of its long connection (长连接).'),
  WECOM_BOT_WS_URL: variable(webSocket.optional(), 'Another address of the long connection, for tests.'),
});

export interface WecomBotConfig {
  readonly botId: string;
  readonly secret: string;
  /** Another address of the long connection, e.g. of a private deployment. */
  readonly wsUrl: string | null;
}

/** The smart bot (智能机器人) of WeCom. */
export const wecom = describePlatform({
  name: PLATFORM,
  title: { en: 'WeCom', zh: '企业微信' },
  settings: {
    title: 'WeCom smart bot (智能机器人)',
    variables,
    needs: [['WECOM_BOT_ID'], ['WECOM_BOT_SECRET']],
  },
  alarms: [KICKED, removedAlarm(PLATFORM)],
  oneConnection: true,
  read: ({ WECOM_BOT_ID: botId, WECOM_BOT_SECRET: secret, WECOM_BOT_WS_URL }): WecomBotConfig | null =>
    botId === undefined || secret === undefined ? null : { botId, secret, wsUrl: WECOM_BOT_WS_URL ?? null },
  make: async (config, needs) => (await import('./platform.ts')).createWecomBot(config, needs),
  doctor: async (config, { config: { proxy }, ...needs }) =>
    config === null ? [] : (await import('./doctor.ts')).botDoctor(config, { ...needs, proxy }),
  // Accounts and rooms of this bot carry its id: not that of the company, which is for the app.
  checkProfile: async ({ botId: tenant }, { organisation }) => {
    const { profileFindings } = await import('../shared/profile-check.ts');
    return profileFindings(organisation, { platform: PLATFORM, tenant, variable: 'WECOM_BOT_ID' });
  },
  connect: {
    usage: '',
    options: [],
    run: async (needs) => {
      const wsUrl = variables.shape.WECOM_BOT_WS_URL.safeParse(needs.settings['WECOM_BOT_WS_URL']?.trim() || undefined);
      if (!wsUrl.success) return { usage: 'WECOM_BOT_WS_URL must be an address such as wss://example.com' };
      const [{ connectBy }, { tryBot }] = await Promise.all([import('../shared/connect.ts'), import('./doctor.ts')]);
      return connectBy(needs, {
        platform: PLATFORM,
        create: 'wecom.connect.create',
        next: 'wecom.connect.next',
        asked: [
          { name: 'WECOM_BOT_ID', question: 'Bot ID: ', secret: false },
          { name: 'WECOM_BOT_SECRET', question: 'Secret: ', secret: true },
        ],
        attempt: async ({ WECOM_BOT_ID: botId = '', WECOM_BOT_SECRET: secret = '' }) => {
          const tried = { botId, secret, wsUrl: wsUrl.data ?? null };
          const { state, detail } = await tryBot(tried, needs.proxy, needs.clock);
          const say = state === 'up' ? 'works' : state === 'refused' ? 'refused' : 'unreached';
          return { works: state === 'up', say: `wecom.connect.${say}`, params: { detail } };
        },
      });
    },
  },
});
