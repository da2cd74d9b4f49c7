import './messages.ts';
import type { Finding } from '../../use-cases/ports.ts';
import { type DoctorNeeds, describePlatform } from '../description.ts';
import { PLATFORM } from './api-shapes.ts';
import { DEFAULT_COMMAND } from './setup/manifest.ts';
import type { Probe } from './setup/probe.ts';
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
    const { slackDoctor } = await import('./setup/doctor.ts');
    const { publicUrl } = needs.config;
    const running = needs.running !== null;
    return probing(config, needs, (probe) => slackDoctor(config, { probe, publicUrl, running }));
  },
  checkProfile: async (config, needs) => {
    const { checkSlackProfile } = await import('./setup/doctor.ts');
    return probing(config, needs, (probe) => checkSlackProfile(probe, config.botToken, needs.organisation));
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

async function probing(
  { apiUrl }: SlackConfig,
  { config: { proxy }, clock }: DoctorNeeds,
  ask: (probe: Probe) => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  const [{ createProbe }, { HttpClient }] = await Promise.all([
    import('./setup/probe.ts'),
    import('../shared/http-client.ts'),
  ]);
  const http = new HttpClient(proxy);
  try {
    return await ask(createProbe({ http, apiUrl, now: () => clock.now() }));
  } finally {
    await http.close();
  }
}
