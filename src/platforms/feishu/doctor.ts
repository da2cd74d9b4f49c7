import { z } from 'zod';
import { messageOf } from '../../ops/errors.ts';
import type { OutgoingProxy } from '../../ops/proxy.ts';
import type { Clock, Finding } from '../../use-cases/ports.ts';
import type { ConnectNeeds, DoctorNeeds } from '../description.ts';
import { connectBy } from '../shared/connect.ts';
import { findingsAbout } from '../shared/findings.ts';
import { createFeishuApi } from './api.ts';
import type { FeishuConfig } from './index.ts';
import { PLATFORM } from './limits.ts';

/** Key of the kept value that says that a click has arrived. */
export const CLICKED = 'clicked';
const bot = z.looseObject({ bot: z.looseObject({ app_name: z.string(), activate_status: z.number().default(2) }) });
const { ok, warning, wrong } = findingsAbout(PLATFORM);

/** Asks Feishu about everything that can be asked without writing to anybody. Never throws. */
export async function feishuDoctor(config: FeishuConfig, needs: DoctorNeeds): Promise<readonly Finding[]> {
  const { publicUrl, proxy, platformSettings } = needs.config;
  const isLong = config.callback === null;
  const isHalf =
    isLong && (platformSettings['FEISHU_VERIFICATION_TOKEN'] ?? platformSettings['FEISHU_ENCRYPT_KEY']) !== undefined;
  const isWell = isLong ? needs.running?.ok !== false : publicUrl !== null;
  const way = isLong
    ? `long connection: ${needs.running?.detail ?? 'seen when the bot runs'}`
    : `the address of events and of callbacks must be ${publicUrl ?? 'PUBLIC_URL'}/feishu/events`;
  const clicked = (await needs.kept?.list(CLICKED, 1)) ?? [];
  const unseen =
    'no click has arrived yet. Buttons need card.action.trigger under 回调配置 (callbacks), which is separate from the events; without it a click fails and nothing says why';
  return [
    await app(config, proxy, needs.clock),
    (isWell ? ok : wrong)('events', way),
    ...(isHalf ? [wrong('callbacks', 'set FEISHU_VERIFICATION_TOKEN and FEISHU_ENCRYPT_KEY both, or neither')] : []),
    clicked.length > 0 ? ok('buttons', 'clicks arrive') : warning('buttons', unseen),
  ];
}

async function app(config: FeishuConfig, proxy: OutgoingProxy | null, clock: Clock): Promise<Finding> {
  const api = createFeishuApi(config, { proxy, clock });
  try {
    const { app_name, activate_status } = bot.parse(await api.call('bot/v3/info')).bot;
    return activate_status === 2
      ? ok('app', app_name)
      : wrong('app', `${app_name} is not in use: publish a version (版本管理与发布) and have it approved`);
  } catch (error) {
    const remedy = 'check FEISHU_APP_ID, FEISHU_APP_SECRET and the bot ability (机器人)';
    return wrong('app', `${messageOf(error)}: ${remedy}`);
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
      const { state, say } = await app({ appId, appSecret, apiUrl, callback: null }, needs.proxy, needs.clock);
      const works = state === 'ok';
      return { works, say: `feishu.connect.${works ? 'works' : 'refused'}`, params: { name: say, detail: say } };
    },
  });
}
