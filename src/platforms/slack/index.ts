import './messages.ts';
import { describePlatform } from '../description.ts';
import { removedAlarm } from '../shared/standing.ts';
import { PLATFORM } from './api-shapes.ts';
import { DEFAULT_COMMAND } from './setup/manifest.ts';
import { slackVariables } from './setup/variables.ts';

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

export const slack = describePlatform({
  name: PLATFORM,
  title: { en: 'Slack', zh: 'Slack' },
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
    const others = (values.SLACK_WORKSPACES ?? []).map(({ tenant, botToken, ...app }) =>
      app.appToken === null && app.signingSecrets.length === 0
        ? { ...first, tenant, botToken }
        : { ...first, ...app, tenant, botToken },
    );
    return [first, ...others];
  },
  make: async (config, needs) => (await import('./platform.ts')).createSlackPlatform(config, needs),
  doctor: async (configs, needs) => {
    const [first] = configs ?? [];
    if (!first) return [];
    const [{ slackDoctor }, { probing }] = await loadedSetup();
    const { publicUrl, proxy } = needs.config;
    const running = needs.running !== null;
    return probing({ ...needs, proxy, apiUrl: first.apiUrl }, async (probe) => {
      const asked = configs?.map((config) => slackDoctor(config, { probe, publicUrl, running, first }));
      return (await Promise.all(asked ?? [])).flat();
    });
  },
  checkProfile: async (configs, needs) => {
    const [{ checkSlackProfile }, { probing }] = await loadedSetup();
    const by = { ...needs, proxy: needs.config.proxy, apiUrl: configs[0]?.apiUrl ?? null };
    return probing(by, (probe) => checkSlackProfile(probe, configs, needs.organisation));
  },
  connect: {
    usage: '[--add] [--organisation] [--http https://jishi.example.com] [--command /name]',
    options: ['http', 'command'],
    flags: ['add', 'organisation'],
    run: async (needs) => {
      const { connectSlackBy } = await import('./setup/connect.ts');
      return connectSlackBy(needs);
    },
  },
});

const loadedSetup = () => Promise.all([import('./setup/doctor.ts'), import('./setup/probe.ts')]);
