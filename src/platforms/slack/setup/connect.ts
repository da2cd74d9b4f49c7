import { origin } from '../../../config/settings.ts';
import type { Text } from '../../../conversation/cards/card.ts';
import { localise } from '../../../conversation/cards/localise.ts';
import { t } from '../../../conversation/cards/situation.ts';
import type { MessageKey } from '../../../i18n/keys.ts';
import { translate } from '../../../i18n/translate.ts';
import type { Connect, ConnectNeeds } from '../../description.ts';
import { insist, writeSettings } from '../../shared/connect.ts';
import { type Channel, isReadOutside, JOINED } from '../directory.ts';
import type { slackVariables } from '../index.ts';
import { type Args, pagesOf } from '../send/api.ts';
import { channelList } from '../shapes.ts';
import {
  appOfToken,
  type Bot,
  checkBot,
  checkForm,
  checkSocket,
  lostWithout,
  missingScope,
  otherApp,
  type Probe,
  Problem,
  probing,
  problemOf,
  settingsPage,
} from './checks.ts';
import { createAppLink, DEFAULT_COMMAND, HTTP_PATH, type ManifestOptions, manifest } from './manifest.ts';

export interface ConnectOptions
  extends ManifestOptions,
    Pick<ConnectNeeds, 'terminal' | 'envFile' | 'environment' | 'language'> {
  readonly probe: Probe;
  /** Settings to which a further workspace is added; absent for the first one. */
  readonly addTo?: ConnectNeeds['settings'];
}

type Values = Readonly<Record<string, string>>;

/** Runs `jishi connect slack` with the schemas of Slack's settings. */
export async function connectSlackBy(
  needs: ConnectNeeds,
  { SLACK_COMMAND, SLACK_API_URL }: typeof slackVariables.shape,
): ReturnType<Connect['run']> {
  const { options, settings, proxy, clock, language } = needs;
  const usage = (name: 'http' | 'command' | 'api' | 'add') => ({
    usage: localise(t(`slack.connect.usage_${name}`), language),
  });
  const set = (name: string): string | undefined => settings[name]?.trim() || undefined;
  const publicUrl = origin.optional().safeParse(options['http']);
  if (!publicUrl.success || publicUrl.data?.startsWith('http:')) return usage('http');
  const command = SLACK_COMMAND.safeParse(options['command'] ?? set('SLACK_COMMAND'));
  if (!command.success) return usage('command');
  const apiUrl = SLACK_API_URL.safeParse(set('SLACK_API_URL'));
  if (!apiUrl.success) return usage('api');
  const isAdded = options['add'] !== undefined;
  if (isAdded && set('SLACK_BOT_TOKEN') === undefined) return usage('add');
  const asked = {
    ...{ command: command.data ?? DEFAULT_COMMAND, publicUrl: publicUrl.data ?? null },
    ofOrganisation: options['organisation'] !== undefined,
    ...(isAdded ? { addTo: settings } : {}),
  };
  return probing({ proxy, clock, apiUrl: apiUrl.data ?? null }, (probe) => connectSlack({ ...needs, ...asked, probe }));
}

/** Connects an app from the beginning. Returns the exit code; nothing is written before the connection works. */
export async function connectSlack(run: ConnectOptions): Promise<number> {
  const { terminal, publicUrl, command, addTo, language } = run;
  // Step 1 is the command itself.
  say(run, t('slack.connect.open', { link: createAppLink(manifest(run)) }));
  const way = await wayIn(run);
  const appToken = way?.['SLACK_APP_TOKEN'] ?? '';
  const found = way && (await botOf(run, appToken));
  if (!found) {
    terminal.error(localise(t('slack.connect.stopped'), language));
    return 1;
  }
  const { bot, token } = found;
  const values = { SLACK_BOT_TOKEN: token, ...way, SLACK_COMMAND: command };
  if (!writeSettings(run, addTo ? addedTo(addTo, found, way) : values)) return 1;
  terminal.out('');
  say(run, t('slack.connect.invite', { bot: bot.name }));
  await ask(run, 'slack.connect.ask_channel', (where) => sayHello(run, found, where), false);
  const page = settingsPage(appOfToken(appToken) ?? bot.app, 'event-subscriptions');
  const later: readonly Text[] = [
    ...(bot.clock && bot.clock.state !== 'ok' ? [bot.clock.say] : []),
    ...(bot.missing?.optional ?? []).map(lostWithout),
    ...(publicUrl === null ? [] : [t('slack.connect.reach', { address: `${publicUrl}${HTTP_PATH}`, page })]),
    t('slack.connect.delayed', { page }),
  ];
  const lines = later.map((text) => `  - ${localise(text, language)}`).join('\n');
  say(run, t('slack.connect.start', { command, lines }));
  return 0;
}

const say = ({ terminal, language }: ConnectOptions, text: Text): void => terminal.out(localise(text, language));
const worked = (run: ConnectOptions, text: Text): void => run.terminal.out(`  ✓ ${localise(text, run.language)}\n`);

/** Returns the setting for further workspaces with one more entry; an older entry of the same workspace is dropped. */
function addedTo(settings: ConnectNeeds['settings'], { bot, token }: Found, way: Values): Values {
  const others = (settings['SLACK_WORKSPACES'] ?? '').split(',').map((one) => one.trim());
  const kept = others.filter((one) => one !== '' && !one.startsWith(`${bot.tenant}=`));
  const entry = [`${bot.tenant}=${token}`, ...Object.values(way).filter((value) => value !== '')].join(':');
  return { SLACK_WORKSPACES: [...kept, entry].join(',') };
}

/** Asks a question until the answer passes; null at the end of the input. */
function ask<T>(run: ConnectOptions, question: MessageKey, check: (text: string) => Promise<T>, secret = true) {
  const { terminal, language } = run;
  const asked = [{ name: 'value', question: translate(language, question), secret }];
  return insist<T>(terminal, asked, ({ value = '' }) =>
    check(value).then(
      (found) => ({ found }),
      (error: unknown) => ({ refused: `  ✗ ${localise(problemOf(error).text, language)}` }),
    ),
  );
}

/** Asks for the app-level token, or the signing secret in HTTP mode; neither if the first workspace has the app. */
function wayIn(run: ConnectOptions): Promise<Values | null> {
  const { addTo, probe, publicUrl } = run;
  const isSocket = publicUrl === null;
  say(run, t(isSocket ? 'slack.connect.app_token' : 'slack.connect.secret'));
  if (addTo) say(run, t('slack.connect.same_app'));
  return ask(run, isSocket ? 'slack.connect.ask_app' : 'slack.connect.ask_secret', async (typed): Promise<Values> => {
    if (addTo && typed === '') return {};
    if (isSocket) {
      await checkSocket(probe, typed, true);
      worked(run, t('slack.doctor.opens'));
      return { SLACK_APP_TOKEN: typed };
    }
    checkForm('SLACK_SIGNING_SECRET', 'signing', typed);
    // A remaining app-level token would mean Socket Mode.
    return { SLACK_SIGNING_SECRET: typed, SLACK_APP_TOKEN: '' };
  });
}

interface Found {
  readonly bot: Bot;
  readonly token: string;
}

function botOf(run: ConnectOptions, appToken: string): Promise<Found | null> {
  const app = appOfToken(appToken);
  const install = run.ofOrganisation ? 'slack.connect.install_organisation' : 'slack.connect.install';
  say(run, t(install, { page: settingsPage(app, 'install-on-team') }));
  return ask(run, 'slack.connect.ask_bot', async (token) => {
    const bot = await checkBot(run.probe, token, app);
    const other = otherApp(bot, appToken);
    if (other !== null) throw new Problem(other);
    const missing = bot.missing?.required ?? [];
    if (missing.length > 0) throw new Problem(missingScope(missing.join(', '), 'auth.test', app ?? bot.app));
    const first = run.addTo?.['SLACK_BOT_TOKEN']?.trim();
    if (first !== undefined && (await checkBot(run.probe, first, null)).tenant === bot.tenant)
      throw new Problem(t('slack.connect.same_workspace', { team: bot.team }));
    run.terminal.out(`  ✓ ${localise(bot.shown, run.language)}`);
    return { bot, token };
  });
}

/**
 * Sends the first message to test sending. `where` is as people give it: `#incidents`, the id of a channel or person,
 * or a link copied from Slack; empty: nothing is sent. Rejects with a `Problem`.
 */
async function sayHello(run: ConnectOptions, found: Found, where: string): Promise<void> {
  if (where === '') return;
  const { probe, command } = run;
  const person = /(?:^|\/)([UW][A-Z0-9]{6,})$/.exec(where)?.[1];
  const channel = person ?? (await channelNamed(probe, found, where));
  // Both languages are used, because the readers are not known yet.
  const text = `${translate('en', 'slack.hello', { command })}\n${translate('zh-CN', 'slack.hello', { command })}`;
  await probe.ask('chat.postMessage', found.token, { channel, text, unfurl_links: 'false' }).catch((error: unknown) => {
    throw problemOf(error).code === 'channel_not_found' ? new Problem(t('slack.connect.nobody')) : error;
  });
  worked(run, t('slack.connect.greeted'));
}

const MOST_NAMED = 8;

/** Returns a channel that the bot is in and no other organisation shares: there nothing of an incident is shown. */
async function channelNamed(probe: Probe, { token, bot }: Found, where: string): Promise<string> {
  const wanted = /(?:^|\/)([CG][A-Z0-9]{6,})(?:[/?]|$)/.exec(where)?.[1];
  const name = where.replace(/^#/, '').toLowerCase();
  const joined: Channel[] = [];
  const api = { call: async (method: string, args?: Args) => (await probe.ask(method, token, args)).body };
  const args = { types: JOINED, exclude_archived: true, limit: 200 };
  for await (const { channels } of pagesOf(api, 'users.conversations', args, channelList)) joined.push(...channels);
  const channel = joined.find((one) => (wanted === undefined ? one.name === name : one.id === wanted));
  if (!channel) {
    const names = joined.flatMap((one) => (one.name === undefined ? [] : [`#${one.name}`]));
    const listed = [...names.slice(0, MOST_NAMED), ...(names.length > MOST_NAMED ? ['…'] : [])].join(', ');
    const known = listed === '' ? t('slack.connect.in_none') : t('slack.connect.in_some', { names: listed });
    throw new Problem(t('slack.connect.not_in', { where, known, bot: bot.name }));
  }
  if (isReadOutside(channel)) throw new Problem(t('slack.connect.shared'));
  return channel.id;
}
