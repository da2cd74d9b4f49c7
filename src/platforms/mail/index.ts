import { z } from 'zod';
import { secretVariable, url } from '../../config/settings.ts';
import { describePlatform, sendsOnly } from '../description.ts';

const variables = z.object({
  SMTP_URL: secretVariable(
    url(['smtp:', 'smtps:'], 'smtps://user:password@host').optional(),
    'Mail server for reminders that chat does not deliver, e.g. smtps://user:password@host',
    'The sender is the user, or what ?from=jishi@example.com at its end says.',
  ),
});

/** Mail: sends to people, receives nothing, has no rooms. */
export const mail = describePlatform({
  name: 'mail',
  proxied: false,
  title: { en: 'e-mail', zh: '邮件' },
  settings: { title: 'Mail', variables },
  read: ({ SMTP_URL: smtpUrl }) => (smtpUrl === undefined ? null : { smtpUrl }),
  make: async ({ smtpUrl }, needs) => {
    const { createMail } = await import('./messenger.ts');
    const messenger = createMail({ url: smtpUrl, publicUrl: needs.config.publicUrl });
    return sendsOnly({ messenger }, async () => messenger.close());
  },
  doctor: async (config) => {
    if (config === null) {
      const say = 'a reminder that chat does not accept cannot go by mail: SMTP_URL';
      return [{ what: 'mail', state: 'warning', say }];
    }
    const { hostname } = new URL(config.smtpUrl);
    const refused = await (await import('./messenger.ts')).tryMail(config.smtpUrl);
    return refused === null
      ? [{ what: 'mail', state: 'ok', say: `${hostname} lets the bot sign in` }]
      : [{ what: 'mail', state: 'wrong', say: `${hostname} does not let the bot in (${refused}); check SMTP_URL` }];
  },
});
