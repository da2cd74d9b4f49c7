import { describe, expect, it } from 'vitest';
import { button, event, press, said, submit } from '../../fakes/slack/payloads.ts';
import { BOT_USER } from '../../fakes/slack/workspace.ts';
import { CHANNEL, CHEN, LI } from './bot.ts';
import { declared } from './declared.ts';

/** The form for more information, open, with what somebody has entered. */
async function openedForm(who = LI) {
  const all = await declared();
  await all.send(press(button(all.root.blocks, 'Add information'), who, { channel: CHANNEL, ts: all.root.ts }));
  await expect.poll(() => all.workspace.views.length).toBe(1);
  const modal = all.workspace.views[0];
  if (!modal) throw new Error('no modal');
  const entered = { text: { value: 'important words' }, at: { value: '' } };
  return { ...all, modal, form: submit(modal.view, modal.id, who, entered), entered };
}

/** What stands at the inputs of a form that was not taken. */
function errorsOf(ack: unknown): readonly [string, string][] {
  expect(ack).toMatchObject({ response_action: 'errors' });
  const errors: unknown = typeof ack === 'object' && ack !== null && 'errors' in ack ? ack.errors : {};
  return Object.entries(errors ?? {}).map(([block, text]) => [block, String(text)]);
}

describe('a form that cannot be handled', () => {
  it('stays open with what was entered and says so at its first input, in the language of the person', async () => {
    const { bot, send, form } = await openedForm(CHEN);
    const ack = await send({ ...form, view: { ...form.view, state: { values: { text: 'not an object' } } } });
    expect(errorsOf(ack)).toEqual([['text', expect.stringContaining('处理出错')]]);
    expect(bot.failed).toHaveLength(1);
  });

  it('is kept as well when nobody knows any more what it was for', async () => {
    const { bot, send, form } = await openedForm();
    const ack = await send({ ...form, view: { ...form.view, private_metadata: `#${'x'.repeat(43)}` } });
    expect(errorsOf(ack)).toEqual([['text', expect.stringContaining('Something went wrong')]]);
    expect(bot.failed.map(({ body }) => body.includes('important words'))).toEqual([true]);
  });
});

describe('what is said to the bot and cannot be handled', () => {
  it('is answered to whoever said it, in the thread', async () => {
    const { bot, workspace, send, root } = await declared();
    const line = said(workspace.say(CHANNEL, LI, `<@${BOT_USER}> note y`, root.ts), 'app_mention');
    expect(await send({ ...line, event: { ...line.event, text: 5 } })).toEqual({});
    expect(bot.failed).toHaveLength(1);
    await expect.poll(() => workspace.ephemerals.length).toBe(1);
    expect(workspace.ephemerals[0]).toMatchObject({ channel: CHANNEL, user: LI, thread: root.ts });
    expect(workspace.ephemerals[0]?.text).toContain('Something went wrong');
  });

  it('is answered in a direct conversation by a message', async () => {
    const { workspace, send } = await declared();
    const { id } = workspace.direct(LI);
    await send(event({ type: 'message', channel_type: 'im', channel: id, user: LI, text: 5, ts: '5.5' }));
    const answers = () => workspace.messages.filter((one) => one.channel === id && one.user === BOT_USER);
    await expect
      .poll(() => answers().map(({ text }) => text))
      .toEqual([expect.stringContaining('Something went wrong')]);
  });

  it('is not answered when it was not said to the bot', async () => {
    const { bot, workspace, send, root } = await declared();
    await send(event({ type: 'message', channel: CHANNEL, user: LI, text: 5, ts: '5.5', thread_ts: root.ts }));
    await bot.service.idle();
    expect(bot.failed).toHaveLength(1);
    expect(workspace.ephemerals).toEqual([]);
  });
});

describe('a button without an address for answers', () => {
  it('in a modal or on the Home tab is answered by a direct message', async () => {
    const { bot, workspace, send } = await declared();
    const odd = { ...press({ action_id: 'a', value: 'v' }, LI, {}), actions: 'none' };
    const { channel: _, ...home } = { ...odd, view: { id: 'V1', type: 'home', private_metadata: '' } };
    expect(await send(home)).toEqual({});
    expect(bot.failed).toHaveLength(1);
    const { id } = workspace.direct(LI);
    const answers = () => workspace.messages.filter((one) => one.channel === id && one.user === BOT_USER);
    await expect
      .poll(() => answers().map(({ text }) => text))
      .toEqual([expect.stringContaining('Something went wrong')]);
  });
});

describe('an answer to a button in a thread', () => {
  it('appears in that thread; one to a button of the root appears beside it', async () => {
    const { server, send, root } = await declared();
    const responseUrl = `${server.url}/response/5`;
    const old = { action_id: 'a', value: 'from another app' };
    await send(press(old, LI, { channel: CHANNEL, ts: '1.2', thread: root.ts, responseUrl }));
    await expect.poll(() => server.responses.length).toBe(1);
    await send(press(old, LI, { channel: CHANNEL, ts: root.ts, thread: root.ts, responseUrl }));
    await expect.poll(() => server.responses.length).toBe(2);
    expect(server.responses.map(({ body }) => body['thread_ts'])).toEqual([root.ts, undefined]);
  });
});
