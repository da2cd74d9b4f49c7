import { asking } from '../shared/api-client.ts';
import type { Checks } from '../shared/card-checks.ts';
import { createApi, isGroup, PLATFORM, streamAddress } from './api.ts';
import type { DingtalkConfig } from './index.ts';

export const checks: Checks<DingtalkConfig> = {
  platform: PLATFORM,
  tenant: ({ clientId }) => clientId,
  asked: [
    { name: 'DINGTALK_CLIENT_ID', question: 'Client ID: ', secret: false },
    { name: 'DINGTALK_CLIENT_SECRET', question: 'Client Secret: ', secret: true },
    { name: 'DINGTALK_CARD_TEMPLATE', question: 'Template ID: ', secret: false },
  ],
  // DingTalk gives the address of a stream only to an app with a robot in Stream mode.
  probe: async (config, deps) => {
    await asking(createApi(config, deps), (api) => streamAddress(api, config));
    return config.clientId;
  },
  more: ({ warning, text }, _, { organisation }) =>
    (organisation?.rooms ?? [])
      .filter(({ platform, address, readers }) => platform === PLATFORM && isGroup(address) && readers === undefined)
      .map(({ address }) => warning('room', text('dingtalk.doctor.readers', { address }))),
};
