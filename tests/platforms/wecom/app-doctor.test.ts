import { afterEach, beforeEach, expect, it } from 'vitest';
import { organisationSchema } from '../../../src/incident/people/profile.ts';
import { type AppDoctorOptions, appDoctor, checkAppProfile } from '../../../src/platforms/wecom-app/doctor.ts';
import { robotDoctor } from '../../../src/platforms/wecom-webhook/doctor.ts';
import { ManualClock } from '../../fakes/clock.ts';
import { AGENT, CORP, SECRET, WecomServer } from '../../fakes/wecom/app-server.ts';

let wecom: WecomServer;
beforeEach(async () => {
  wecom = await WecomServer.start();
});
afterEach(() => wecom.stop());

const profile = (accounts: readonly object[], rooms: readonly object[] = []) =>
  organisationSchema.parse({
    organisation: '示例公司',
    entities: [{ id: 'shanghai', name: '示例（上海）有限公司', province: '31' }],
    people: [{ id: 'zhang', name: '张三', accounts }],
    rooms,
  });
const ours = { platform: 'wecom-app', tenant: CORP, id: 'zhangsan' };

/** `state what: say` of every line. */
async function lines(more: Partial<AppDoctorOptions> = {}, secret = SECRET): Promise<readonly string[]> {
  const found = await appDoctor(
    { corpId: CORP, agentId: AGENT, secret, callbackToken: 'token', encodingAesKey: 'k'.repeat(43), apiUrl: wecom.url },
    {
      proxy: null,
      publicUrl: 'https://jishi.example.com',
      clock: new ManualClock(),
      kept: null,
      ...more,
    },
  );
  return found.map(({ what, state, say }) => `${state} ${what}: ${say}`);
}

it('a good set-up is ok line by line, and nobody was written to', async () => {
  const found = await lines();
  expect(found.filter((line) => !line.startsWith('ok'))).toEqual([]);
  expect(found.join('\n')).toContain('https://jishi.example.com/wecom/callback');
  expect(wecom.delivered).toEqual([]);
});

const notListed = (): Partial<AppDoctorOptions> => {
  wecom.allowsAddress = false;
  return {};
};
const agent = (said: object) => (): Partial<AppDoctorOptions> => {
  wecom.agent = { ...wecom.agent, ...said };
  return {};
};

it.each<[string, () => Partial<AppDoctorOptions>, RegExp]>([
  ['an address that is not on the list', notListed, /^wrong wecom app: .*203\.0\.113\.7.*企业可信IP/],
  ['an app that was stopped', agent({ close: 1 }), /^wrong wecom app: .*stopped/],
  ['one that not everybody sees', agent({ allow_partys: { partyid: [7] } }), /^warning wecom groups: .*可见范围/],
  ['another trusted domain', agent({ redirect_domain: '' }), /^wrong wecom web form: .*jishi\.example\.com/],
  ['no public address', () => ({ publicUrl: null }), /^wrong wecom callback: .*PUBLIC_URL/],
  [
    'a warning of WeCom',
    () => ({ kept: { list: async (key) => [{ key, value: 'warned' }] } }),
    /^wrong wecom standing: .*drill/,
  ],
])('%s is said with what to do', async (_, prepare, expected) => {
  const found = await lines(prepare());
  expect(found.filter((line) => expected.test(line))).toHaveLength(1);
});

it.each<[string, readonly object[], RegExp]>([
  ['an account', [ours], /^ok .*who can be reached: 1/],
  ['nobody to write to', [], /^warning .*nobody in the profile/],
  ['another company', [{ ...ours, tenant: 'wwother' }], /^wrong .*张三 must be/],
  ['an id that WeCom does not know', [ours, { ...ours, id: 'zhangsen' }], /^wrong .*张三 \(zhangsen\)$/],
])('in the profile: %s', async (_, accounts, expected) => {
  const config = {
    corpId: CORP,
    agentId: AGENT,
    secret: SECRET,
    callbackToken: 't',
    encodingAesKey: 'k',
    apiUrl: wecom.url,
  };
  const organisation = profile(accounts);
  const found = await checkAppProfile(config, { proxy: null, clock: new ManualClock(), organisation });
  expect(found.map(({ state, say }) => `${state} ${say}`)).toEqual([expect.stringMatching(expected)]);
});

it('a wrong secret is said without showing it', async () => {
  const found = (await lines({}, 'not-the-secret')).join('\n');
  expect(found).toMatch(/wrong wecom app: .*WECOM_APP_SECRET/);
  expect(found).not.toContain('not-the-secret');
});

it('rooms and robots must know each other', () => {
  const room = { platform: 'wecom', tenant: 'bot', address: 'chat-1', webhook: '应急' };
  const say = (names: readonly string[], rooms: readonly object[]) =>
    robotDoctor(
      names.map((name) => ({ name })),
      profile([], rooms),
    ).map(({ state }) => state);
  expect(say(['应急'], [room])).toEqual(['ok']);
  expect(say([], [room])).toEqual(['wrong']);
  expect(say(['应急', '旧群'], [room])).toEqual(['warning']);
  expect(say([], [])).toEqual([]);
});
