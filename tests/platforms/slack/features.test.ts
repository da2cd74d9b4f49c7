import { afterEach, describe, expect, it } from 'vitest';
import { type Organisation, organisationSchema } from '../../../src/incident/profile.ts';
import { BACKUP_AFTER } from '../../../src/platforms/slack/backups.ts';
import { isFileAddress } from '../../../src/platforms/slack/evidence.ts';
import type { WantedBackup } from '../../../src/platforms/slack/ports.ts';
import { button, event, press, said, slash, submit } from '../../fakes/slack/payloads.ts';
import { BOT_USER, TEAM } from '../../fakes/slack/workspace.ts';
import { accountOf, type Bot, type BotOptions, CHANNEL, CHEN, LI, sender, startBot } from './bot.ts';

let bot: Bot | null = null;
afterEach(async () => {
  await bot?.stop();
  bot = null;
});

async function start(options: BotOptions = {}) {
  const running = await startBot(options);
  bot = running;
  await running.service.idle();
  return { bot: running, workspace: running.server.workspace, server: running.server, send: sender(running) };
}
/** An incident declared in the private operations channel, with its thread. */
async function declared(options: BotOptions = {}) {
  const all = await start(options);
  await all.send(slash('new Outage', LI, CHANNEL));
  await expect.poll(() => all.workspace.inThread(CHANNEL, null).length, { timeout: 5_000 }).toBe(1);
  const root = all.workspace.inThread(CHANNEL, null)[0];
  const [row] = await all.bot.store.incidents({ limit: 1 });
  if (!root || !row) throw new Error('nothing was declared');
  const state = async () => {
    const found = await all.bot.store.incident(row.id);
    if (!found) throw new Error('gone');
    return found;
  };
  return { ...all, root, id: row.id, state };
}

describe('a reaction', () => {
  const pin = (ts: string, user = LI, reaction = 'pushpin') =>
    event({ type: 'reaction_added', user, reaction, item: { type: 'message', channel: CHANNEL, ts }, event_ts: '1.0' });

  it('puts a message of the thread on the record once, with author, time and address', async () => {
    const { bot, workspace, send, root, state, id } = await declared();
    const message = workspace.say(CHANNEL, CHEN, '09:50 已隔离两台服务器 &lt;db1&gt;', root.ts);
    await send(pin(message.ts));
    await send(pin(message.ts, CHEN));
    await bot.service.idle();
    const { notes } = await state();
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatchObject({ text: '09:50 已隔离两台服务器 <db1>', author: '陈宇' });
    expect(notes[0]?.link).toBe(`https://fake.slack.com/archives/${CHANNEL}/p${message.ts.replace('.', '')}`);
    expect(workspace.ephemerals.map((e) => e.text)).toContain(`On the record of ${id}.`);
  });

  it('another reaction is only a reaction', async () => {
    const { bot, workspace, send, root, state } = await declared();
    await send(pin(workspace.say(CHANNEL, CHEN, 'ok', root.ts).ts, LI, 'thumbsup'));
    await bot.service.idle();
    expect((await state()).notes).toHaveLength(0);
  });

  it('survives a crash between the acknowledgement and the look-up', async () => {
    const { bot, workspace, send, root, state, server } = await declared();
    const message = workspace.say(CHANNEL, CHEN, 'isolated', root.ts);
    server.fail('conversations.replies', { kind: 'status', status: 503, done: false });
    await send(pin(message.ts));
    expect([...(await bot.kept.list('job:', 9))].map(({ key }) => key)).toEqual([`job:pin:${CHANNEL}:${message.ts}`]);
    await expect.poll(async () => (await state()).notes.length, { timeout: 8_000 }).toBe(1);
    await expect.poll(() => bot.kept.list('job:', 9)).toEqual([]);
  });

  it('outside of a thread it asks which incident is meant', async () => {
    const { bot, workspace, send, id } = await declared();
    await send(pin(workspace.say(CHANNEL, CHEN, 'look here').ts));
    await bot.service.idle();
    expect(JSON.stringify(workspace.ephemerals.at(-1)?.blocks)).toContain(id);
  });
});

describe('source messages', () => {
  it('edited or deleted are shown as such; the original stays', async () => {
    const { workspace, send, root, state } = await declared();
    const line = workspace.say(CHANNEL, CHEN, `<@${BOT_USER}> 记录 影响三台`, root.ts);
    await send(said(line));
    const message = { type: 'message', user: CHEN, ts: line.ts, thread_ts: root.ts };
    const changed = event({
      type: 'message',
      subtype: 'message_changed',
      channel: CHANNEL,
      ts: '9.9',
      message: { ...message, text: `<@${BOT_USER}> 记录 影响五台`, edited: { user: CHEN, ts: '10.0' } },
      previous_message: { ...message, text: line.text },
    });
    await send(changed);
    await send(changed);
    const deleted = event({
      type: 'message',
      subtype: 'message_deleted',
      channel: CHANNEL,
      ts: '9.9',
      deleted_ts: line.ts,
      previous_message: message,
    });
    await send(deleted);
    const texts = (await state()).notes.map((n) => n.text);
    expect(texts).toHaveLength(3);
    expect(texts[0]).toBe('影响三台');
    expect(texts[1]).toContain('影响五台');
    expect(texts[2]).toMatch(/deleted|删除/);
  });

  it('a preview that Slack adds is no edit', async () => {
    const { workspace, send, root, state } = await declared();
    const line = workspace.say(CHANNEL, CHEN, `<@${BOT_USER}> 记录 x`, root.ts);
    await send(said(line));
    const message = { type: 'message', user: CHEN, ts: line.ts, text: line.text };
    await send(
      event({
        type: 'message',
        subtype: 'message_changed',
        channel: CHANNEL,
        ts: '9',
        message,
        previous_message: message,
      }),
    );
    expect((await state()).notes).toHaveLength(1);
  });
});

describe('files as evidence', () => {
  it('said to the bot in the thread are fetched and kept', async () => {
    const { bot, workspace, send, root, state, server } = await declared();
    workspace.files.set('F9', { id: 'F9', name: 'auth.log', content: new TextEncoder().encode('log'), shared: true });
    workspace.fileAddress = `${server.url}/files/`;
    const line = workspace.say(CHANNEL, CHEN, `<@${BOT_USER}>`, root.ts, [{ id: 'F9', name: 'auth.log' }]);
    const payload = said(line);
    await send({ ...payload, event: { ...payload.event, files: line.files, subtype: 'file_share' } });
    await bot.service.idle();
    const { evidence } = await state();
    expect(evidence).toMatchObject([{ name: 'auth.log', size: 3 }]);
    expect(workspace.ephemerals.at(-1)?.text).toContain('auth.log');
  });

  it('a file elsewhere is not fetched, a sign-in page is not kept: both are said', async () => {
    const { bot, workspace, send, root, state, server } = await declared();
    workspace.files.set('F8', { id: 'F8', name: 'a.bin', content: new Uint8Array([1]), shared: true });
    workspace.fileAddress = 'https://evil.example/files/';
    const give = async () => {
      const line = workspace.say(CHANNEL, CHEN, `<@${BOT_USER}>`, root.ts, [{ id: 'F8', name: 'a.bin' }]);
      const payload = said(line);
      await send({ ...payload, event: { ...payload.event, files: line.files, subtype: 'file_share' } });
      await bot.service.idle();
    };
    await give();
    expect(workspace.ephemerals.at(-1)?.text).toMatch(/only files that lie in Slack|仅获取/i);
    workspace.fileAddress = `${server.url}/files/nothing-`;
    await give();
    expect(workspace.ephemerals.at(-1)?.text).toContain('files:read');
    expect((await state()).evidence).toEqual([]);
  });

  it.each([
    ['https://files.slack.com/files-pri/T1-F1/x', true],
    ['http://files.slack.com/x', false],
    ['https://files.slack.com:8443/x', false],
    ['https://user@files.slack.com/x', false],
    ['https://files.slack.com.evil.example/x', false],
    ['https://evil.example/files.slack.com', false],
    ['file:///etc/passwd', false],
    ['nonsense', false],
  ])('the token may go to %s: %s', (address, may) => {
    expect(isFileAddress(address, null)).toBe(may);
  });
});

describe('the quiet offer', () => {
  it('is seen only by the owner of an open item, once in a while', async () => {
    const { bot, workspace, send, root, id, state } = await declared();
    const caller = { account: accountOf(CHEN), name: '陈宇', language: 'zh-CN' as const };
    const submit = async (intent: Parameters<Bot['house']['app']['submit']>[0]['intent'], key: string) =>
      bot.house.app.submit({
        incident: id,
        intent,
        revision: (await state()).version,
        caller,
        delivery: { platform: 'slack', key, body: key },
      });
    await send(said(workspace.say(CHANNEL, CHEN, 'nobody asked', root.ts)));
    await bot.service.idle();
    expect(workspace.ephemerals).toHaveLength(0);
    await submit({ type: 'take_item', item: 'art7.4' }, 'take');
    await send(said(workspace.say(CHANNEL, LI, 'not the owner', root.ts)));
    await send(said(workspace.say(CHANNEL, CHEN, '初步看是弱口令', root.ts)));
    await send(said(workspace.say(CHANNEL, CHEN, '还在查', root.ts)));
    await bot.service.idle();
    expect(workspace.ephemerals.map((e) => [e.user, e.thread])).toEqual([[CHEN, root.ts]]);
    expect(JSON.stringify(workspace.ephemerals[0]?.blocks)).toContain('第4项');
    await send(
      press(button(workspace.ephemerals[0]?.blocks ?? [], '记为一条记录'), CHEN, {
        channel: CHANNEL,
        ts: '1.1',
        thread: root.ts,
      }),
    );
    await expect.poll(() => workspace.views.length).toBe(1);
    expect(JSON.stringify(workspace.views[0]?.view)).toContain('初步看是弱口令');
  });
});

describe('App Home', () => {
  const opened = (user: string) =>
    event({ type: 'app_home_opened', user, channel: 'D1', tab: 'home', event_ts: '1.0' });

  it('shows a member of the channel the incident; somebody else nothing of it', async () => {
    const { bot, workspace, send, id } = await declared();
    workspace.addUser('U00WANG0001', 'Wang', 'en-US');
    await send(opened(CHEN));
    await send(opened('U00WANG0001'));
    await bot.service.idle();
    const home = (user: string) =>
      JSON.stringify(workspace.views.findLast((v) => v.user === user && v.how === 'publish')?.view);
    expect(home(CHEN)).toContain(id);
    expect(home(CHEN)).toContain('新建事件');
    expect(home('U00WANG0001')).not.toContain(id);
    expect(home('U00WANG0001')).toContain('New incident');
  });

  it('its buttons open the form and the cards', async () => {
    const { bot, workspace, send } = await declared();
    await send(opened(LI));
    await bot.service.idle();
    const home = workspace.views.at(-1)?.view ?? {};
    const view = { id: 'VHOME', type: 'home', private_metadata: '' };
    const blocks = Array.isArray(home['blocks']) ? home['blocks'] : [];
    await send(press(button(blocks, 'Status'), LI, { view }));
    await expect.poll(() => workspace.views.at(-1)?.how).toBe('open');
    expect(JSON.stringify(workspace.views.at(-1)?.view)).toContain('Outage');
  });
});

describe('views', () => {
  it('a button in a modal acts and the modal is renewed with what changed', async () => {
    const { workspace, send, root, state } = await declared();
    await send(press(button(root.blocks, 'People'), CHEN, { channel: CHANNEL, ts: root.ts }));
    await expect.poll(() => workspace.views.length).toBe(1);
    const modal = workspace.views[0];
    if (!modal) throw new Error('no modal');
    const blocks = Array.isArray(modal.view['blocks']) ? modal.view['blocks'] : [];
    const view = { id: modal.id, type: 'modal', private_metadata: modal.view['private_metadata'] };
    await send(press(button(blocks, '我来牵头'), CHEN, { view }));
    await expect.poll(() => workspace.views.at(-1)?.how).toBe('update');
    const { people, lead } = await state();
    expect(people[lead]?.account?.id).toBe(CHEN);
  });

  it('an expired trigger is explained instead of ignored', async () => {
    const { server, send, root } = await declared();
    const at = { channel: CHANNEL, ts: root.ts, trigger: 'expired.1', responseUrl: `${server.url}/response/5` };
    await send(press(button(root.blocks, 'People'), LI, at));
    await expect.poll(() => server.responses).toHaveLength(1);
  });
});

describe('a direct message to the bot', () => {
  it('is a line of the grammar; the answer comes back in the conversation', async () => {
    const { bot, workspace, send, id } = await declared();
    workspace.addChannel('D00DM', { isPrivate: true, members: [LI, BOT_USER] });
    const line = workspace.say('D00DM', LI, 'status');
    const payload = said(line);
    await send({ ...payload, event: { ...payload.event, channel_type: 'im' } });
    await bot.service.idle();
    expect(workspace.inThread('D00DM', null).at(-1)?.text).toContain(id);
  });

  it('a guest of another organisation is recorded, and shown nothing of the channel', async () => {
    const { bot, workspace, send } = await start();
    const answer = await send(slash('new Outage at our site', 'U00GUEST001', CHANNEL, { team_id: 'T00OTHER001' }));
    expect(answer).toMatchObject({ text: expect.stringContaining('is recorded and its clock runs') });
    const [row] = await bot.store.incidents({ limit: 1 });
    const state = await bot.store.incident(row?.id ?? '');
    expect(state?.people[state.lead]?.account).toEqual({ platform: 'slack', tenant: 'T00OTHER001', id: 'U00GUEST001' });
    expect(workspace.messages).toHaveLength(0);
  });
});

describe('message shortcuts', () => {
  const add = (message: object, user = LI) => ({
    type: 'message_action',
    callback_id: 'incident_add',
    trigger_id: `trigger.${Math.random()}`,
    response_url: 'http://127.0.0.1:1/none',
    user: { id: user, team_id: TEAM, name: 'li' },
    team: { id: TEAM, domain: 'fake' },
    channel: { id: CHANNEL, name: 'ops-china' },
    message: { type: 'message', ...message },
  });

  it('"Add to incident" opens the note of the thread it stands in, or asks which', async () => {
    const { workspace, send, root, id, state } = await declared();
    const inside = workspace.say(CHANNEL, CHEN, 'the bucket was public', root.ts);
    await send(add({ ts: inside.ts, thread_ts: root.ts, user: CHEN, text: inside.text }));
    await expect.poll(() => workspace.views.length).toBe(1);
    const modal = workspace.views[0];
    if (!modal) throw new Error('no modal');
    await send(submit(modal.view, modal.id, LI, { text: { value: 'the bucket was public' }, at: { value: '' } }));
    expect((await state()).notes[0]).toMatchObject({
      text: 'the bucket was public',
      link: expect.stringContaining('/archives/'),
    });
    const outside = workspace.say(CHANNEL, CHEN, '长'.repeat(3_500));
    await send(add({ ts: outside.ts, user: CHEN, text: outside.text }));
    await expect.poll(() => workspace.views.length).toBe(2);
    const list = workspace.views[1]?.view['blocks'];
    expect(JSON.stringify(list)).toContain(id);
    // The words are too long for a button: they wait on our side, and the form has them.
    const blocks = Array.isArray(list) ? list : [];
    await send(
      press(button(blocks, 'Add to the record'), LI, { view: { id: 'V9', type: 'modal', private_metadata: '' } }),
    );
    await expect.poll(() => workspace.views.length).toBe(3);
    expect(workspace.views[2]?.how).toBe('push');
  });
});

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
    await expect.poll(() => made() !== undefined, { timeout: 5_000 }).toBe(true);
    const channel = made();
    if (!channel) throw new Error('no channel');
    expect(channel.isPrivate).toBe(true);
    expect(channel.members.has(LI)).toBe(true);
    expect(channel.topic).toContain('INC-');
    await expect.poll(() => workspace.inThread(channel.id, null).length, { timeout: 8_000 }).toBe(1);
    await expect.poll(() => workspace.inThread('C00OPEN0001', null).length, { timeout: 8_000 }).toBe(1);
    expect(JSON.stringify(workspace.inThread(channel.id, null))).toContain('Leak of customer data');
    expect(JSON.stringify(workspace.messages.filter((m) => m.channel === 'C00OPEN0001'))).not.toContain(
      'Leak of customer data',
    );
  });

  it('a crash after the channel was made does not make a second one', async () => {
    const { bot, workspace, server, send } = await start({ organisation });
    workspace.addChannel('C00OPEN0001', { name: 'general', members: [LI, BOT_USER] });
    await send(event({ type: 'member_joined_channel', user: BOT_USER, channel: 'C00OPEN0001' }));
    await bot.service.idle();
    server.fail('conversations.create', { kind: 'lost' });
    await send(slash('new Leak', LI, 'C00OPEN0001', { channel_name: 'general' }));
    const made = () => [...workspace.channels.values()].filter((c) => c.name.startsWith('inc-'));
    await expect.poll(() => workspace.inThread(made()[0]?.id ?? '', null).length, { timeout: 12_000 }).toBe(1);
    expect(made()).toHaveLength(1);
  });
});

describe('backup reminders', () => {
  const dueAt = Math.ceil(Date.now() / 60_000) * 60_000 + 3_600_000;
  const one = (more: Partial<WantedBackup> = {}): WantedBackup => ({
    incident: 'INC-2026-0001',
    room: `slack/${TEAM}/${CHANNEL}`,
    thread: null,
    dueAt,
    language: 'en',
    summary: 'Due 13:42, not filed <!channel>',
    ...more,
  });

  it('are placed three minutes after our own, without metadata, once', async () => {
    const { server, workspace } = await start({ backups: [one(), one({ incident: 'INC-2026-0002' })] });
    expect(workspace.scheduledMessages.map((m) => m.post_at)).toEqual([
      (dueAt + BACKUP_AFTER) / 1000,
      (dueAt + BACKUP_AFTER) / 1000,
    ]);
    expect(server.callsOf('chat.scheduleMessage')[0]?.params).not.toHaveProperty('metadata');
    expect(workspace.scheduledMessages[0]?.text).not.toContain('<!channel>');
  });

  it('after a restart nothing is placed twice, what is no longer wanted is taken back, what others scheduled stays', async () => {
    const first = await start({ backups: [one(), one({ incident: 'INC-2026-0002' })] });
    const { server, workspace } = first;
    await first.bot.service.stop();
    workspace.scheduledMessages.push({
      id: 'Q-other',
      channel_id: CHANNEL,
      post_at: dueAt / 1000,
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
