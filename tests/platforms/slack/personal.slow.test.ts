import { describe, expect, it } from 'vitest';
import { button, event, messageShortcut, press, said, slash, submit } from '../../fakes/slack/payloads.ts';
import { BOT_USER } from '../../fakes/slack/workspace.ts';
import { accountOf, type Bot, CHANNEL, CHEN, LI } from './bot.ts';
import { declared, start } from './declared.ts';

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
    await send(said(workspace.say(CHANNEL, CHEN, '我去机房看一下', root.ts)));
    await bot.service.idle();
    expect(workspace.ephemerals.map((e) => [e.user, e.thread])).toEqual([[CHEN, root.ts]]);
    expect(JSON.stringify(workspace.ephemerals[0]?.blocks)).toContain('第4项');
    await send(
      press(button(workspace.ephemerals[0]?.blocks ?? [], '记为备注'), CHEN, {
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
    const { bot, workspace, send, root, state } = await declared();
    await send(press(button(root.blocks, 'CII is involved: No'), CHEN, { channel: CHANNEL, ts: root.ts }));
    await bot.service.idle();
    await bot.house.settle();
    const [asked] = workspace.inThread(CHANNEL, null);
    await send(press(button(asked?.blocks ?? [], 'People'), CHEN, { channel: CHANNEL, ts: root.ts }));
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
    await send(press(button(root.blocks, 'More'), LI, at));
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
    expect(answer).toMatchObject({ text: expect.stringContaining('is open and its deadlines') });
    const [row] = await bot.store.incidents({ limit: 1 });
    const state = await bot.store.incident(row?.id ?? '');
    expect(state?.people[state.lead]?.account).toEqual({ platform: 'slack', tenant: 'T00OTHER001', id: 'U00GUEST001' });
    expect(workspace.messages).toHaveLength(0);
  });
});

describe('message shortcuts', () => {
  it('"Add to incident" opens the note of the thread it stands in, or asks which', async () => {
    const { workspace, send, root, id, state } = await declared();
    const inside = workspace.say(CHANNEL, CHEN, 'the bucket was public', root.ts);
    await send(messageShortcut('incident_add', inside, LI));
    await expect.poll(() => workspace.views.length).toBe(1);
    const modal = workspace.views[0];
    if (!modal) throw new Error('no modal');
    await send(submit(modal.view, modal.id, LI, { text: { value: 'the bucket was public' }, at: { value: '' } }));
    expect((await state()).notes[0]).toMatchObject({
      text: 'the bucket was public',
      link: expect.stringContaining('/archives/'),
    });
    const outside = workspace.say(CHANNEL, CHEN, '长'.repeat(3_500));
    await send(messageShortcut('incident_add', outside, LI));
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
