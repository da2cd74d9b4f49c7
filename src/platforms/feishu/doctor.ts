import { asking } from '../shared/api-client.ts';
import type { Checks } from '../shared/card-checks.ts';
import { botOf, createFeishuApi, PLATFORM } from './api.ts';
import type { FeishuConfig } from './index.ts';

export const checks: Checks<FeishuConfig> = {
  platform: PLATFORM,
  tenant: ({ appId }) => appId,
  asked: [
    { name: 'FEISHU_APP_ID', question: 'App ID: ', secret: false },
    { name: 'FEISHU_APP_SECRET', question: 'App Secret: ', secret: true },
  ],
  probe: async (config, deps) => {
    const { app_name, activate_status } = await asking(createFeishuApi(config, deps), botOf);
    if (activate_status !== 2) throw new Error(`${app_name}: activate_status=${activate_status}`);
    return app_name;
  },
  connects: ({ callback }) => callback === null,
  more: ({ ok, wrong, text }, { callback }, { config: { publicUrl, platformSettings } }) => {
    const given = platformSettings['FEISHU_VERIFICATION_TOKEN'] ?? platformSettings['FEISHU_ENCRYPT_KEY'];
    const address = `${publicUrl ?? 'PUBLIC_URL'}/feishu/events`;
    if (callback) return [(publicUrl === null ? wrong : ok)('events', text('feishu.doctor.address', { address }))];
    return given === undefined ? [] : [wrong('callbacks', text('feishu.doctor.half'))];
  },
};
