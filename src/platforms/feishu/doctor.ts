import type { Finding } from '../../use-cases/ports.ts';
import type { ConnectNeeds, DoctorNeeds } from '../description.ts';
import type { ApiOptions } from '../shared/api-client.ts';
import { cardDoctor, connectCards } from '../shared/card-doctor.ts';
import { botOf, createFeishuApi, PLATFORM } from './api.ts';
import type { FeishuConfig } from './index.ts';

/** Name of the app, once it is in use. */
async function nameOf(config: FeishuConfig, deps: Pick<ApiOptions, 'proxy' | 'clock'>): Promise<string> {
  const api = createFeishuApi(config, deps);
  try {
    const { app_name, activate_status } = await botOf(api);
    if (activate_status !== 2) throw new Error(`${app_name}: activate_status ${activate_status}`);
    return app_name;
  } finally {
    await api.http.close();
  }
}

/** Asks Feishu about everything that can be asked without writing to anybody. Never throws. */
export function feishuDoctor(config: FeishuConfig, needs: DoctorNeeds): Promise<readonly Finding[]> {
  const { publicUrl, proxy, platformSettings } = needs.config;
  const isLong = config.callback === null;
  const given = platformSettings['FEISHU_VERIFICATION_TOKEN'] ?? platformSettings['FEISHU_ENCRYPT_KEY'];
  const address = `${publicUrl ?? 'PUBLIC_URL'}/feishu/events`;
  return cardDoctor(
    {
      ...{ platform: PLATFORM, connects: isLong, probe: () => nameOf(config, { proxy, clock: needs.clock }) },
      more: (note) => [
        ...(isLong ? [] : [note(publicUrl === null ? 'wrong' : 'ok', 'events', 'feishu.doctor.address', { address })]),
        ...(isLong && given !== undefined ? [note('wrong', 'callbacks', 'feishu.doctor.half')] : []),
      ],
    },
    needs,
  );
}

/** `jishi connect feishu`: App ID and App Secret, checked live, into `.env`. */
export function connectFeishu(needs: ConnectNeeds): Promise<number> {
  const asked = [
    { name: 'FEISHU_APP_ID', question: 'App ID: ', secret: false },
    { name: 'FEISHU_APP_SECRET', question: 'App Secret: ', secret: true },
  ];
  const apiUrl = needs.settings['FEISHU_API_URL']?.trim() || null;
  return connectCards(needs, PLATFORM, asked, ({ FEISHU_APP_ID: appId = '', FEISHU_APP_SECRET: appSecret = '' }) =>
    nameOf({ appId, appSecret, apiUrl, callback: null }, needs),
  );
}
