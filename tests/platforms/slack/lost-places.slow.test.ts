import { describe, expect, it } from 'vitest';
import { event } from '../../fakes/slack/payloads.ts';
import { BOT_USER } from '../../fakes/slack/workspace.ts';
import { CHANNEL, LI } from './bot.ts';
import { declared } from './declared.ts';

describe('a channel that is not what it was: whoever leads hears it once, directly', () => {
  const left = { type: 'group_left', channel: CHANNEL };
  it.each([
    [
      'kicked, by both events',
      [left, { type: 'member_left_channel', user: BOT_USER, channel: CHANNEL }],
      /“ops-china”/,
    ],
    ['archived', [{ type: 'group_archive', channel: CHANNEL }], /“ops-china” was archived/],
    ['renamed', [{ type: 'group_rename', channel: { id: CHANNEL, name: 'war-room' } }], /is now called “war-room”/],
  ])('%s', async (_, events, said) => {
    const { bot, send, id, workspace } = await declared();
    const direct = () => workspace.inThread(workspace.direct(LI).id, null).map(({ text }) => text);
    const before = direct().length;
    for (const one of events) await send(event(one));
    await expect.poll(() => direct().length).toBeGreaterThan(before);
    await bot.service.idle();
    await bot.house.settle();
    expect(direct().slice(before)).toEqual([expect.stringMatching(said)]);
    expect(direct().at(-1)).toContain(id);
  });

  it('one in which nothing is shown is no news', async () => {
    const { bot, send, workspace } = await declared();
    await bot.service.idle();
    await bot.house.settle();
    const before = workspace.messages.length;
    await send(event({ type: 'channel_archive', channel: 'C00OTHER001' }));
    await bot.service.idle();
    await bot.house.settle();
    expect(workspace.messages.length).toBe(before);
  });
});
