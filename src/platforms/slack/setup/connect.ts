import { origin } from '../../../config/settings.ts';
import type { Text } from '../../../conversation/cards/card.ts';
import { localise } from '../../../conversation/cards/localise.ts';
import { t } from '../../../conversation/cards/situation.ts';
import type { MessageKey } from '../../../i18n/keys.ts';
import { translate } from '../../../i18n/translate.ts';
import type { Connect, ConnectNeeds } from '../../description.ts';
import { insist, writeSettings } from '../../shared/connect.ts';
import { channelList } from '../api-shapes.ts';
import type { Channel } from '../directory.ts';
import { type Args, pagesOf } from '../send/api.ts';
import { appOfToken, missingScope, Problem, problemOf, settingsPage } from './advice.ts';
import { type Bot, checkBot, checkForm, checkSocket, clockProblem, lostWithout, named, otherApp } from './checks.ts';
import { createAppLink, DEFAULT_COMMAND, HTTP_PATH, manifest } from './manifest.ts';
import { type Probe, probing } from './probe.ts';
import { slackVariables } from './variables.ts';

export interface ConnectOptions extends Pick<ConnectNeeds, 'terminal' | 'envFile' | 'environment' | 'language'> {
  readonly probe: Probe;
  readonly command: string;
  /** Public address for HTTP mode; null means Socket Mode. */
  readonly publicUrl: string | null;
  readonly ofOrganisation?: boolean;
  /** Settings to which a further workspace is added; absent for the first one. */
  readonly addTo?: ConnectNeeds['settings'];
}

type Values = Readonly<Record<string, string>>;

/** Runs `jishi connect slack` with its options and settings. */
export async function connectSlackBy(needs: ConnectNeeds): ReturnType<Connect['run']> {
  const { options, settings, proxy, clock, language } = needs;
  const usage = (name: 'http' | 'command' | 'api' | 'add') => ({
    usage: localise(t(`slack.connect.usage_${name}`), language),
  });
  const set = (name: string): string | undefined => settings[name]?.trim() || undefined;
  const publicUrl = origin.optional().safeParse(options['http']);
  if (!publicUrl.success || publicUrl.data?.startsWith('http:')) return usage('http');
  const command = slackVariables.shape.SLACK_COMMAND.safeParse(options['command'] ?? set('SLACK_COMMAND'));
  if (!command.success) return usage('command');
  const apiUrl = slackVariables.shape.SLACK_API_URL.safeParse(set('SLACK_API_URL'));
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
  const { publicUrl, command } = run;
  // Step 1 is the command itself.
  say(run, t('slack.connect.open', { link: createAppLink(manifest(run)) }));
  const way = publicUrl === null ? await askAppToken(run) : await askSigningSecret(run);
  const found = way && (await botOf(run, way['SLACK_APP_TOKEN'] ?? ''));
  if (!found) {
    run.terminal.error(localise(t('slack.connect.stopped'), run.language));
    return 1;
  }
  const values = { SLACK_BOT_TOKEN: found.token, ...way, SLACK_COMMAND: command };
  if (!writeSettings(run, run.addTo ? addedTo(run.addTo, found, way) : values)) return 1;
  run.terminal.out('');
  await greet(run, found);
  farewell(run, found.bot, appOfToken(way['SLACK_APP_TOKEN'] ?? '') ?? found.bot.app);
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

function askAppToken(run: ConnectOptions): Promise<Values | null> {
  say(run, t('slack.connect.app_token'));
  if (run.addTo) say(run, t('slack.connect.same_app'));
  return ask(run, 'slack.connect.ask_app', async (token) => {
    if (run.addTo && token === '') return {};
    await checkSocket(run.probe, token, true);
    worked(run, { key: 'slack.doctor.opens' });
    return { SLACK_APP_TOKEN: token };
  });
}

/** Asks for the signing secret and empties a remaining app-level token, which would mean Socket Mode. */
function askSigningSecret(run: ConnectOptions): Promise<Values | null> {
  say(run, t('slack.connect.secret'));
  if (run.addTo) say(run, t('slack.connect.same_app'));
  return ask(run, 'slack.connect.ask_secret', async (secret) => {
    if (run.addTo && secret === '') return {};
    checkForm('SLACK_SIGNING_SECRET', 'signing', secret);
    return { SLACK_SIGNING_SECRET: secret, SLACK_APP_TOKEN: '' };
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
    if (missing.length > 0) throw new Problem(missingScope(missing, 'auth.test', app ?? bot.app));
    const first = run.addTo?.['SLACK_BOT_TOKEN']?.trim();
    if (first !== undefined && (await checkBot(run.probe, first, null)).tenant === bot.tenant)
      throw new Problem(t('slack.connect.same_workspace', { team: bot.team }));
    run.terminal.out(`  ✓ ${localise(named(bot), run.language)}`);
    return { bot, token };
  });
}

async function greet(run: ConnectOptions, { bot, token }: Found): Promise<void> {
  const { command, probe } = run;
  say(run, t('slack.connect.invite', { bot: bot.name }));
  const check = async (where: string): Promise<void> => {
    if (where === '') return;
    await sayHello(probe, { token, where, command, bot: bot.name });
    worked(run, t('slack.connect.greeted'));
  };
  await ask(run, 'slack.connect.ask_channel', check, false);
}

function farewell(run: ConnectOptions, bot: Bot, app: string | null): void {
  const { command, publicUrl, language } = run;
  const clock = clockProblem(bot);
  const page = settingsPage(app, 'event-subscriptions');
  const later: readonly Text[] = [
    ...(clock === null ? [] : [clock.say]),
    ...(bot.missing?.optional ?? []).map(lostWithout),
    ...(publicUrl === null ? [] : [t('slack.connect.reach', { address: `${publicUrl}${HTTP_PATH}`, page })]),
    t('slack.connect.delayed', { page }),
  ];
  const lines = later.map((text) => `  - ${localise(text, language)}`).join('\n');
  say(run, t('slack.connect.start', { command, lines }));
}

const MOST_NAMED = 8;

/**
 * Sends the first message to test sending. `where` is as people give it: `#incidents`, the id of a channel or person,
 * or a link copied from Slack. The bot must be in the channel, and no other organisation may share it, as nothing of an
 * incident would be shown there. Rejects with a `Problem`.
 */
async function sayHello(
  probe: Probe,
  hello: { readonly token: string; readonly where: string; readonly command: string; readonly bot: string },
): Promise<void> {
  const { token, where, command } = hello;
  const person = /(?:^|\/)([UW][A-Z0-9]{6,})$/.exec(where)?.[1];
  const channel = person ?? (await channelNamed(probe, hello));
  // Both languages are used, because the readers are not known yet.
  const text = `${translate('en', 'slack.hello', { command })}\n${translate('zh-CN', 'slack.hello', { command })}`;
  await probe.ask('chat.postMessage', token, { channel, text, unfurl_links: 'false' }).catch((error: unknown) => {
    throw problemOf(error).code === 'channel_not_found' ? new Problem(t('slack.connect.nobody')) : error;
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
    const known = listed === '' ? t('slack.connect.in_none') : t('slack.connect.in_some', { names: listed });
    throw new Problem(t('slack.connect.not_in', { where, known, bot }));
  }
  if (channel.is_ext_shared || channel.is_pending_ext_shared) throw new Problem(t('slack.connect.shared'));
  return channel.id;
}
