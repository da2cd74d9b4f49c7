import { variable, web } from '../../../config/settings.ts';

/** Other address of the API, for the app and the group robots. */
export const apiUrlVariable = variable(
  web('https://qyapi.weixin.qq.com').optional(),
  'Another address of the API, for tests; the group robots use it too.',
);
