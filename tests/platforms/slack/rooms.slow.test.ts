import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/incident/commands.ts';
import { type Organisation, organisationSchema } from '../../../src/incident/people/profile.ts';
import type { WantedBackup } from '../../../src/use-cases/notices/platform-backups.ts';
import { button, event, press, said, slash, submit } from '../../fakes/slack/payloads.ts';
import { BOT_USER, TEAM } from '../../fakes/slack/workspace.ts';
import { accountOf, CHANNEL, CHEN, LI, startBot } from './bot.ts';
import { declared, start } from './declared.ts';

const INCIDENT = `INC-${new Date(Date.now() + 8 * 3_600_000).getUTCFullYear()}-0001`;
const profile = (more: object): Organisation =>
  organisationSchema.parse({
    organisation: '某公司',
    entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
    ...more,
  });

describe('an open channel of an organisation that wants privacy', () => {
  const organisation = profile({ openChannels: 'private', languages: { rooms: 'en', people: 'en' } });

  it('shows id, clocks and lead; the content gets a private channel with its people', async () => {
    const { bot, workspace, send } = await start({ organisation });
    workspace.addChannel('C00OPEN0001', { name: 'general', members: [LI, BOT_USER] });
    await send(event({ type: 'member_joined_channel', user: BOT_USER, channel: 'C00OPEN0001' }));
    await bot.service.idle();
    await send(slash('new Leak of customer data', LI, 'C00OPEN0001', { channel_name: 'general' }));
    await bot.service.idle();
    const made = () => [...workspace.channels.values()].find((c) => c.name.startsWith('inc-'));
    await expect.poll(() => made() !== undefined).toBe(true);
    const channel = made();
    if (!channel) throw new Error('no channel');
    expect(channel.isPrivate).toBe(true);
    expect(channel.members.has(LI)).toBe(true);
    expect(channel.topic).toContain('INC-');
    await expect.poll(() => workspace.inThread(channel.id, null).length).toBe(1);
    await expect.poll(() => workspace.inThread('C00OPEN0001', null).length).toBe(1);
    expect(JSON.stringify(workspace.inThread(channel.id, null))).toContain('Leak of customer data');
    expect(JSON.stringify(workspace.messages.filter((m) => m.channel === 'C00OPEN0001'))).not.toContain(
      'Leak of customer data',
    );
  });

  it('to the rest of the workspace there is no more than that, whatever they ask, and they write nothing', async () => {
    const { bot, workspace, send } = await start({ organisation });
    const OPEN = 'C00OPEN0001';
    workspace.addChannel(OPEN, { name: 'general', members: [LI, CHEN, BOT_USER] });
    await send(event({ type: 'member_joined_channel', user: BOT_USER, channel: OPEN }));
    await bot.service.idle();
    await send(slash('new Leak of payroll data', LI, OPEN, { channel_name: 'general' }));
    await expect.poll(() => workspace.inThread(OPEN, null).length).toBe(1);
    await bot.service.idle();
    const root = workspace.inThread(OPEN, null)[0]?.ts ?? '';
    const { version } = (await bot.store.incident(INCIDENT)) ?? {};
    const told: unknown[] = [];
    for (const line of ['list', `status ${INCIDENT}`, `${INCIDENT} timeline`])
      told.push(await send(slash(line, CHEN, 'C00OTHER001', { channel_name: 'privategroup' })));
    for (const line of ['timeline', '4 the cause is X'])
      await send(said(workspace.say(OPEN, CHEN, `<@${BOT_USER}> ${line}`, root), 'app_mention'));
    await send(event({ type: 'app_home_opened', user: CHEN, channel: 'D1', tab: 'home' }));
    await bot.service.idle();
    told.push(workspace.ephemerals, workspace.views);
    expect(JSON.stringify(told)).toContain(INCIDENT);
    expect(JSON.stringify(told)).not.toContain('payroll');
    expect((await bot.store.incident(INCIDENT))?.version).toBe(version);
  });

  it('a crash after the channel was made does not make a second one', async () => {
    const { bot, workspace, server, send } = await start({ organisation });
    workspace.addChannel('C00OPEN0001', { name: 'general', members: [LI, BOT_USER] });
    await send(event({ type: 'member_joined_channel', user: BOT_USER, channel: 'C00OPEN0001' }));
    await bot.service.idle();
    server.fail('conversations.create', { kind: 'lost' });
    await send(slash('new Leak', LI, 'C00OPEN0001', { channel_name: 'general' }));
    const made = () => [...workspace.channels.values()].filter((c) => c.name.startsWith('inc-'));
    await expect.poll(() => workspace.inThread(made()[0]?.id ?? '', null).length).toBe(1);
    expect(made()).toHaveLength(1);
  });
});

describe('an open channel whose thread is used', () => {
  const OPEN = 'C00OPEN0001';
  const declaredOpenly = async (more: object = {}) => {
    const rooms = [{ platform: 'slack', tenant: TEAM, address: OPEN, language: 'en', open: true }];
    const all = await start({ organisation: profile({ languages: { rooms: 'en', people: 'en' }, rooms, ...more }) });
    all.workspace.addChannel(OPEN, { name: 'general', members: [LI, BOT_USER] });
    await all.send(event({ type: 'member_joined_channel', user: BOT_USER, channel: OPEN }));
    await all.bot.service.idle();
    await all.send(slash('new Leak of customer data', LI, OPEN, { channel_name: 'general' }));
    await expect.poll(() => all.workspace.inThread(OPEN, null).length).toBe(1);
    const root = all.workspace.inThread(OPEN, null)[0];
    if (!root) throw new Error('no root');
    const own = () => [...all.workspace.channels.values()].find((c) => c.name.startsWith('inc-'));
    return { ...all, root, own };
  };

  it('keeps a file that was asked for there out of its thread once every incident has a channel of its own', async () => {
    const { bot, workspace, send, root, own } = await declaredOpenly({ channelPerIncident: true });
    await expect.poll(() => own() !== undefined).toBe(true);
    await bot.house.settle();
    const revision = (await bot.store.incident(INCIDENT))?.version ?? 0;
    await bot.house.app.submit({
      ...{ incident: INCIDENT, revision, caller: { account: accountOf(LI), name: 'Li Wei', language: 'en' } },
      intent: { type: 'compile_draft', report: 'initial', cannotDetermine: [] },
      delivery: { platform: 'slack', key: 'draft', body: '' },
    });
    const view = { view: 'download', args: { incident: INCIDENT, format: 'docx' } };
    const value = `9|${JSON.stringify({ i: INCIDENT, d: { kind: 'view', view } })}`;
    await send(press({ action_id: 'a', value }, LI, { channel: OPEN, ts: root.ts, thread: root.ts }));
    await expect.poll(() => workspace.messages.filter((m) => m.files.length > 0).length).toBe(1);
    expect(workspace.messages.filter((m) => m.files.length > 0 && m.channel === OPEN)).toEqual([]);
  });

  it('says who can read it and offers a private channel; after the move only id, clocks and lead stay', async () => {
    const { bot, workspace, send, root, own } = await declaredOpenly();
    const thread = () => workspace.inThread(OPEN, root.ts);
    await expect.poll(() => thread().length).toBe(1);
    const move = button(root.blocks, 'Move to a private channel');
    expect(JSON.stringify(root.blocks)).toContain('Everyone who can read this channel');
    await send(press(move, LI, { channel: OPEN, ts: root.ts, thread: null }));
    await bot.service.idle();
    await expect.poll(() => own()?.members.has(LI)).toBe(true);
    await expect.poll(() => JSON.stringify(workspace.inThread(OPEN, null))).not.toContain('Leak of customer data');
    await expect
      .poll(() => JSON.stringify(thread()[0]?.blocks))
      .toContain('The incident has moved to a private channel');
    const left = JSON.stringify(workspace.inThread(OPEN, null)[0]?.blocks);
    expect(left).toContain('INC-');
    expect(left).toContain('Lead: ');
    expect(left).toMatch(/remaining|left/);
    // The one button is the way in.
    expect(left.match(/action_id/g)).toHaveLength(1);
    expect(left).toContain('Take part');
    await expect
      .poll(() => JSON.stringify(workspace.inThread(own()?.id ?? '', null)))
      .toContain('Leak of customer data');
    const [row] = await bot.store.incidents({ limit: 1 });
    expect((await bot.store.incident(row?.id ?? ''))?.homeRoom).toBe(`slack/${TEAM}/${own()?.id}`);
  });

  it('whoever joins later is brought into the private channel once, but nobody who reads from abroad', async () => {
    const people = [{ id: 'hq', name: 'Dana', location: 'abroad', accounts: [accountOf('U00DANA0001')] }];
    const { bot, workspace, send, root, own } = await declaredOpenly({ people });
    workspace.addUser('U00DANA0001', 'Dana', 'en-US');
    for (const user of [CHEN, 'U00DANA0001']) workspace.channels.get(OPEN)?.members.add(user);
    const move = button(root.blocks, 'Move to a private channel');
    await send(press(move, LI, { channel: OPEN, ts: root.ts }));
    await expect.poll(() => own()?.members.has(LI)).toBe(true);
    const card = () => workspace.inThread(own()?.id ?? '', null)[0];
    await expect.poll(() => card() !== undefined).toBe(true);
    await bot.house.settle();
    const pressed = async (user: string, intent: object) => {
      const { version = 0 } = (await bot.store.incident(INCIDENT)) ?? {};
      const value = `${version}|${JSON.stringify({ i: INCIDENT, d: { kind: 'intent', intent } })}`;
      await send(press({ action_id: 'a', value }, user, { channel: OPEN, ts: root.ts }));
    };
    // An old button of the open channel lets nobody in who only reads that one.
    const { version } = (await bot.store.incident(INCIDENT)) ?? {};
    await pressed(CHEN, { type: 'take_lead' });
    expect(await bot.store.incident(INCIDENT)).toMatchObject({ version });
    const ask = () => button(workspace.inThread(OPEN, null)[0]?.blocks ?? [], 'Take part');
    await send(press(ask(), CHEN, { channel: OPEN, ts: root.ts }));
    await bot.service.idle();
    expect(workspace.ephemerals.at(-1)).toMatchObject({ user: CHEN, text: expect.stringContaining('提出申请') });
    const asked = () =>
      workspace.inThread(workspace.direct(LI).id, null).find(({ text }) => text.includes('陈宇 asks to take'));
    await expect.poll(() => asked() !== undefined).toBe(true);
    await send(press(button(asked()?.blocks ?? [], 'Let in'), LI, { channel: workspace.direct(LI).id, ts: '1.1' }));
    await pressed(LI, { type: 'add_person', person: 'hq' });
    await expect.poll(() => own()?.members.has(CHEN)).toBe(true);
    own()?.members.delete(CHEN);
    await pressed(CHEN, { type: 'take_lead' });
    await bot.service.idle();
    expect([...(own()?.members ?? [])].toSorted()).toEqual([BOT_USER, LI].toSorted());
  });

  it('the move that cannot be made is said, with the reason; pressed again after it was made, so is that', async () => {
    const { bot, server, workspace, send, root, own } = await declaredOpenly();
    const at = { channel: OPEN, ts: root.ts };
    const move = button(root.blocks, 'Move to a private channel');
    server.fail('conversations.create', { kind: 'error', code: 'missing_scope' });
    await send(press(move, LI, at));
    await bot.service.idle();
    expect(workspace.ephemerals.at(-1)).toMatchObject({ user: LI, text: expect.stringContaining('missing_scope') });
    expect(bot.failed).toHaveLength(1);
    for (const _ of ['made', 'again']) {
      await send(press(move, LI, at));
      await bot.service.idle();
      expect(workspace.ephemerals.at(-1)).toMatchObject({ text: expect.stringContaining('now in a private channel') });
    }
    expect(own()?.members.has(LI)).toBe(true);
    expect(server.callsOf('conversations.create')).toHaveLength(2);
  });

  it('a private channel says nothing of who can read it and offers no move', async () => {
    const { root } = await declared();
    expect(JSON.stringify(root.blocks)).not.toMatch(/Move to a private|Everybody who can read/);
  });

  it('with a channel for every incident, one declared in a private channel gets its own as well', async () => {
    const rooms = [{ platform: 'slack', tenant: TEAM, address: CHANNEL, language: 'en' }];
    const organisation = profile({ channelPerIncident: true, languages: { rooms: 'en', people: 'en' }, rooms });
    const { workspace, root } = await declared({ organisation });
    const own = () => [...workspace.channels.values()].find((c) => c.name.startsWith('inc-'));
    await expect.poll(() => JSON.stringify(workspace.inThread(own()?.id ?? '', null))).toContain('Outage');
    expect(JSON.stringify(root.blocks)).toContain('Outage');
  });
});

describe('a room that is taken off', () => {
  it('is named as people call it, the last one with a warning, and once a second person agrees it keeps neither title nor buttons', async () => {
    const people = [
      { id: 'li', name: 'Li Wei', roles: ['lead'], accounts: [accountOf(LI)], language: 'en' },
      { id: 'chen', name: 'Chen', roles: ['approver'], accounts: [accountOf(CHEN)], language: 'en' },
    ];
    const rooms = [{ platform: 'slack', tenant: TEAM, address: CHANNEL, language: 'en' }];
    const organisation = profile({ languages: { rooms: 'en', people: 'en' }, people, rooms });
    const { bot, workspace, send, id, root, state } = await declared({ organisation });
    const submits = async (who: string, intent: Command) =>
      bot.house.app.submit({
        ...{ incident: id, revision: (await state()).version, intent },
        caller: { account: accountOf(who), name: who, language: 'en' },
        delivery: { platform: 'slack', key: `${who}-${JSON.stringify(intent)}`, body: '' },
      });
    await submits(LI, { type: 'add_person', person: 'chen' });
    await send(said(workspace.say(CHANNEL, LI, `<@${BOT_USER}> rooms`, root.ts), 'app_mention'));
    await bot.service.idle();
    const at = { channel: CHANNEL, ts: '1.1', thread: root.ts };
    await send(press(button(workspace.ephemerals.at(-1)?.blocks ?? [], 'Fill in'), LI, at));
    await bot.service.idle();
    const modal = workspace.views.at(-1);
    const shown = JSON.stringify(modal?.view);
    expect(shown).toContain('Stop showing it in Slack group “ops-china”');
    expect(shown).toContain('the only room that shows the incident');
    const off = { value: `off:slack/${TEAM}/${CHANNEL}` };
    await send(submit(modal?.view ?? {}, modal?.id ?? '', LI, { change: { selected_option: off } }));
    await bot.service.idle();
    expect(Object.keys((await state()).rooms)).toHaveLength(1);
    expect(JSON.stringify(root.blocks)).not.toContain('No longer shown here');
    await submits(CHEN, { type: 'second', proposal: 'p1', agree: true });
    expect((await state()).rooms).toEqual({});
    await expect.poll(() => JSON.stringify(root.blocks)).toContain('No longer shown here');
    await bot.house.settle();
    const stands = JSON.stringify(workspace.messages.filter(({ channel, user }) => channel === CHANNEL && user !== LI));
    expect(stands).not.toMatch(/Outage|action_id/);
  });
});

describe('a room abroad', () => {
  const rooms = [
    { platform: 'slack', tenant: TEAM, address: CHANNEL, location: 'abroad', language: 'en', open: false },
  ];
  const organisation = profile({ rooms, languages: { rooms: 'en', people: 'en' } });

  it('is shown clocks and level but no words; a draft asked for there goes nowhere before it is released', async () => {
    const { bot, workspace, send, id, root, server } = await declared({ organisation });
    expect(JSON.stringify(root.blocks)).not.toContain('Outage');
    await bot.house.settle();
    const caller = { account: accountOf(LI), name: 'Li Wei', language: 'en' as const };
    await bot.house.app.submit({
      incident: id,
      intent: { type: 'compile_draft', report: 'initial', cannotDetermine: [] },
      revision: (await bot.store.incident(id))?.version ?? 0,
      caller,
      delivery: { platform: 'slack', key: 'draft', body: '' },
    });
    const value = `9|${JSON.stringify({ i: id, d: { kind: 'view', view: { view: 'download', args: { incident: id, format: 'docx' } } } })}`;
    await send(press({ action_id: 'a', value }, LI, { channel: CHANNEL, ts: root.ts, thread: root.ts }));
    await bot.service.idle();
    const files = workspace.messages.filter((m) => m.files.length > 0);
    expect(files).toEqual([]);
    expect(JSON.stringify(server.calls)).toContain('not been released to rooms abroad');
  });
});

describe('a modal opened in a room abroad', () => {
  const rooms = [{ platform: 'slack', tenant: TEAM, address: CHANNEL, location: 'abroad', language: 'en' }];
  const people = [{ id: 'li', name: 'Li Wei', location: 'home', accounts: [accountOf(LI)], language: 'en' }];
  const organisation = profile({ rooms, people, languages: { rooms: 'en', people: 'en' } });

  it('still stands there: what is opened from it shows as much as the room does', async () => {
    const { bot, workspace, send, id, root } = await declared({ organisation });
    await bot.house.settle();
    await send(press(button(root.blocks, 'People'), LI, { channel: CHANNEL, ts: root.ts }));
    await expect.poll(() => workspace.views.length).toBe(1);
    const { id: modal = '', view } = workspace.views[0] ?? {};
    const opened = { id: modal, type: 'modal', private_metadata: view?.['private_metadata'] };
    const value = (d: object): string => `9|${JSON.stringify({ i: id, d })}`;
    const status = { kind: 'view', view: { view: 'status', args: { incident: id } } };
    await send(press({ action_id: 'a', value: value(status) }, LI, { view: opened }));
    await expect.poll(() => workspace.views.length).toBe(2);
    expect(JSON.stringify(workspace.views[1]?.view)).toContain(id);
    const note = { kind: 'form', form: { form: 'rename', args: { incident: id } } };
    await send(press({ action_id: 'a', value: value(note) }, LI, { view: opened }));
    await bot.service.idle();
    expect(JSON.stringify(workspace.views)).not.toContain('Outage');
    // In a direct conversation the same person reads everything.
    await send(press({ action_id: 'a', value: value(status) }, LI, { view: { ...opened, private_metadata: '' } }));
    await expect.poll(() => JSON.stringify(workspace.views.at(-1))).toContain('Outage');
  });
});

describe('a channel that is shared with another organisation later', () => {
  it('is shown nothing more from that moment on, even while Slack does not answer', async () => {
    const { bot, workspace, send, server } = await declared();
    const channel = workspace.channels.get(CHANNEL);
    if (!channel) throw new Error('no channel');
    channel.isShared = true;
    const before = workspace.inThread(CHANNEL, null).length;
    server.fail('conversations.info', { kind: 'status', status: 503, done: false });
    await send(event({ type: 'channel_shared', connected_team_id: 'T00OTHER001', channel: CHANNEL }));
    await bot.service.idle();
    const answer = await send(slash('new Another outage', LI, CHANNEL));
    expect(JSON.stringify(answer)).toContain('shared with another organisation');
    await bot.house.settle();
    expect(workspace.inThread(CHANNEL, null)).toHaveLength(before);
    channel.isShared = false;
    await send(event({ type: 'channel_unshared', previously_connected_team_id: 'T00OTHER001', channel: CHANNEL }));
    await bot.service.idle();
    expect(JSON.stringify(await send(slash('new Third outage', LI, CHANNEL)))).not.toContain('shared');
    await expect.poll(() => workspace.inThread(CHANNEL, null).length).toBe(before + 1);
  });
});

describe('backup reminders', () => {
  const postAt = Math.ceil(Date.now() / 60_000) * 60_000 + 3_600_000;
  const one = (more: Partial<WantedBackup> = {}): WantedBackup => ({
    incident: 'INC-2026-0001',
    room: `slack/${TEAM}/${CHANNEL}`,
    thread: null,
    postAt,
    language: 'en',
    mention: [accountOf(LI)],
    summary: 'Due 13:42, not filed <!channel>',
    ...more,
  });

  it('are placed at their time, without metadata, with a mention, once', async () => {
    const { server, workspace } = await start({ backups: [one(), one({ incident: 'INC-2026-0002' })] });
    expect(workspace.scheduledMessages.map((m) => m.post_at)).toEqual([postAt / 1000, postAt / 1000]);
    expect(server.callsOf('chat.scheduleMessage')[0]?.params).not.toHaveProperty('metadata');
    expect(workspace.scheduledMessages[0]?.text).not.toContain('<!channel>');
    expect(workspace.scheduledMessages[0]?.text).toContain(`<@${LI}>`);
  });

  it('after a restart nothing is placed twice, what is no longer wanted is taken back, what others scheduled stays', async () => {
    const first = await start({ backups: [one(), one({ incident: 'INC-2026-0002' })] });
    const { server, workspace } = first;
    await first.bot.service.stop();
    workspace.scheduledMessages.push({
      id: 'Q-other',
      channel_id: CHANNEL,
      post_at: postAt / 1000,
      text: 'stand-up',
      thread: null,
    });
    const second = await startBot({
      server,
      apiUrl: `${server.url}/api`,
      backups: [one({ incident: 'INC-2026-0002' })],
    });
    await second.service.idle();
    expect(workspace.scheduledMessages.map((m) => m.text.slice(0, 15))).toEqual(['〔INC-2026-0002〕', 'stand-up']);
    await second.stop();
  });
});
