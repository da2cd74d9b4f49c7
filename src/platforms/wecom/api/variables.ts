import { variable, web } from '../../../config/settings.ts';

/** The self-built app and the group robots use the same. */
export const apiUrlVariable = variable(
  web('https://qyapi.weixin.qq.com').optional(),
  'Another address of the API, for tests; the group robots use it too.',
);
