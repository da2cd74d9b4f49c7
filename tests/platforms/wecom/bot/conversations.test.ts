import { expect, it } from 'vitest';
import { Conversations } from '../../../../src/platforms/wecom/bot/conversations.ts';
import { ManualClock } from '../../../fakes/clock.ts';
import { memoryKept } from '../../slack/kept.ts';

const DAY = 86_400_000;
const GROUP = { id: 'wrGROUP', kind: 'group' } as const;

it('who wrote in a group reads it for thirty days after they were last seen there, also after a restart', async () => {
  const clock = new ManualClock('2026-03-31T09:42:00+08:00');
  const kept = memoryKept();
  const chats = new Conversations({ kept, clock });
  await chats.noteActing(GROUP, 'liwei');
  expect([chats.reads('liwei', GROUP.id), chats.reads('wanglei', GROUP.id)]).toEqual([true, false]);
  clock.advance(20 * DAY);
  await chats.noteActing(GROUP, 'liwei');
  clock.advance(29 * DAY);
  expect(chats.reads('liwei', GROUP.id)).toBe(true);
  clock.advance(2 * DAY);
  const again = new Conversations({ kept, clock });
  await again.recall();
  for (const one of [chats, again]) expect(one.reads('liwei', GROUP.id)).toBe(false);
  expect(chats.reads('liwei', 'liwei')).toBe(true);
});
