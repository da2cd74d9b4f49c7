import { z } from 'zod';
import { secretVariable, token, variable, web } from '../../config/settings.ts';
import { describePlatform } from '../description.ts';

const name = z.string().min(1).max(64);
const variables = z.object({
  ALIYUN_ACCESS_KEY_ID: secretVariable(
    token.optional(),
    'AccessKey ID of Alibaba Cloud (阿里云): people are called and texted while nobody answers (docs/telephone.md).',
  ),
  ALIYUN_ACCESS_KEY_SECRET: secretVariable(token.optional(), 'AccessKey Secret beside it.'),
  ALIYUN_CALL_TEMPLATE: variable(
    name.optional(),
    'Voice template (语音通知模板, TTS_…) with the variable id. With ALIYUN_CALL_NUMBER a key can be pressed.',
  ),
  ALIYUN_CALL_NUMBER: variable(name.optional(), 'Number that is shown (被叫显号); needed to report a key.'),
  ALIYUN_SMS_TEMPLATE: variable(name.optional(), 'Template of text messages (SMS_…) with the variable id.'),
  ALIYUN_SMS_SIGN: variable(name.optional(), 'Signature of text messages (短信签名).'),
  ALIYUN_API_URL: variable(web('https://dyvmsapi.aliyuncs.com').optional(), 'One address of both APIs, for tests.'),
});

function read(given: z.output<typeof variables>) {
  const { ALIYUN_ACCESS_KEY_ID: keyId, ALIYUN_ACCESS_KEY_SECRET: secret, ALIYUN_API_URL: apiUrl = null } = given;
  if (keyId === undefined || secret === undefined) return null;
  const { ALIYUN_CALL_TEMPLATE, ALIYUN_CALL_NUMBER, ALIYUN_SMS_TEMPLATE, ALIYUN_SMS_SIGN } = given;
  const isText = ALIYUN_SMS_TEMPLATE !== undefined && ALIYUN_SMS_SIGN !== undefined;
  const call =
    ALIYUN_CALL_TEMPLATE === undefined ? null : { template: ALIYUN_CALL_TEMPLATE, shown: ALIYUN_CALL_NUMBER ?? null };
  const text = isText ? { template: ALIYUN_SMS_TEMPLATE, sign: ALIYUN_SMS_SIGN } : null;
  return call || text ? { keyId, secret, call, text, apiUrl } : null;
}
export type AliyunSettings = NonNullable<ReturnType<typeof read>>;

/** Telephone calls and text messages by Alibaba Cloud; a key or reply means [I am on it]. */
export const aliyun = describePlatform({
  name: 'aliyun',
  title: { en: 'Alibaba Cloud', zh: '阿里云' },
  settings: {
    title: 'Telephone calls and text messages by Alibaba Cloud (阿里云)',
    variables,
    needs: [['ALIYUN_ACCESS_KEY_ID'], ['ALIYUN_ACCESS_KEY_SECRET'], ['ALIYUN_CALL_TEMPLATE', 'ALIYUN_SMS_TEMPLATE']],
  },
  read,
  make: async (settings, needs) => (await import('./gateway.ts')).createAliyun(settings, needs),
  ring: async (settings, needs) => (await import('./gateway.ts')).gatewayOf(settings, needs),
  doctor: async (settings, { config }) => {
    if (settings === null) return [];
    const { reportPathOf } = await import('./gateway.ts');
    const what = 'Alibaba Cloud';
    return config.publicUrl === null
      ? [{ what, state: 'warning', say: 'keys and replies are not reported without PUBLIC_URL' }]
      : [{ what, state: 'ok', say: `reports go to ${config.publicUrl}${reportPathOf(settings)}` }];
  },
});
