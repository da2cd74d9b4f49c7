import { variable, web } from '../../../config/settings.ts';

/** Other API address for self-built app and group robots. */
export const apiUrlVariable = variable(
  web('https://qyapi.weixin.qq.com').optional(),
  'Another address of the API, for tests; the group robots use it too.',
);
