import type { Finding } from '../../use-cases/ports.ts';
import type { ConnectNeeds, DoctorNeeds } from '../description.ts';
import type { ApiOptions } from '../shared/api-client.ts';
import { cardDoctor, connectCards } from '../shared/card-doctor.ts';
import { createApi, isGroup, PLATFORM, streamAddress } from './api.ts';
import type { DingtalkConfig } from './index.ts';

/** Client ID of an app that may open a stream. */
async function checked(config: DingtalkConfig, deps: Pick<ApiOptions, 'proxy' | 'clock'>): Promise<string> {
  const api = createApi(config, deps);
  try {
    await streamAddress(api, config);
    return config.clientId;
  } finally {
    await api.http.close();
  }
}

/** Asks DingTalk about everything that can be asked without writing to anybody. Never throws. */
export function dingtalkDoctor(config: DingtalkConfig, needs: DoctorNeeds): Promise<readonly Finding[]> {
  const { proxy } = needs.config;
  const rooms = (needs.organisation?.rooms ?? []).filter(
    ({ platform, address, readers }) => platform === PLATFORM && isGroup(address) && readers === undefined,
  );
  return cardDoctor(
    {
      ...{ platform: PLATFORM, probe: () => checked(config, { proxy, clock: needs.clock }) },
      more: (note) => rooms.map(({ address }) => note('warning', 'room', 'dingtalk.doctor.readers', { address })),
    },
    needs,
  );
}

/** `jishi connect dingtalk`: credentials and the card template, checked live, into `.env`. */
export function connectDingtalk(needs: ConnectNeeds): Promise<number> {
  const asked = [
    { name: 'DINGTALK_CLIENT_ID', question: 'Client ID: ', secret: false },
    { name: 'DINGTALK_CLIENT_SECRET', question: 'Client Secret: ', secret: true },
    { name: 'DINGTALK_CARD_TEMPLATE', question: 'Card template (….schema): ', secret: false },
  ];
  const apiUrl = needs.settings['DINGTALK_API_URL']?.trim() || null;
  return connectCards(needs, PLATFORM, asked, (values) => {
    const { DINGTALK_CLIENT_ID: clientId = '', DINGTALK_CLIENT_SECRET: clientSecret = '' } = values;
    return checked({ clientId, clientSecret, template: values['DINGTALK_CARD_TEMPLATE'] ?? '', apiUrl }, needs);
  });
}
