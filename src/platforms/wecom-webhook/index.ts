import { z } from 'zod';
import { list, secretVariable } from '../../config/settings.ts';
import { describePlatform, sendsOnly } from '../description.ts';
import { apiUrlVariable } from '../wecom/api/variables.ts';

const robots = list.pipe(
  z.array(
    z
      .string()
      .regex(/^[^=\s]+=[^=\s]+$/, 'must be name=key pairs separated by commas')
      .transform((pair) => ({ name: pair.slice(0, pair.indexOf('=')), key: pair.slice(pair.indexOf('=') + 1) })),
  ),
);
const variables = z.object({
  WECOM_WEBHOOK_KEYS: secretVariable(robots.optional(), 'Group robots (群机器人) as name=key,name=key'),
  WECOM_API_URL: apiUrlVariable,
});

/** Group robots (群机器人) of WeCom: they write and mention, receive nothing, and have no rooms of their own. */
export const wecomWebhook = describePlatform({
  name: 'wecom-webhook',
  title: { en: 'WeCom', zh: '企业微信' },
  settings: { title: 'WeCom group robots (群机器人)', variables },
  read: ({ WECOM_WEBHOOK_KEYS: keys, WECOM_API_URL: apiUrl = null }) =>
    keys === undefined ? null : { robots: keys, apiUrl },
  make: async (config, needs) => {
    const [{ createWecomApi }, { createRobots }] = await Promise.all([
      import('../wecom/api/wecom-api.ts'),
      import('./robot.ts'),
    ]);
    const api = createWecomApi({ apiUrl: config.apiUrl, proxy: needs.config.proxy, clock: needs.clock });
    return sendsOnly(createRobots({ ...needs, robots: config.robots, api }), () => api.http.close());
  },
  doctor: async (config, { organisation }) =>
    (await import('./doctor.ts')).robotDoctor(config?.robots ?? [], organisation),
});
