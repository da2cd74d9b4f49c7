import { z } from 'zod';
import { list, secretVariable, token, variable, web } from '../../../config/settings.ts';

const secrets = list.refine((parts) => parts.every((part) => part !== ''), 'must be one secret, or two as new,old');
const reactionNames = list.refine(
  (parts) => parts.every((part) => /^[a-z0-9_+'-]{1,100}$/.test(part)),
  'must be names of reactions without colons, separated by commas, such as pushpin,eyes',
);

/** Workspace or organisation id with the tokens of its installation, e.g. `T0123=xoxb-1-a:xapp-1-b`. */
const ENTRY = /^([TE][A-Z0-9]+)=(xoxb-[\w-]+)((?::[\w-]+)*)$/;
const workspaces = list
  .pipe(z.array(z.string().regex(ENTRY, 'must be workspaces such as T0123=xoxb-…:xapp-…, separated by commas')).min(1))
  .transform((entries) =>
    entries.map((entry) => {
      const [, tenant = '', botToken = '', rest = ''] = ENTRY.exec(entry) ?? [];
      const own = [...rest.matchAll(/[^:]+/g)].map(([one]) => one);
      const [appToken = null] = own.filter((one) => one.startsWith('xapp-'));
      return { tenant, botToken, appToken, signingSecrets: own.filter((one) => !one.startsWith('xapp-')) };
    }),
  )
  .refine((all) => new Set(all.map(({ tenant }) => tenant)).size === all.length, 'must name each workspace once');

/** Settings of Slack. */
export const slackVariables = z.object({
  SLACK_BOT_TOKEN: secretVariable(
    token.startsWith('xoxb-', 'must be a bot token, which begins with xoxb-').optional(),
    'Bot token (xoxb-…).',
  ),
  SLACK_APP_TOKEN: secretVariable(
    token.startsWith('xapp-', 'must be an app-level token, which begins with xapp-').optional(),
    'App-level token (xapp-…) for socket mode, which needs no public address.',
  ),
  SLACK_SIGNING_SECRET: secretVariable(
    secrets.optional(),
    'Signing secret for HTTP mode. While it is being changed it may list two: new,old',
  ),
  SLACK_WORKSPACES: secretVariable(
    workspaces.optional(),
    'Further workspaces, or organisations (Enterprise Grid), by their id: T0123=xoxb-…,E0456=xoxb-…:xapp-…',
    'Behind the bot token stands the app-level token or signing secret; without one the app is that of the first.',
  ),
  SLACK_API_URL: variable(web('https://slack.com/api').optional(), 'Another address of the Web API, for tests.'),
  SLACK_COMMAND: variable(
    z
      .string()
      .regex(/^\/[a-z0-9_-]{1,31}$/, 'must be a slash command such as /incident')
      .optional(),
    'The slash command if it is not /incident.',
  ),
  SLACK_REACTIONS: variable(
    reactionNames.optional(),
    'Reactions that put a message on the record, by name, if not 📌: pushpin,eyes',
  ),
});
