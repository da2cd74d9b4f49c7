import { z } from 'zod';
import { secretVariable, token, variable, web } from '../../config/settings.ts';
import { describePlatform } from '../description.ts';

const variables = z.object({
  TWILIO_ACCOUNT_SID: variable(
    z
      .string()
      .regex(/^AC[0-9a-f]{32}$/, 'must be AC and 32 hexadecimal digits')
      .optional(),
    'Account SID of Twilio: people are called and texted while nobody answers (docs/telephone.md).',
  ),
  TWILIO_AUTH_TOKEN: secretVariable(token.optional(), 'Auth Token beside it.'),
  TWILIO_NUMBER: variable(
    z
      .string()
      .regex(/^\+[1-9]\d{6,14}$/, 'must be a number such as +14155550100')
      .optional(),
    'Number of Twilio that calls.',
  ),
  TWILIO_API_URL: variable(web('https://api.twilio.com').optional(), 'Another address of the API, for tests.'),
});

function read(values: z.output<typeof variables>) {
  const { TWILIO_ACCOUNT_SID: account, TWILIO_AUTH_TOKEN: secret, TWILIO_NUMBER: number } = values;
  if (account === undefined || secret === undefined || number === undefined) return null;
  return { account, token: secret, number, apiUrl: values.TWILIO_API_URL ?? 'https://api.twilio.com' };
}
export type TwilioSettings = NonNullable<ReturnType<typeof read>>;

/** Telephone calls and text messages by Twilio; a key or reply means [I am on it]. */
export const twilio = describePlatform({
  name: 'twilio',
  title: { en: 'Twilio', zh: 'Twilio 电话' },
  settings: {
    title: 'Telephone calls and text messages by Twilio',
    variables,
    needs: [['TWILIO_ACCOUNT_SID'], ['TWILIO_AUTH_TOKEN'], ['TWILIO_NUMBER']],
  },
  read,
  make: async (settings, needs) => (await import('./gateway.ts')).createTwilio(settings, needs),
  ring: async (settings, needs) => (await import('./gateway.ts')).gatewayOf(settings, needs),
});
