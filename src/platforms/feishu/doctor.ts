import { z } from 'zod';
import { messageOf } from '../../ops/errors.ts';
import type { OutgoingProxy } from '../../ops/proxy.ts';
import type { Finding } from '../../use-cases/ports.ts';
import type { ConnectNeeds, DoctorNeeds } from '../description.ts';
import { connectBy } from '../shared/connect.ts';
import { createFeishuApi } from './api.ts';
import type { FeishuConfig } from './index.ts';
import { PLATFORM } from './limits.ts';

/** Key of the kept value that says that a click has arrived. */
export const CLICKED = 'clicked';
const bot = z.looseObject({ bot: z.looseObject({ app_name: z.string(), activate_status: z.number().default(2) }) });
const finding = (what: string, state: Finding['state'], say: string): Finding => ({
  what: `feishu ${what}`,
  state,
  say,
});

/** Asks Feishu about everything that can be asked without writing to anybody. Never throws. */
export async function feishuDoctor(config: FeishuConfig, needs: DoctorNeeds): Promise<readonly Finding[]> {
  const { publicUrl, proxy, platformSettings } = needs.config;
  const half =
    config.callback === null &&
    (platformSettings['FEISHU_VERIFICATION_TOKEN'] ?? platformSettings['FEISHU_ENCRYPT_KEY']);
  const way =
    config.callback === null
      ? finding(
          'events',
          needs.running?.ok === false ? 'wrong' : 'ok',
          `long connection: ${needs.running?.detail ?? 'seen when the bot runs'}`,
        )
      : finding(
          'events',
          publicUrl ? 'ok' : 'wrong',
          `the address of events and of callbacks must be ${publicUrl ?? 'PUBLIC_URL'}/feishu/events`,
        );
  const clicked = (await needs.kept?.list(CLICKED, 1)) ?? [];
  return [
    await app(config, needs, proxy),
    way,
    ...(half
      ? [finding('callbacks', 'wrong', 'set FEISHU_VERIFICATION_TOKEN and FEISHU_ENCRYPT_KEY both, or neither')]
      : []),
    clicked.length > 0
      ? finding('buttons', 'ok', 'clicks arrive')
      : finding(
          'buttons',
          'warning',
          'no click has arrived yet. Buttons need card.action.trigger under 回调配置 (callbacks), which is separate from the events; without it a click fails and nothing says why',
        ),
  ];
}

async function app(
  config: FeishuConfig,
  { clock }: Pick<DoctorNeeds, 'clock'>,
  proxy: OutgoingProxy | null,
): Promise<Finding> {
  const api = createFeishuApi(config, { proxy, clock });
  try {
    const { app_name, activate_status } = bot.parse(await api.call('bot/v3/info')).bot;
    return activate_status === 2
      ? finding('app', 'ok', app_name)
      : finding('app', 'wrong', `${app_name} is not in use: publish a version (版本管理与发布) and have it approved`);
  } catch (error) {
    return finding(
      'app',
      'wrong',
      `${messageOf(error)}: check FEISHU_APP_ID, FEISHU_APP_SECRET and the bot ability (机器人)`,
    );
  } finally {
    await api.http.close();
  }
}

/** `jishi connect feishu`: App ID and App Secret, checked live, into `.env`. */
export function connectFeishu(needs: ConnectNeeds): Promise<number> {
  return connectBy(needs, {
    platform: PLATFORM,
    create: 'feishu.connect.create',
    next: 'feishu.connect.next',
    asked: [
      { name: 'FEISHU_APP_ID', question: 'App ID: ', secret: false },
      { name: 'FEISHU_APP_SECRET', question: 'App Secret: ', secret: true },
    ],
    attempt: async ({ FEISHU_APP_ID: appId = '', FEISHU_APP_SECRET: appSecret = '' }) => {
      const apiUrl = needs.settings['FEISHU_API_URL']?.trim() || null;
      const { state, say } = await app({ appId, appSecret, apiUrl, callback: null }, needs, needs.proxy);
      if (state === 'ok') return { works: true, say: 'feishu.connect.works', params: { name: say } };
      return { works: false, say: 'feishu.connect.refused', params: { detail: say } };
    },
  });
}
