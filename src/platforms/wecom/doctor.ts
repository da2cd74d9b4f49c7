import { t } from '../../conversation/cards/situation.ts';
import { parseJson } from '../../ops/json.ts';
import type { OutgoingProxy } from '../../ops/proxy.ts';
import type { Clock, Finding } from '../../use-cases/ports.ts';
import type { DoctorNeeds } from '../description.ts';
import { ApiError } from '../shared/api-client.ts';
import type { Checks } from '../shared/card-checks.ts';
import { findingsAbout } from '../shared/findings.ts';
import { Connection, REFUSED } from './bot/connection.ts';
import { chatSchema } from './bot/conversations.ts';
import type { WecomBotConfig } from './index.ts';
import { PLATFORM } from './limits.ts';

const { ok, warning, wrong } = findingsAbout(PLATFORM);

/** Checks for `connect` and the profile; accounts and rooms of this bot contain its id, not the company's. */
export const checks: Checks<WecomBotConfig> = {
  platform: PLATFORM,
  tenant: ({ botId }) => botId,
  asked: [
    { name: 'WECOM_BOT_ID', question: 'Bot ID: ', secret: false },
    { name: 'WECOM_BOT_SECRET', question: 'Secret: ', secret: true },
  ],
  probe: async (config, { proxy, clock }) => {
    const { ok, detail } = await tryBot(config, proxy, clock);
    if (detail === REFUSED) throw new ApiError('sign-in', 'refused', detail);
    if (!ok) throw new Error(detail);
    return config.botId;
  },
};

/** Parts of the program that the checks use. */
type Needs = Omit<DoctorNeeds, 'config'> & { readonly config: Pick<DoctorNeeds['config'], 'proxy'> };

/** Checks the smart bot: its connection, and its reachable people. Never throws; takes twenty seconds at most. */
export async function botDoctor(config: WecomBotConfig, needs: Needs): Promise<readonly Finding[]> {
  return [await connectionFinding(config, needs), ...(await peopleFindings(config, needs))];
}

async function connectionFinding(config: WecomBotConfig, needs: Needs): Promise<Finding> {
  const { running, clock, mayConnect } = needs;
  if (running?.ok) return ok('bot', running.detail === 'up' ? t('wecom.doctor.running') : running.detail);
  if (running) return wrong('bot', t('wecom.doctor.not_running', { detail: running.detail }));
  if (!mayConnect) return warning('bot', t('wecom.doctor.not_tried'));
  const tried = await tryBot(config, needs.config.proxy, clock);
  const { detail } = tried;
  if (tried.ok) return ok('bot', t('wecom.doctor.works'));
  return wrong('bot', detail === REFUSED ? t('wecom.doctor.refused') : t('wecom.doctor.unreached', { detail }));
}

const SHOWN = 20;

/** Returns findings on people: the bot may only write to those who wrote to it, and their ids may be opaque. */
async function peopleFindings({ botId }: WecomBotConfig, { kept, organisation }: Needs): Promise<readonly Finding[]> {
  if (!kept) return [];
  const chats = (await kept.list('chat:', 10_000)).flatMap(
    ({ value }) => chatSchema.safeParse(parseJson(value)).data ?? [],
  );
  const direct = new Set(chats.flatMap(({ id, kind }) => (kind === 'single' ? [id] : [])));
  const findings = [
    ok('conversations', t('wecom.doctor.conversations', { groups: chats.length - direct.size, people: direct.size })),
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
  const reach = t('wecom.doctor.reach', { people: unreached.join(', ') });
  const nobody = t('wecom.doctor.accounts', { tenant: botId, accounts: strangers.slice(0, SHOWN).join(', ') });
  return [
    ...findings,
    ...(unreached.length > 0 ? [warning('reach', reach)] : []),
    ...(strangers.length > 0 ? [warning('accounts', nobody)] : []),
  ];
}

/** Returns a list of group ids, which the profile needs for rooms and WeCom shows nowhere. */
function groupFindings(groups: readonly { readonly id: string; readonly at: number }[]): readonly Finding[] {
  if (groups.length === 0) return [];
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
  const lines = groups.toSorted((a, b) => b.at - a.at).map(({ id, at }) => `${id} · ${day(at)}`);
  return [ok('groups', t('wecom.doctor.groups', { rooms: lines.slice(0, SHOWN).join(', ') }))];
}

/** Signs in once and disconnects, which ends the connection of a running bot with the same id. */
async function tryBot(config: WecomBotConfig, proxy: OutgoingProxy | null, clock: Clock) {
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
  const { health } = connection;
  connection.stop();
  return health;
}
