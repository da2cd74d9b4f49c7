import { expect, it } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import { organisationSchema } from '../../../src/incident/people/profile.ts';
import { PLATFORMS } from '../../../src/platforms/registry.ts';
import { profileFindings } from '../../../src/platforms/shared/profile-check.ts';
import { ManualClock } from '../../fakes/clock.ts';

const profile = (platform: string, people: readonly string[], rooms: readonly string[], tenant = 'ours') =>
  organisationSchema.parse({
    organisation: '某公司',
    entities: [{ id: 'sh', name: '某公司', province: '31' }],
    people: people.map((id) => ({ id, name: `Name of ${id}`, accounts: [{ platform, tenant, id }] })),
    rooms: rooms.map((address) => ({ platform, tenant, address })),
  });

it.each<[string, Record<string, string>, string]>([
  ['wecom', { WECOM_BOT_ID: 'ours', WECOM_BOT_SECRET: 's' }, 'WECOM_BOT_ID'],
  ['feishu', { FEISHU_APP_ID: 'cli_a012345678901234', FEISHU_APP_SECRET: 's' }, 'FEISHU_APP_ID'],
  [
    'dingtalk',
    { DINGTALK_CLIENT_ID: 'ours', DINGTALK_CLIENT_SECRET: 's', DINGTALK_CARD_TEMPLATE: 'a.schema' },
    'DINGTALK_CLIENT_ID',
  ],
])(
  '%s: accounts and rooms of another tenant are named, with the variable that holds the right one',
  async (name, env, variable) => {
    const platform = PLATFORMS.find((one) => one.name === name);
    const loaded = loadConfig(
      env,
      PLATFORMS.map(({ settings }) => settings),
    );
    if (!platform || !loaded.ok) throw new Error('not set up');
    const found = (tenant: string) =>
      platform.checkProfile({
        ...{ config: loaded.config, clock: new ManualClock(), running: null, kept: null, mayConnect: false },
        organisation: profile(name, ['li', 'wu'], ['r1'], tenant),
      });
    const { [variable]: ours = '' } = env;
    expect(await found(ours)).toEqual([]);
    expect(await found('theirs')).toMatchObject([
      {
        state: 'wrong',
        say: `the tenant of Name of li, Name of wu, r1 must be ${ours} (${variable}) in the profile`,
        chinese: expect.stringMatching(/^组织档案中Name of li.*须为/),
      },
    ]);
  },
);

it('ids are named by what is wrong with them; those of elsewhere are not asked about, nor what the platform does not say', async () => {
  const organisation = profile('x', ['a', 'b', 'c', 'd'], ['r1', 'r2']);
  const check = {
    ...{ platform: 'x', tenant: 'ours' },
    account: async (id: string) =>
      id === 'a' || id === 'b' ? ('unknown' as const) : id === 'c' ? ('deactivated' as const) : null,
    room: async (id: string) => (id === 'r2' ? ('without_bot' as const) : null),
  };
  const say = async (more: object = {}) =>
    (await profileFindings(organisation, { ...check, ...more })).map(({ what, say: said }) => `${what}: ${said}`);
  expect(await say()).toEqual([
    'x accounts: correct the account IDs in the profile: unknown, or hidden from the bot: Name of a (a), Name of b (b); deactivated: Name of c (c)',
    'x rooms: correct the room addresses in the profile, or invite the bot: without the bot: r2',
  ]);
  expect(await say({ tenant: 'theirs' })).toHaveLength(1);
  expect(await say({ tenant: 'theirs', isOneTenant: false })).toHaveLength(2);
});
