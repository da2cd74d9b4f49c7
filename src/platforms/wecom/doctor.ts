import type { Organisation } from '../../incident/people/profile.ts';
import { parseJson } from '../../ops/json.ts';
import type { OutgoingProxy } from '../../ops/proxy.ts';
import type { Clock, Finding } from '../../use-cases/ports.ts';
import type { DoctorNeeds } from '../description.ts';
import { findingsAbout } from '../shared/findings.ts';
import { chatSchema } from './bot/chats.ts';
import { Connection, type ConnectionStatus } from './bot/connection.ts';
import type { WecomBotConfig } from './index.ts';
import { PLATFORM } from './limits.ts';

const { ok, warning, wrong } = findingsAbout(PLATFORM);

/**
 * Dependencies of the checks. `running`: status of the connection at `/readyz` of the running bot; null when none runs: a
 * second connection would kick it.
 */
export interface BotDoctorOptions extends Omit<DoctorNeeds, 'config'> {
  readonly proxy: OutgoingProxy | null;
}

/** Checks the smart bot: its connection, and who can be reached. Never throws; takes twenty seconds at most. */
export async function botDoctor(config: WecomBotConfig, options: BotDoctorOptions): Promise<readonly Finding[]> {
  return [await connectionFinding(config, options), ...(await peopleFindings(config, options))];
}

async function connectionFinding(config: WecomBotConfig, options: BotDoctorOptions): Promise<Finding> {
  const { running, proxy, clock } = options;
  if (running?.ok) return ok('bot', running.detail === 'up' ? 'the running bot is connected' : running.detail);
  if (running) {
    const say = `the running bot is not connected: ${running.detail}. If another program uses this bot id, end it, then start this one again`;
    return wrong('bot', say);
  }
  const { state, detail } = await tryBot(config, proxy, clock);
  if (state === 'up') return ok('bot', 'WeCom takes the bot id and the secret');
  const refused = 'WeCom refuses WECOM_BOT_ID with WECOM_BOT_SECRET: copy both again (`npx jishi connect wecom`)';
  const say = `no connection: ${detail}. The machine must reach openws.work.weixin.qq.com:443; where a proxy is needed, set HTTPS_PROXY or WECOM_PROXY and see that it runs`;
  return wrong('bot', state === 'refused' ? refused : say);
}

const SHOWN = 20;

/** The bot may only write to who wrote to it, and ids of people may be opaque. */
async function peopleFindings(
  { botId }: WecomBotConfig,
  { kept, organisation }: BotDoctorOptions,
): Promise<readonly Finding[]> {
  if (!kept) return [];
  const chats = (await kept.list('chat:', 10_000)).flatMap(
    ({ value }) => chatSchema.safeParse(parseJson(value)).data ?? [],
  );
  const direct = new Set(chats.flatMap(({ id, kind }) => (kind === 'single' ? [id] : [])));
  const findings = [
    ok('conversations', `${chats.length - direct.size} groups, ${direct.size} people wrote to the bot`),
    ...groupFindings(chats.filter(({ kind }) => kind === 'group')),
  ];
  if (!organisation) return findings;
  const accounts = organisation.people.map(({ name, accounts: all }) => ({
    name,
    ids: all.filter((one) => one.platform === PLATFORM && one.tenant === botId).map(({ id }) => id),
  }));
  const unreached = accounts.filter(({ ids }) => !ids.some((id) => direct.has(id))).map(({ name }) => name);
  const listed = new Set(accounts.flatMap(({ ids }) => ids));
  const strangers = [...direct].filter((id) => !listed.has(id));
  const reach = `no direct reminders for ${unreached.join(', ')}: each has to send the bot 你好 once, from an account of the profile or a linked one`;
  const nobody = `nobody in the profile has these accounts (platform wecom, tenant ${botId}): ${strangers.slice(0, SHOWN).join(', ')}`;
  return [
    ...findings,
    ...(unreached.length > 0 ? [warning('reach', reach)] : []),
    ...(strangers.length > 0 ? [warning('accounts', nobody)] : []),
  ];
}

/** A room of the profile is named by the id of its group, which WeCom shows nowhere. */
function groupFindings(groups: readonly { readonly id: string; readonly at: number }[]): readonly Finding[] {
  if (groups.length === 0) return [];
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
  const lines = groups.toSorted((a, b) => b.at - a.at).map(({ id, at }) => `${id} · ${day(at)}`);
  const say = `address of a room in the profile: ${lines.slice(0, SHOWN).join(', ')}; which is which: send “@bot 群编号” there`;
  return [ok('groups', say)];
}

/** Accounts and rooms of this bot carry its id: not that of the company, which is for the app. */
export function tenantFindings({ botId }: WecomBotConfig, organisation: Organisation): readonly Finding[] {
  const isOther = ({ platform, tenant }: { platform: string; tenant: string }): boolean =>
    platform === PLATFORM && tenant !== botId;
  const people = organisation.people.filter(({ accounts }) => accounts.some(isOther)).map(({ name }) => name);
  const rooms = organisation.rooms.filter(isOther).map(({ address }) => address);
  const names = [...people, ...rooms].join(', ');
  const say = `the tenant of ${names} must be ${botId} (WECOM_BOT_ID) in the profile`;
  return names === '' ? [] : [wrong('tenant', say)];
}

/** Signs in once and leaves again. A running bot with the same id loses its connection by this. */
export async function tryBot(
  config: WecomBotConfig,
  proxy: OutgoingProxy | null,
  clock: Clock,
): Promise<ConnectionStatus> {
  const quiet = (): void => {};
  const connection = new Connection({
    config,
    proxy,
    clock,
    log: { info: quiet, warn: quiet, error: quiet },
    jitter: () => 1,
    received: quiet,
    connected: quiet,
    alarm: quiet,
  });
  await connection.start();
  const { status } = connection;
  connection.stop();
  return status;
}
