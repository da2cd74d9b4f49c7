import type { Finding } from '../../../use-cases/ports.ts';
import type { SlackConfig } from '../index.ts';
import { appOfToken, missingScope, settingsPage } from './advice.ts';
import { type Bot, checkBot, checkSocket, clockProblem, otherApp } from './checks.ts';
import { DEFAULT_COMMAND, HTTP_PATH, LOST_WITHOUT } from './manifest.ts';
import type { Probe } from './probe.ts';

type State = Finding['state'];
const finding = (what: string, state: State, say: string): Finding => ({ what: `slack ${what}`, state, say });

export interface SlackDoctorOptions {
  readonly probe: Probe;
  readonly publicUrl: string | null;
  /** The bot is running: it holds the connection, and a second one would take payloads away from it. */
  readonly running: boolean;
}

/** Asks Slack about everything that can be asked. Never throws; takes a few seconds at most. */
export async function slackDoctor(config: SlackConfig, options: SlackDoctorOptions): Promise<readonly Finding[]> {
  const { probe } = options;
  const appToken = config.appToken ?? '';
  const bot = await checkBot(probe, config.botToken, appOfToken(appToken));
  const app = appOfToken(appToken) ?? (bot.ok ? bot.app : null);
  return [
    ...(bot.ok ? botFindings(bot, config, app) : [finding('bot token', 'wrong', bot.say)]),
    config.appToken === null ? httpMode(config, options, app) : await socketMode(config.appToken, options),
    command(config.command, app),
    finding(
      'delayed events',
      'warning',
      `cannot be seen from here; should be On, so that Slack keeps trying for a day: ${settingsPage(app, 'event-subscriptions')}`,
    ),
  ];
}

function botFindings(bot: Bot, config: SlackConfig, app: string | null): readonly Finding[] {
  const other = otherApp(bot, config.appToken ?? '');
  const clock = clockProblem(bot.skew);
  return [
    finding('bot token', 'ok', `${bot.name} in the workspace ${bot.team}`),
    ...(other === null ? [] : [finding('tokens', 'wrong', other)]),
    ...scopes(bot, app),
    ...(clock === null ? [] : [finding('clock', clock.state, clock.say)]),
    ...(bot.skew !== null && clock === null ? [finding('clock', 'ok', "agrees with Slack's")] : []),
  ];
}

function scopes({ missing }: Bot, app: string | null): readonly Finding[] {
  if (missing === null) return [finding('scopes', 'warning', 'Slack did not say which ones the bot has')];
  if (missing.required.length > 0) {
    return [finding('scopes', 'wrong', missingScope(missing.required, 'auth.test', app))];
  }
  if (missing.optional.length === 0) return [finding('scopes', 'ok', 'all there')];
  return missing.optional.map((scope) => finding('scopes', 'warning', `without ${scope}: ${LOST_WITHOUT[scope]}`));
}

async function socketMode(token: string, { probe, running }: SlackDoctorOptions): Promise<Finding> {
  const checked = await checkSocket(probe, token, !running);
  if (!checked.ok) return finding('socket mode', 'wrong', checked.say);
  return finding(
    'socket mode',
    'ok',
    running ? 'the token is good; the running bot holds the connection, see /readyz' : 'Slack opens a connection',
  );
}

function httpMode(config: SlackConfig, { publicUrl }: SlackDoctorOptions, app: string | null): Finding {
  const [first] = config.signingSecrets;
  if (first === undefined) {
    return finding('http mode', 'wrong', 'neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set: nothing can arrive');
  }
  const address = publicUrl === null ? `https://your-address${HTTP_PATH}` : `${publicUrl}${HTTP_PATH}`;
  return finding(
    'http mode',
    publicUrl === null || publicUrl.startsWith('https:') ? 'ok' : 'warning',
    `Slack must reach ${address}; ${settingsPage(app, 'event-subscriptions')} says whether it does`,
  );
}

function command(name: string, app: string | null): Finding {
  const elsewhere =
    name === DEFAULT_COMMAND ? '' : ` It must have that name in Slack too: ${settingsPage(app, 'slash-commands')}.`;
  return finding(
    'command',
    'ok',
    `${name}. If another app answers to it (the one installed last wins), change SLACK_COMMAND and the command of the app.${elsewhere}`,
  );
}
