import { expect, it } from 'vitest';
import { organisationSchema } from '../../../src/incident/people/profile.ts';
import type { SlackConfig } from '../../../src/platforms/slack/index.ts';
import { checkSlackProfile, type SlackDoctorOptions, slackDoctor } from '../../../src/platforms/slack/setup/doctor.ts';
import { SCOPES } from '../../../src/platforms/slack/setup/manifest.ts';

import { APP_TOKEN, type Api, BOT_TOKEN, HQ_TOKEN, SIGNING_SECRET, startApi } from './api.ts';

/** `state what: say` of every line. */
async function lines(
  prepare: (api: Api) => void = () => {},
  config: Partial<SlackConfig> = {},
  more: Partial<SlackDoctorOptions> = {},
): Promise<{ readonly found: readonly string[]; readonly api: Api }> {
  const api = await startApi();
  prepare(api);
  const found = await slackDoctor(
    {
      tenant: null,
      botToken: BOT_TOKEN,
      appToken: APP_TOKEN,
      signingSecrets: [],
      apiUrl: api.url,
      command: '/incident',
      reactions: [],
      ...config,
    },
    { probe: api.probe, publicUrl: null, running: false, ...more },
  );
  return { found: found.map(({ what, state, say }) => `${state} ${what}: ${say}`), api };
}
const line = (found: readonly string[], what: string): string =>
  found.find((one) => one.includes(` slack ${what}:`)) ?? '';

it('a good set-up is ok line by line; what cannot be seen from here is said', async () => {
  const { found } = await lines();
  expect(found.filter((one) => one.startsWith('wrong'))).toEqual([]);
  expect(line(found, 'bot token')).toBe('ok slack bot token: jishi in the workspace Lanting');
  expect(line(found, 'scopes')).toBe('ok slack scopes: all scopes granted');
  expect(line(found, 'clock')).toMatch(/^ok/);
  expect(line(found, 'socket mode')).toBe('ok slack socket mode: Slack opens a connection');
  expect(line(found, 'command')).toMatch(/^ok .*\/incident/);
  expect(line(found, 'delayed events')).toMatch(/^warning .*A0JISHI\/event-subscriptions/);
});

it.each<[string, (api: Api) => void, Partial<SlackConfig>, string, RegExp]>([
  [
    'missing scope',
    (api) => (api.scopes = SCOPES.required.slice(1)),
    {},
    'scopes',
    /^wrong .*lacks app_mentions:read.*Reinstall/,
  ],
  [
    'optional scope',
    (api) => (api.scopes = [...SCOPES.required, 'files:read', 'groups:write']),
    {},
    'scopes',
    /^warning .*bookmarks:write/,
  ],
  ['scopes unsaid', (api) => (api.scopes = null), {}, 'scopes', /^warning/],
  [
    'wrong kind of token',
    () => {},
    { appToken: BOT_TOKEN },
    'socket mode',
    /^wrong .*SLACK_APP_TOKEN: this is a bot token/,
  ],
  [
    'revoked token',
    (api) => api.answers.set('auth.test', { ok: false, error: 'account_inactive' }),
    {},
    'bot token',
    /^wrong .*Install it again/,
  ],
  [
    'Socket Mode off',
    (api) => (api.greeting = { type: 'disconnect', reason: 'link_disabled' }),
    {},
    'socket mode',
    /^wrong .*Socket Mode is off/,
  ],
  ['clock a little off', (api) => (api.skew = 60), {}, 'clock', /^warning .*behind Slack’s.*NTP/],
  ['clock far off', (api) => (api.skew = 900), {}, 'clock', /^wrong/],
  [
    'tokens of two apps',
    (api) => api.answers.set('bots.info', { ok: true, bot: { app_id: 'A0ELSE' } }),
    {},
    'tokens',
    /^wrong .*two apps/,
  ],
  ['own command', () => {}, { command: '/cn' }, 'command', /\/cn\..*in Slack: .*slash-commands/],
  ['Slack out of reach', (api) => api.answers.set('auth.test', 'hang up'), {}, 'bot token', /^wrong .*HTTPS_PROXY/],
])('%s', async (_, prepare, config, what, expected) => {
  expect(line((await lines(prepare, config)).found, what)).toMatch(expected);
});

it('opens no connection beside a running bot, which would lose what is dealt to it', async () => {
  const { found, api } = await lines(undefined, {}, { running: true });
  expect(line(found, 'socket mode')).toMatch(/^ok .*running bot/);
  expect(api.called.some(({ method }) => method === 'apps.connections.open')).toBe(true);
  expect(api.connections).toBe(0);
});

it('HTTP mode: where Slack must arrive, and that it is https', async () => {
  const http = { appToken: null, signingSecrets: [SIGNING_SECRET] };
  const mode = async (publicUrl: string | null, config: Partial<SlackConfig> = http) =>
    line((await lines(undefined, config, { publicUrl })).found, 'http mode');
  expect(await mode('https://jishi.example.com')).toMatch(/^ok .*https:\/\/jishi\.example\.com\/slack\/events/);
  expect(await mode('http://jishi.example.com')).toMatch(/^warning/);
  expect(await mode(null, { appToken: null, signingSecrets: [] })).toMatch(/^wrong .*nothing can arrive/);
});

it('compares the profile with the workspace: unknown and deactivated people, channels, another workspace', async () => {
  const api = await startApi();
  const account = (id: string, tenant = 'T0JISHI') => [{ platform: 'slack', tenant, id }];
  const organisation = organisationSchema.parse({
    organisation: 'x',
    entities: [{ id: 'a', name: 'x', province: '31' }],
    people: [
      { id: 'li', name: 'Li', accounts: account('U1') },
      { id: 'wu', name: 'Wu', accounts: account('U2', 'T0OTHER') },
    ],
    rooms: [{ platform: 'slack', tenant: 'T0JISHI', address: 'C1' }],
  });
  const found = async () =>
    (await checkSlackProfile(api.probe, [{ tenant: null, botToken: BOT_TOKEN }], organisation)).map(({ say }) => say);
  api.answers.set('auth.test', { ok: true, url: 'x', team: 'x', team_id: 'T0JISHI', user: 'x', user_id: 'U0' });
  api.answers.set('users.info', { ok: true, user: { id: 'U1', deleted: true } });
  api.answers.set('conversations.info', { ok: true, channel: { id: 'C1', is_member: false } });
  expect(await found()).toEqual([
    'the tenant of Wu must be T0JISHI in the profile',
    'correct the account IDs in the profile: deactivated: Li (U1)',
    'correct the room addresses in the profile, or invite the bot: without the bot: C1',
  ]);
  api.answers.set('users.info', { ok: false, error: 'user_not_found' });
  api.answers.set('conversations.info', { ok: true, channel: { id: 'C1', is_member: true } });
  expect((await found())[1]).toBe('correct the account IDs in the profile: unknown, or hidden from the bot: Li (U1)');
  expect(await found()).toHaveLength(2);
  expect(api.called.map(({ args }) => args['user'])).not.toContain('U2');
});

it('a further workspace has lines of its own, and the profile is compared with the workspace it names', async () => {
  const first = { appToken: APP_TOKEN, signingSecrets: [] };
  const hq = async (tenant: string, config: Partial<SlackConfig> = {}) =>
    (await lines(undefined, { tenant, botToken: HQ_TOKEN, ...config }, { first })).found;
  expect(await hq('T0HQ')).toEqual([
    'ok slack T0HQ bot token: jishi in the workspace Lanting HQ',
    'ok slack T0HQ scopes: all scopes granted',
    expect.stringMatching(/^ok slack T0HQ clock/),
  ]);
  expect((await hq('T0OTHER'))[0]).toMatch(/^wrong slack T0OTHER bot token: the token belongs to T0HQ, but/);
  const own = await hq('T0HQ', { appToken: null, signingSecrets: [SIGNING_SECRET] });
  expect(own.some((one) => one.startsWith('ok slack T0HQ http mode:'))).toBe(true);
  const api = await startApi();
  const organisation = organisationSchema.parse({
    organisation: 'x',
    entities: [{ id: 'a', name: 'x', province: '31' }],
    people: [
      {
        ...{ id: 'li', name: 'Li' },
        accounts: ['T0LANTING', 'T0HQ', 'T0NONE'].map((tenant) => ({ platform: 'slack', tenant, id: `U${tenant}` })),
      },
    ],
  });
  const configs = [
    { tenant: null, botToken: BOT_TOKEN },
    { tenant: 'T0HQ', botToken: HQ_TOKEN },
  ];
  api.answers.set('users.info', { ok: true, user: {} });
  const found = await checkSlackProfile(api.probe, configs, organisation);
  expect(found.map(({ say }) => say)).toEqual([
    'the tenant of Li must be T0LANTING (SLACK_WORKSPACES: T0HQ) in the profile',
  ]);
  const asked = api.called.filter(({ method }) => method === 'users.info');
  expect(new Set(asked.map(({ token, args }) => `${token} ${args['user']}`))).toEqual(
    new Set([`${BOT_TOKEN} UT0LANTING`, `${HQ_TOKEN} UT0HQ`]),
  );
});

it('tells no secret', async () => {
  const { found } = await lines((api) => api.answers.set('auth.test', { ok: false, error: 'invalid_auth' }));
  expect(found.join('\n')).not.toContain(BOT_TOKEN);
  expect(found.join('\n')).not.toContain(APP_TOKEN);
});
