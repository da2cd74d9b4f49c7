import { describe, expect, it } from 'vitest';
import { isFileAddress } from '../../../src/platforms/shared/http-client.ts';
import { FILE_HOSTS } from '../../../src/platforms/slack/hear/material.ts';
import { event, messageShortcut, said, submit } from '../../fakes/slack/payloads.ts';
import { BOT_USER } from '../../fakes/slack/workspace.ts';
import { accountOf, CHANNEL, CHEN, LI } from './bot.ts';
import { declared } from './declared.ts';

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
    expect(workspace.ephemerals.map((e) => e.text)).toContain(`Added to the record of ${id}.`);
  });

  it('may be another one, by setting', async () => {
    const { bot, workspace, send, root, state } = await declared({ reactions: ['eyes'] });
    await send(pin(workspace.say(CHANNEL, CHEN, 'isolated', root.ts).ts, LI, 'eyes'));
    await send(pin(workspace.say(CHANNEL, CHEN, 'tea', root.ts).ts, LI, 'pushpin'));
    await bot.service.idle();
    expect((await state()).notes.map(({ text }) => text)).toEqual(['isolated']);
  });

  it('tells whoever reacted that nothing is recorded any more', async () => {
    const { bot, workspace, send, root, state, id } = await declared();
    const { version } = await state();
    await bot.house.app.submit({
      ...{ incident: id, intent: { type: 'stop_state_secret' }, revision: version, room: null },
      caller: { account: accountOf(LI), name: 'Li Wei', language: 'en' },
      delivery: { platform: 'slack', key: 'stop', body: '' },
    });
    await send(pin(workspace.say(CHANNEL, CHEN, 'isolated', root.ts).ts));
    await bot.service.idle();
    expect((await state()).notes).toEqual([]);
    expect(workspace.ephemerals.at(-1)).toMatchObject({ user: LI, text: expect.stringContaining('has stopped') });
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
    await expect.poll(async () => (await state()).notes.length).toBe(1);
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

  it('a message from which a note was made in a form is watched as well', async () => {
    const { workspace, send, root, state } = await declared();
    const line = workspace.say(CHANNEL, CHEN, 'the bucket was public', root.ts);
    await send(messageShortcut('incident_add', line, LI));
    await expect.poll(() => workspace.views.length).toBe(1);
    const modal = workspace.views[0];
    if (!modal) throw new Error('no modal');
    await send(submit(modal.view, modal.id, LI, { text: { value: 'public bucket' }, at: { value: '' } }));
    const message = { type: 'message', user: CHEN, ts: line.ts, thread_ts: root.ts };
    const deleted = { subtype: 'message_deleted', channel: CHANNEL, ts: '9.9', deleted_ts: line.ts };
    await send(event({ type: 'message', ...deleted, previous_message: message }));
    expect((await state()).notes.map((n) => n.text)).toEqual(['public bucket', expect.stringMatching(/deleted|删除/)]);
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
    expect(workspace.ephemerals.at(-1)?.text).toMatch(/only files stored in Slack|只能保存/i);
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
    expect(isFileAddress(address, FILE_HOSTS, null)).toBe(may);
  });
});
