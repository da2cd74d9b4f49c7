import { z } from 'zod';
import { list, secretVariable, token, variable, web } from '../../config/settings.ts';
import { describePlatform } from '../description.ts';
import { removedAlarm } from '../shared/standing.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };
import { PLATFORM } from './limits.ts';
import { DEFAULT_COMMAND } from './setup/manifest.ts';

const secrets = list.refine((parts) => parts.every((part) => part !== ''), 'must be one secret, or two as new,old');
const commandName = z.string().regex(/^\/[a-z0-9_-]{1,31}$/, 'must be a slash command such as /incident');
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
  SLACK_COMMAND: variable(commandName.optional(), 'The slash command if it is not /incident.'),
  SLACK_REACTIONS: variable(
    reactionNames.optional(),
    'Reactions that put a message on the record, by name, if not 📌: pushpin,eyes',
  ),
});

/** Installation of the app in a workspace or an organisation. */
export interface SlackConfig {
  /** Id of a further workspace; null for the first one, which Slack names. */
  readonly tenant: string | null;
  readonly botToken: string;
  /** Token for Socket Mode; null means HTTP mode. */
  readonly appToken: string | null;
  /** Signing secrets, the current one first. */
  readonly signingSecrets: readonly string[];
  readonly apiUrl: string | null;
  readonly command: string;
  /** Names of reactions that put a message on the record. */
  readonly reactions: readonly string[];
}

type Texts = Readonly<Record<keyof typeof en, string>>;
declare module '../../i18n/keys.ts' {
  interface PlatformMessages extends Texts {}
}

export const slack = describePlatform({
  name: PLATFORM,
  title: { en: 'Slack', zh: 'Slack' },
  texts: { en, 'zh-CN': zh },
  alarms: [removedAlarm(PLATFORM)],
  settings: {
    title: 'Slack',
    variables: slackVariables,
    needs: [['SLACK_BOT_TOKEN'], ['SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET']],
  },
  read: (values): readonly SlackConfig[] | null => {
    if (values.SLACK_BOT_TOKEN === undefined) return null;
    const first = {
      tenant: null,
      botToken: values.SLACK_BOT_TOKEN,
      appToken: values.SLACK_APP_TOKEN ?? null,
      signingSecrets: values.SLACK_SIGNING_SECRET ?? [],
      apiUrl: values.SLACK_API_URL ?? null,
      command: values.SLACK_COMMAND ?? DEFAULT_COMMAND,
      // 📌, and a similar pin.
      reactions: values.SLACK_REACTIONS ?? ['pushpin', 'round_pushpin'],
    };
    const others = (values.SLACK_WORKSPACES ?? []).map(({ tenant, botToken, ...app }) => {
      const isOfFirst = app.appToken === null && app.signingSecrets.length === 0;
      return { ...first, ...(isOfFirst ? {} : app), tenant, botToken };
    });
    return [first, ...others];
  },
  make: async (config, needs) => (await import('./platform.ts')).createSlackPlatform(config, needs),
  doctor: async (configs, needs) => {
    const { slackFindings } = await import('./setup/doctor.ts');
    return configs ? slackFindings(configs, needs) : [];
  },
  checkProfile: async (configs, needs) => {
    const { asking, checkSlackProfile } = await import('./setup/doctor.ts');
    return asking(configs, needs, (probe) => checkSlackProfile(probe, configs, needs.organisation));
  },
  connect: {
    usage: '[--add] [--organisation] [--http https://jishi.example.com] [--command /name]',
    options: ['http', 'command'],
    flags: ['add', 'organisation'],
    run: async (needs) => (await import('./setup/connect.ts')).connectSlackBy(needs, slackVariables.shape),
  },
});
