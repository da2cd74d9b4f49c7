import './messages.ts';
import { describePlatform } from '../description.ts';
import { removedAlarm } from '../shared/standing.ts';
import { PLATFORM } from './api-shapes.ts';
import { DEFAULT_COMMAND } from './setup/manifest.ts';
import { slackVariables } from './setup/variables.ts';

export interface SlackConfig {
  readonly botToken: string;
  /** Socket Mode; null means HTTP mode. */
  readonly appToken: string | null;
  /** The one in use first. */
  readonly signingSecrets: readonly string[];
  readonly apiUrl: string | null;
  readonly command: string;
  /** Names of the reactions that put a message on the record. */
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
  read: (values): SlackConfig | null =>
    values.SLACK_BOT_TOKEN === undefined
      ? null
      : {
          botToken: values.SLACK_BOT_TOKEN,
          appToken: values.SLACK_APP_TOKEN ?? null,
          signingSecrets: values.SLACK_SIGNING_SECRET ?? [],
          apiUrl: values.SLACK_API_URL ?? null,
          command: values.SLACK_COMMAND ?? DEFAULT_COMMAND,
          // 📌, and the one that looks like it.
          reactions: values.SLACK_REACTIONS ?? ['pushpin', 'round_pushpin'],
        },
  make: async (config, needs) => (await import('./platform.ts')).createSlackPlatform(config, needs),
  doctor: async (config, needs) => {
    if (config === null) return [];
    const [{ slackDoctor }, { probing }] = await loadedSetup();
    const { publicUrl, proxy } = needs.config;
    const running = needs.running !== null;
    const { apiUrl } = config;
    return probing({ ...needs, proxy, apiUrl }, (probe) => slackDoctor(config, { probe, publicUrl, running }));
  },
  checkProfile: async (config, needs) => {
    const [{ checkSlackProfile }, { probing }] = await loadedSetup();
    const by = { ...needs, proxy: needs.config.proxy, apiUrl: config.apiUrl };
    return probing(by, (probe) => checkSlackProfile(probe, config.botToken, needs.organisation));
  },
  connect: {
    usage: '[--http https://jishi.example.com] [--command /name]',
    options: ['http', 'command'],
    run: async (needs) => {
      const { connectSlackBy } = await import('./setup/connect.ts');
      return connectSlackBy(needs);
    },
  },
});

const loadedSetup = () => Promise.all([import('./setup/doctor.ts'), import('./setup/probe.ts')]);
