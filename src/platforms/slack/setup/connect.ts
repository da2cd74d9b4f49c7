import { origin } from '../../../config/settings.ts';
import type { MessageLanguage } from '../../../i18n/translate.ts';
import type { Connect, ConnectNeeds, ConnectTerminal } from '../../description.ts';
import { pasted, writeSettings } from '../../shared/connect.ts';
import { HttpClient } from '../../shared/http-client.ts';
import { appOfToken, missingScope, Problem, problemOf, settingsPage } from './advice.ts';
import { type Bot, checkBot, checkForm, checkSocket, clockProblem, otherApp } from './checks.ts';
import { sayHello } from './hello.ts';
import { createAppLink, DEFAULT_COMMAND, HTTP_PATH, LOST_WITHOUT, manifest } from './manifest.ts';
import { createProbe, type Probe } from './probe.ts';
import { slackVariables } from './variables.ts';

export interface ConnectOptions {
  readonly terminal: ConnectTerminal;
  readonly http: HttpClient;
  now(): number;
  readonly envFile: string;
  /** The real environment, which wins over the file. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly apiUrl: string | null;
  readonly command: string;
  readonly language: MessageLanguage;
  /** HTTP mode under this address; null is Socket Mode. */
  readonly publicUrl: string | null;
}

type Values = Readonly<Record<string, string>>;
interface Run extends ConnectOptions {
  readonly probe: Probe;
}
/** Tries at one question before it is given up: enough for slips, and an end for a script. */
const TRIES = 4;

/** `jishi connect slack` with the options and settings it was called with. */
export async function connectSlackBy(needs: ConnectNeeds): ReturnType<Connect['run']> {
  const { options, settings, proxy, clock } = needs;
  const set = (name: string): string | undefined => settings[name]?.trim() || undefined;
  const publicUrl = origin.optional().safeParse(options['http']);
  if (!publicUrl.success || publicUrl.data?.startsWith('http:'))
    return { usage: '--http must be an address such as https://jishi.example.com' };
  const command = slackVariables.shape.SLACK_COMMAND.safeParse(options['command'] ?? set('SLACK_COMMAND'));
  if (!command.success)
    return { usage: 'the command must be one such as /incident: a slash, small letters, digits, at most 32' };
  const apiUrl = slackVariables.shape.SLACK_API_URL.safeParse(set('SLACK_API_URL'));
  if (!apiUrl.success) return { usage: 'SLACK_API_URL must be an address such as https://slack.com/api' };
  const http = new HttpClient(proxy);
  try {
    return await connectSlack({
      ...needs,
      http,
      now: () => clock.now(),
      apiUrl: apiUrl.data ?? null,
      command: command.data ?? DEFAULT_COMMAND,
      publicUrl: publicUrl.data ?? null,
    });
  } finally {
    await http.close();
  }
}

/** Connects an app, from nothing to a connected app. Returns the exit code; nothing is written before it works. */
export async function connectSlack(options: ConnectOptions): Promise<number> {
  const { terminal } = options;
  const run: Run = { ...options, probe: createProbe(options) };
  // Step 1 is the command itself.
  terminal.out(`Step 2 of 6. Open this link, choose the workspace, then Next and Create:

${createAppLink(manifest(options))}
`);
  const way = options.publicUrl === null ? await askAppToken(run) : await askSigningSecret(run);
  if (way === null) return stopped(terminal);
  const appToken = way['SLACK_APP_TOKEN'] ?? '';
  const found = await botOf(run, appToken);
  if (found === null) return stopped(terminal);
  const values = { SLACK_BOT_TOKEN: found.token, ...way, SLACK_COMMAND: options.command };
  if (!writeSettings(run, values)) return 1;
  terminal.out('');
  await greet(run, found);
  farewell(run, found.bot, appOfToken(appToken) ?? found.bot.app);
  return 0;
}

function stopped(terminal: ConnectTerminal): number {
  terminal.error('Stopped; nothing was written. Run `npx jishi connect slack` again: an app that was created stays.');
  return 1;
}

/** Asks until what is typed passes, or nothing more comes. */
async function insist<T>(
  { terminal }: Run,
  question: string,
  check: (text: string) => Promise<T>,
  secret = true,
): Promise<T | null> {
  for (let n = 0; n < TRIES; n += 1) {
    const text = pasted(await terminal.ask(question, { secret }));
    if (text === null) return null;
    if (text === '' && secret) continue;
    try {
      return await check(text);
    } catch (error) {
      terminal.error(`  ✗ ${problemOf(error).message}`);
    }
  }
  return null;
}

async function askAppToken(run: Run): Promise<Values | null> {
  run.terminal.out(`Step 3 of 6. On the page that opened (Basic Information): App-Level Tokens → Generate Token and Scopes,
any name, Add Scope: connections:write, Generate, Copy.
`);
  return insist(run, 'App-level token (xapp-…): ', async (token) => {
    await checkSocket(run.probe, token, true);
    run.terminal.out('  ✓ Slack opens a connection\n');
    return { SLACK_APP_TOKEN: token };
  });
}

/** An app-level token that is still set would mean Socket Mode, so it is emptied. */
async function askSigningSecret(run: Run): Promise<Values | null> {
  run.terminal.out(`Step 3 of 6. On the page that opened (Basic Information): App Credentials → Signing Secret → Show, copy it.
`);
  return insist(run, 'Signing secret: ', async (secret) => {
    checkForm('SLACK_SIGNING_SECRET', 'signing', secret);
    return { SLACK_SIGNING_SECRET: secret, SLACK_APP_TOKEN: '' };
  });
}

async function botOf(run: Run, appToken: string): Promise<{ bot: Bot; token: string } | null> {
  const app = appOfToken(appToken);
  run.terminal.out(`Step 4 of 6. Install App (${settingsPage(app, 'install-on-team')}) → Install to Workspace → Allow,
then copy the Bot User OAuth Token.
`);
  return insist(run, 'Bot token (xoxb-…): ', async (token) => {
    const bot = await checkBot(run.probe, token, app);
    const other = otherApp(bot, appToken);
    if (other !== null) throw new Problem(other);
    const missing = bot.missing?.required ?? [];
    if (missing.length > 0) throw new Problem(missingScope(missing, 'auth.test', app ?? bot.app));
    run.terminal.out(`  ✓ ${bot.name} in the workspace ${bot.team}`);
    return { bot, token };
  });
}

async function greet(run: Run, { bot, token }: { readonly bot: Bot; readonly token: string }): Promise<void> {
  const { terminal, command, probe } = run;
  terminal.out(`Step 5 of 6. In the channel where incidents belong, type: /invite @${bot.name}
`);
  const question = 'That channel, for a hello (#name or member ID; Enter for none): ';
  const check = async (where: string): Promise<void> => {
    if (where === '') return;
    await sayHello(probe, { token, where, command, bot: bot.name });
    terminal.out('  ✓ said hello; look at Slack\n');
  };
  await insist(run, question, check, false);
}

function farewell(run: Run, bot: Bot, app: string | null): void {
  const { terminal, command, publicUrl } = run;
  const clock = clockProblem(bot.skew);
  const later = [
    ...(clock === null ? [] : [clock.say]),
    ...(bot.missing?.optional ?? []).map((scope) => `Without the optional scope ${scope}: ${LOST_WITHOUT[scope]}.`),
    ...(publicUrl === null
      ? []
      : [
          `Slack must reach ${publicUrl}${HTTP_PATH}. Once the bot runs: ${settingsPage(app, 'event-subscriptions')} → Retry.`,
        ]),
    `No manifest can switch on Delayed Events, by which Slack delivers for a day what it could not deliver at once: ${settingsPage(app, 'event-subscriptions')} → Delayed Events → On.`,
  ];
  terminal.out(`Step 6 of 6. npm start

Then type ${command} new in that channel. \`npx jishi doctor\` checks all of this again.

By and by:
${later.map((line) => `  - ${line}`).join('\n')}`);
}
