import { describe, expect, it } from 'vitest';
import { localiseCard } from '../../../src/conversation/cards/localise.ts';
import { event } from '../../fakes/slack/payloads.ts';
import { BOT_USER } from '../../fakes/slack/workspace.ts';
import { CHANNEL, LI } from './bot.ts';
import { declared } from './declared.ts';

describe('a channel that is not what it was: whoever leads hears it at once, by another way', () => {
  const shared = { type: 'channel_shared', channel: CHANNEL, connected_team_id: 'T9' };
  it.each([
    ['kicked', [{ type: 'group_left', channel: CHANNEL }], /removed from “ops-china”/],
    [
      'kicked, by both events',
      [
        { type: 'group_left', channel: CHANNEL },
        { type: 'member_left_channel', user: BOT_USER, channel: CHANNEL },
      ],
      /removed from “ops-china”/,
    ],
    ['archived', [{ type: 'group_archive', channel: CHANNEL }], /“ops-china” was archived/],
    ['shared', [shared], /“ops-china” is now shared with another company/],
    ['renamed', [{ type: 'group_rename', channel: { id: CHANNEL, name: 'war-room' } }], /new name: “war-room”/],
  ])('%s', async (kind, events, said) => {
    const { bot, send, id } = await declared();
    for (const one of events) await send(event(one));
    await bot.service.idle();
    const told = new Map(bot.told.map((notice) => [notice.key, notice]));
    expect([...told.values()]).toMatchObject([{ incident: id, to: { kind: 'person', account: { id: LI } } }]);
    const [notice] = told.values();
    if (notice?.content.kind !== 'card') throw new Error('no card');
    expect(localiseCard(notice.content.card, 'en').title).toMatch(said);
    expect(bot.alarms.includes('slack_place_lost')).toBe(kind !== 'renamed');
  });

  it('one in which nothing is shown is no news', async () => {
    const { bot, send } = await declared();
    await send(event({ type: 'channel_archive', channel: 'C00OTHER001' }));
    await bot.service.idle();
    expect(bot.told).toEqual([]);
  });
});
