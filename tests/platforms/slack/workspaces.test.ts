import { rmSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Command } from '../../../src/incident/commands.ts';
import { accountKey } from '../../../src/incident/identity.ts';
import { organisationSchema } from '../../../src/incident/people/profile.ts';
import { slack } from '../../../src/platforms/slack/index.ts';
import { newDataFolder } from '../../fakes/folder.ts';
import { button, buttonsIn, event, messageShortcut, press, said, slash, submit } from '../../fakes/slack/payloads.ts';
import { BOT_USER, TEAM, Workspace } from '../../fakes/slack/workspace.ts';
import { CHANNEL, CHEN, LI, postSigned, SECRET, sender, startBot, workspace } from './bot.ts';
import { memoryKept } from './kept.ts';

const HQ = 'T00HQ000002';
const HQ_TOKEN = 'xoxb-hq';
const HQ_SECRET = 'signing-secret-hq';
const ROOM = { platform: 'slack', address: CHANNEL, location: 'home', language: 'en', open: false } as const;
const LEADS = ['lead', 'approver', 'legal', 'administrator'];
const person = (id: string, name: string, roles: readonly string[], ...accounts: readonly [string, string][]) => ({
  ...{ id, name, roles },
  accounts: accounts.map(([tenant, account]) => ({ platform: 'slack', tenant, id: account })),
});

/** Two workspaces with one id for two channels and for two people each; in the first an incident of its own. */
async function twoWorkspaces(mode: 'http' | 'socket' = 'http', own: object = {}) {
  // Messages are counted: their times are the same in both.
  const at = Date.now();
  const { server, apiUrl } = await workspace(() => at);
  onTestFinished(() => server.close());
  const hq = new Workspace(() => at, HQ);
  server.others.set(HQ_TOKEN, hq);
  hq.addChannel(CHANNEL, { name: 'hq', isPrivate: true, members: [LI, CHEN, BOT_USER] });
  hq.addUser(LI, 'Anna Berg', 'en-US');
  hq.addUser(CHEN, 'Bob Stone', 'en-US');
  server.workspace.fileAddress = `${server.url}/files/`;
  hq.fileAddress = `${server.url}/files/`;
  const organisation = organisationSchema.parse({
    organisation: '某公司',
    languages: { rooms: 'en', people: 'en' },
    entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
    people: [
      person('li', 'Li Wei', LEADS, [TEAM, LI]),
      person('anna', 'Anna Berg', LEADS, [HQ, LI]),
      person('bob', 'Bob Stone', ['responder'], [HQ, CHEN]),
    ],
    rooms: [{ ...ROOM, tenant: HQ, entities: [] }],
  });
  const others = [{ tenant: HQ, botToken: HQ_TOKEN, appToken: null, signingSecrets: [HQ_SECRET], ...own }];
  const dataDir = newDataFolder('two');
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const options = { server, apiUrl, mode, organisation, others, dataDir, kept: memoryKept() };
  const bot = await startBot(options);
  let stop = bot.stop;
  onTestFinished(() => stop());
  const restart = async (): Promise<void> => {
    await bot.stop(true);
    const again = await startBot(options);
    stop = again.stop;
    await again.service.idle();
  };
  const quiet = async (): Promise<void> => {
    await bot.service.idle();
    await bot.house.settle();
    await bot.service.idle();
  };
  await quiet();
  const inHq = (payload: object): object => JSON.parse(JSON.stringify(payload).replaceAll(TEAM, HQ));
  const sendHq = (payload: object) => postSigned(bot.url, inHq(payload), { secret: HQ_SECRET });
  const state = async (id: string) => {
    const found = await bot.store.incident(id);
    if (!found) throw new Error(`no ${id}`);
    return found;
  };
  const declaredBy = async (send: (payload: object) => Promise<unknown>, w: Workspace, title: string) => {
    await send(slash(`new ${title}`, LI, CHANNEL));
    await quiet();
    const [row] = await bot.store.incidents({ limit: 1 });
    const root = w.inThread(CHANNEL, null).at(-1);
    if (!row || !root) throw new Error('nothing was declared');
    return { id: row.id, root };
  };
  const all = { server, bot, home: server.workspace, hq, quiet, send: sender(bot, mode), sendHq, state };
  return { ...all, declaredBy, restart };
}
type Two = Awaited<ReturnType<typeof twoWorkspaces>>;
type Declared = Awaited<ReturnType<Two['declaredBy']>>;

const words = (w: Workspace): string => JSON.stringify([w.messages, w.ephemerals, w.views]);

/** One of the two workspaces with its incident. */
interface Side extends Declared {
  readonly w: Workspace;
  readonly send: (payload: object) => Promise<unknown>;
  readonly quiet: () => Promise<void>;
}
/** Every payload has the same ids in both. */
const SAME = { trigger_id: 'trigger.same' };
const deleted = (ts: string) =>
  event({
    ...{ type: 'message', subtype: 'message_deleted', channel: CHANNEL, ts: '9.9', deleted_ts: ts },
    previous_message: { type: 'message', user: BOT_USER, bot_id: 'B', ts },
  });
/** Acts of one person in one workspace; each is noticed there. */
const ACTS: readonly (readonly [string, (side: Side) => Promise<unknown>])[] = [
  ['a line', ({ w, send, root }) => send(said(w.say(CHANNEL, LI, `<@${BOT_USER}> note zq`, root.ts), 'app_mention'))],
  ['a command', ({ send, id }) => send(slash(`${id} note zq`, LI, CHANNEL, SAME))],
  [
    'a press',
    ({ send, root }) => {
      const at = { channel: CHANNEL, ts: root.ts, trigger: SAME.trigger_id };
      return send(press(button(root.blocks, 'Add information'), LI, at));
    },
  ],
  [
    'a form',
    async ({ w, send, root, quiet }) => {
      await send(press(button(root.blocks, 'Add information'), LI, { channel: CHANNEL, ts: root.ts }));
      await quiet();
      const modal = w.views.at(-1);
      if (!modal) throw new Error('no form');
      return send(submit(modal.view, 'V1', LI, { text: { value: 'zqFORMqz' }, at: { value: '' } }));
    },
  ],
  [
    'a file',
    ({ w, send, root }) => {
      const file = { id: 'F00SAME0001', name: 'same.bin' };
      w.files.set(file.id, { ...file, content: new TextEncoder().encode(`of ${w.team}`), shared: true });
      return send(said(w.say(CHANNEL, LI, `<@${BOT_USER}>`, root.ts, [file]), 'app_mention'));
    },
  ],
  [
    'a reaction',
    ({ w, send, root }) => {
      const { ts } = w.say(CHANNEL, CHEN, 'zqPINqz', root.ts);
      const item = { type: 'message', channel: CHANNEL, ts };
      return send(event({ type: 'reaction_added', user: LI, reaction: 'pushpin', item }));
    },
  ],
  ['a direct message', ({ w, send, id }) => send(said(w.say(w.direct(LI).id, LI, `${id} note zq`)))],
  [
    'a shortcut on a message',
    ({ w, send, root }) =>
      send({ ...messageShortcut('incident_add', w.say(CHANNEL, CHEN, 'x', root.ts), LI), ...SAME }),
  ],
  ['the Home tab', ({ send }) => send(event({ type: 'app_home_opened', user: LI, channel: 'D1', tab: 'home' }))],
  ['a removed root message', ({ send, root }) => send(deleted(root.ts))],
];
/** Events of the second workspace that would be felt in the first. */
const CHANGES: readonly (readonly [string, object])[] = [
  ['archived', { type: 'channel_archive', channel: CHANNEL, user: LI }],
  ['left by the bot', { type: 'member_left_channel', channel: CHANNEL, user: BOT_USER }],
  ['left by its reader', { type: 'member_left_channel', channel: CHANNEL, user: LI }],
  ['shared with others', { type: 'channel_shared', channel: CHANNEL, connected_team_id: 'T00OTHER001' }],
  ['renamed', { type: 'channel_rename', channel: { id: CHANNEL, name: 'zqRENAMEDqz' } }],
];

/** Both workspaces with an incident each, in the channels of one id. */
async function twoIncidents() {
  const two = await twoWorkspaces();
  const ours = await two.declaredBy(two.send, two.home, 'zqOURSqz');
  const theirs = await two.declaredBy(two.sendHq, two.hq, 'zqTHEIRSqz');
  expect(Object.keys((await two.state(ours.id)).rooms)).toEqual([`slack/${TEAM}/${CHANNEL}`]);
  expect(Object.keys((await two.state(theirs.id)).rooms)).toEqual([`slack/${HQ}/${CHANNEL}`]);
  const look = async ({ id }: Declared, w: Workspace) => JSON.stringify([(await two.state(id)).version, words(w)]);
  return { ...two, ours, theirs, look };
}

describe('two workspaces in which one id is two channels, two messages and two people', () => {
  it.each(ACTS)('%s in one is another than the same in the other, and reaches nothing of it', async (_, act) => {
    const two = await twoIncidents();
    const { quiet, ours, theirs } = two;
    // With the same ids, before: the second is no repetition of it.
    await act({ ...ours, quiet, w: two.home, send: two.send });
    await quiet();
    const [before, there] = [await two.look(ours, two.home), await two.look(theirs, two.hq)];
    const calls = two.server.calls.length;
    await act({ ...theirs, quiet, w: two.hq, send: two.sendHq });
    await quiet();
    expect(await two.look(ours, two.home)).toBe(before);
    expect(await two.look(theirs, two.hq)).not.toBe(there);
    expect(two.server.calls.slice(calls).filter(({ token }) => token !== HQ_TOKEN)).toEqual([]);
    expect(words(two.hq)).not.toContain('zqOURSqz');
    expect(words(two.home)).not.toContain('zqTHEIRSqz');
    expect(two.bot.failed).toEqual([]);
  });

  it.each(CHANGES)('a channel %s in one is as it was in the other', async (_, change) => {
    const two = await twoIncidents();
    const before = await two.look(two.ours, two.home);
    await two.sendHq(event({ ...change }));
    await two.quiet();
    expect(await two.look(two.ours, two.home)).toBe(before);
    const answer = JSON.stringify(await two.send(slash('list', LI, CHANNEL)));
    expect(answer).toContain('zqOURSqz');
  });

  it('after a restart each reads its own threads again, with its own token', async () => {
    const two = await twoIncidents();
    const calls = two.server.calls.length;
    await two.restart();
    const read = two.server.calls.slice(calls).filter(({ method }) => method === 'conversations.replies');
    expect(read.map(({ token, params }) => [token, params['ts']])).toEqual([
      ['xoxb-test', two.ours.root.ts],
      [HQ_TOKEN, two.theirs.root.ts],
    ]);
  });

  it('whoever has the id of a reader elsewhere reads nothing, by list, status, command or button', async () => {
    const two = await twoWorkspaces();
    const ours = await two.declaredBy(two.send, two.home, 'zqOURSqz');
    const asked = [];
    for (const line of ['list', `status ${ours.id}`, `${ours.id} timeline`, `${ours.id} note zqWRONGqz`])
      asked.push((await two.sendHq(slash(line, CHEN, CHANNEL))).body);
    const stolen = buttonsIn(ours.root.blocks)[0];
    if (stolen) await two.sendHq(press(stolen, CHEN, { channel: CHANNEL, ts: ours.root.ts }));
    await two.quiet();
    expect(JSON.stringify(asked) + words(two.hq)).not.toContain('zqOURSqz');
    expect(JSON.stringify((await two.state(ours.id)).notes)).not.toContain('zqWRONGqz');
  });

  it('a payload signed for one app is not taken for a workspace of the other', async () => {
    const two = await twoWorkspaces();
    const payload = slash('new zqFORGEDqz', LI, CHANNEL);
    expect((await postSigned(two.bot.url, payload, { secret: HQ_SECRET })).status).toBe(200);
    expect((await postSigned(two.bot.url, payload, { secret: 'neither-of-both' })).status).toBe(401);
    await two.quiet();
    expect(await two.bot.store.incidents({ limit: 9 })).toEqual([]);
    await postSigned(two.bot.url, payload, { secret: SECRET });
    expect(await two.bot.store.incidents({ limit: 9 })).toHaveLength(1);
  });
});

describe('one incident in rooms of two workspaces', () => {
  it('each has card and thread; what is said in one shows in the other, and people are written to where their account is', async () => {
    const two = await twoWorkspaces();
    const { id, root } = await two.declaredBy(two.send, two.home, 'zqBOTHqz');
    const change = async (intent: Command, tenant = TEAM) => {
      const { version } = await two.state(id);
      const caller = { account: { platform: 'slack', tenant, id: LI }, name: 'x', language: 'en' } as const;
      const delivery = { platform: 'test', key: `${version}`, body: '' };
      const result = await two.bot.house.app.submit({ incident: id, intent, revision: version, caller, delivery });
      expect(result.kind).toBe('done');
      await two.quiet();
    };
    await change({ type: 'add_room', room: { ...ROOM, tenant: HQ } });
    const there = two.hq.inThread(CHANNEL, null)[0];
    if (!there) throw new Error('no card at headquarters');
    expect(JSON.stringify(there.blocks)).toContain('zqBOTHqz');
    await two.sendHq(said(two.hq.say(CHANNEL, LI, `<@${BOT_USER}> rename zqRENAMEDqz`, there.ts), 'app_mention'));
    await two.quiet();
    expect(JSON.stringify(root.blocks)).toContain('zqRENAMEDqz');
    const acted = Object.values((await two.state(id)).people).map(({ account, person: of }) => [
      account && accountKey(account),
      of,
    ]);
    expect(acted).toEqual([
      [`slack/${TEAM}/${LI}`, 'li'],
      [`slack/${HQ}/${LI}`, 'anna'],
    ]);
    // The same id of the other workspace gets nothing.
    const direct = `D${LI.slice(1)}`;
    expect(two.home.inThread(direct, null)).toEqual([]);
    const file = { name: 'x.txt', mediaType: 'text/plain', content: new TextEncoder().encode('x') };
    const { messenger } = two.bot.platform;
    const place = await messenger.canMessagePeople?.direct({ platform: 'slack', tenant: HQ, id: LI });
    if (!place) throw new Error('no way');
    const body = messenger.render({
      ...{ incident: id, language: 'en', revision: 0, surface: null, ring: false },
      card: { tone: 'calm', drill: false, title: { raw: 'zqFILEqz' }, summary: { raw: 's' }, blocks: [] },
    });
    expect(await messenger.canSendFile?.sendFile(place, file, body, 'k')).toMatchObject({ kind: 'sent' });
    expect(JSON.stringify(two.hq.inThread(direct, null))).toContain('x.txt');
    expect(words(two.home)).not.toContain('x.txt');
  });

  it('a revoked token stops its workspace alone, which is said, and what waits is sent when it is back', async () => {
    const two = await twoWorkspaces();
    const { id } = await two.declaredBy(two.sendHq, two.hq, 'zqHQqz');
    two.hq.tokenError = 'token_revoked';
    await two.sendHq(event({ type: 'tokens_revoked', tokens: { bot: [BOT_USER] } }));
    await two.quiet();
    expect(two.bot.service.health()).toMatchObject({ ok: true });
    expect(two.bot.service.others()).toEqual([{ name: HQ, ok: false, detail: 'tokens_revoked' }]);
    expect(two.bot.alarms).toEqual(['slack_removed']);
    expect(JSON.stringify(two.bot.told)).toContain(`"raw":"${HQ}"`);
    expect((await two.declaredBy(two.send, two.home, 'zqGOESONqz')).root.text).toContain('zqGOESONqz');
    two.hq.tokenError = null;
    await two.sendHq(slash(`${id} rename zqBACKqz`, LI, CHANNEL));
    await expect.poll(() => words(two.hq)).toContain('zqBACKqz');
    await expect.poll(() => two.bot.service.others()).toEqual([{ name: HQ, ok: true, detail: 'up' }]);
  });

  it('nothing is sent with a token of another workspace than the settings name', async () => {
    const two = await twoWorkspaces('http', { tenant: 'T00WRONG001' });
    expect(two.bot.service.others()).toEqual([
      { name: 'T00WRONG001', ok: false, detail: `the token is of ${HQ}, not of T00WRONG001` },
    ]);
    const { messenger } = two.bot.platform;
    const place = { tenant: 'T00WRONG001', address: CHANNEL, thread: null };
    expect(await messenger.post(place, '{}', 'k')).toMatchObject({ kind: 'refused', reason: 'unreachable' });
    const home = event({ type: 'app_home_opened', user: LI, channel: 'D1', tab: 'home' });
    const named = JSON.parse(JSON.stringify(home).replaceAll(TEAM, 'T00WRONG001'));
    expect((await postSigned(two.bot.url, named, { secret: HQ_SECRET })).status).toBe(200);
    await two.quiet();
    expect([two.hq.messages, two.hq.views]).toEqual([[], []]);
    const calls = two.server.calls.filter(({ token }) => token === HQ_TOKEN);
    expect(new Set(calls.map(({ method }) => method))).toEqual(new Set(['auth.test']));
  });
});

it('by Socket Mode one app serves both by its connection, or each workspace has an app of its own', async () => {
  const shared = await twoWorkspaces('socket', { appToken: 'xapp-test', signingSecrets: [SECRET] });
  await expect.poll(() => shared.server.sockets.size).toBe(1);
  await shared.server.send(
    'slash_commands',
    JSON.parse(JSON.stringify(slash('new zqSHAREDqz', LI, CHANNEL)).replaceAll(TEAM, HQ)),
  );
  await shared.quiet();
  expect([words(shared.hq).includes('zqSHAREDqz'), words(shared.home).includes('zqSHAREDqz')]).toEqual([true, false]);
  const apart = await twoWorkspaces('socket', { appToken: 'xapp-hq' });
  await expect.poll(() => apart.server.sockets.size).toBe(2);
  const payload = slash('new zqAPARTqz', LI, CHANNEL);
  await apart.server.send('slash_commands', JSON.parse(JSON.stringify(payload).replaceAll(TEAM, HQ)), {
    app: 'xapp-hq',
  });
  // Of the other workspace nothing comes by this connection.
  await apart.server.send('slash_commands', payload, { app: 'xapp-hq' });
  await apart.quiet();
  expect([words(apart.hq).includes('zqAPARTqz'), apart.home.messages.length]).toEqual([true, 0]);
});

describe('an Enterprise Grid organisation install', () => {
  const ORGANISATION = 'E00ACME0001';
  const [SHANGHAI, BERLIN] = ['T00SHANGHAI', 'T00BERLIN01'];
  const from = (payload: object, team: string): object => {
    const installed = { enterprise_id: ORGANISATION, is_enterprise_install: true };
    const text = JSON.stringify({
      ...payload,
      ...('command' in payload ? { ...installed, is_enterprise_install: 'true' } : installed),
    });
    return {
      ...JSON.parse(text.replaceAll(TEAM, team)),
      ...('command' in payload || 'event' in payload ? {} : { team: null, enterprise: { id: ORGANISATION } }),
      ...('event' in payload ? { authorizations: [{ ...installed, team_id: SHANGHAI }] } : {}),
    };
  };

  it('is one tenant: a person is one account in all workspaces, and each call that lists or makes names one', async () => {
    const { server, apiUrl } = await workspace();
    onTestFinished(() => server.close());
    const { workspace: grid } = server;
    Object.assign(grid, { enterprise: ORGANISATION, organisation: [SHANGHAI, BERLIN] });
    for (const channel of grid.channels.values()) channel.team = SHANGHAI;
    grid.addChannel('C00BERLIN01', { name: 'berlin', isPrivate: true, members: [LI, BOT_USER], team: BERLIN });
    for (const one of [LI, CHEN]) grid.addUser(one, one, 'en-US', { team: SHANGHAI, enterprise: ORGANISATION });
    const organisation = organisationSchema.parse({
      organisation: '某公司',
      languages: { rooms: 'en', people: 'en' },
      entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
      people: [person('li', 'Li Wei', LEADS, [ORGANISATION, LI])],
      rooms: [{ ...ROOM, tenant: ORGANISATION, entities: [] }],
      channelPerIncident: true,
    });
    const bot = await startBot({ server, apiUrl, mode: 'http', organisation, backups: [] });
    onTestFinished(() => bot.stop());
    const send = (payload: object, team: string) => postSigned(bot.url, from(payload, team));
    await bot.service.idle();
    await send(slash('new zqGRIDqz', LI, CHANNEL), SHANGHAI);
    await expect.poll(() => [...grid.channels.values()].some(({ name }) => name.startsWith('inc-'))).toBe(true);
    await bot.service.idle();
    await bot.house.settle();
    const [row] = await bot.store.incidents({ limit: 1 });
    const id = row?.id ?? '';
    await send(slash(`${id} note from Berlin`, LI, 'C00BERLIN01', { channel_name: 'berlin' }), BERLIN);
    const root = grid.inThread(CHANNEL, null)[0];
    if (!root) throw new Error('no card');
    const line = grid.say(CHANNEL, CHEN, `<@${BOT_USER}> note in the thread`, root.ts);
    const mention = said(line, 'app_mention');
    await send({ ...mention, event: { ...mention.event, user_team: BERLIN } }, SHANGHAI);
    await bot.service.idle();
    await bot.house.settle();
    const state = await bot.store.incident(id);
    expect(Object.values(state?.people ?? {}).map(({ account }) => account && accountKey(account))).toEqual([
      `slack/${ORGANISATION}/${LI}`,
      `slack/${ORGANISATION}/${CHEN}`,
    ]);
    expect(Object.keys(state?.rooms ?? {}).every((room) => room.startsWith(`slack/${ORGANISATION}/`))).toBe(true);
    const made = [...grid.channels.values()].find(({ name }) => name.startsWith('inc-'));
    expect(made?.team).toBe(SHANGHAI);
    expect(server.refusals).toEqual([]);
    expect(server.callsOf('chat.scheduledMessages.list').length).toBeGreaterThan(0);
    expect(new Set(server.callsOf('users.conversations').map(({ params }) => params['team_id']))).toEqual(
      new Set([SHANGHAI, BERLIN]),
    );
  });
});

it('the setting names each further workspace with its tokens, and is refused otherwise', () => {
  const read = (SLACK_WORKSPACES: string) =>
    slack
      .read({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', SLACK_WORKSPACES })
      ?.map((one) => [...[one.tenant, one.botToken, one.appToken, ...one.signingSecrets]]) ?? null;
  expect(read('T02=xoxb-2, E03=xoxb-3:xapp-3,T04=xoxb-4:new-secret:old-secret')).toEqual([
    [null, 'xoxb-1', 'xapp-1'],
    ['T02', 'xoxb-2', 'xapp-1'],
    ['E03', 'xoxb-3', 'xapp-3'],
    ['T04', 'xoxb-4', null, 'new-secret', 'old-secret'],
  ]);
  for (const wrong of ['xoxb-2', 'T02=xapp-2', 'T02=xoxb-2,T02=xoxb-3', 'hq=xoxb-2', 'T02=xoxb-2:'])
    expect([wrong, read(wrong)]).toEqual([wrong, null]);
});
