import { afterEach, describe, expect, it } from 'vitest';
import { button, buttonsIn, event, messageShortcut, press, said, slash, submit } from '../../fakes/slack/payloads.ts';
import { TEAM } from '../../fakes/slack/workspace.ts';
import { type Bot, type BotOptions, CHANNEL, CHEN, LI, sender, startBot } from './bot.ts';

let bot: Bot | null = null;
afterEach(async () => {
  await bot?.stop();
  bot = null;
});

async function start(mode: 'socket' | 'http', options: BotOptions = {}) {
  const running = await startBot({ mode, ...options });
  bot = running;
  await running.service.idle();
  const { workspace } = running.server;
  const roots = () =>
    workspace.messages.filter((m) => m.channel === CHANNEL && m.thread === null && m.user === 'U00BOT00001');
  const root = async () => {
    await expect.poll(() => roots().length).toBe(1);
    const [message] = roots();
    if (!message) throw new Error('no root');
    // What is written below it belongs to the incident once its handle is kept.
    const incident = () => running.store.threads.incidentOf(`slack/${TEAM}/${CHANNEL}`, message.ts);
    await expect.poll(incident).not.toBeNull();
    return message;
  };
  const thread = async (title: RegExp) => {
    const { ts } = await root();
    const find = () => workspace.inThread(CHANNEL, ts).find((m) => title.test(m.text));
    await expect.poll(() => find() !== undefined).toBe(true);
    const found = find();
    if (!found) throw new Error('no such message');
    return found;
  };
  return { bot: running, server: running.server, workspace, send: sender(running, mode), roots, root, thread };
}

describe.each(['socket', 'http'] as const)('a case over %s', (mode) => {
  it('command, card, question by button, form, answer in the thread, draft as a file', async () => {
    const { bot, server, workspace, send, root, thread } = await start(mode);
    expect(await send(slash('new 支付系统疑似用户数据泄露 <!channel>', LI, CHANNEL))).toEqual({});
    const card = await root();
    expect(card.text).toContain('INC-');
    expect(card.text).toContain('@\u2060channel');

    // Slack has told by now that who declared reads English, whatever the title is written in.
    await expect.poll(() => buttonsIn(card.blocks).some((b) => b.label === 'CII is involved: No')).toBe(true);
    // Is a CII involved? One tap on the status card.
    const no = button(card.blocks, 'CII is involved: No');
    expect(await send(press(no, LI, { channel: CHANNEL, ts: card.ts }))).toEqual({});
    await expect.poll(() => buttonsIn(card.blocks).some((b) => b.label === 'CII is involved: No')).toBe(false);

    // The question card in the thread has ticks and one submit.
    const question = await thread(/./);
    const [incident] = await bot.store.incidents({ limit: 1 });
    if (!incident) throw new Error('no incident');
    const fact = 'circumstances';
    const submitsTicks = () => buttonsIn(question.blocks).find((b) => b.label === 'Done');
    while (!submitsTicks()) {
      const shown = JSON.stringify(question.blocks);
      const skip = button(question.blocks, /Don.t know|Not known|No$/);
      await send(press(skip, LI, { channel: CHANNEL, ts: question.ts, thread: card.ts }));
      await expect.poll(() => JSON.stringify(question.blocks)).not.toBe(shown);
    }
    const tick = button(question.blocks, 'Done');
    const ticked = (...values: string[]) => ({
      values: {
        [`pick:${fact}:0`]: { t: { type: 'checkboxes', selected_options: values.map((value) => ({ value })) } },
      },
    });
    const at = { channel: CHANNEL, ts: question.ts, thread: card.ts, responseUrl: `${server.url}/response/1` };
    await send(press(tick, LI, { ...at, state: ticked('suspected_crime=true', 'unknown') }));
    await expect.poll(() => server.responses.length).toBe(1);
    expect((await bot.store.incident(incident.id))?.facts['suspected_crime']).toBeUndefined();
    expect(await send(press(tick, LI, { ...at, state: ticked('suspected_crime=true') }))).toEqual({});
    await expect.poll(async () => (await bot.store.incident(incident.id))?.facts['suspected_crime']?.value).toBe(true);

    // A form, with an error at its field, then right.
    const add = button(card.blocks, 'Add information');
    expect(await send(press(add, LI, { channel: CHANNEL, ts: card.ts }))).toEqual({});
    await expect.poll(() => workspace.views.length).toBe(1);
    const modal = workspace.views[0];
    if (!modal) throw new Error('no modal');
    const wrong = await send(submit(modal.view, modal.id, LI, { text: { value: '' }, at: { value: '' } }));
    expect(wrong).toMatchObject({ response_action: 'errors', errors: { text: expect.stringMatching(/./) } });
    const right = { text: { value: '09:50 isolated two servers' }, at: { value: '' } };
    expect(await send(submit(modal.view, modal.id, LI, right))).toEqual({ response_action: 'clear' });
    expect((await bot.store.incident(incident.id))?.notes.map((n) => n.text)).toEqual(['09:50 isolated two servers']);

    // Said to the bot in the thread, arriving as two events with two ids.
    const line = workspace.say(CHANNEL, CHEN, '<@U00BOT00001> 记录 已重置口令 &amp; 隔离', card.ts);
    await send(said(line));
    await send(said(line, 'app_mention'));
    const notes = (await bot.store.incident(incident.id))?.notes ?? [];
    expect(notes.map((n) => n.text)).toEqual(['09:50 isolated two servers', '已重置口令 & 隔离']);

    // What somebody else says in the thread is nobody's business.
    await send(said(workspace.say(CHANNEL, CHEN, 'lunch?', card.ts)));
    expect((await bot.store.incident(incident.id))?.notes).toHaveLength(2);

    // A draft is compiled and uploaded where its button stands.
    await bot.house.app.submit({
      incident: incident.id,
      intent: { type: 'compile_draft', report: 'initial', cannotDetermine: [] },
      revision: (await bot.store.incident(incident.id))?.version ?? 0,
      caller: 'api',
      delivery: { platform: 'api', key: 'draft', body: '' },
    });
    const draft = await thread(/Draft|draft|稿/);
    await send(press(button(draft.blocks, /DOCX/), LI, { channel: CHANNEL, ts: draft.ts, thread: card.ts }));
    await expect.poll(() => workspace.messages.filter((m) => m.files.length > 0).length).toBe(1);
    expect(workspace.messages.find((m) => m.files.length > 0)?.thread).toBe(card.ts);
    expect(server.callsOf('chat.update').length).toBeGreaterThan(0);
  });
});

describe('a draft that is asked for in the thread', () => {
  it('is answered by its card the first time, and in a line once that card stands further up', async () => {
    const { server, workspace, send, root, thread } = await start('socket');
    await send(slash('new Outage', LI, CHANNEL));
    const card = await root();
    const ask = () => send(said(workspace.say(CHANNEL, LI, '<@U00BOT00001> first report', card.ts), 'app_mention'));
    const lines = () => server.callsOf('chat.postEphemeral').map(({ params }) => params['text']);
    await ask();
    const draft = await thread(/Draft 1/);
    await ask();
    await expect.poll(() => draft.text).toContain('Draft 2');
    await expect.poll(() => lines().length).toBeGreaterThan(0);
    expect(lines()).toEqual([expect.stringContaining('Draft 2 of the')]);
  });
});

describe('declaring', () => {
  it('/incident alone opens the form; its errors stand at the field, and it declares', async () => {
    const { bot, workspace, send, root } = await start('socket');
    expect(await send(slash('', LI, CHANNEL))).toEqual({});
    await expect.poll(() => workspace.views.length).toBe(1);
    const modal = workspace.views[0];
    if (!modal) throw new Error('no modal');
    const base = { drill: { selected_options: [] }, speed: { selected_option: { value: '1' } } };
    const wrong = await send(
      submit(modal.view, modal.id, LI, { title: { value: 'Outage' }, awareness: { value: 'tomorrow 9:00' }, ...base }),
    );
    expect(wrong).toMatchObject({ response_action: 'errors', errors: { awareness: expect.any(String) } });
    const done = await send(
      submit(modal.view, modal.id, LI, { title: { value: 'Outage' }, awareness: { value: '' }, ...base }),
    );
    expect(done).toEqual({ response_action: 'clear' });
    expect((await root()).text).toContain('Outage');
    expect(await bot.store.incidents({ limit: 9 })).toHaveLength(1);
  });

  it('twice within five minutes is asked about, and opened when wanted', async () => {
    const { bot, send } = await start('socket');
    await send(slash('new Outage', LI, CHANNEL));
    const second = await send(slash('new Outage', LI, CHANNEL));
    expect(second).toMatchObject({ response_type: 'ephemeral', text: expect.stringContaining('Open another') });
    const blocks = typeof second === 'object' && second !== null && 'blocks' in second ? [second.blocks] : [];
    expect(await bot.store.incidents({ limit: 9 })).toHaveLength(1);
    await send(press(button(blocks, 'Open another'), LI, { channel: CHANNEL }));
    expect(await bot.store.incidents({ limit: 9 })).toHaveLength(2);
  });

  it('the same delivery again is the same incident', async () => {
    const { bot, send } = await start('socket');
    const payload = slash('new Outage', LI, CHANNEL);
    await send(payload);
    await send(payload);
    expect(await bot.store.incidents({ limit: 9 })).toHaveLength(1);
  });

  it('in a channel the bot is not in: recorded, an invitation, and the thread as soon as it joins', async () => {
    const { bot, workspace, send } = await start('socket');
    const channel = workspace.addChannel('C00ELSE0001', { members: [LI] });
    const answer = await send(slash('new Outage', LI, channel.id, { channel_name: 'else' }));
    expect(answer).toMatchObject({ response_type: 'ephemeral', text: expect.stringContaining('/invite @jishi') });
    expect(await bot.store.incidents({ limit: 9 })).toHaveLength(1);
    channel.members.add('U00BOT00001');
    await send(event({ type: 'member_joined_channel', user: 'U00BOT00001', channel: channel.id }));
    await expect
      .poll(() => workspace.messages.filter((m) => m.channel === channel.id && m.thread === null).length, {
        timeout: 60_000,
      })
      .toBe(1);
  });

  it('while the Web API is down: recorded, said in the acknowledgement, shown when it is back', async () => {
    const { bot, server, send, roots } = await start('socket');
    server.down = true;
    await send(slash('status', LI, CHANNEL));
    await bot.platform.messenger.post(
      { tenant: 'T00FAKE0001', address: CHANNEL, thread: null },
      '{"text":"x","blocks":[],"ring":false,"kept":{}}',
      'k',
    );
    const answer = await send(slash('new Outage', LI, CHANNEL));
    expect(answer).toMatchObject({ text: expect.stringContaining('is open and its deadlines') });
    expect(await bot.store.incidents({ limit: 9 })).toHaveLength(1);
    expect(roots()).toHaveLength(0);
    server.down = false;
    await expect.poll(() => roots().length).toBe(1);
  });

  it('in a channel shared with another organisation: recorded, and nothing shown there', async () => {
    const { bot, workspace, send } = await start('socket');
    const channel = workspace.addChannel('C00SHARED01', { isShared: true });
    await send(event({ type: 'member_joined_channel', user: 'U00BOT00001', channel: channel.id }));
    await bot.service.idle();
    const answer = await send(slash('new Outage', LI, channel.id, { channel_name: 'shared' }));
    expect(answer).toMatchObject({ text: expect.stringContaining('shared with another organisation') });
    expect(await bot.store.incidents({ limit: 9 })).toHaveLength(1);
    await bot.house.settle();
    expect(workspace.messages.filter((m) => m.channel === channel.id)).toHaveLength(0);
  });

  it('from a message: its words are the title, its author, time and address a candidate for awareness', async () => {
    const { bot, workspace, send } = await start('socket');
    const message = workspace.say(CHANNEL, CHEN, '数据库被拖库了 &lt;紧急&gt;');
    await send(messageShortcut('incident_new_from_message', message, LI));
    await expect.poll(() => workspace.views.length).toBe(1);
    const modal = workspace.views[0];
    if (!modal) throw new Error('no modal');
    expect(JSON.stringify(modal.view)).toContain('数据库被拖库了 <紧急>');
    const entries = { title: { value: '数据库被拖库' }, awareness: { value: '' }, drill: {}, speed: {} };
    expect(await send(submit(modal.view, modal.id, LI, entries))).toEqual({ response_action: 'clear' });
    const [row] = await bot.store.incidents({ limit: 1 });
    const state = await bot.store.incident(row?.id ?? '');
    expect(state?.candidates.some((c) => c.source === 'chat' && c.link?.includes(`/archives/${CHANNEL}/p`))).toBe(true);
  });
});

describe('the card that was pressed', () => {
  it.each([true, false])(
    'is changed through the response to the press, if Slack accepts that: %s',
    async (accepted) => {
      const { server, send, root } = await start('socket');
      server.refusesResponses = !accepted;
      await send(slash('new Outage', LI, CHANNEL));
      const card = await root();
      await expect.poll(() => buttonsIn(card.blocks).some((b) => b.label === 'CII is involved: No')).toBe(true);
      const at = { channel: CHANNEL, ts: card.ts, responseUrl: server.responseUrl(CHANNEL, card.ts) };
      const edits = () => server.callsOf('chat.update').filter(({ params }) => params['ts'] === card.ts).length;
      const before = edits();
      await send(press(button(card.blocks, 'CII is involved: No'), LI, at));
      await expect.poll(() => buttonsIn(card.blocks).some((b) => b.label === 'CII is involved: No')).toBe(false);
      expect(server.replaced).toHaveLength(accepted ? 1 : 0);
      if (!accepted) expect(edits()).toBeGreaterThan(before);
    },
  );
});
