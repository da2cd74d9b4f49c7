import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/incident/commands.ts';
import { button, event, press, said, slash, submit } from '../../fakes/slack/payloads.ts';
import { BOT_USER } from '../../fakes/slack/workspace.ts';
import { accountOf, CHANNEL, CHEN, LI } from './bot.ts';
import { declared } from './declared.ts';

const LONG = { timeout: 60_000 };

describe('a root message that is gone', () => {
  it('is posted anew as soon as Slack says that it was deleted, and what is said below counts again', async () => {
    const { bot, workspace, send, root, state } = await declared();
    await bot.house.settle();
    workspace.messages.splice(workspace.messages.indexOf(root), 1);
    await send(
      event({ type: 'message', subtype: 'message_deleted', channel: CHANNEL, ts: '9.9', deleted_ts: root.ts }),
    );
    await bot.service.idle();
    const roots = () => workspace.inThread(CHANNEL, null).filter((m) => m.user === BOT_USER);
    await expect.poll(() => roots().length, LONG).toBe(1);
    // What is asked stands below the new card as well.
    const below = () => workspace.inThread(CHANNEL, roots()[0]?.ts ?? '').filter((m) => m.user === BOT_USER);
    await expect.poll(() => below().length, LONG).toBeGreaterThan(0);
    // Slack keeps the thread below a deleted message, and there is the one below the new card.
    await send(said(workspace.say(CHANNEL, CHEN, `<@${BOT_USER}> 记录 已隔离`, root.ts)));
    await send(said(workspace.say(CHANNEL, CHEN, `<@${BOT_USER}> 记录 已重置`, roots()[0]?.ts ?? '')));
    expect((await state()).notes.map((n) => n.text)).toEqual(['已隔离', '已重置']);
  });
});

describe('a room that takes nothing any more', () => {
  it.each(['archived', 'removed'] as const)('%s: who owes something is written to directly', async (how) => {
    const { bot, workspace, root, id, state } = await declared();
    const channel = workspace.channels.get(CHANNEL);
    if (!channel) throw new Error('no channel');
    if (how === 'archived') channel.isArchived = true;
    else channel.members.delete(BOT_USER);
    const said = workspace.inThread(CHANNEL, root.ts).length;
    const submit = async (intent: Command) => {
      const { version } = await state();
      const caller = { account: accountOf(LI), name: 'Li Wei', language: 'en' } as const;
      const delivery = { platform: 'slack', key: `k${version}`, body: '' };
      const done = await bot.house.app.submit({ incident: id, intent, revision: version, caller, delivery });
      expect(done.kind).toBe('done');
    };
    // The clock turns out to run for three and a half hours already: half an hour is left in two seconds.
    const at = new Date(Date.now() - 210 * 60_000 + 2_000).toISOString();
    await submit({ type: 'answer', fact: 'operator', value: 'other' });
    await submit({ type: 'add_awareness', at, source: 'alert', reachedUs: true });
    const candidate = (await state()).candidates.at(-1)?.id ?? '';
    await submit({ type: 'confirm_awareness', candidate, reason: 'log of the alarm' });
    const direct = () => workspace.messages.filter((m) => m.channel !== CHANNEL && m.text.includes(id));
    await expect.poll(() => direct().length, LONG).toBeGreaterThan(0);
    expect(workspace.inThread(CHANNEL, root.ts)).toHaveLength(said);
  });
});

describe('a form that is open while the connection breaks', () => {
  it('is submitted over the next one, once', async () => {
    const { bot, server, workspace, send, root, state } = await declared();
    await send(press(button(root.blocks, 'Add information'), LI, { channel: CHANNEL, ts: root.ts }));
    await expect.poll(() => workspace.views.length).toBe(1);
    const modal = workspace.views[0];
    if (!modal) throw new Error('no modal');
    server.cut();
    await expect.poll(() => server.connections).toBe(2);
    await expect.poll(() => bot.service.health().ok).toBe(true);
    const form = submit(modal.view, modal.id, LI, { text: { value: 'after the break' }, at: { value: '' } });
    expect(await send(form)).toEqual({ response_action: 'clear' });
    expect(await send(form)).toEqual({ response_action: 'clear' });
    expect((await state()).notes.map((n) => n.text)).toEqual(['after the break']);
  });
});

describe('a storm of 429', () => {
  it('is sat out: answers go on, and in the end every card is there once', { tags: 'soak' }, async () => {
    const { bot, server, workspace, send } = await declared();
    const limited = { kind: 'limited', seconds: 1 } as const;
    server.fail('chat.postMessage', ...Array.from({ length: 12 }, () => limited));
    server.fail('chat.update', ...Array.from({ length: 12 }, () => limited));
    for (const n of [1, 2, 3]) expect(await send(slash(`new Outage ${n}`, LI, CHANNEL))).not.toBeNull();
    expect(await send(slash('help', CHEN, CHANNEL))).toMatchObject({ response_type: 'ephemeral' });
    expect(await bot.store.incidents({ limit: 9 })).toHaveLength(4);
    const roots = () => workspace.inThread(CHANNEL, null).filter((m) => m.user === BOT_USER);
    await expect.poll(() => roots().length, { timeout: 60_000 }).toBe(4);
    await bot.house.settle();
    expect(new Set(roots().map((m) => m.text.split('\n')[0])).size).toBe(4);
  });
});
