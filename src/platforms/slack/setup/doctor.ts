import { z } from 'zod';
import { t } from '../../../conversation/cards/situation.ts';
import type { Organisation } from '../../../incident/people/profile.ts';
import type { Finding } from '../../../use-cases/ports.ts';
import type { DoctorNeeds } from '../../description.ts';
import { findingsAbout } from '../../shared/findings.ts';
import { profileFindings, type Problem as Unusable } from '../../shared/profile-check.ts';
import type { SlackConfig } from '../index.ts';
import { tenantOf } from '../installation.ts';
import { PLATFORM } from '../limits.ts';
import { authTest } from '../shapes.ts';
import {
  appOfToken,
  type Bot,
  checkBot,
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
import { DEFAULT_COMMAND, HTTP_PATH } from './manifest.ts';

const find = findingsAbout(PLATFORM);
const { ok, warning, wrong } = find;

export interface SlackDoctorOptions {
  readonly probe: Probe;
  readonly publicUrl: string | null;
  /** True while the bot runs: a second connection would take payloads away from it. */
  readonly running: boolean;
  /** First workspace, whose app may serve this one as well; absent if this is the first. */
  readonly first?: Pick<SlackConfig, 'appToken' | 'signingSecrets'> | undefined;
}

type Configs = readonly SlackConfig[];
/** Runs requests to Slack with the settings of the first workspace. */
export function asking<T>(
  configs: Configs,
  { clock, config: { proxy } }: DoctorNeeds,
  work: (probe: Probe) => Promise<T>,
) {
  return probing({ clock, proxy, apiUrl: configs[0]?.apiUrl ?? null }, work);
}

export function slackFindings(configs: Configs, needs: DoctorNeeds): Promise<readonly Finding[]> {
  const { publicUrl } = needs.config;
  return asking(configs, needs, async (probe) => {
    const options = { probe, publicUrl, running: needs.running !== null, first: configs[0] };
    return (await Promise.all(configs.map((one) => slackDoctor(one, options)))).flat();
  });
}

/** Checks everything Slack can answer about one workspace. Never throws; takes a few seconds at most. */
export async function slackDoctor(config: SlackConfig, options: SlackDoctorOptions): Promise<readonly Finding[]> {
  const { probe } = options;
  const appToken = config.appToken ?? '';
  const bot = await checkBot(probe, config.botToken, appOfToken(appToken)).catch(problemOf);
  const isKnown = !(bot instanceof Problem);
  const app = appOfToken(appToken) ?? (isKnown ? bot.app : null);
  const { tenant, command } = config;
  const { first = config } = options;
  const isOwn = command !== DEFAULT_COMMAND;
  const page = (name: string): string => settingsPage(app, name);
  const isOfFirst = first.appToken === config.appToken && first.signingSecrets.join() === config.signingSecrets.join();
  const ofApp = async (): Promise<readonly Finding[]> => [
    config.appToken === null ? httpMode(config, options, app) : await socketMode(config.appToken, options),
    ok('command', t(`slack.doctor.${isOwn ? 'own_command' : 'command'}`, { command, page: page('slash-commands') })),
    warning('delayed events', t('slack.doctor.delayed', { page: page('event-subscriptions') })),
  ];
  const found = [
    ...(isKnown ? botFindings(bot, config, app) : [wrong('bot token', bot.text)]),
    // Findings on the app are listed with its first workspace.
    ...(tenant !== null && isOfFirst ? [] : await ofApp()),
  ];
  if (tenant === null) return found;
  return found.map((one) => ({ ...one, what: one.what.replace(PLATFORM, `${PLATFORM} ${tenant}`) }));
}

function botFindings(bot: Bot, config: SlackConfig, app: string | null): readonly Finding[] {
  const other = otherApp(bot, config.appToken ?? '');
  const { tenant } = config;
  const { clock, shown } = bot;
  const isOther = tenant !== null && tenant !== bot.tenant;
  return [
    isOther
      ? wrong('bot token', t('slack.doctor.other_workspace', { is: bot.tenant, tenant }))
      : ok('bot token', shown),
    ...(other === null ? [] : [wrong('tokens', other)]),
    ...scopes(bot, app),
    ...(clock === null ? [] : [find[clock.state]('clock', clock.say)]),
  ];
}

function scopes({ missing }: Bot, app: string | null): readonly Finding[] {
  if (missing === null) return [warning('scopes', t('slack.doctor.scopes_unsaid'))];
  if (missing.required.length > 0)
    return [wrong('scopes', missingScope(missing.required.join(', '), 'auth.test', app))];
  if (missing.optional.length === 0) return [ok('scopes', t('slack.doctor.scopes'))];
  return missing.optional.map((scope) => warning('scopes', lostWithout(scope)));
}

async function socketMode(token: string, { probe, running }: SlackDoctorOptions): Promise<Finding> {
  const problem = await checkSocket(probe, token, !running).catch(problemOf);
  return problem
    ? wrong('socket mode', problem.text)
    : ok('socket mode', t(running ? 'slack.doctor.holds' : 'slack.doctor.opens'));
}

function httpMode(config: SlackConfig, { publicUrl }: SlackDoctorOptions, app: string | null): Finding {
  if (config.signingSecrets.length === 0) return wrong('http mode', t('slack.doctor.nothing_arrives'));
  const address = `${publicUrl ?? 'https://your-address'}${HTTP_PATH}`;
  const found = publicUrl === null || publicUrl.startsWith('https:') ? ok : warning;
  return found('http mode', t('slack.doctor.address', { address, page: settingsPage(app, 'event-subscriptions') }));
}

/** Errors of an unknown id, which Slack also returns for a private channel without the bot. */
const UNKNOWN: readonly unknown[] = ['user_not_found', 'users_not_found', 'channel_not_found', 'user_not_visible'];
const listedSchema = z.object({
  user: z.object({ deleted: z.boolean().default(false) }).optional(),
  channel: z.object({ is_archived: z.boolean().default(false), is_member: z.boolean().default(true) }).optional(),
});

/**
 * Compares the profile's accounts and rooms with their workspaces, or with the first if theirs is unknown. Empty for an
 * unreachable workspace, which `slackDoctor` reports.
 */
export async function checkSlackProfile(
  probe: Probe,
  configs: readonly Pick<SlackConfig, 'tenant' | 'botToken'>[],
  { people, rooms, ...rest }: Organisation,
): Promise<readonly Finding[]> {
  const others = configs.flatMap(({ tenant }) => tenant ?? []);
  const found = configs.map(({ tenant, botToken }) => {
    const isChecked = (one: { readonly tenant: string }): boolean =>
      tenant === null ? !others.includes(one.tenant) : one.tenant === tenant;
    const listed = people.map((one) => ({ ...one, accounts: one.accounts.filter(isChecked) }));
    const checked = { ...rest, people: listed, rooms: rooms.filter(isChecked) };
    return checkWorkspace(probe, botToken, checked, others);
  });
  return (await Promise.all(found)).flat();
}

async function checkWorkspace(
  probe: Probe,
  token: string,
  organisation: Organisation,
  others: readonly string[],
): Promise<readonly Finding[]> {
  /** Returns Slack's answer, or its error code. */
  const ask = (method: string, args: Readonly<Record<string, string>> = {}): Promise<unknown> =>
    probe.ask(method, token, args).then(
      ({ body }) => body,
      (error: unknown) => problemOf(error).code,
    );
  const self = authTest.safeParse(await ask('auth.test'));
  if (!self.success) return [];
  return profileFindings(organisation, {
    ...{ platform: PLATFORM, tenant: tenantOf(self.data) },
    ...(others.length > 0 ? { variable: `SLACK_WORKSPACES: ${others.join(', ')}` } : {}),
    isOneTenant: !self.data.enterprise_id || self.data.is_enterprise_install,
    account: async (user) => unusable(await ask('users.info', { user })),
    room: async (channel) => unusable(await ask('conversations.info', { channel })),
  });
}

/** Returns the problem of an account or room, from Slack's answer about it. */
function unusable(answer: unknown): Unusable | null {
  if (UNKNOWN.includes(answer)) return 'unknown';
  const { user, channel } = listedSchema.safeParse(answer).data ?? {};
  if (user?.deleted) return 'deactivated';
  if (channel?.is_archived) return 'archived';
  return channel?.is_member === false ? 'without_bot' : null;
}
