import { origin } from '../../../config/settings.ts';
import { translate } from '../../../i18n/translate.ts';
import type { Connect, ConnectNeeds, ConnectTerminal } from '../../description.ts';
import { pasted, writeSettings } from '../../shared/connect.ts';
import { channelList } from '../api-shapes.ts';
import type { Channel } from '../directory.ts';
import { type Args, pagesOf } from '../send/api.ts';
import { appOfToken, missingScope, Problem, problemOf, settingsPage } from './advice.ts';
import { type Bot, checkBot, checkForm, checkSocket, clockProblem, otherApp } from './checks.ts';
import { createAppLink, DEFAULT_COMMAND, HTTP_PATH, LOST_WITHOUT, manifest } from './manifest.ts';
import { type Probe, probing } from './probe.ts';
import { slackVariables } from './variables.ts';

export interface ConnectOptions extends Pick<ConnectNeeds, 'terminal' | 'envFile' | 'environment' | 'language'> {
  readonly probe: Probe;
  readonly command: string;
  /** HTTP mode under this address; null is Socket Mode. */
  readonly publicUrl: string | null;
}

type Values = Readonly<Record<string, string>>;
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
  const asked = { command: command.data ?? DEFAULT_COMMAND, publicUrl: publicUrl.data ?? null };
  return probing({ proxy, clock, apiUrl: apiUrl.data ?? null }, (probe) => connectSlack({ ...needs, ...asked, probe }));
}

/** Connects an app, from nothing to a connected app. Returns the exit code; nothing is written before it works. */
export async function connectSlack(run: ConnectOptions): Promise<number> {
  const { terminal, publicUrl, command } = run;
  // Step 1 is the command itself.
  terminal.out(`Step 2 of 6. Open this link, choose the workspace, then Next and Create:

${createAppLink(manifest(run))}
`);
  const way = publicUrl === null ? await askAppToken(run) : await askSigningSecret(run);
  if (way === null) return stopped(terminal);
  const appToken = way['SLACK_APP_TOKEN'] ?? '';
  const found = await botOf(run, appToken);
  if (found === null) return stopped(terminal);
  const values = { SLACK_BOT_TOKEN: found.token, ...way, SLACK_COMMAND: command };
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
  { terminal }: ConnectOptions,
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

async function askAppToken(run: ConnectOptions): Promise<Values | null> {
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
async function askSigningSecret(run: ConnectOptions): Promise<Values | null> {
  run.terminal.out(`Step 3 of 6. On the page that opened (Basic Information): App Credentials → Signing Secret → Show, copy it.
`);
  return insist(run, 'Signing secret: ', async (secret) => {
    checkForm('SLACK_SIGNING_SECRET', 'signing', secret);
    return { SLACK_SIGNING_SECRET: secret, SLACK_APP_TOKEN: '' };
  });
}

async function botOf(run: ConnectOptions, appToken: string): Promise<{ bot: Bot; token: string } | null> {
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

async function greet(
  run: ConnectOptions,
  { bot, token }: { readonly bot: Bot; readonly token: string },
): Promise<void> {
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

function farewell(run: ConnectOptions, bot: Bot, app: string | null): void {
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

const MOST_NAMED = 8;

/**
 * The first message, to see that the way out works. `where` as people have it: `#incidents`, the id of a channel or a
 * person, or a link copied from Slack. A channel has to have the bot in it, and must not be shared with another
 * organisation: nothing of an incident would be shown there. Rejects with a `Problem`.
 */
async function sayHello(
  probe: Probe,
  hello: { readonly token: string; readonly where: string; readonly command: string; readonly bot: string },
): Promise<void> {
  const { token, where, command } = hello;
  const person = /(?:^|\/)([UW][A-Z0-9]{6,})$/.exec(where)?.[1];
  const channel = person ?? (await channelNamed(probe, hello));
  // In both languages: whose they are is not known yet.
  const text = `${translate('en', 'slack.hello', { command })}\n${translate('zh-CN', 'slack.hello', { command })}`;
  await probe.ask('chat.postMessage', token, { channel, text, unfurl_links: 'false' }).catch((error: unknown) => {
    if (problemOf(error).code !== 'channel_not_found') throw error;
    throw new Problem('Slack knows no person of that id in this workspace. Profile → ⋮ → Copy member ID.');
  });
}

async function channelNamed(
  probe: Probe,
  { token, where, bot }: { readonly token: string; readonly where: string; readonly bot: string },
): Promise<string> {
  const wanted = /(?:^|\/)([CG][A-Z0-9]{6,})(?:[/?]|$)/.exec(where)?.[1];
  const name = where.replace(/^#/, '').toLowerCase();
  const joined: Channel[] = [];
  const api = { call: async (method: string, args?: Args) => (await probe.ask(method, token, args)).body };
  const args = { types: 'public_channel,private_channel', exclude_archived: true, limit: 200 };
  for await (const { channels } of pagesOf(api, 'users.conversations', args, channelList)) joined.push(...channels);
  const channel = joined.find((one) => (wanted === undefined ? one.name === name : one.id === wanted));
  if (!channel) {
    const names = joined.flatMap((one) => (one.name === undefined ? [] : [`#${one.name}`]));
    const listed = [...names.slice(0, MOST_NAMED), ...(names.length > MOST_NAMED ? ['…'] : [])].join(', ');
    const known = listed === '' ? 'It is in no channel yet.' : `It is in ${listed}.`;
    throw new Problem(
      `The bot is not in ${where}. ${known} Type /invite @${bot} in the channel in Slack, then its name here.`,
    );
  }
  if (channel.is_ext_shared || channel.is_pending_ext_shared) {
    throw new Problem(
      'That channel is shared with another organisation, so Jishi shows nothing there. Take another one.',
    );
  }
  return channel.id;
}
