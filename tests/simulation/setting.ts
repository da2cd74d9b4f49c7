import type { Room } from '../../src/incident/identity.ts';
import { type Organisation, organisationSchema } from '../../src/incident/people/profile.ts';
import { consoleRoom } from '../../src/platforms/console/platform.ts';
import { knowing } from '../fakes/known-rooms.ts';
import type { Traits, Weather } from './peer.ts';
import { Random } from './random.ts';

/**
 * One that edits and finds, as Slack does; one that can do neither, as a WeCom bot; one that drops what it has, as a WeCom
 * app; and the ways out, which only take: a group robot and mail.
 */
export const PLATFORMS: readonly Traits[] = [
  { platform: 'slack', tenant: 'T1', edits: 30, history: 'full', timeout: 10_000 },
  { platform: 'wecom', tenant: 'W1', edits: 0, history: 'none', timeout: 5_000 },
  { platform: 'wecom_app', tenant: 'W1', edits: 0, history: 'drops', timeout: 10_000 },
  { platform: 'wecom-webhook', tenant: 'W1', edits: 0, history: 'none', timeout: 10_000 },
  { platform: 'mail', tenant: 'mail', edits: 0, history: 'none', timeout: 10_000 },
];
const SLACK = { platform: 'slack', tenant: 'T1', open: false } as const;
export const ROOMS: readonly Room[] = [
  { ...SLACK, address: 'ops', location: 'home', language: 'zh-CN' },
  { ...SLACK, address: 'hq', location: 'abroad', language: 'en', zone: 'Europe/Berlin' },
  { ...SLACK, address: 'town-square', location: 'home', language: 'en', open: true },
  { platform: 'wecom', tenant: 'W1', address: 'group', location: 'home', language: 'zh-CN', open: false },
  { platform: 'wecom_app', tenant: 'W1', address: 'desk', location: 'home', language: 'zh-CN', open: false },
  consoleRoom('zh-CN'),
];

/** What kind of a run a seed is. */
export interface Setting {
  readonly start: number;
  readonly hours: number;
  readonly organisation: Organisation | null;
  readonly incidents: number;
  /** Mean times between things, in minutes: acts while it burns and later, crashes, jumps of the clock, outages. */
  readonly busy: number;
  readonly quiet: number;
  readonly crashes: number;
  readonly jumps: number;
  readonly outages: number;
  readonly weather: Weather;
  /** The same of ends of the process in the moment a message leaves or is answered; null for none. */
  readonly cuts: number | null;
  /** Edits a minute that a platform with edits promises. */
  readonly edits: number;
}

const NEVER = 1e9;

export function settingOf(seed: number): Setting {
  const random = new Random(new Random(seed).int(0, 2 ** 31));
  const hours = random.pick([8, 24, 100, 200, 400]) ?? 12;
  const bad = random.chance(0.75);
  const share = (most: number): number => (bad && random.chance(0.6) ? random.next() * most : 0);
  const setting = {
    start: Date.parse('2026-03-31T09:42:00+08:00') + random.int(0, 48 * 60) * 60_000 + random.int(0, 59_999),
    hours,
    organisation: random.chance(0.4) ? knowing(company, ...ROOMS) : null,
    incidents: random.int(1, 3),
    busy: random.int(2, 8),
    quiet: random.int(60, 400),
    crashes: random.chance(0.7) ? random.int(20, 300) : NEVER,
    jumps: random.chance(0.4) ? random.int(120, 1_200) : NEVER,
    outages: random.chance(0.5) ? random.int(60, 600) : NEVER,
    weather: {
      latency: random.pick([5, 50, 400, 2_000]) ?? 50,
      lostRequests: share(0.1),
      lostAnswers: share(0.15),
      serverErrors: share(0.1),
      limited: share(0.1),
    },
    cuts: null,
    edits: 30,
  };
  if (!random.chance(0.2)) return setting;
  const edits = 15;
  return {
    ...setting,
    edits,
    cuts: random.int(5, 30),
    outages: random.chance(0.5) ? random.int(15, 60) : setting.outages,
  };
}

const account = (platform: string, tenant: string, id: string) => ({ platform, tenant, id });
const company: Organisation = organisationSchema.parse({
  organisation: '示例支付有限公司',
  ladder: [120, 45],
  languages: { rooms: 'zh-CN', people: 'en' },
  entities: [{ id: 'pay', name: '示例支付有限公司', province: '31', operator: 'other' }],
  people: [
    {
      ...{ id: 'li', name: '李雷', roles: ['responder', 'lead', 'approver'], email: 'li@example.com' },
      accounts: [account('slack', 'T1', 'li'), account('wecom', 'W1', 'li')],
    },
    {
      ...{ id: 'wang', name: '王芳', roles: ['responder', 'legal', 'filer'], email: 'wang@example.com' },
      accounts: [account('wecom', 'W1', 'wang')],
    },
    { id: 'smith', name: 'Smith', roles: ['approver'], accounts: [account('slack', 'T1', 'smith')], language: 'en' },
  ],
  rooms: [{ platform: 'wecom', tenant: 'W1', address: 'group', webhook: 'bell' }],
});
