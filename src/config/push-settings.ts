import { z } from 'zod';
import { list, type SettingsGroup, secretVariable, variable } from './settings.ts';

/** Push services of the common browsers; `*.` matches one label of a host name. */
const SERVICES = [
  'https://fcm.googleapis.com',
  'https://updates.push.services.mozilla.com',
  'https://*.push.apple.com',
  'https://*.notify.windows.com',
] as const;

export const pushVariables = z.object({
  PUSH_PRIVATE_KEY: secretVariable(
    z
      .string()
      .regex(/^[\w-]{43}$/, 'must be 43 characters of Base64url')
      .optional(),
    'Notifications on phones and computers while the console is closed (docs/operating.md).',
    'The private one of the two keys that `npx web-push generate-vapid-keys` prints.',
  ),
  PUSH_CONTACT: variable(
    z
      .string()
      .regex(/^(mailto:\S+@\S+|https:\/\/\S+)$/, 'must begin with mailto: or https://')
      .optional(),
    'Address at which the services of browsers reach you, e.g. mailto:security@example.com',
  ),
  PUSH_SERVICES: variable(
    list
      .pipe(z.array(z.string().regex(/^https?:\/\/[\w.*:-]+$/, 'must be origins such as https://push.example.com')))
      .optional(),
    `Origins a notification may be sent to: ${SERVICES.join(', ')} where it is unset.`,
  ),
});

export const PUSH_GROUP: SettingsGroup = {
  title: 'Notifications while the console is closed',
  variables: pushVariables,
  needs: [['PUSH_PRIVATE_KEY'], ['PUSH_CONTACT']],
};

/** Returns the settings of Web Push; null while it is off. */
export function pushConfigOf(given: z.output<typeof pushVariables>) {
  const { PUSH_PRIVATE_KEY: privateKey, PUSH_CONTACT: contact, PUSH_SERVICES: services = SERVICES } = given;
  return privateKey === undefined || contact === undefined ? null : { privateKey, contact, services };
}
export type PushConfig = NonNullable<ReturnType<typeof pushConfigOf>>;
