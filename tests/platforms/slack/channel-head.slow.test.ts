import { expect, it } from 'vitest';
import { organisationSchema } from '../../../src/incident/people/profile.ts';
import { event, slash } from '../../fakes/slack/payloads.ts';
import { BOT_USER, TEAM } from '../../fakes/slack/workspace.ts';
import { accountOf, CHANNEL, CHEN, LI } from './bot.ts';
import { declared, start } from './declared.ts';

const PUBLIC = 'https://jishi.example.com';
const organisation = organisationSchema.parse({
  organisation: '某公司',
  channelPerIncident: true,
  entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
  people: [{ id: 'li', name: '李伟', roles: ['lead', 'approver'], accounts: [accountOf(LI)], language: 'en' }],
});

async function withOwnChannel(failing: readonly string[] = []) {
  const all = await start({ organisation });
  const { workspace } = all;
  for (const method of failing) all.server.fail(method, { kind: 'error', code: 'missing_scope' });
  await all.send(slash('new Leak', LI, CHANNEL));
  const own = () => [...workspace.channels.values()].find(({ name }) => name.startsWith('inc-'));
  await expect.poll(() => workspace.inThread(own()?.id ?? '', null).length).toBeGreaterThan(0);
  return { ...all, own };
}

it('the own channel of an incident has its next deadline as the topic and the status card pinned', async () => {
  const { bot, workspace, server, send, own } = await withOwnChannel();
  await expect.poll(() => own()?.topic ?? '').toMatch(/^INC-\d{4}-0001：下一时限.+/);
  const first = own()?.topic;
  const thread = workspace.inThread(own()?.id ?? '', null)[0]?.ts ?? '';
  const write = (text: string) =>
    send(
      event({
        type: 'app_mention',
        user: LI,
        channel: own()?.id,
        text: `<@${BOT_USER}> ${text}`,
        ts: workspace.nextTs(),
        thread_ts: thread,
      }),
    );
  await write('note x');
  await expect.poll(() => workspace.pins).toEqual([{ channel: own()?.id, ts: thread }]);
  const set = () => server.calls.filter(({ method }) => method === 'conversations.setTopic').length;
  expect(set()).toBe(1);
  // A deadline that moved is told once; what leaves it where it is tells nothing.
  await write('20 minutes ago own alert');
  await expect.poll(() => own()?.topic).not.toBe(first);
  await write('note y');
  await bot.service.idle();
  expect(set()).toBe(2);
  expect(server.calls.filter(({ method }) => method === 'pins.add')).toHaveLength(1);
});

it('a scope that is missing is not asked for again and again', async () => {
  const { bot, server, send, own, workspace } = await withOwnChannel(['pins.add', 'pins.add']);
  const thread = workspace.inThread(own()?.id ?? '', null)[0]?.ts ?? '';
  for (const text of ['note x', 'note y', 'note z']) {
    await send(
      event({
        type: 'app_mention',
        user: LI,
        channel: own()?.id,
        text: `<@${BOT_USER}> ${text}`,
        ts: workspace.nextTs(),
        thread_ts: thread,
      }),
    );
    await bot.service.idle();
  }
  expect(server.calls.filter(({ method }) => method === 'pins.add')).toHaveLength(1);
});

it('an address of the console shows the title where all readers may see it, and nowhere else', async () => {
  const { bot, workspace, send, id } = await declared({ publicUrl: PUBLIC });
  const other = 'C00OTHER001';
  workspace.addChannel(other, { name: 'lunch', members: [LI, CHEN, BOT_USER] });
  const share = async (channel: string, url: string, more: object = {}) => {
    const { ts } = workspace.say(channel, LI, `look: ${url}`);
    await send(
      event({
        type: 'link_shared',
        user: LI,
        channel,
        message_ts: ts,
        links: [{ url, domain: 'jishi.example.com' }],
        ...more,
      }),
    );
    await bot.service.idle();
    return workspace.unfurls.filter((one) => one.ts === ts);
  };
  const page = `${PUBLIC}/incidents/${id}`;
  for (const url of [page, `${page}?tab=report`, `${page}#x`]) {
    const [shown] = await share(CHANNEL, url);
    expect(JSON.stringify(shown?.unfurls)).toContain('Outage');
  }
  expect(await share(other, page)).toEqual([]);
  for (const url of [`${PUBLIC}/incidents/INC-2026-9999`, `${PUBLIC}/register`, `https://evil.example/incidents/${id}`])
    expect(await share(CHANNEL, url)).toEqual([]);
  const own = workspace.direct(LI).id;
  expect(await share(own, page)).toEqual([]);
  expect(await share(own, page, { is_bot_user_member: true })).toHaveLength(1);
  expect(await share(own, page, { is_bot_user_member: true, user: CHEN })).toEqual([]);
  await send(slash(`stop ${id}`, LI, CHANNEL));
  const { version = 0 } = (await bot.store.incident(id)) ?? {};
  await bot.house.app.submit({
    ...{ incident: id, intent: { type: 'stop_state_secret' }, revision: version, room: null },
    caller: { account: accountOf(LI), name: 'Li Wei', language: 'en' },
    delivery: { platform: 'slack', key: 'stop', body: '' },
  });
  expect(await share(CHANNEL, page)).toEqual([]);
  // Slack changes the preview that stands below a message.
  const standing = () => {
    const last = new Map(workspace.unfurls.map(({ channel, ts, unfurls }) => [`${channel} ${ts}`, unfurls]));
    return JSON.stringify([...last.values()]);
  };
  await expect.poll(standing, { timeout: 30_000 }).not.toContain('Outage');
  expect(JSON.parse(standing())).toHaveLength(4);
});

it('a room abroad shows no title below an address', async () => {
  const abroad = organisationSchema.parse({
    ...organisation,
    channelPerIncident: false,
    rooms: [{ platform: 'slack', tenant: TEAM, address: CHANNEL, location: 'abroad', language: 'en' }],
  });
  const { bot, workspace, send, id } = await declared({ publicUrl: PUBLIC, organisation: abroad });
  const { ts } = workspace.say(CHANNEL, LI, `${PUBLIC}/incidents/${id}`);
  const links = [{ url: `${PUBLIC}/incidents/${id}` }];
  await send(event({ type: 'link_shared', user: LI, channel: CHANNEL, message_ts: ts, links }));
  await bot.service.idle();
  expect(workspace.unfurls).toEqual([]);
});
